// Pieces that the one-unit filter and the batch share.
#pragma once
#include "tactus/pose/orientation_filter.h"

namespace tactus {

/// Small rotation `r` as a quaternion: to 1e-7 up to a quarter turn, by series.
[[nodiscard]] constexpr Quat small_rotation(Vec3 r) noexcept {
  const float u = 0.25f * dot(r, r);  // half angle squared
  const float s = 0.5f * (1 - u * (1.0f / 6 - u * (1.0f / 120 - u * (1.0f / 5040))));
  const float c = 1 - u * (0.5f - u * (1.0f / 24 - u * (1.0f / 720)));
  return {s * r.x, s * r.y, s * r.z, c};
}

/// The rate less what the gyroscope is believed to say wrongly.
[[nodiscard]] constexpr Vec3 corrected(Vec3 rate, Vec3 bias,
                                       const std::array<Vec3, 3>& scale) noexcept {
  return rate - bias - (rate.x * scale[0] + rate.y * scale[1] + rate.z * scale[2]);
}

/// The mean of a rate over a step lies this far, times the change of its slope since the step before,
/// from the middle of its ends: a parabola through three samples. A step much longer than the one
/// before says too little of how the rate bends.
[[nodiscard]] constexpr float bend_s(float dt_s, float dt_before_s) noexcept {
  return dt_s <= 3 * dt_before_s ? dt_s * dt_s / (6 * (dt_s + dt_before_s)) : 0.0f;
}

/// Keeps a quaternion that is nearly unit unit.
[[nodiscard]] constexpr Quat unit(Quat q) noexcept {
  const float k = 1.5f - 0.5f * (q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w);
  return {k * q.x, k * q.y, k * q.z, k * q.w};
}

/// Every reading must be short of the limit; what is not a number is not.
[[nodiscard]] inline bool within(Vec3 v, float limit) noexcept {
  return std::fabs(v.x) < limit && std::fabs(v.y) < limit && std::fabs(v.z) < limit;
}

/// Sets what a filter knows before its first sample.
void begin(OrientationState& state, const OrientationParams& params) noexcept;

/// After a silence: what it did meanwhile nobody knows.
void forget_gravity(OrientationState& state) noexcept;

/// Of the heading, per second squared of a step whose rate was beyond the limit.
[[nodiscard]] float saturated_variance(const OrientationParams& params) noexcept;

/// Gravity, rest, bias and heading from the block's sums, which begin anew.
void correct_block(OrientationState& state, const OrientationParams& params) noexcept;

}  // namespace tactus
