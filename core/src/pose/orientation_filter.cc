#include "tactus/pose/orientation_filter.h"

#include <algorithm>
#include <cmath>

#include "low_pass.h"
#include "orientation_parts.h"

namespace tactus {
namespace {

using State = OrientationState;
using Params = OrientationParams;

constexpr float kMostStep_rad = 0.5f;    // of the heading, a block
constexpr float kSaturatedShare = 0.3f;  // of the limit, that a saturated reading may be off by

float square(float x) { return x * x; }

Vec3 clipped(Vec3 v, float limit) {
  return {std::clamp(v.x, -limit, limit), std::clamp(v.y, -limit, limit),
          std::clamp(v.z, -limit, limit)};
}

Quat about_up(float angle_rad) {
  return {0, std::sin(0.5f * angle_rad), 0, std::cos(0.5f * angle_rad)};
}

/// Rows of the rotation matrix.
std::array<Vec3, 3> rows(Quat q) {
  const float xx = q.x * q.x, yy = q.y * q.y, zz = q.z * q.z;
  const float xy = q.x * q.y, xz = q.x * q.z, yz = q.y * q.z;
  const float wx = q.w * q.x, wy = q.w * q.y, wz = q.w * q.z;
  return {{{1 - 2 * (yy + zz), 2 * (xy - wz), 2 * (xz + wy)},
           {2 * (xy + wz), 1 - 2 * (xx + zz), 2 * (yz - wx)},
           {2 * (xz - wy), 2 * (yz + wx), 1 - 2 * (xx + yy)}}};
}

/// Adds one sample to the open block. False when it cannot be used.
bool integrate(State& state, const Params& params, float dt_s, const ImuReading& imu,
               Vec3 field_uT) {
  if (!is_finite(imu.gyro_rad_per_s)) {
    ++state.left_out;
    return false;
  }
  const float most = params.gyro_limit_rad_per_s;
  const Vec3 omega = clipped(imu.gyro_rad_per_s, most);
  if (!within(imu.gyro_rad_per_s, most)) {
    ++state.left_out;
    state.heading_variance += saturated_variance(params) * dt_s * dt_s;
  }
  // The cross product is what the turning axis adds.
  const Vec3 last = state.omega_rad_per_s;
  const Vec3 slope = (1 / dt_s) * (omega - last);
  const Vec3 rate =
      0.5f * (omega + last) - bend_s(dt_s, state.step_s) * (slope - state.slope_rad_per_s2);
  const Vec3 turn =
      dt_s * corrected(rate, state.gyro_errors.bias_rad_per_s, state.gyro_errors.scale) +
      (dt_s * dt_s / 12) * cross(last, omega);
  state.q_inertial_imu = unit(state.q_inertial_imu * small_rotation(turn));
  state.omega_rad_per_s = omega;
  state.slope_rad_per_s2 = slope;
  state.step_s = dt_s;
  state.block.span_s += dt_s;
  state.block.samples += 1;
  state.block.gyro += omega;
  if (within(imu.accel_m_per_s2, params.accel_limit_m_per_s2)) {
    state.block.accel += imu.accel_m_per_s2;
    state.block.force_inertial += rotate(state.q_inertial_imu, imu.accel_m_per_s2);
    state.block.accel_samples += 1;
  } else {
    ++state.left_out;
  }
  if (within(field_uT, params.field_limit_uT)) {
    state.block.field_inertial += rotate(state.q_inertial_imu, field_uT);
    state.block.field_samples += 1;
  }
  return true;
}

/// Turns the level frame so that the low-passed force points up; returns where it pointed before.
/// The first time it is found, not corrected: that says nothing of the gyroscope.
Vec3 find_gravity(State& state, const LowPassStep& low_pass) {
  const Vec3 force = (1 / state.block.accel_samples) * state.block.force_inertial;
  const bool found = state.force.age_s == 0;
  const Vec3 held = low_pass(state.force, force);
  const Vec3 up = normalized(rotate(state.q_level_inertial, held));
  state.q_level_inertial = normalized(rotation_between(up, {0, 1, 0}) * state.q_level_inertial);
  return found ? Vec3{0, 1, 0} : up;
}

void find_rest(State& state, const Params& params, Vec3 gyro, Vec3 accel) {
  const LowPassStep low_pass(state.block.span_s, params.rest_tau_s);
  const Vec3 omega = low_pass(state.rest_gyro, gyro);
  const Vec3 force = low_pass(state.rest_accel, accel);
  const Vec3 turned = gyro - omega, moved = accel - force;
  const bool close = dot(turned, turned) < square(params.rest_rad_per_s) &&
                     dot(moved, moved) < square(params.rest_m_per_s2) &&
                     dot(omega, omega) < square(params.gyro_errors.most);
  state.resting_s = close ? state.resting_s + state.block.span_s : 0;
  state.at_rest = state.resting_s >= params.rest_s;
}

/// `n_up`: the vertical in the unit's axes.
void find_heading(State& state, const Params& params, Vec3 gyro, Vec3 n_up) {
  const Vec3 field =
      rotate(state.q_level_inertial, (1 / state.block.field_samples) * state.block.field_inertial);
  const float look = square(params.field_sigma_uT);
  if (!state.heading_known) {
    const float horizontal = std::sqrt(square(field.x) + square(field.z));
    if (!(horizontal > 1e-3f)) return;
    state.heading_known = true;
    state.q_earth_level = about_up(std::atan2(field.x, -field.z));
    state.field_horizontal_uT = horizontal;
    state.field_up_uT = field.y;
    state.heading_variance = look / square(horizontal);
    state.horizontal_variance = state.up_variance = look;
    return;
  }
  const float walk = square(params.heading_walk) +
                     square(params.heading_walk_rate) * dot(gyro, gyro) +
                     params.bias_lasts_s * bias_variance(state.gyro_errors, n_up);
  state.heading_variance += walk * state.block.span_s;
  state.horizontal_variance += square(params.field_walk_uT) * state.block.span_s;
  state.up_variance += square(params.field_walk_uT) * state.block.span_s;

  // The field's error across the believed north, along it and up.
  const Quat north = state.q_earth_level;
  const float sine = 2 * north.y * north.w, cosine = square(north.w) - square(north.y);
  const float strength = state.field_horizontal_uT;
  const float across = field.x * cosine + field.z * sine;
  const float along = field.x * sine - field.z * cosine - strength;
  const float up = field.y - state.field_up_uT;
  const float stronger = length(field) - std::sqrt(square(strength) + square(state.field_up_uT));
  float variance = look * (1 + square(params.field_strength_share * stronger));
  const float seen = square(strength) * state.heading_variance;
  const float strange = square(across) / (seen + variance) +
                        square(along) / (state.horizontal_variance + variance) +
                        square(up) / (state.up_variance + variance);
  if (strange > params.field_gate) variance *= square(strange / params.field_gate);

  const float gain = strength * state.heading_variance / (seen + variance);
  const float step = std::clamp(gain * across, -kMostStep_rad, kMostStep_rad);
  state.q_earth_level = unit(north * small_rotation({0, step, 0}));
  state.heading_variance -= gain * strength * state.heading_variance;
  const float gain_along = state.horizontal_variance / (state.horizontal_variance + variance);
  state.field_horizontal_uT = std::max(1.0f, strength + gain_along * along);
  state.horizontal_variance *= 1 - gain_along;
  const float gain_up = state.up_variance / (state.up_variance + variance);
  state.field_up_uT += gain_up * up;
  state.up_variance *= 1 - gain_up;
}

}  // namespace

void begin(State& state, const Params& params) noexcept {
  state.started = true;
  state.gyro_errors = begin(params.gyro_errors);
}

void forget_gravity(State& state) noexcept {
  state.force.age_s = 0;
  state.heading_variance += 1;
}

float saturated_variance(const Params& params) noexcept {
  return square(kSaturatedShare * params.gyro_limit_rad_per_s);
}

void correct_block(State& state, const Params& params) noexcept {
  const LowPassStep low_pass(state.block.span_s, params.gyro_errors.tau_s);
  const Vec3 gyro = (1 / state.block.samples) * state.block.gyro;
  const bool felt = state.block.accel_samples > 0;
  const Vec3 up = felt ? find_gravity(state, low_pass) : Vec3{0, 1, 0};
  const auto r = rows(state.q_level_inertial * state.q_inertial_imu);
  if (felt) {
    find_rest(state, params, gyro, (1 / state.block.accel_samples) * state.block.accel);
    learn(state.gyro_errors, params.gyro_errors,
          {.span_s = state.block.span_s,
           .rows = r,
           .gyro_rad_per_s = gyro,
           .tilt_rad = {-up.z, 0, up.x},
           .at_rest = state.at_rest,
           .rest_rad_per_s = state.rest_gyro.value});
  }
  if (state.block.field_samples > 0) find_heading(state, params, gyro, r[1]);
  state.q_earth_inertial = state.q_earth_level * state.q_level_inertial;
  state.block = {};
}

void advance(OrientationState& state, const OrientationParams& params, HostTime t,
             const ImuReading& imu, Vec3 field_uT) noexcept {
  if (!state.started) {
    if (!is_finite(imu.gyro_rad_per_s)) return;
    begin(state, params);
    state.t = t;
    state.omega_rad_per_s = clipped(imu.gyro_rad_per_s, params.gyro_limit_rad_per_s);
    return;
  }
  const Duration step = t - state.t;
  if (step <= Duration{}) {
    ++state.left_out;
    return;
  }
  if (step > params.longest_step) {
    forget_gravity(state);
    state.step_s = 0;
    if (!is_finite(imu.gyro_rad_per_s)) return;
    state.omega_rad_per_s = clipped(imu.gyro_rad_per_s, params.gyro_limit_rad_per_s);
    state.t = t;
    return;
  }
  if (!integrate(state, params, static_cast<float>(seconds(step)), imu, field_uT)) return;
  state.t = t;
  if (state.block.span_s >= static_cast<float>(seconds(params.block))) correct_block(state, params);
}

Quat q_earth_imu(const OrientationState& state, const OrientationParams& params) noexcept {
  const Quat now = state.q_earth_inertial * state.q_inertial_imu;
  if (params.latency_s == 0) return now;
  return unit(now * small_rotation(params.latency_s *
                                   (state.omega_rad_per_s - state.gyro_errors.bias_rad_per_s)));
}

}  // namespace tactus
