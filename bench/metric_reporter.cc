#include "metric_reporter.h"

#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace tactus::bench {
namespace {

class MetricReporter : public benchmark::ConsoleReporter {
 public:
  /// Without colours: their codes would stand in front of a metric.
  MetricReporter() : ConsoleReporter(OO_Tabular) {}

  void ReportRuns(const std::vector<Run>& runs) override {
    ConsoleReporter::ReportRuns(runs);
    for (const Run& run : runs) {
      if (run.error_occurred ||
          (run.run_type == Run::RT_Aggregate && run.aggregate_name != "median"))
        continue;
      const std::string name = run.run_name.function_name;
      times_[name] = run.GetAdjustedCPUTime();
      units_[name] = benchmark::GetTimeUnitString(run.time_unit);
    }
  }

  void Finalize() override {
    for (const auto& [name, time] : times_) {
      std::printf("metric %s_%s %.4g %s\n", name.c_str(), units_[name].c_str(), time,
                  units_[name].c_str());
      const std::size_t by = name.find(".by_");
      if (by == std::string::npos) continue;
      const auto ours = times_.find(name.substr(0, by));
      if (ours == times_.end() || units_[ours->first] != units_[name]) continue;
      std::printf("metric %s_per_%s %.3g ratio\n", ours->first.c_str(), name.c_str() + by + 4,
                  ours->second / time);
    }
  }

  [[nodiscard]] const Times& times() const { return times_; }

 private:
  Times times_;
  std::map<std::string, std::string> units_;
};

}  // namespace

int run_and_print(int argc, char** argv, Times* times) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  MetricReporter reporter;
  const bool any = benchmark::RunSpecifiedBenchmarks(&reporter) > 0;
  if (times != nullptr) *times = reporter.times();
  return any ? 0 : 1;
}

}  // namespace tactus::bench
