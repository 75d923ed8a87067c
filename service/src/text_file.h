// The small text files that the service knows people by: a first line, then one named line each, in
// order, which a technician can read and correct.
//
//   Clocks   none.
//   Units    the files' own.
//   Errors   FileFault says the line and what is wrong with it; whole paths and remedies are the
//            caller's to add.
//   Threads  plain functions; those with a path block on the file.
//   Proof    tests/service/wearer_test.cc, body_file_test.cc, feel_file_test.cc; tests/fuzz/wearer_fuzz.cc,
//            body_file_fuzz.cc, feel_file_fuzz.cc
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tactus/base/expected.h"

namespace tactus::service {

struct FileFault {
  int line = 0;
  std::string cause;
};

/// What stands behind each name; lines after the last are ignored.
[[nodiscard]] Expected<std::vector<std::string_view>, FileFault> read_named_lines(
    std::string_view text, std::string_view first, std::span<const std::string_view> names);

/// Fills `numbers` with words that are separated by one space; false: more, fewer or none.
[[nodiscard]] bool read_numbers(std::string_view words, std::span<double> numbers);

[[nodiscard]] Expected<std::string, std::string> read_text(const std::string& path);
/// The whole file or, on failure, the one that was there. Makes its folder.
[[nodiscard]] bool write_text(const std::string& path, const std::string& text);

/// $XDG_STATE_HOME/tactus/NAME, or below ~/.local/state.
[[nodiscard]] std::string state_path(std::string_view name);

}  // namespace tactus::service
