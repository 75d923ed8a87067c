// The wrist filter's covariance: carried over an interval, and narrowed by a tracker's pose.
//
// Only orientation, velocity and position move of themselves. Their transition over a whole
// interval between two tracker poses is gathered step by step and applied to the covariance once,
// which costs a third of applying each step.
//
//   Clocks   HostTime.
//   Frames   world, wrist; error of orientation in the wrist's frame.
//   Units    SI, radians.
//   Errors   a comparison that cannot be made is not `valid`, and must not be accepted.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/wrist_filter_test.cc; docs/notes/hand_filters.md (3)-(8)
#pragma once
#include "wrist_motion.h"

namespace tactus {

// Where the error states stand: what moves first, each before what it moves.
inline constexpr int kTheta = 0, kGyro = 3, kMount = 6, kVelocity = 9, kAccel = 12, kLag = 15,
                     kPosition = 16, kPlace = 19, kDelay = 22;
inline constexpr int kN = static_cast<int>(kWristStates);
using Covariance = Eigen::Matrix<double, kN, kN>;

[[nodiscard]] inline Eigen::Map<Covariance> covariance_of(WristFilterState& state) noexcept {
  return Eigen::Map<Covariance>(state.covariance.data());
}

/// How errors at the start of an interval show at its end. Each row of blocks ends where what it
/// depends on ends.
struct Transition {
  Eigen::Matrix<double, 3, kVelocity> theta;
  Eigen::Matrix<double, 3, kPosition> velocity;
  Eigen::Matrix<double, 3, kPlace> position;
  double elapsed_s = 0;
  double velocity_noise2 = 0;  ///< added meanwhile: (m/s)^2
  double theta_noise2 = 0;     ///< rad^2

  Transition() noexcept;
};

/// Adds a step of `dt` that begins with the wrist turned by `q_world_wrist`; noise as densities
/// squared.
void add_step(Transition& transition, const Quaterniond& q_world_wrist, const Inertial& r,
              double dt, double accel_noise2, double gyro_noise2) noexcept;

void apply(WristFilterState& state, const WristFilterParams& params,
           const Transition& transition) noexcept;

/// A pose against the state, in the space in which its error is white.
struct Comparison {
  Eigen::Matrix<double, 6, 1> residual;  ///< metres, radians
  Eigen::Matrix<double, 6, 1> white;
  Eigen::Matrix<double, kN, 6> gain;  ///< P H^T L^-T, with S = L L^T
  bool valid = false;
};

/// Compares with a pose true at the filter's own time; `noise2` multiplies its variances.
[[nodiscard]] Comparison compare(WristFilterState& state, const WristFilterParams& params,
                                 const WristMeasurement& m, double noise2) noexcept;

/// Kalman update.
void accept(WristFilterState& state, const Comparison& comparison) noexcept;

/// Kalman update with the knowledge that the unit stands still.
void stand_still(WristFilterState& state, double sigma_m_per_s) noexcept;

}  // namespace tactus
