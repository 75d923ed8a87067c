// XrPath atoms: the strings of one instance, numbered from 1.
//
//   Clocks   none
//   Units    none
//   Errors   XR_ERROR_PATH_FORMAT_INVALID, XR_ERROR_PATH_INVALID, as the specification says.
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/path_test.cc
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "xr.h"

namespace tactus::runtime {

/// A path name component: one or more of a-z 0-9 - _ . , not dots alone.
[[nodiscard]] bool is_path_component(std::string_view text);

/// "/" and components with "/" between them, shorter than XR_MAX_PATH_LENGTH.
[[nodiscard]] bool is_path(std::string_view text);

class PathTable {
 public:
  /// The atom of a well-formed path, made if new.
  [[nodiscard]] XrPath intern(std::string_view text);

  /// nullptr: no such atom.
  [[nodiscard]] const std::string* text(XrPath path) const;

 private:
  std::unordered_map<std::string, XrPath> atoms_;
  std::vector<const std::string*> texts_;
};

}  // namespace tactus::runtime
