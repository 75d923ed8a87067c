// The wrist: an error-state Kalman filter that lives at the tracker's time, and its replay to now.
//
// A tracker's pose is some 20 ms old when it comes. Correcting the present with it would drag the
// hand back; so the filter stays where the tracker last was, and the palm's inertial readings since
// then, kept in a ring, carry it to now. The errors of the palm unit (bias, mounting) and of the
// tracker's time are states of the filter.
//
//   Clocks   HostTime.
//   Frames   world; the palm unit's segment frame is the wrist joint's, turned by its mounting
//   error. Units    SI, radians. Errors   readings that are not finite, not newer, or older than
//   the filter are counted, not used. Threads  plain value, one owner. RT-safe. Proof
//   tests/core/pose/wrist_filter_test.cc; equations: docs/notes/hand_filters.md
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/time.h"
#include "tactus/sense/measurement.h"

namespace tactus {

/// Standard deviations of noise densities (per root second) and of what is not known at the start.
struct WristFilterParams {
  double accel_noise = 0.06;    ///< m/s^2/sqrt(Hz): far above the sensor's, covers scale errors
                                ///< (0.12 suits sports; a reaching hand is gentler)
  double gyro_noise = 0.004;    ///< rad/s/sqrt(Hz), likewise
  double accel_walk = 5e-4;     ///< m/s^2/sqrt(s)
  double gyro_walk = 2e-5;      ///< rad/s/sqrt(s)
  double mounting_walk = 3e-4;  ///< rad/sqrt(s): a glove slips about a degree a minute
  double delay_walk = 1e-4;     ///< s/sqrt(s)
  double accel_bias = 0.08;     ///< m/s^2, at the start
  double gyro_bias = 0.01;      ///< rad/s
  double mounting = 0.17;       ///< rad: 10 degrees, until a calibration is validated
  double delay = 0.003;         ///< s: of profile.tracker_latency_s
  double gate = 22.5;           ///< chi-square of 6 degrees of freedom at 0.999
  int reanchor_after = 5;       ///< rejections in a row: the tracker is right, we are elsewhere
};

inline constexpr std::size_t kWristStates = 19;
inline constexpr std::size_t kInertialRing = 256;  ///< a quarter of a second at 1 kHz

struct TimedImu {
  HostTime t;
  ImuReading imu;
};

/// What is integrated: the palm unit's own motion.
struct WristMotion {
  HostTime t;
  std::array<double, 3> p_world_imu{};
  std::array<double, 3> v_world_imu{};
  std::array<double, 4> q_world_wrist{0, 0, 0, 1};  ///< x y z w
};

struct WristFilterState {
  bool anchored = false;   ///< a tracker pose has been seen
  WristMotion at_tracker;  ///< filtered
  WristMotion now;         ///< replayed to the newest inertial reading
  std::array<double, 3> gyro_bias{};
  std::array<double, 3> accel_bias{};
  std::array<double, 4> q_wrist_segment{0, 0, 0, 1};  ///< mounting error of the palm unit
  double delay_s = 0;
  std::array<double, kWristStates * kWristStates> covariance{};
  std::array<double, 3> omega_wrist{};  ///< newest, corrected
  std::array<double, 3> force_wrist{};  ///< specific force, newest, corrected
  std::array<double, 3> alpha_wrist{};  ///< angular acceleration, smoothed over 10 ms
  HostTime t_tracked;                   ///< of the newest accepted tracker pose
  std::int32_t rejected_in_row = 0;
  std::uint32_t rejected = 0;
  std::uint32_t out_of_order = 0;
  std::uint32_t reanchored = 0;  ///< the first anchor not counted
  std::uint32_t ring_head = 0;   ///< next to be written
  std::uint32_t ring_count = 0;
  std::array<TimedImu, kInertialRing> ring{};
};
static_assert(std::is_trivially_copyable_v<WristFilterState>);

/// The palm unit moved like this. `p_wrist_imu` is where it sits.
void advance(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu, HostTime t,
             const ImuReading& palm) noexcept;

/// The tracker saw the wrist there, at a time that is usually past.
void correct(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu,
             const WristMeasurement& measurement) noexcept;

}  // namespace tactus
