// The wrist: an error-state Kalman filter that lives at the tracker's time, and its replay to now.
//
// A tracker's pose is some 20 ms old when it comes. Correcting the present with it would drag the
// hand back; so the filter stays where the tracker last was, and the palm's inertial readings since
// then, kept in a ring, carry it to now. The errors of the palm unit (bias, mounting, place, how
// late its accelerometer is) and of the tracker's time are states of the filter.
//
//   Clocks   HostTime.
//   Frames   world; the palm unit's segment frame is the wrist joint's, turned by its mounting
//            error.
//   Units    SI, radians.
//   Errors   readings that are not finite, not newer, or older than the filter are counted, not
//            used.
//   Threads  plain value, one owner. RT-safe.
//   Proof    tests/core/pose/wrist_filter_test.cc; `tactus eval wrist`; equations:
//            docs/notes/hand_filters.md
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
  double gyro_noise = 0.004;    ///< rad/s/sqrt(Hz), likewise
  double accel_share = 0.01;    ///< 1/sqrt(Hz): of what is felt beyond gravity, likewise
  double gyro_share = 0.003;    ///< 1/sqrt(Hz): of the rate
  double accel_walk = 5e-4;     ///< m/s^2/sqrt(s)
  double gyro_walk = 2e-5;      ///< rad/s/sqrt(s)
  double mounting_walk = 3e-4;  ///< rad/sqrt(s): a glove slips about a degree a minute
  double place_walk = 2e-5;     ///< m/sqrt(s)
  double delay_walk = 1e-4;     ///< s/sqrt(s)
  double accel_bias = 0.08;     ///< m/s^2, at the start
  double gyro_bias = 0.01;      ///< rad/s
  double mounting = 0.17;       ///< rad: 10 degrees, until a calibration is validated
  double place = 0.03;          ///< m: of the unit, from where the caller says it sits
  double delay = 0.02;          ///< s: of profile.tracker_latency_s
  double accel_lag = 0.001;     ///< s: the filters of the two sensors of a unit differ
  double least_m = 3e-4;        ///< a tracker is not believed to be better than this …
  double least_rad = 2e-3;      ///< … or this: what it leaves out is not white
  double gate = 22.5;           ///< chi-square of 6 degrees of freedom at 0.999
  int reanchor_after = 5;       ///< rejections in a row: the tracker is right, we are elsewhere …
  double elsewhere_m = 0.03;    ///< … if it is this far away …
  double elsewhere_rad = 0.2;   ///< … or turned by this; else it is only worse than it says
  double still_speed = 1e-4;    ///< m/s: of a unit that feels nothing for `still_after`
  double still_share = 0.05;    ///< of the noise densities then
  Duration still_after = 250ms;
};

inline constexpr std::size_t kWristStates = 23;
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
  std::array<double, 3> p_wrist_imu{};                ///< where the palm unit sits
  double delay_s = 0;  ///< a tracker pose was true this much after the time it says
  double accel_lag_s =
      0;  ///< the accelerometer's readings are this much older than the gyroscope's
  std::array<double, kWristStates * kWristStates> covariance{};
  std::array<double, 3> omega_wrist{};  ///< newest, corrected
  std::array<double, 3> force_wrist{};  ///< specific force, newest, corrected
  std::array<double, 3> alpha_wrist{};  ///< angular acceleration, smoothed over 10 ms
  HostTime t_tracked;                   ///< of the newest accepted tracker pose
  Duration quiet{};                     ///< for so long the palm unit has felt nothing
  std::array<double, 3> lead_m{};       ///< mean of what tracker positions are off, over 0.2 s
  double misfit = 1;  ///< of tracker poses against their sigmas, over 1 s; 1 or more: noise
  std::int32_t rejected_in_row = 0;
  std::uint32_t rejected = 0;
  std::uint32_t out_of_order = 0;
  std::uint32_t reanchored = 0;  ///< the first anchor not counted
  std::uint32_t ring_head = 0;   ///< next to be written
  std::uint32_t ring_count = 0;
  std::array<TimedImu, kInertialRing> ring{};
};
static_assert(std::is_trivially_copyable_v<WristFilterState>);

/// The palm unit moved like this.
void advance(WristFilterState& state, const WristFilterParams& params, HostTime t,
             const ImuReading& palm) noexcept;

/// The tracker saw the wrist there, at a time that is usually past. `p_wrist_imu` is where the palm
/// unit is said to sit: the filter begins with it.
void correct(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu,
             const WristMeasurement& measurement) noexcept;

}  // namespace tactus
