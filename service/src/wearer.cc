#include "tactus/service/wearer.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tactus::service {
namespace {

constexpr std::string_view kFirstLine = "tactus wearer 1";
constexpr std::array<std::string_view, 4> kNames = {"day", "left_m2_per_s3", "right_m2_per_s3",
                                                    "comfort"};

std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

bool read_number(std::string_view word, double& value) {
  const char* const end = word.data() + word.size();
  const auto [rest, fault] = std::from_chars(word.data(), end, value);
  return fault == std::errc{} && rest == end;
}

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
  if (take_line(text) != kFirstLine) {
    return fault(1, fmt::format("not \"{}\"", kFirstLine));
  }
  std::array<std::string_view, kNames.size()> words;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    const std::string_view line = take_line(text);
    if (!line.starts_with(kNames[i]) || line.substr(kNames[i].size(), 1) != " ") {
      return fault(static_cast<int>(i) + 2, fmt::format("does not begin with \"{} \"", kNames[i]));
    }
    words[i] = line.substr(kNames[i].size() + 1);
  }
  Wearer wearer;
  std::array<double, 3> numbers{};
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    if (!read_number(words[i + 1], numbers[i])) {
      return fault(static_cast<int>(i) + 3, "is not a number");
    }
  }
  wearer.dose_m2_per_s3 = {numbers[0], numbers[1]};
  wearer.comfort = static_cast<float>(numbers[2]);
  if (!is_sound(wearer)) return fault(3, "a dose is below 0, or comfort is not from 0 to 1");
  if (words[0] != day) wearer.dose_m2_per_s3 = {};
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
  std::ifstream file(path, std::ios::binary);
  if (!file) return Unexpected{fmt::format("{}: cannot be read: check its permissions", path)};
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  auto wearer = parse_wearer(text, day);
  if (!wearer) return Unexpected{fmt::format("{}: {}", path, wearer.error())};
  return wearer;
}

bool write_wearer(const std::string& path, const Wearer& wearer, std::string_view day) {
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failed);
  const std::string beside = path + ".new";
  std::ofstream file(beside, std::ios::binary);
  file << to_text(wearer, day);
  file.close();
  if (!file) return false;
  std::filesystem::rename(beside, path, failed);
  return !failed;
}

std::string wearer_path() {
  const auto set = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string(value != nullptr ? value : "");
  };
  const std::string state = set("XDG_STATE_HOME");
  return (state.empty() ? set("HOME") + "/.local/state" : state) + "/tactus/wearer";
}

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  return fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

}  // namespace tactus::service
