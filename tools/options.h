// Reads `--name value` and `--flag` from a subcommand's arguments, and refuses what it does not
// know: a mistyped option must never run with a default in its place.
//
//   Clocks   none.
//   Units    none.
//   Errors   `parse` says on stderr what is wrong and returns false: exit with 2.
//   Threads  plain values.
//   Proof    tests/tools/options_test.cc
#pragma once
#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "commands.h"

namespace tactus::tools {

struct Option {
  std::string_view name;     ///< "--seed"
  std::string_view meaning;  ///< "N" for an option with a value, "" for a flag
  std::string_view help;
  /// Takes the value ("" for a flag); false: the value does not fit.
  std::function<bool(std::string_view)> take;
};

class Options {
 public:
  Options(std::string_view usage, std::initializer_list<Option> options)
      : usage_(usage), options_(options) {}

  /// False when the arguments do not fit, or help was asked for; `exit_code` is then what to
  /// return.
  bool parse(Arguments arguments, int& exit_code);

  /// What stood beside the options, in order.
  [[nodiscard]] const std::vector<std::string>& words() const { return words_; }

 private:
  void print_help() const;
  std::string_view usage_;
  std::vector<Option> options_;
  std::vector<std::string> words_;
};

/// Takers for the usual kinds of value.
std::function<bool(std::string_view)> into(std::string& value);
std::function<bool(std::string_view)> into(bool& flag);
std::function<bool(std::string_view)> into(unsigned& value);
std::function<bool(std::string_view)> into(double& value);

}  // namespace tactus::tools
