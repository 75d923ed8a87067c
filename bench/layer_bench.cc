// What the layer costs an application: budget 300 ns to locate 26 joints in STAGE or LOCAL, and 0.15
// of what a runtime takes for its own hands in the same run (runtime_peer.h).
#include <benchmark/benchmark.h>

#include <cstdio>
#include <memory>
#include <string_view>
#include <vector>

#include "hand_fixture.h"
#include "metric_reporter.h"
#include "runtime_peer.h"

namespace {

using namespace tactus;
using namespace tactus::layer_test;

/// A focused session with a left glove that moves.
class Wearer : public HandTest {
 public:
  explicit Wearer(bool is_runtime_with_hands = false) {
    if (is_runtime_with_hands) runtime.offered.insert(kHandTracking);
    begin_with_gloves();
    publish_motion();
    wait_frame();
    lefty = tracker(XR_HAND_LEFT_EXT);
    locate_joints = get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT");
  }
  XrSpace space_of(XrReferenceSpaceType type) {
    const XrSpace space = make_space(type, {});
    wait_frame();
    return space;
  }
  XrHandTrackerEXT lefty = XR_NULL_HANDLE;
  PFN_xrLocateHandJointsEXT locate_joints = nullptr;

 private:
  void TestBody() override {}
};

/// Each call asks for another instant: of the history, or up to 20 ms ahead of it as for a display.
void ask_on(benchmark::State& bench, const bench::RuntimePeer::Asked& asked, XrSpace base,
            XrTime t_first, bool with_velocities = false) {
  Joints joints;
  XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, nullptr, base, 0};
  if (!with_velocities) joints.locations.next = nullptr;
  std::int64_t n = 0;
  for (auto _ : bench) {
    info.time = t_first + n++ % 64 * 333'333;
    benchmark::DoNotOptimize(asked.locate(asked.tracker, &info, &joints.locations));
  }
  if (joints.locations.isActive != XR_TRUE) bench.SkipWithError("no hand");
}

void locate_all(benchmark::State& bench, XrReferenceSpaceType type, bool with_velocities = false,
                XrTime t_first = Wearer::kNow - 20'000'000, bool is_runtime_with_hands = false) {
  Wearer wearer(is_runtime_with_hands);
  ask_on(bench, {wearer.locate_joints, wearer.lefty}, wearer.space_of(type), t_first,
         with_velocities);
}
BENCHMARK_CAPTURE(locate_all, stage, XR_REFERENCE_SPACE_TYPE_STAGE)->Name("layer.locate_hands");
BENCHMARK_CAPTURE(locate_all, moving, XR_REFERENCE_SPACE_TYPE_STAGE, true)
    ->Name("layer.locate_hands_and_velocities");
BENCHMARK_CAPTURE(locate_all, ahead, XR_REFERENCE_SPACE_TYPE_STAGE, false,
                  Wearer::kNow + 20'000'000)
    ->Name("layer.locate_hands_ahead");
BENCHMARK_CAPTURE(locate_all, beside, XR_REFERENCE_SPACE_TYPE_STAGE, false,
                  Wearer::kNow - 20'000'000, true)
    ->Name("layer.locate_hands_beside_the_runtimes");
BENCHMARK_CAPTURE(locate_all, local, XR_REFERENCE_SPACE_TYPE_LOCAL)
    ->Name("layer.locate_hands_in_local");
// The fake runtime's own xrLocateSpace, which counts by differences, is most of this one.
BENCHMARK_CAPTURE(locate_all, view, XR_REFERENCE_SPACE_TYPE_VIEW)
    ->Name("layer.locate_hands_in_view");

/// An application that is started and ended: instance, session, tracker, and all of it again away.
void create_and_destroy(benchmark::State& bench) {
  LoadedLayer::pin();
  for (auto _ : bench) benchmark::DoNotOptimize(Wearer().lefty);
}
BENCHMARK(create_and_destroy)->Name("layer.create_destroy")->Unit(benchmark::kMicrosecond);

/// Beside each other over one runtime, each asked for its own hand.
void compare(const bench::RuntimePeer& peer) {
  const XrTime t_first = peer.now - 20'000'000;
  const auto add = [&](const char* name, const bench::RuntimePeer::Asked& asked) {
    benchmark::RegisterBenchmark(name, [&asked, &peer, t_first](benchmark::State& bench) {
      ask_on(bench, asked, peer.stage, t_first);
    });
  };
  add("layer.locate", peer.layer);
  add("layer.locate.by_runtime", peer.runtime);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<char*> others{argv[0]};
  std::unique_ptr<tactus::bench::RuntimePeer> peer;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) != "--runtime") {
      others.push_back(argv[i]);
    } else if (++i == argc) {
      std::fprintf(stderr,
                   "layer_bench: --runtime needs a file; bench/runtime_peer.h says which\n");
      return 2;
    } else {
      peer = std::make_unique<tactus::bench::RuntimePeer>(argv[i]);
      if (!peer->is_ready()) return 1;
    }
  }
  if (peer) compare(*peer);
  return tactus::bench::run_and_print(static_cast<int>(others.size()), others.data());
}
