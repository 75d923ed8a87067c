// Runs benchmarks and ends with one line "metric NAME VALUE UNIT" for each.
//
// A benchmark is called by its metric: path.report_to_report prints path.report_to_report_ns. One
// called X.by_PEER is the peer of X and prints the ratio X_per_PEER too: below 1 we are faster.
// With repetitions the metric is the median. Times are of the processor, not of the wall: all of it
// is computation on one thread.
#pragma once
#include <map>
#include <string>

namespace tactus::bench {

/// Of each benchmark by its name, in its own unit.
using Times = std::map<std::string, double>;

/// What is left of the command line is Google Benchmark's. Returns the exit code.
int run_and_print(int argc, char** argv, Times* times = nullptr);

}  // namespace tactus::bench
