#include "text_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tactus::service {
namespace {

std::string_view take_until(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return taken;
}

}  // namespace

Expected<std::vector<std::string_view>, FileFault> read_named_lines(
    std::string_view text, std::string_view first, std::span<const std::string_view> names) {
  if (take_until(text, '\n') != first)
    return Unexpected{FileFault{1, fmt::format("not \"{}\"", first)}};
  std::vector<std::string_view> words;
  for (const std::string_view name : names) {
    const std::string_view line = take_until(text, '\n');
    if (!line.starts_with(name) || line.substr(name.size(), 1) != " ") {
      return Unexpected{FileFault{static_cast<int>(words.size()) + 2,
                                  fmt::format("does not begin with \"{} \"", name)}};
    }
    words.push_back(line.substr(name.size() + 1));
  }
  return words;
}

bool read_numbers(std::string_view words, std::span<double> numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const bool is_last = i + 1 == numbers.size();
    const std::string_view word = is_last ? words : take_until(words, ' ');
    const char* const end = word.data() + word.size();
    const auto [rest, fault] = std::from_chars(word.data(), end, numbers[i]);
    if (fault != std::errc{} || rest != end) return false;
  }
  return true;
}

Expected<std::string, std::string> read_text(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return Unexpected{fmt::format("{}: cannot be read: check its permissions", path)};
  return std::string{std::istreambuf_iterator<char>(file), {}};
}

bool write_text(const std::string& path, const std::string& text) {
  std::error_code failed;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), failed);
  const std::string beside = path + ".new";
  std::ofstream file(beside, std::ios::binary);
  file << text;
  file.close();
  if (!file) return false;
  std::filesystem::rename(beside, path, failed);
  return !failed;
}

std::string state_path(std::string_view name) {
  const auto set = [](const char* variable) {
    const char* value = std::getenv(variable);
    return std::string(value != nullptr ? value : "");
  };
  const std::string state = set("XDG_STATE_HOME");
  return fmt::format("{}/tactus/{}", state.empty() ? set("HOME") + "/.local/state" : state, name);
}

}  // namespace tactus::service
