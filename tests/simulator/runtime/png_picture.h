// Reads a picture back for the tests.
#pragma once
#include <png.h>

#include <array>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace tactus::test {

using Colour = std::array<std::uint8_t, 3>;

struct PngPicture {
  std::uint32_t width_px = 0, height_px = 0;
  std::vector<Colour> pixels;

  [[nodiscard]] std::set<Colour> colours() const { return {pixels.begin(), pixels.end()}; }
};

/// Width 0: there is none, or it is none.
inline PngPicture read_png(const std::string& path) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (!png_image_begin_read_from_file(&image, path.c_str())) return {};
  image.format = PNG_FORMAT_RGB;
  PngPicture picture;
  picture.pixels.resize(std::size_t{image.width} * image.height);
  if (!png_image_finish_read(&image, nullptr, picture.pixels.data(), 0, nullptr)) return {};
  picture.width_px = image.width;
  picture.height_px = image.height;
  return picture;
}

}  // namespace tactus::test
