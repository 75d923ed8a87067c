// Which way an inertial unit is turned: gyroscope, gravity, and the earth's field where it is sane.
//
// The gyroscope is integrated at every sample. What corrects it is slow, so it is done once a
// block of some 14 ms, on the block's means in the frame that the gyroscope alone keeps ("inertial"
// frame: it drifts, but does not turn with the unit):
//
//   gravity   the specific force, low-passed in the inertial frame, points up;
//   bias      what gravity keeps correcting, and what a resting gyroscope says, is its bias;
//   heading   the field's direction, trusted as far as it is steady: a disturbance is neither
//             accepted nor thrown away, it weighs less the stranger it is.
//
//   Clocks   HostTime of the samples; irregular and missing ones are taken by their times.
//   Frames   earth: x east, y up, -z magnetic north; without a magnetometer the heading begins as 0
//            and drifts. The unit's own axes otherwise.
//   Units    SI, radians, microtesla.
//   Errors   never fails. Not finite, saturated or backward samples are left out and counted.
//   Threads  plain value, one owner. RT-safe.
//   Proof    tests/core/pose/orientation_filter_test.cc; `tactus eval orientation`.
//            Gravity and bias: Laidig & Seel, "VQF", Information Fusion 91, 2023; equations and
//            what differs from it: docs/notes/orientation.md
#pragma once
#include <cstdint>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/time.h"
#include "tactus/pose/gyro_errors.h"
#include "tactus/sense/sample.h"

namespace tactus {

struct OrientationParams {
  Duration block = 13ms;  ///< corrections happen when at least this much has been integrated
  Duration longest_step = 100ms;        ///< a longer silence is not bridged: gravity is found again
  float latency_s = 0;                  ///< the unit's own delay: the answer is turned ahead by it
  float gyro_limit_rad_per_s = 34.8f;   ///< 2000 deg/s: a reading beyond says only "at least"
  float accel_limit_m_per_s2 = 156.0f;  ///< 16 g
  float field_limit_uT = 1000;          ///< a field beyond it is a broken reading

  float rest_tau_s = 0.5f;  ///< of the low-pass that a resting unit stays close to
  float rest_s = 1.5f;      ///< that long, to be at rest
  float rest_rad_per_s = 2.0f * kRadPerDeg;
  float rest_m_per_s2 = 0.5f;

  GyroErrorParams gyro_errors;

  float field_sigma_uT = 43.0f;             ///< of one look; coloured, so far above the sensor's
  float field_walk_uT = 0.035f;             ///< per root second, of strength and dip
  float heading_walk = 0.59f * kRadPerDeg;  ///< per root second …
  float heading_walk_rate = 0.002f;         ///< … and per rad/s of turning rate
  float bias_lasts_s = 30;   ///< what is unknown of the bias drifts the heading about so long
  float field_gate = 0.21f;  ///< squared sigmas at which a look begins to weigh less
  float field_strength_share = 0.07f;  ///< of the strength's error that goes into sigma, per uT
};

/// Sums over the samples since the last correction.
struct OrientationBlock {
  float span_s = 0;
  float samples = 0, accel_samples = 0, field_samples = 0;
  Vec3 gyro, accel;
  Vec3 force_inertial, field_inertial;
};

struct OrientationState {
  bool started = false;
  bool heading_known = false;
  bool at_rest = false;
  HostTime t{};                ///< of the newest sample
  std::uint32_t left_out = 0;  ///< samples not used
  Quat q_inertial_imu;         ///< by the gyroscope alone
  Quat q_level_inertial;       ///< by gravity
  Quat q_earth_inertial;       ///< by gravity and north
  Vec3 omega_rad_per_s;        ///< newest, as the unit says it
  Vec3 slope_rad_per_s2;       ///< of it, over the newest step
  float step_s = 0;            ///< the newest; 0: the next has none before it
  GyroErrors gyro_errors;
  OrientationBlock block;

  LowPass force;  ///< specific force, inertial frame
  LowPass rest_gyro, rest_accel;
  float resting_s = 0;  ///< how long the unit has been close to the rest low-passes

  // The field, in the level frame.
  Quat q_earth_level;  ///< by north: about the vertical
  float field_horizontal_uT = 0, field_up_uT = 0;
  float heading_variance = 0, horizontal_variance = 0, up_variance = 0;
};
static_assert(std::is_trivially_copyable_v<OrientationState>);

/// One sample further. `field_uT` not finite: no magnetometer reading with this sample.
void advance(OrientationState& state, const OrientationParams& params, HostTime t,
             const ImuReading& imu, Vec3 field_uT) noexcept;

/// Orientation as of the newest sample: `T_earth_imu`'s rotation.
[[nodiscard]] Quat q_earth_imu(const OrientationState& state,
                               const OrientationParams& params) noexcept;

}  // namespace tactus
