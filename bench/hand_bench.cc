// One glove's measurement into a hand: budget 8 us with 16 inertial units, 21 angles.
#include <benchmark/benchmark.h>

#include <vector>

#include "tactus/pose/estimate.h"
#include "tactus/sense/align.h"
#include "tactus/simulator/grasping.h"
#include "tactus/simulator/sensors.h"

namespace {

using namespace tactus;

constexpr double kLength_s = 12;
constexpr double kStep_s = 0.004;

std::vector<GloveMeasurement> measurements(const simulator::SyntheticGlove& nominal) {
  const simulator::Grasping truth(1, Hand::Right, kLength_s);
  simulator::SyntheticGlove glove = nominal;
  GloveAlignState clock;
  std::vector<GloveMeasurement> all;
  for (double t_s = kStep_s; t_s < kLength_s; t_s += kStep_s) {
    all.push_back(align(clock, glove.nominal_profile(), glove.sample(truth, t_s),
                        HostTime(from_seconds(t_s))));
    all.back().base_imu = glove.more().base_imu;
    if (t_s < simulator::Grasping::kFlat_s) continue;
    all.back().flexion_rad.fill(kNoChannel);
    all.back().abduction_rad.fill(kNoChannel);
  }
  return all;
}

void solve(benchmark::State& bench) {
  simulator::GloveFaults faults;
  faults.more_sensors = true;
  const simulator::SyntheticGlove glove(1, Hand::Right, faults);
  const std::vector<GloveMeasurement> all = measurements(glove);
  const HandEstimatorParams params;
  HandEstimatorState state;
  std::size_t next = 0;
  for (auto _ : bench) {
    estimate(state, params, glove.nominal_profile(), all[next]);
    benchmark::DoNotOptimize(state);
    if (++next == all.size()) {
      next = 0;
      state = {};
    }
  }
}
BENCHMARK(solve)->Name("hand.solve");

}  // namespace
