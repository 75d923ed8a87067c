#include "scene/still/png_file.h"

#include <png.h>

#include <cstring>

#include "scene/world/model.h"

namespace tactus::scene {

void write_png(const std::string& path, std::uint32_t width, std::uint32_t height,
               std::span<const std::uint8_t> pixels) {
  png_image image;
  std::memset(&image, 0, sizeof image);
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = PNG_FORMAT_RGBA;
  if (pixels.size() != PNG_IMAGE_SIZE(image) ||
      png_image_write_to_file(&image, path.c_str(), 0, pixels.data(), 0, nullptr) == 0)
    throw SceneError(path + ": cannot be written: " + image.message);
}

}  // namespace tactus::scene
