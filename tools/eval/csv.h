// Lines of comma-separated fields, as the evaluations' recordings have them.
//
// Files are a stranger's: numbers are bounded, and an error names the line and what was expected.
//
//   Clocks   none. Frames: none.
//   Units    the file's.
//   Errors   CsvError.
//   Threads  one owner.
//   Proof    tests/tools (through the recordings)
#pragma once
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "tactus/base/expected.h"

namespace tactus::tools {

struct CsvError {
  int line = 0;      ///< counted from 1
  std::string what;  ///< what was expected there
};

class Csv {
 public:
  explicit Csv(std::string_view text) : text_(text) {}

  bool next_line() {
    if (text_.empty()) return false;
    const std::size_t end = text_.find('\n');
    line_ = text_.substr(0, end);
    text_ = end == std::string_view::npos ? std::string_view{} : text_.substr(end + 1);
    if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
    ++number_;
    return true;
  }
  std::string_view field() {
    const std::size_t comma = line_.find(',');
    const std::string_view field = line_.substr(0, comma);
    line_ = comma == std::string_view::npos ? std::string_view{} : line_.substr(comma + 1);
    return field;
  }
  /// A number of at most this size; NaN for an empty field, nothing for anything else.
  std::optional<double> number(double most) {
    const std::string_view text = field();
    if (text.empty()) return std::numeric_limits<double>::quiet_NaN();
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool good = error == std::errc{} && end == text.data() + text.size();
    if (!good || !(std::fabs(value) <= most)) return std::nullopt;
    return value;
  }
  /// As many numbers in a row, or nothing.
  template <std::size_t N>
  std::optional<std::array<double, N>> numbers(double most) {
    std::array<double, N> values{};
    for (double& value : values) {
      const std::optional<double> one = number(most);
      if (!one) return std::nullopt;
      value = *one;
    }
    return values;
  }
  [[nodiscard]] std::string_view rest() const { return line_; }
  [[nodiscard]] Unexpected<CsvError> error(std::string what) const {
    return Unexpected{CsvError{number_, std::move(what)}};
  }

 private:
  std::string_view text_, line_;
  int number_ = 0;
};

/// Which of `names` this is.
template <std::size_t N>
[[nodiscard]] std::optional<std::size_t> find_name(const std::array<std::string_view, N>& names,
                                                   std::string_view name) {
  const auto it = std::find(names.begin(), names.end(), name);
  if (it == names.end()) return std::nullopt;
  return static_cast<std::size_t>(it - names.begin());
}

}  // namespace tactus::tools
