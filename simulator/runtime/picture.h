// A picture in main memory, as people see it, and its way to a file.
//
//   Clocks   none
//   Units    8-bit sRGB, red green blue alpha, rows from the top
//   Errors   write_png: false, errno says why.
//   Threads  plain values.
//   Proof    tests/simulator/runtime/vulkan_test.cc
#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace tactus::runtime {

struct Picture {
  std::uint32_t width_px = 0;
  std::uint32_t height_px = 0;
  std::vector<std::uint8_t> rgba;
};

/// Alpha is left out: the display is opaque.
[[nodiscard]] bool write_png(const Picture& picture, const std::string& path);

}  // namespace tactus::runtime
