// Thirty-two inertial units that are sampled together: a pair of gloves, or a body suit.
//
// The same filter as orientation_filter.h, with what every sample needs laid out by component, so
// that one instruction serves several units; which instructions is found out at run time, and all
// of them round alike. What is corrected once a block is done unit by unit.
//
//   Clocks   HostTime of the samples, one for all units.
//   Frames   as in orientation_filter.h.
//   Units    SI, radians, microtesla.
//   Errors   never fails. A unit whose gyroscope says nothing finite is taken to turn on as it did.
//   Threads  plain value, one owner. RT-safe.
//   Proof    tests/core/pose/orientation_batch_test.cc: as the single filter, within 1e-5 rad
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>

#include "tactus/pose/orientation_filter.h"

namespace tactus {

inline constexpr std::size_t kBatchUnits = 32;

/// One number of every unit.
struct alignas(64) Lanes {
  float lane[kBatchUnits] = {};
  float& operator[](std::size_t i) noexcept { return lane[i]; }
  float operator[](std::size_t i) const noexcept { return lane[i]; }
};

struct Vec3Lanes {
  Lanes x, y, z;
  [[nodiscard]] Vec3 at(std::size_t i) const noexcept { return {x[i], y[i], z[i]}; }
  void set(std::size_t i, Vec3 v) noexcept { x[i] = v.x, y[i] = v.y, z[i] = v.z; }
};

struct QuatLanes {
  Lanes x, y, z, w;
  [[nodiscard]] Quat at(std::size_t i) const noexcept { return {x[i], y[i], z[i], w[i]}; }
  void set(std::size_t i, Quat q) noexcept { x[i] = q.x, y[i] = q.y, z[i] = q.z, w[i] = q.w; }
};

/// What all units said at one time. A unit that is absent says NaN.
struct OrientationBatchSample {
  Vec3Lanes gyro_rad_per_s, accel_m_per_s2, field_uT;
};

/// OrientationBlock, by component.
struct OrientationBatchBlock {
  float span_s = 0;
  float samples = 0;
  Lanes accel_samples, field_samples;
  Lanes saturated_s2;  ///< sum of squared steps at the gyroscope's limit
  Vec3Lanes gyro, accel, force_inertial, field_inertial;
};

struct OrientationBatchState {
  OrientationBatchState() noexcept {
    std::ranges::fill(q_inertial_imu.w.lane, 1.0f);
    std::ranges::fill(q_earth_inertial.w.lane, 1.0f);
  }
  bool started = false;
  HostTime t{};
  QuatLanes q_inertial_imu, q_earth_inertial;
  Vec3Lanes omega_rad_per_s, slope_rad_per_s2, gyro_bias_rad_per_s;
  float step_s = 0;
  std::array<Vec3Lanes, 3> gyro_scale;  ///< GyroErrors::scale
  OrientationBatchBlock block;
  std::array<OrientationState, kBatchUnits> unit{};  ///< what is corrected once a block
};
static_assert(std::is_trivially_copyable_v<OrientationBatchState>);

/// One sample of every unit further.
void advance(OrientationBatchState& state, const OrientationParams& params, HostTime t,
             const OrientationBatchSample& sample) noexcept;

/// Orientations as of the newest sample.
[[nodiscard]] QuatLanes q_earth_imu(const OrientationBatchState& state,
                                    const OrientationParams& params) noexcept;

}  // namespace tactus
