// A film strip: pictures of a folder, evenly chosen, tiled into one PNG.
//
//   Clocks   the order of the files' names.
//   Units    pixels.
//   Errors   the number of pictures used; 0 when there are none or the strip cannot be written.
//   Threads  pure but for the files.
//   Proof    tests/tools/demo_parts_test.cc
#pragma once
#include <cstddef>
#include <string>

namespace tactus::tools {

std::size_t write_film_strip(const std::string& folder, const std::string& path,
                             std::size_t pictures, std::size_t columns);

}  // namespace tactus::tools
