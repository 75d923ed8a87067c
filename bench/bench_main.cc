// Runs the benchmarks of one program and ends with one line "metric NAME VALUE UNIT" for each.
//
// A benchmark is called by its metric: path.report_to_report prints path.report_to_report_ns. One
// called X.by_PEER is the peer of X and prints the ratio X_per_PEER too: below 1 we are faster.
// With repetitions the metric is the median. Times are of the processor, not of the wall: all of it
// is computation on one thread.
#include <benchmark/benchmark.h>

#include <cstdio>
#include <map>
#include <string>
#include <vector>

namespace {

class MetricReporter : public benchmark::ConsoleReporter {
 public:
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

 private:
  std::map<std::string, double> times_;
  std::map<std::string, std::string> units_;
};

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 1;
  MetricReporter reporter;
  return benchmark::RunSpecifiedBenchmarks(&reporter) > 0 ? 0 : 1;
}
