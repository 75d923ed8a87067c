// One finger: a Kalman filter over its angles, what its sensors get wrong, and nothing else.
//
// Flexion channels know where a joint is, but lag and creep; up to three inertial units know
// precisely how their segments turn and which way is up, but not how they were put on. Each corrects
// the other: angles, rates, hysteresis of the channels, mounting and bias of the units are one
// state. Any of them may be absent; what nobody tells comes from habit (hand_habit.h).
// What the hand as a whole does is taken from the palm, rigidly carried to each unit.
//
//   Clocks   HostTime; `dt_s` from the caller.
//   Frames   a right hand's wrist and segment frames: the caller mirrors a left hand's readings.
//   Units    SI, radians.
//   Errors   a channel that is NaN is missing and is skipped; angles stay inside their limits.
//   Threads  plain value, one owner. RT-safe.
//   Proof    tests/core/pose/finger_filter_test.cc; equations: docs/notes/hand_filters.md
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "tactus/pose/hand_model.h"
#include "tactus/sense/profile.h"
#include "tactus/sense/sample.h"

namespace tactus {

inline constexpr std::size_t kFingerUnits = 3;  ///< inner, distal, base segment
inline constexpr std::size_t kFingerStates = 12 + 6 * kFingerUnits;
inline constexpr std::size_t kFingerStride = 32;  ///< of the covariance's rows: states and zeros
inline constexpr std::size_t kBendBit = 4 + kFingerUnits;                   ///< of `missing` …
inline constexpr std::uint8_t kUnitBits = ((1u << kFingerUnits) - 1) << 4;  ///< … and the units'
static_assert(kFingerStride >= kFingerStates && kFingerStride % 8 == 0);

/// Standard deviations: densities per root second, and what is not known at the start.
struct FingerFilterParams {
  double acceleration = 10.0;  ///< rad/s^2/sqrt(Hz): grasping at 80 deg/s rms, 3 Hz wide
  double abduction_acceleration = 4.0;
  double distal_follows = 0.8;  ///< correlation of the distal joint's acceleration with the middle
  double lag_share = 0.055;     ///< of travel that a flexion channel lags: 3 to 8 %
  double lag_share_sigma = 0.01;  ///< of it, from channel to channel
  double lag_relax_s = 1.5;       ///< creep: 0.5 to 3 s
  double lag_walk = 0.008;        ///< rad/sqrt(s)
  double lag_at_start = 0.015;    ///< rad
  double mounting = 0.17;         ///< rad, of an uncalibrated glove
  double mounting_calibrated = 0.03;
  double mounting_walk = 1e-3;  ///< rad/sqrt(s): slips a degree a minute, for minutes
  double gyro_bias = 0.01;      ///< rad/s
  double gyro_walk = 5e-5;      ///< rad/s/sqrt(s)
  double gyro_noise = 0.006;    ///< rad/s per reading …
  double gyro_gain = 0.015;     ///< … and of the rate itself: scale and misalignment
  double gyro_across = 1.0;     ///< of the joints' own rate, across the flexion axis: real axes
      ///< wander, and trusting them splits base and middle flexion wrongly
  double habit_s = 0.3;         ///< habit counts as one look every so many seconds, or, where …
  double habit_alone_s = 0.03;  ///< … nothing else tells base from middle flexion, so many
  double spread_sigma = 0.01;   ///< rad: a neighbour's abduction is itself believed
  double accel_noise = 1;       ///< m/s^2 per reading: bias and soft mounting, not white
  double accel_motion = 0.6;    ///< of the finger's own acceleration
  double limit_sigma = 0.1;     ///< rad per reading: how softly a joint's stop is felt
  double gate = 3.0;            ///< sigmas beyond which a channel is trusted less
};

/// What the sensors of one finger say (NaN: nothing), and the hand that carries them; a right hand's frames.
struct FingerReading {
  double dt_s = 0;
  std::array<double, 3> omega_wrist{};  ///< of the hand, in the wrist frame
  std::array<double, 3> alpha_wrist{};
  std::array<double, 3> force_wrist{};  ///< specific force at `p_wrist_palm`
  bool palm = false;                    ///< the three above are known
  std::array<ImuReading, kFingerUnits> unit{kNoUnit, kNoUnit, kNoUnit};  ///< nominal segment axes
  std::array<float, 4> channel_rad{};  ///< of base flexion, base abduction, middle, distal
  std::array<float, 4> channel_sigma_rad{};
  float bend_rad = std::numeric_limits<float>::quiet_NaN();  ///< the three flexions together
  float bend_sigma_rad = 0.03f;
  /// The hand's twenty angles as believed, for what is usual beside them; null: nothing is.
  const std::array<double, 4 * kFingers>* believed_rad = nullptr;
};

/// The lengths the filter needs, from a profile.
struct FingerGeometry {
  Finger finger = Finger::Thumb;
  Vec3 p_wrist_palm;  ///< the palm's inertial unit
  Vec3 p_wrist_base;  ///< the base joint
  Quat q_wrist_base;
  std::array<float, 2> bone_m{};  ///< base to middle joint, middle to distal joint
  std::array<Vec3, kFingerUnits> p_segment_unit{};
};
[[nodiscard]] FingerGeometry finger_geometry(const HandProfile& profile, Finger finger) noexcept;

struct FingerFilterState {
  bool started = false;
  std::uint8_t turn = 0;     ///< which unit's accelerometer, which row of habit is next
  std::uint8_t missing = 0;  ///< a bit each: four channels, three units, bend said nothing last
  std::array<double, 4> angle{};  ///< base flexion, base abduction, middle, distal
  std::array<double, 4> rate{};
  std::array<double, 4> lag{};  ///< of the channel of each angle
  std::array<std::array<double, 4>, kFingerUnits> q_segment_mount{
      {{0, 0, 0, 1}, {0, 0, 0, 1}, {0, 0, 0, 1}}};
  std::array<std::array<double, 3>, kFingerUnits> gyro_bias{};
  std::array<std::array<double, 3>, kFingerUnits> v_wrist_unit{};  ///< at the last step
  std::array<float, kFingerStride * kFingerStride> covariance{};   ///< by rows
};
static_assert(std::is_trivially_copyable_v<FingerFilterState>);

/// One reading further. `calibrated`: the profile's mounting is a fitted one.
void advance(FingerFilterState& state, const FingerFilterParams& params,
             const FingerGeometry& geometry, bool calibrated,
             const FingerReading& reading) noexcept;

/// One thing more that is known of the angles: the sum of them, each times `by_angle`, is `residual`
/// more than believed. Unlike a reading it may be said at any time after the first `advance`.
void constrain(FingerFilterState& state, const FingerFilterParams& params,
               const std::array<float, 4>& by_angle, float residual, float variance) noexcept;

}  // namespace tactus
