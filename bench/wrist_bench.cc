// The wrist: budget 0.6 us per inertial reading at 1 kHz, 5 us per tracker pose 21 ms late.
#include <benchmark/benchmark.h>

#include <cmath>

#include "tactus/pose/wrist_filter.h"

namespace {

using namespace tactus;

constexpr double kRate_Hz = 1000;
constexpr int kEvery = 10;  // readings to a pose
constexpr int kLate = 21;   // readings

HostTime at(int k) { return HostTime(from_seconds(1 + k / kRate_Hz)); }

/// A hand that turns and swings.
ImuReading reading(int k) {
  const double t = k / kRate_Hz;
  return {{float(2 * std::sin(5 * t)), float(std::cos(4 * t)), 0.5f},
          {float(4 * std::sin(6 * t)), kGravity_m_per_s2, float(3 * std::cos(7 * t))}};
}

/// What the filter itself believes, so that it never rejects.
WristMeasurement pose(const WristFilterState& state, int k) {
  const auto& q = state.now.q_world_wrist;
  const auto& p = state.now.p_world_imu;
  WristMeasurement m;
  m.t = at(k);
  m.tracked = true;
  m.T_world_wrist = {{float(q[0]), float(q[1]), float(q[2]), float(q[3])},
                     {float(p[0]), float(p[1]), float(p[2])}};
  m.sigma_m = 0.5f;
  m.sigma_rad = 0.5f;
  return m;
}

WristFilterState warmed_up(int& k) {
  WristFilterState state;
  for (k = 0; k < 1000; ++k) {
    advance(state, {}, at(k), reading(k));
    if (k > kLate && k % kEvery == 0) correct(state, {}, {}, pose(state, k - kLate));
  }
  return state;
}

void step(benchmark::State& run) {
  int k = 0;
  const WristFilterState start = warmed_up(k);
  WristFilterState state = start;
  int n = 0;
  const ImuReading palm = reading(k);
  for (auto _ : run) {
    advance(state, {}, at(k + n), palm);
    benchmark::DoNotOptimize(state);
    if (++n < 60) continue;  // before the filter moves by itself
    run.PauseTiming();
    state = start;
    n = 0;
    run.ResumeTiming();
  }
}
BENCHMARK(step)->Name("wrist.step");

/// Moves the covariance over ten readings, updates, and replays 21.
void update(benchmark::State& run) {
  int k = 0;
  const WristFilterState start = warmed_up(k);
  WristFilterState state = start;
  for (auto _ : run) {
    run.PauseTiming();
    if (k % 10'000 == 0) {
      state = start;
      k = 1000;
    }
    for (int i = 0; i < kEvery; ++i, ++k) advance(state, {}, at(k), reading(k));
    const WristMeasurement m = pose(state, k - kLate);
    run.ResumeTiming();
    correct(state, {}, {}, m);
    benchmark::DoNotOptimize(state);
  }
}
BENCHMARK(update)->Name("wrist.update");

}  // namespace
