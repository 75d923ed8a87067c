#include "link_csv.h"

#include <array>
#include <charconv>
#include <cstdint>
#include <optional>

namespace tactus::tools {
namespace {

using simulator::LinkReport;

constexpr std::int64_t kLargest_ns = std::int64_t{1} << 62;

std::optional<std::array<std::int64_t, 3>> numbers_of(std::string_view line) {
  std::array<std::int64_t, 3> numbers{};
  const char* at = line.data();
  const char* const end = at + line.size();
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const auto [next, error] = std::from_chars(at, end, numbers[i]);
    if (error != std::errc{} || numbers[i] > kLargest_ns || numbers[i] < -kLargest_ns) return {};
    const bool last = i + 1 == numbers.size();
    if (last ? next != end : next == end || *next != ',') return {};
    at = next + (last ? 0 : 1);
  }
  return numbers;
}

}  // namespace

Expected<std::vector<simulator::LinkReport>, LinkCsvError> read_link_csv(std::string_view text) {
  std::vector<LinkReport> reports;
  for (std::size_t line_number = 1; !text.empty(); ++line_number) {
    const std::size_t length = text.find('\n');
    std::string_view line = text.substr(0, length);
    text.remove_prefix(length == std::string_view::npos ? text.size() : length + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    if (line_number == 1) {
      if (line != kLinkCsvHeader) return Unexpected{LinkCsvError{1}};
      continue;
    }
    if (line.empty() && text.empty()) break;
    const auto numbers = numbers_of(line);
    if (!numbers) return Unexpected{LinkCsvError{line_number}};
    const LinkReport report{DeviceTime(Duration((*numbers)[0])), HostTime(Duration((*numbers)[1])),
                            HostTime(Duration((*numbers)[2]))};
    if (!reports.empty() &&
        (report.t_arrived < reports.back().t_arrived || report.t_true <= reports.back().t_true)) {
      return Unexpected{LinkCsvError{line_number}};
    }
    reports.push_back(report);
  }
  if (reports.empty()) return Unexpected{LinkCsvError{1}};
  return reports;
}

}  // namespace tactus::tools
