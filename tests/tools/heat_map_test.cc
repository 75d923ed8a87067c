// The heat map shows heat where it is, and only there.
#include "tools/eval/heat_map.h"

#include <gtest/gtest.h>
#include <png.h>

#include <string>
#include <vector>

#include "tactus/simulator/generated_head.h"

namespace tactus::tools {
namespace {

struct Pixels {
  png_image image{};
  std::vector<std::uint8_t> rgb;
};

Pixels read(const std::string& path) {
  Pixels pixels;
  pixels.image.version = PNG_IMAGE_VERSION;
  EXPECT_NE(png_image_begin_read_from_file(&pixels.image, path.c_str()), 0);
  pixels.image.format = PNG_FORMAT_RGB;
  pixels.rgb.resize(PNG_IMAGE_SIZE(pixels.image));
  EXPECT_NE(png_image_finish_read(&pixels.image, nullptr, pixels.rgb.data(), 0, nullptr), 0);
  return pixels;
}

/// How much redder than blue the brightest such pixel is, in one of the three views.
int most_glow(const Pixels& pixels, std::size_t view) {
  const std::size_t width = pixels.image.width, part = width / 3;
  int most = 0;
  for (std::size_t y = 0; y < pixels.image.height; ++y) {
    for (std::size_t x = view * part; x < (view + 1) * part; ++x) {
      const std::uint8_t* p = &pixels.rgb[3 * (y * width + x)];
      most = std::max(most, p[0] - p[2]);
    }
  }
  return most;
}

TEST(HeatMap, GlowsWhereItWasTouchedAndNowhereElse) {
  const auto head = simulator::generate_head(2000);
  std::vector<float> heat(head.triangles.size());
  const std::string path = ::testing::TempDir() + "/heat.png";
  ASSERT_TRUE(write_heat_map(head.view(), heat, path));
  const int cold = most_glow(read(path), 0);
  for (std::size_t t = 0; t < heat.size(); ++t) {
    for (const std::uint32_t v : head.triangles[t].vertex) {
      if (head.vertices[v].p_rest.z > 0.06f) heat[t] = 1;
    }
  }
  ASSERT_TRUE(write_heat_map(head.view(), heat, path));
  const Pixels touched = read(path);
  EXPECT_GT(most_glow(touched, 0), cold + 60);
  EXPECT_LT(most_glow(touched, 2), cold + 10);
}

TEST(HeatMap, SaysWhenItCannotWrite) {
  const auto head = simulator::generate_head(500);
  EXPECT_FALSE(write_heat_map(head.view(), std::vector<float>(head.triangles.size()),
                              "/nowhere/at/all.png"));
}

}  // namespace
}  // namespace tactus::tools
