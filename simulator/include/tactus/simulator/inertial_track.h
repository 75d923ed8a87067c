// An inertial unit that is turned and swung about, with what it would say and how it was turned.
//
// The turning rate is a sum of sines about the unit's axes, so its integral is exact to the step;
// the specific force is another sum of sines plus gravity. Rest and motion take turns. The unit has
// bias, noise and, when asked for, a magnet that comes near.
//
//   Clocks   evenly spaced samples; time is index / rate.
//   Frames   world: x east, y up, -z north; the unit's own.
//   Units    SI, microtesla.
//   Errors   none.
//   Threads  plain values; one seed gives one track.
//   Proof    tests/simulator/sensors/inertial_track_test.cc
#pragma once
#include <cstdint>
#include <vector>

#include "tactus/simulator/math3d.h"

namespace tactus::simulator {

struct InertialTrackParams {
  double rate_Hz = 250;
  double length_s = 90;
  double still_s = 5;        ///< at the start …
  double rest_every_s = 20;  ///< … and then now and again
  double rest_s = 4;
  double turning_rad_per_s = 2.5;  ///< rms, in motion
  double swinging_m_per_s2 = 4;    ///< rms, in motion
  double gyro_bias_rad_per_s = 0.005;
  double gyro_noise_rad_per_s = 0.0017;  ///< a sample: BROAD's unit at rest
  double accel_noise_m_per_s2 = 0.05;
  double field_noise_uT = 0.7;
  double field_uT = 45, dip_rad = 1.15;  ///< mid-latitudes: mostly downwards
  double magnet_uT = 0;  ///< how strong a magnet is that comes near in the third quarter
};

struct InertialTrack {
  double rate_Hz = 0;
  std::vector<V3d> gyro_rad_per_s, accel_m_per_s2, field_uT;
  std::vector<Q4d> q_world_imu;  ///< truth
  std::vector<bool> moving;
};

[[nodiscard]] InertialTrack inertial_track(std::uint64_t seed, const InertialTrackParams& params);

}  // namespace tactus::simulator
