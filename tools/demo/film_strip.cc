#include "film_strip.h"

#include <png.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <vector>

namespace tactus::tools {
namespace {

constexpr double kShown = 0.6;  // of a picture's width and height

struct Picture {
  std::size_t width = 0, height = 0;
  std::vector<std::uint8_t> rgb;
};

bool read_png(const std::string& path, Picture& picture) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return false;
  image.format = PNG_FORMAT_RGB;
  picture.width = image.width;
  picture.height = image.height;
  picture.rgb.resize(PNG_IMAGE_SIZE(image));
  return png_image_finish_read(&image, nullptr, picture.rgb.data(), 0, nullptr) != 0;
}

/// The middle of a picture: a headset sees wide, the story happens in front.
Picture middle_of(const Picture& picture, double share) {
  Picture part;
  part.width = static_cast<std::size_t>(share * static_cast<double>(picture.width));
  part.height = static_cast<std::size_t>(share * static_cast<double>(picture.height));
  part.rgb.resize(part.width * part.height * 3);
  const std::size_t left = (picture.width - part.width) / 2;
  const std::size_t top = (picture.height - part.height) / 2;
  for (std::size_t y = 0; y < part.height; ++y) {
    std::memcpy(&part.rgb[y * part.width * 3], &picture.rgb[((top + y) * picture.width + left) * 3],
                part.width * 3);
  }
  return part;
}

}  // namespace

std::size_t write_film_strip(const std::string& folder, const std::string& path,
                             std::size_t pictures, std::size_t columns) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".png") files.push_back(entry.path().string());
  }
  std::ranges::sort(files);
  const std::size_t count = std::min(pictures, files.size());
  if (count == 0) return 0;

  Picture strip;
  std::size_t used = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t chosen = count > 1 ? i * (files.size() - 1) / (count - 1) : 0;
    Picture whole;
    if (!read_png(files[chosen], whole)) continue;
    const Picture picture = middle_of(whole, kShown);
    if (used == 0) {
      const std::size_t rows = (count + columns - 1) / columns;
      strip.width = columns * picture.width;
      strip.height = rows * picture.height;
      strip.rgb.assign(strip.width * strip.height * 3, 255);
    }
    if (picture.width * columns != strip.width) continue;
    const std::size_t left = used % columns * picture.width;
    const std::size_t top = used / columns * picture.height;
    for (std::size_t y = 0; y < picture.height && top + y < strip.height; ++y) {
      std::memcpy(&strip.rgb[((top + y) * strip.width + left) * 3],
                  &picture.rgb[y * picture.width * 3], picture.width * 3);
    }
    ++used;
  }
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(strip.width);
  image.height = static_cast<png_uint_32>(strip.height);
  image.format = PNG_FORMAT_RGB;
  const bool written = used > 0 && png_image_write_to_file(&image, path.c_str(), 0,
                                                           strip.rgb.data(), 0, nullptr) != 0;
  return written ? used : 0;
}

}  // namespace tactus::tools
