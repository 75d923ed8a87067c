// A tick from reports in to reports out, both hands touching: budget 100 us of 1000 us.
//
// One iteration is one millisecond of a recorded session: decode, align, estimate, predict, query,
// render, limit and encode. Nothing in it waits, so processor time is the whole of it.
#include <benchmark/benchmark.h>

#include <memory>

#include "session.h"

namespace {

using tactus::service::Engine;
using tactus::service::tests::RecordedSession;

void report_to_report(benchmark::State& state) {
  const RecordedSession recorded(std::chrono::seconds(4));
  auto engine = std::make_unique<Engine>(tactus::PipelineParams{}, nullptr);
  recorded.introduce(*engine);
  std::size_t next = 0;
  for (auto _ : state) {
    drive(*engine, recorded.steps()[next]);
    engine->clear_released();
    benchmark::DoNotOptimize(engine->output());
    if (++next < recorded.steps().size()) continue;
    state.PauseTiming();
    engine = std::make_unique<Engine>(tactus::PipelineParams{}, nullptr);
    recorded.introduce(*engine);
    next = 0;
    state.ResumeTiming();
  }
}
BENCHMARK(report_to_report)->Name("path.report_to_report");

}  // namespace
