// A body as a skeleton: its joints, how long its bones are, and how far its joints go.
//
// One definition of every joint and of the rest pose, so that solver, calibration and the joint
// sets of applications mean the same place by "left knee".
//
//   Frames   at rest (T-pose, palms down) every joint's axes are the body's: +X to the person's
//            right, +Y up, -Z forward; the wrists alone have the axes of XR_EXT_hand_tracking.
//            The pelvis is the middle between the hip joints, the neck the base of the neck.
//   Units    metres, radians.
//   Errors   a height that is not a person's is clamped to 0.5 to 2.5 m.
//   Threads  plain values, pure functions, RT-safe.
//   Proof    tests/core/pose/body_solver_test.cc; docs/notes/body.md
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/hand.h"

namespace tactus {

/// Parents stand before their children.
enum class BodyJoint : std::uint8_t {
  Pelvis,
  SpineLower,
  SpineMiddle,
  Chest,
  Neck,
  Head,
  LeftCollar,
  LeftShoulder,
  LeftElbow,
  LeftWrist,
  RightCollar,
  RightShoulder,
  RightElbow,
  RightWrist,
  LeftHip,
  LeftKnee,
  LeftAnkle,
  LeftToe,
  RightHip,
  RightKnee,
  RightAnkle,
  RightToe,
};
inline constexpr std::size_t kBodyJoints = 22;
[[nodiscard]] constexpr std::size_t index(BodyJoint joint) noexcept {
  return static_cast<std::size_t>(joint);
}

/// Where trackers are worn: a segment, named once for each side.
enum class BodySite : std::uint8_t {
  Head,
  Chest,
  Pelvis,
  LeftUpperArm,
  LeftForearm,
  LeftHand,
  RightUpperArm,
  RightForearm,
  RightHand,
  LeftThigh,
  LeftShank,
  LeftFoot,
  RightThigh,
  RightShank,
  RightFoot,
};
inline constexpr std::size_t kBodySites = 15;
[[nodiscard]] constexpr std::size_t index(BodySite site) noexcept {
  return static_cast<std::size_t>(site);
}

/// The joint in whose frame a site's tracker is mounted.
inline constexpr std::array<BodyJoint, kBodySites> kSiteJoints = {
    BodyJoint::Head,       BodyJoint::Chest,     BodyJoint::Pelvis,        BodyJoint::LeftShoulder,
    BodyJoint::LeftElbow,  BodyJoint::LeftWrist, BodyJoint::RightShoulder, BodyJoint::RightElbow,
    BodyJoint::RightWrist, BodyJoint::LeftHip,   BodyJoint::LeftKnee,      BodyJoint::LeftAnkle,
    BodyJoint::RightHip,   BodyJoint::RightKnee, BodyJoint::RightAnkle};

/// The joint that carries each joint; the pelvis carries itself.
inline constexpr std::array<BodyJoint, kBodyJoints> kBodyParents = {
    BodyJoint::Pelvis,        BodyJoint::Pelvis,     BodyJoint::SpineLower, BodyJoint::SpineMiddle,
    BodyJoint::Chest,         BodyJoint::Neck,       BodyJoint::Chest,      BodyJoint::LeftCollar,
    BodyJoint::LeftShoulder,  BodyJoint::LeftElbow,  BodyJoint::Chest,      BodyJoint::RightCollar,
    BodyJoint::RightShoulder, BodyJoint::RightElbow, BodyJoint::Pelvis,     BodyJoint::LeftHip,
    BodyJoint::LeftKnee,      BodyJoint::LeftAnkle,  BodyJoint::Pelvis,     BodyJoint::RightHip,
    BodyJoint::RightKnee,     BodyJoint::RightAnkle};

/// The same joint of either side: `joint` is named as the left one.
[[nodiscard]] constexpr BodyJoint on_side(BodyJoint left, Hand side) noexcept {
  return static_cast<BodyJoint>(index(left) + (side == Hand::Right ? 4 : 0));
}
[[nodiscard]] constexpr BodySite on_side(BodySite left, Hand side) noexcept {
  return static_cast<BodySite>(index(left) + (side == Hand::Right ? 3 : 0));
}

/// Bones at rest. Points are of the right side; the left is the mirror image through x = 0.
struct BodyProportions {
  float height_m = 0;
  Vec3 p_pelvis_hip;
  Vec3 p_pelvis_neck;
  Vec3 p_neck_head;    ///< to the joint between spine and skull
  Vec3 p_neck_collar;  ///< to the inner end of the collar bone
  Vec3 p_collar_shoulder;
  float upper_arm_m = 0;
  float forearm_m = 0;
  float thigh_m = 0;
  float shank_m = 0;
  float ankle_height_m = 0;  ///< of the ankle joint above the sole
  /// To the joint of the big toe. The ankle's X is the knee's axis, so toes may point outwards.
  Vec3 p_ankle_toe;
};
static_assert(std::is_trivially_copyable_v<BodyProportions>);

/// What a person of this height has on average: limbs between de Leva 1996
/// (doi 10.1016/0021-9290(95)00178-6) and Drillis & Contini 1966, whose heights of joints these
/// are. A person deviates from it by about 4 % in each bone.
[[nodiscard]] BodyProportions proportions_of_height(float height_m) noexcept;

/// Height of a person whose eyes are this high when standing upright (Drillis & Contini: 0.936).
[[nodiscard]] float height_of_eyes(float eyes_m) noexcept;

/// From the head joint to the point between the eyes, where a headset's pose is.
[[nodiscard]] Vec3 eyes_of_height(float height_m) noexcept;

/// Share of the spine's length at which its joints stand, from the pelvis to the neck.
inline constexpr float kSpineLowerShare = 0.22f;
inline constexpr float kSpineMiddleShare = 0.42f;
inline constexpr float kChestShare = 0.62f;

/// Mirror image through x = 0: the left side's point for the right side's.
[[nodiscard]] constexpr Vec3 on_side(Vec3 right, Hand side) noexcept {
  return side == Hand::Right ? right : Vec3{-right.x, right.y, right.z};
}

/// A straight hand's wrist axes in the forearm's frame: fingers along the bone, palm down at rest.
[[nodiscard]] constexpr Quat rest_wrist(Hand side) noexcept {
  constexpr float kHalf = 0.70710678f;
  return {0, side == Hand::Right ? -kHalf : kHalf, 0, kHalf};
}

/// Joints of the rest pose, the pelvis at the origin.
[[nodiscard]] std::array<Pose, kBodyJoints> rest_pose(const BodyProportions& body) noexcept;

/// How far joints go. A solved body is always inside; a tracker that says otherwise is overruled.
struct BodyLimits {
  float elbow_rad = 2.62f;  ///< 150 degrees of flexion (AAOS), 0 straight
  float knee_rad = 2.62f;   ///< 150 degrees with soft tissue met
  float spine_rad = 0.79f;  ///< bend and twist between neighbouring spine joints, 45 degrees
  float neck_rad = 1.05f;   ///< between chest and neck, and neck and head: 60 degrees each
  float wrist_rad = 2.62f;  ///< of the hand against the forearm, pronation included: 150 degrees
  float ankle_rad = 1.31f;  ///< of the foot against the shank, the shank's own twist included: 75
  float shoulder_rad = 2.79f;  ///< of the upper arm away from its middle direction, 160 degrees
  float hip_rad = 1.75f;       ///< of the thigh away from its middle direction, 100 degrees
  float spine_stretch = 0.1f;  ///< share of its length at rest by which the spine may be longer
};
inline constexpr BodyLimits kBodyLimits;

/// The middle of what the thigh can reach, in the pelvis's frame: 40 degrees forward of straight
/// down (AAOS: 120 flexion, 30 extension, 45 abduction).
inline constexpr Vec3 kThighMiddle{0, -0.7660444f, -0.6427876f};
/// The middle of what the right upper arm can reach, in the chest's frame: forward and outwards.
inline constexpr Vec3 kUpperArmMiddle{0.7071068f, -0.0f, -0.7071068f};

}  // namespace tactus
