// Finds where the wearer's forearms and chest touch the bodies: the rest of a hug.
//
// A patch for each actuator of a garment: the forearm is three spheres as thick as it is, the chest
// three on each side. What a tracker tells touches with all of its skin. An elbow or a chest that is
// only solved for, from headset and hands, may be centimetres off: to be felt, of such a patch only
// that part touches that is inside the wearer all the same. That two arms around somebody are a hug
// does not turn on centimetres: for that it touches where it likely is. What is guessed, held or not
// known touches nothing.
//
//   Clocks   HostTime, not decreasing from call to call. Frames: world.
//   Units    metres, m/s, newtons.
//   Errors   none: a body never seen, or a joint of it that is not finite, touches nothing.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/contact/query_wearer_test.cc
#pragma once
#include <array>
#include <span>
#include <type_traits>

#include "tactus/base/garment_layout.h"
#include "tactus/contact/query.h"
#include "tactus/pose/body_pose.h"

namespace tactus {

/// A sphere fixed to a joint.
struct WearerSphere {
  Vec3 p_joint;
  float radius_m;  ///< 0: none
};

/// A patch of the right side; the left's is its mirror image. Both grow with the distance between the
/// joint and the next.
struct WearerPatch {
  BodyJoint joint, next;  ///< named as the left ones
  float medium_m;         ///< from one to the other, of a person 1.75 m tall
  WearerSphere skin;      ///< where a tracker tells the joint
  WearerSphere sure;      ///< where it is solved for
};

/// By GarmentCell, of a person 1.75 m tall (body_model.h). A forearm is 26 cm around below the elbow
/// and 17 cm above the wrist, a chest 24 cm deep. Solved from headset and hands, with the bones of an
/// average person, the forearm's line passes the true patch by up to 10, 6 and 2.4 cm and the chest is
/// up to 5, 7 and 9 cm ahead of the true one, in 95 % of what people do (`tactus eval body`). By a
/// little more than that what is sure of them is thinner.
inline constexpr std::array<WearerPatch, kGarmentActuators> kWearerPatches = {{
    {BodyJoint::LeftElbow, BodyJoint::LeftWrist, 0.259f, {{0.05f, 0, 0}, 0.041f}, {}},
    {BodyJoint::LeftElbow, BodyJoint::LeftWrist, 0.259f, {{0.13f, 0, 0}, 0.035f}, {}},
    {BodyJoint::LeftElbow,
     BodyJoint::LeftWrist,
     0.259f,
     {{0.21f, 0, 0}, 0.028f},
     {{0.21f, 0, 0}, 0.002f}},
    {BodyJoint::Chest,
     BodyJoint::Neck,
     0.19986f,
     {{0.07f, 0.10f, -0.065f}, 0.05f},
     {{0.07f, 0.10f, -0.005f}, 0.05f}},
    {BodyJoint::Chest,
     BodyJoint::Neck,
     0.19986f,
     {{0.07f, 0.02f, -0.070f}, 0.05f},
     {{0.07f, 0.02f, 0.010f}, 0.05f}},
    {BodyJoint::Chest,
     BodyJoint::Neck,
     0.19986f,
     {{0.07f, -0.06f, -0.065f}, 0.05f},
     {{0.07f, -0.06f, 0.045f}, 0.05f}},
}};

/// Of both sides; `actuator` is a GarmentCell, `hand` the side.
using WearerContactSet = InlineVector<Contact, kHands * kGarmentActuators>;

/// What is remembered of one patch beside its probes.
struct WearerPatchMemory {
  Vec3 p_world, v_world;  ///< of its centre; the velocity smoothed
  bool is_there = false;
  bool is_sure = false;                      ///< only what is sure of it, not all of its skin
  std::array<bool, kMaxBodies> remembers{};  ///< its probe at that body
};

struct WearerContactState {
  HostTime t;
  std::array<Carrier, kMaxBodies> carriers{};  ///< in whose frames the probes are
  std::array<std::array<WearerPatchMemory, kGarmentActuators>, kHands> patches{};
  std::array<std::array<std::array<ProbeMemory, kGarmentActuators>, kHands>, kMaxBodies> probes{};
};
static_assert(std::is_trivially_copyable_v<WearerContactState>);

/// What touches of a patch that is solved for.
enum class Trust : std::uint8_t {
  Sure,    ///< what is inside the wearer all the same: may be felt and told
  Likely,  ///< all of its skin, where it is solved to be: tells a hug
};

/// Whether no patch is solved for: of such a wearer both trusts say the same.
[[nodiscard]] bool is_told(const BodyPose& wearer) noexcept;

/// All contacts of `wearer` with `bodies` (at most kMaxBodies) at `t`, for which both are. A patch's
/// velocity is what it moved since the last call, smoothed; that it turns about its own bone is not
/// felt. A patch in two bodies reports the one it is deeper in. A state is of one `trust`.
[[nodiscard]] WearerContactSet query_wearer(WearerContactState& state, const ContactParams& params,
                                            const BodyPose& wearer,
                                            std::span<const BodyInterval> bodies, HostTime t,
                                            Trust trust = Trust::Sure) noexcept;

}  // namespace tactus
