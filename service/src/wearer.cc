#include "tactus/service/wearer.h"

#include <fmt/format.h>

#include <cmath>
#include <ctime>
#include <filesystem>
#include <span>

#include "text_file.h"

namespace tactus::service {
namespace {

constexpr std::string_view kFirstLine = "tactus wearer 1";
constexpr std::array<std::string_view, 4> kNames = {"day", "left_m2_per_s3", "right_m2_per_s3",
                                                    "comfort"};

Unexpected<std::string> fault(int line, const std::string& cause) {
  return Unexpected{fmt::format(
      "line {}: {}; correct it, or delete the file if these hands have rested today", line, cause)};
}

}  // namespace

bool is_sound(const Wearer& wearer) noexcept {
  for (const double dose : wearer.dose_m2_per_s3) {
    if (!std::isfinite(dose) || dose < 0) return false;
  }
  return wearer.comfort >= 0 && wearer.comfort <= 1;
}

Expected<Wearer, std::string> parse_wearer(std::string_view text, std::string_view day) {
  const auto words = read_named_lines(text, kFirstLine, kNames);
  if (!words) return fault(words.error().line, words.error().cause);
  Wearer wearer;
  std::array<double, 3> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!read_numbers((*words)[i + 1], std::span(numbers).subspan(i, 1))) {
      return fault(static_cast<int>(i) + 3, "is not a number");
    }
  }
  wearer.dose_m2_per_s3 = {numbers[0], numbers[1]};
  wearer.comfort = static_cast<float>(numbers[2]);
  if (!is_sound(wearer)) return fault(3, "a dose is below 0, or comfort is not from 0 to 1");
  if (words->front() != day) wearer.dose_m2_per_s3 = {};
  return wearer;
}

std::string to_text(const Wearer& wearer, std::string_view day) {
  return fmt::format("{}\n{} {}\n{} {}\n{} {}\n{} {}\n", kFirstLine, kNames[0], day, kNames[1],
                     wearer.dose_m2_per_s3[0], kNames[2], wearer.dose_m2_per_s3[1], kNames[3],
                     wearer.comfort);
}

Expected<Wearer, std::string> read_wearer(const std::string& path, std::string_view day) {
  std::error_code ignored;
  if (!std::filesystem::exists(path, ignored)) return Wearer{};
  const auto text = read_text(path);
  if (!text) return Unexpected{text.error()};
  auto wearer = parse_wearer(*text, day);
  if (!wearer) return Unexpected{fmt::format("{}: {}", path, wearer.error())};
  return wearer;
}

bool write_wearer(const std::string& path, const Wearer& wearer, std::string_view day) {
  return write_text(path, to_text(wearer, day));
}

std::string wearer_path() { return state_path("wearer"); }

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

}  // namespace tactus::service
