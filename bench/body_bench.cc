// Budget: a body from six trackers 15 us; one each frame of a headset, beside the engine's tick.
#include <benchmark/benchmark.h>

#include <vector>

#include "tactus/pose/body_solver.h"
#include "tactus/simulator/person_motion.h"
#include "tactus/simulator/person_trackers.h"

namespace tactus {
namespace {

using simulator::TrackerKind;

/// Twenty seconds of reaching, as these trackers see it.
std::vector<BodyReading> readings(const simulator::TrackerSet& set) {
  const simulator::PersonBones bones = simulator::random_bones(1, 1.7, 0.04);
  const simulator::PersonMotion motion(1, bones, simulator::Activity::Reach, 20);
  simulator::PersonTrackers trackers(1, bones, set);
  std::vector<BodyReading> all;
  for (double t_s = 0; t_s < motion.duration_s(); t_s += 1.0 / 90) {
    all.push_back(trackers.read(person_joints(bones, motion.at(t_s)), t_s));
  }
  return all;
}

void solve(benchmark::State& bench, const simulator::TrackerSet& set) {
  const std::vector<BodyReading> all = readings(set);
  const BodyProfile profile = body_profile(1.7f);
  BodySolverState state;
  std::size_t i = 0;
  for (auto _ : bench) {
    benchmark::DoNotOptimize(solve_body(state, {}, profile, all[i]));
    i = (i + 1) % all.size();
  }
}

simulator::TrackerSet six() {
  simulator::TrackerSet set{};
  for (const BodySite site : {BodySite::Head, BodySite::LeftHand, BodySite::RightHand,
                              BodySite::Pelvis, BodySite::LeftFoot, BodySite::RightFoot}) {
    set[index(site)] = TrackerKind::Pose;
  }
  return set;
}

simulator::TrackerSet all_sites() {
  simulator::TrackerSet set{};
  set.fill(TrackerKind::Pose);
  return set;
}

BENCHMARK_CAPTURE(solve, six, six())->Name("body.solve")->Unit(benchmark::kNanosecond);
BENCHMARK_CAPTURE(solve, all, all_sites())->Name("body.solve_all")->Unit(benchmark::kNanosecond);

}  // namespace
}  // namespace tactus
