#include "tactus/pose/orientation_batch.h"

#include <cmath>
#include <limits>

#include "orientation_parts.h"
#include "tactus/base/wide.h"

namespace tactus {
namespace {

using State = OrientationBatchState;
using Params = OrientationParams;

// The loops below are over units and have no branches, so that the compiler makes them wide. Each
// is compiled for several instruction sets; none contracts products, so all give the same bits.

TACTUS_INLINE float clipped(float x, float limit) {
  return x < -limit ? -limit : (x > limit ? limit : x);
}

/// 1 where every reading is short of the limit, else 0.
TACTUS_INLINE float is_within(Vec3 v, float limit) {
  const float x = std::fabs(v.x) < limit ? 1.0f : 0.0f;
  const float y = std::fabs(v.y) < limit ? 1.0f : 0.0f;
  const float z = std::fabs(v.z) < limit ? 1.0f : 0.0f;
  return x * y * z;
}

/// `v` where `use` is 1, else 0: also of what is not a number.
TACTUS_INLINE Vec3 used(Vec3 v, float use) {
  return {use > 0 ? v.x : 0.0f, use > 0 ? v.y : 0.0f, use > 0 ? v.z : 0.0f};
}

TACTUS_INLINE void add(Vec3Lanes& sum, std::size_t i, Vec3 v) {
  sum.x[i] += v.x;
  sum.y[i] += v.y;
  sum.z[i] += v.z;
}

/// The rate of unit `i`: clipped; where it is not known, as before.
TACTUS_INLINE Vec3 rate_of(const State& state, const OrientationBatchSample& sample, std::size_t i,
                           float most) {
  constexpr float kLargest = std::numeric_limits<float>::max();
  const Vec3 said = sample.gyro_rad_per_s.at(i), last = state.omega_rad_per_s.at(i);
  const float known = is_within(said, kLargest);
  return {known > 0 ? clipped(said.x, most) : last.x, known > 0 ? clipped(said.y, most) : last.y,
          known > 0 ? clipped(said.z, most) : last.z};
}

TACTUS_INLINE void turn_all(State& state, const Params& params, float dt_s,
                            const OrientationBatchSample& sample) {
  const float most = params.gyro_limit_rad_per_s;
  const float per_s = 1 / dt_s, bend = bend_s(dt_s, state.step_s);
  for (std::size_t i = 0; i < kBatchUnits; ++i) {
    const Vec3 last = state.omega_rad_per_s.at(i);
    const Vec3 omega = rate_of(state, sample, i, most);
    state.block.saturated_s2[i] +=
        is_within(sample.gyro_rad_per_s.at(i), most) > 0 ? 0.0f : dt_s * dt_s;
    const Vec3 slope = per_s * (omega - last);
    const Vec3 rate = 0.5f * (omega + last) - bend * (slope - state.slope_rad_per_s2.at(i));
    const Vec3 turn = dt_s * corrected(rate, state.gyro_bias_rad_per_s.at(i),
                                       {state.gyro_scale[0].at(i), state.gyro_scale[1].at(i),
                                        state.gyro_scale[2].at(i)}) +
                      (dt_s * dt_s / 12) * cross(last, omega);
    state.q_inertial_imu.set(i, unit(state.q_inertial_imu.at(i) * small_rotation(turn)));
    state.omega_rad_per_s.set(i, omega);
    state.slope_rad_per_s2.set(i, slope);
    add(state.block.gyro, i, omega);
  }
}

/// Adds `said`, turned into the inertial frame, where it is within the limit.
TACTUS_INLINE void sum_turned(const QuatLanes& q, const Vec3Lanes& __restrict said, float limit,
                              Vec3Lanes& __restrict sum, Lanes& __restrict count) {
  for (std::size_t i = 0; i < kBatchUnits; ++i) {
    const float use = is_within(said.at(i), limit);
    add(sum, i, rotate(q.at(i), used(said.at(i), use)));
    count[i] += use;
  }
}

TACTUS_INLINE void sum_raw(const Vec3Lanes& __restrict said, float limit,
                           Vec3Lanes& __restrict sum) {
  for (std::size_t i = 0; i < kBatchUnits; ++i) {
    add(sum, i, used(said.at(i), is_within(said.at(i), limit)));
  }
}

TACTUS_INLINE void sum_all(State& state, const Params& params,
                           const OrientationBatchSample& sample) {
  OrientationBatchBlock& block = state.block;
  const QuatLanes& q = state.q_inertial_imu;
  sum_raw(sample.accel_m_per_s2, params.accel_limit_m_per_s2, block.accel);
  sum_turned(q, sample.accel_m_per_s2, params.accel_limit_m_per_s2, block.force_inertial,
             block.accel_samples);
  sum_turned(q, sample.field_uT, params.field_limit_uT, block.field_inertial, block.field_samples);
}

TACTUS_INLINE void answer_all(const State& state, float latency_s, QuatLanes& out) {
  for (std::size_t i = 0; i < kBatchUnits; ++i) {
    const Quat now = state.q_earth_inertial.at(i) * state.q_inertial_imu.at(i);
    const Vec3 rate = state.omega_rad_per_s.at(i) - state.gyro_bias_rad_per_s.at(i);
    out.set(i, unit(now * small_rotation(latency_s * rate)));
  }
}

struct Kernels {
  void (*integrate)(State&, const Params&, float, const OrientationBatchSample&);
  void (*answer)(const State&, float, QuatLanes&);
};

void integrate_plain(State& s, const Params& p, float dt_s, const OrientationBatchSample& m) {
  turn_all(s, p, dt_s, m);
  sum_all(s, p, m);
}
void answer_plain(const State& s, float latency_s, QuatLanes& out) {
  answer_all(s, latency_s, out);
}

#if TACTUS_WIDE
TACTUS_TARGET("avx2")
void integrate_avx2(State& s, const Params& p, float dt_s, const OrientationBatchSample& m) {
  turn_all(s, p, dt_s, m);
  sum_all(s, p, m);
}
TACTUS_TARGET("avx2") void answer_avx2(const State& s, float latency_s, QuatLanes& out) {
  answer_all(s, latency_s, out);
}
#endif

Kernels choose_kernels() {
#if TACTUS_WIDE
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx2")) return {integrate_avx2, answer_avx2};
#endif
  return {integrate_plain, answer_plain};
}

const Kernels kKernels = choose_kernels();

void begin(State& state, const Params& params, const OrientationBatchSample& sample) {
  state.started = true;
  for (std::size_t i = 0; i < kBatchUnits; ++i) {
    begin(state.unit[i], params);
    state.omega_rad_per_s.set(i, rate_of(state, sample, i, params.gyro_limit_rad_per_s));
  }
}

void correct_unit(State& state, const Params& params, std::size_t i) {
  OrientationState& unit = state.unit[i];
  const OrientationBatchBlock& sums = state.block;
  unit.q_inertial_imu = state.q_inertial_imu.at(i);
  unit.heading_variance += saturated_variance(params) * sums.saturated_s2[i];
  unit.block = {.span_s = sums.span_s,
                .samples = sums.samples,
                .accel_samples = sums.accel_samples[i],
                .field_samples = sums.field_samples[i],
                .gyro = sums.gyro.at(i),
                .accel = sums.accel.at(i),
                .force_inertial = sums.force_inertial.at(i),
                .field_inertial = sums.field_inertial.at(i)};
  correct_block(unit, params);
  state.gyro_bias_rad_per_s.set(i, unit.gyro_errors.bias_rad_per_s);
  for (std::size_t k = 0; k < 3; ++k) state.gyro_scale[k].set(i, unit.gyro_errors.scale[k]);
  state.q_earth_inertial.set(i, unit.q_earth_inertial);
}

}  // namespace

void advance(OrientationBatchState& state, const OrientationParams& params, HostTime t,
             const OrientationBatchSample& sample) noexcept {
  const Duration step = t - state.t;
  if (!state.started) {
    begin(state, params, sample);
  } else if (step <= Duration{}) {
    return;
  } else if (step > params.longest_step) {
    state.step_s = 0;
    for (std::size_t i = 0; i < kBatchUnits; ++i) {
      forget_gravity(state.unit[i]);
      state.omega_rad_per_s.set(i, rate_of(state, sample, i, params.gyro_limit_rad_per_s));
    }
  } else {
    const auto dt_s = static_cast<float>(seconds(step));
    kKernels.integrate(state, params, dt_s, sample);
    state.step_s = dt_s;
    state.block.span_s += dt_s;
    state.block.samples += 1;
    if (state.block.span_s >= static_cast<float>(seconds(params.block))) {
      for (std::size_t i = 0; i < kBatchUnits; ++i) correct_unit(state, params, i);
      state.block = {};
    }
  }
  state.t = t;
}

QuatLanes q_earth_imu(const OrientationBatchState& state,
                      const OrientationParams& params) noexcept {
  QuatLanes out;
  kKernels.answer(state, params.latency_s, out);
  return out;
}

}  // namespace tactus
