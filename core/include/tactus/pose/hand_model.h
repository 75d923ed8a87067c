// The hand as a kinematic chain: 20 angles, their limits, and where 26 joints are because of them.
//
// One definition of every angle and of the hand's shape at rest, so that sensor curves, filters and
// drawings mean the same thing by "40 degrees". The left hand is the mirror image of the right.
//
//   Frames   wrist; joint frames as XR_EXT_hand_tracking (docs/frames.md has the picture).
//   Units    metres, radians. Flexion turns towards the palm, abduction of a finger towards the
//            thumb, abduction of the thumb out of the palm's plane.
//   Errors   none; angles that are not finite are clamped to zero.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/hand_model_test.cc; the same hand written again in double:
//            simulator/truth, compared in tests/simulator/sensors/true_hand_test.cc
#pragma once
#include <array>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/hand.h"
#include "tactus/sense/profile.h"

namespace tactus {

/// One finger. The base joint is the MCP of a finger and the CMC of the thumb, the middle joint
/// the PIP or the thumb's MCP, the distal joint the DIP or the thumb's IP.
struct FingerAngles {
  float base_flexion_rad = 0;
  float base_abduction_rad = 0;
  float middle_rad = 0;
  float distal_rad = 0;
};

/// All zero is the flat hand: fingers straight, thumb beside the palm.
struct HandAngles {
  std::array<FingerAngles, kFingers> finger{};
};
static_assert(std::is_trivially_copyable_v<HandAngles>);

struct AngleRange {
  float low_rad = 0;
  float high_rad = 0;
};

struct FingerLimits {
  AngleRange base_flexion;
  AngleRange base_abduction;  ///< of the straight finger; narrows with flexion, see abduction_range
  AngleRange middle;
  AngleRange distal;
};

/// AAOS-like ranges after Lin, Wu & Huang 2000, consistent with recorded grasping.
inline constexpr std::array<FingerLimits, kFingers> kFingerLimits = [] {
  const auto deg = [](float low, float high) {
    return AngleRange{low * kRadPerDeg, high * kRadPerDeg};
  };
  return std::array<FingerLimits, kFingers>{{
      {deg(-20, 50), deg(0, 60), deg(-10, 60), deg(-20, 85)},
      {deg(-30, 90), deg(-20, 20), deg(-5, 110), deg(-10, 80)},
      {deg(-30, 90), deg(-10, 10), deg(-5, 110), deg(-10, 80)},
      {deg(-30, 90), deg(-15, 15), deg(-5, 110), deg(-10, 80)},
      {deg(-30, 95), deg(-25, 25), deg(-5, 110), deg(-10, 80)},
  }};
}();

/// What a finger may spread at this flexion: the collateral ligaments tighten, so the range shrinks
/// linearly to ±5 degrees at 90 degrees of flexion. The thumb's does not.
[[nodiscard]] AngleRange abduction_range(Finger finger, float base_flexion_rad) noexcept;

/// The nearest angles inside the limits.
[[nodiscard]] HandAngles clamp_to_limits(const HandAngles& angles) noexcept;

/// True when every angle is finite and inside its limit (within 1e-5 rad).
[[nodiscard]] bool within_limits(const HandAngles& angles) noexcept;

/// How the base joint of a finger stands in the wrist frame at zero angles, and where its
/// metacarpal begins. Of the right hand.
struct FingerRoot {
  Vec3 p_wrist_metacarpal;
  Quat q_wrist_metacarpal;
  Quat q_wrist_base;  ///< frame in which the base joint's angles turn
};
[[nodiscard]] FingerRoot finger_root(Finger finger, float scale) noexcept;

/// Rotation about the thumb's own axis that comes with its CMC angles (pronation positive). Zero for
/// the other fingers.
inline constexpr double kThumbTurnByFlexion = -0.3, kThumbTurnByAbduction = 0.4;
[[nodiscard]] float axial_rad(Finger finger, const FingerAngles& angles) noexcept;

/// T_wrist_joint of all 26 joints.
[[nodiscard]] std::array<Pose, kHandJoints> forward_kinematics(const HandProfile& profile,
                                                               Hand hand,
                                                               const HandAngles& angles) noexcept;

/// Joint to skin, after the median of OpenXR runtimes' hands, scaled.
[[nodiscard]] std::array<float, kHandJoints> joint_radii(const HandProfile& profile) noexcept;

/// Mirror image through the wrist's YZ plane: right hand to left hand and back.
[[nodiscard]] constexpr Pose mirrored(const Pose& T) noexcept {
  return {{T.q.x, -T.q.y, -T.q.z, T.q.w}, {-T.p.x, T.p.y, T.p.z}};
}

}  // namespace tactus
