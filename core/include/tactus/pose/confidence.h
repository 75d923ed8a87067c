// How far off the fingers may be, and so how far to trust each joint.
//
// A filter that is told again and again what is usual ends up sure of it. So what no sensor tells
// is given the whole width of habit here, beside the filter's own covariance for what is told. An
// application that must not show a guess, and arbitration, read the chance that follows from it.
//
//   Clocks   none. Frames: against the wrist, whose own standing is the pose's `origin`.
//   Units    radians, metres: one standard deviation.
//   Errors   none; a finger that has heard nothing yet has habit's width.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/confidence_test.cc (error over sigma, five gloves)
#pragma once
#include <array>
#include <cstddef>

#include "tactus/pose/estimate.h"

namespace tactus {

inline constexpr std::size_t kHandAngles = 4 * kFingers + 1;  ///< the last: the thumb's own turn
inline constexpr float kTrustedWithin_m = 0.01f;

struct HandSigmas {
  /// Base flexion, base abduction, middle, distal of each finger, thumb first; the thumb's turn.
  std::array<float, kHandAngles> angle_rad{};
  /// Of where the bone that begins at the joint ends; of a tip, of itself. Zero where nothing bends.
  std::array<float, kHandJoints> joint_m{};
};

/// `T_wrist_joint` are the joints that the angles of `state` give, of the state's own hand.
[[nodiscard]] HandSigmas sigmas_of(const HandEstimatorState& state,
                                   const HandEstimatorParams& params,
                                   const std::array<Pose, kHandJoints>& T_wrist_joint) noexcept;

/// The chance that what is known to `sigma_m` is within `kTrustedWithin_m` of the truth.
[[nodiscard]] float confidence_of(float sigma_m) noexcept;

}  // namespace tactus
