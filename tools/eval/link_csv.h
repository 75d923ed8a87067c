// A recording of a link: what a device stamped, when it came, and when it truly was.
//
//   Clocks   the device's; the host's for arrival and truth.
//   Units    nanoseconds in the file and in memory.
//   Errors   a text that is not such a recording is refused with the line at fault.
//   Threads  pure.
//   Proof    tests/tools/link_csv_test.cc, tests/fuzz/link_csv_fuzz.cc; layout: docs/evaluation.md
#pragma once
#include <cstddef>
#include <string_view>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/simulator/synthetic_link.h"

namespace tactus::tools {

/// Line 1 is the header. Remedy: make the line `DEVICE,ARRIVED,TRUE`, three whole numbers of
/// nanoseconds within ±2^62, arrivals and truth ascending.
struct LinkCsvError {
  std::size_t line = 0;
};

inline constexpr std::string_view kLinkCsvHeader = "t_device_ns,t_arrived_ns,t_true_ns";

[[nodiscard]] Expected<std::vector<simulator::LinkReport>, LinkCsvError> read_link_csv(
    std::string_view text);

}  // namespace tactus::tools
