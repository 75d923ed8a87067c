#include "options.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace tactus::tools {

void Options::print_help() const {
  fmt::print("usage: {}\n", usage_);
  if (!options_.empty()) fmt::print("\n");
  for (const Option& option : options_) {
    fmt::print("  {:<22} {}\n", fmt::format("{} {}", option.name, option.meaning), option.help);
  }
}

bool Options::parse(Arguments arguments, int& exit_code) {
  exit_code = 2;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (word == "--help" || word == "-h") {
      print_help();
      exit_code = 0;
      return false;
    }
    if (!word.starts_with('-') || word == "-") {
      words_.emplace_back(word);
      continue;
    }
    const auto option = std::ranges::find(options_, word, &Option::name);
    if (option == options_.end()) {
      fmt::print(stderr, "tactus: unknown option {}; usage: {}\n", word, usage_);
      return false;
    }
    std::string_view value;
    if (!option->meaning.empty()) {
      if (++i == arguments.size()) {
        fmt::print(stderr, "tactus: {} needs a value: {}\n", word, option->help);
        return false;
      }
      value = arguments[i];
    }
    if (!option->take(value)) {
      fmt::print(stderr, "tactus: {} cannot be '{}': {}\n", word, value, option->help);
      return false;
    }
  }
  return true;
}

std::function<bool(std::string_view)> into(std::string& value) {
  return [&value](std::string_view text) {
    value = text;
    return !text.empty();
  };
}

std::function<bool(std::string_view)> into(bool& flag) {
  return [&flag](std::string_view) { return flag = true; };
}

namespace {

/// The whole text as a number; nothing is taken from a text that is only partly one.
template <class T>
bool whole_number(std::string_view text, T& value) {
  T read{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), read);
  if (error != std::errc() || end != text.data() + text.size()) return false;
  value = read;
  return true;
}

}  // namespace

std::function<bool(std::string_view)> into(unsigned& value) {
  return [&value](std::string_view text) { return whole_number(text, value); };
}

std::function<bool(std::string_view)> into(double& value) {
  return [&value](std::string_view text) {
    double read = 0;
    if (!whole_number(text, read) || !std::isfinite(read)) return false;
    value = read;
    return true;
  };
}

}  // namespace tactus::tools
