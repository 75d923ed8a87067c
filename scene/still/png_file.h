// Writes a picture as PNG.
//
//   Frames   rows from the top. Units: 8-bit sRGB, alpha ignored.
//   Errors   SceneError when the file cannot be written.
//   Threads  pure but for the file.
//   Proof    tests/scene/still_test.cc
#pragma once
#include <cstdint>
#include <span>
#include <string>

namespace tactus::scene {

/// `pixels`: width * height * 4 bytes, R G B A.
void write_png(const std::string& path, std::uint32_t width, std::uint32_t height,
               std::span<const std::uint8_t> pixels);

}  // namespace tactus::scene
