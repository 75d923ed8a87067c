// A hand whose every angle is known, in double precision: the truth that estimates are judged by.
//
// The same anatomy as core's hand model, written again from docs/frames.md. Only the names of
// hands, fingers and joints are shared.
//
//   Clocks   none. Frames: world; joints as XR_EXT_hand_tracking.
//   Units    metres, radians.
//   Errors   none; angles are taken as they are, limits are the trajectory's business.
//   Threads  pure.
//   Proof    tests/simulator/sensors/true_hand_test.cc
#pragma once
#include <array>
#include <cstddef>

#include "tactus/base/hand.h"
#include "tactus/simulator/math3d.h"

namespace tactus::simulator {

/// Flexion towards the palm; abduction of a finger towards the thumb, of the thumb out of the plane
/// of the palm. base: MCP (thumb: CMC), middle: PIP (thumb: MCP), distal: DIP (thumb: IP).
struct TrueFinger {
  double base_flexion = 0;
  double base_abduction = 0;
  double middle = 0;
  double distal = 0;
  double base_axial = 0;  ///< passive turn about the bone, beyond what the thumb's angles bring
};

/// Metres. metacarpal is the bone from the OpenXR metacarpal joint to the proximal joint.
struct TrueBones {
  double metacarpal = 0;
  double proximal = 0;
  double intermediate = 0;  ///< 0 of the thumb
  double distal = 0;
};

/// Buryanov & Kotiuk 2010, tip tissue included.
inline constexpr std::array<TrueBones, kFingers> kMediumBones = {
    {{0.0462, 0.0316, 0, 0.0274},
     {0.0681, 0.0398, 0.0224, 0.0196},
     {0.0646, 0.0446, 0.0263, 0.0214},
     {0.0580, 0.0414, 0.0257, 0.0213},
     {0.0537, 0.0327, 0.0181, 0.0200}}};

struct TrueHand {
  Hand hand = Hand::Right;
  Pose3d T_world_wrist;
  std::array<TrueFinger, kFingers> finger{};
  std::array<TrueBones, kFingers> bones = kMediumBones;
};

using TrueJoints = std::array<Pose3d, kHandJoints>;

/// T_world_joint of all 26 joints.
[[nodiscard]] TrueJoints true_joints(const TrueHand& hand);

/// The skin patch an actuator shakes.
struct TrueSite {
  V3d p_world;
  double radius_m = 0;
};
inline constexpr std::size_t kTrueSites = 16;

/// All actuator sites in the glove's order: per finger pulp and apex, then the palm's six.
[[nodiscard]] std::array<TrueSite, kTrueSites> true_sites(const TrueHand& hand,
                                                          const TrueJoints& joints);

/// The hand's size relative to kMediumBones, by the middle finger.
[[nodiscard]] double true_scale(const TrueHand& hand);

}  // namespace tactus::simulator
