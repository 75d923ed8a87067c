// Writes a whole file, beside its place first and then moved there: no reader finds half of one.
//
//   Clocks   none.
//   Units    bytes.
//   Errors   false: nothing is left behind and what was there before still is.
//   Threads  one at a time for a path.
//   Proof    tests/tools/play.sh
#pragma once
#include <string>
#include <string_view>

namespace tactus::tools {

[[nodiscard]] bool write_file(const std::string& path, std::string_view bytes);

}  // namespace tactus::tools
