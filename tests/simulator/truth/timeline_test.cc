// The picture is read back: bars stand where and when the touch was, in their region's colour.
#include "tactus/simulator/timeline.h"

#include <gtest/gtest.h>
#include <png.h>

#include <cstdint>
#include <filesystem>
#include <vector>

namespace tactus::simulator {
namespace {

struct Picture {
  png_image image{};
  std::vector<std::uint8_t> rgb;

  explicit Picture(const std::string& path) {
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return;
    image.format = PNG_FORMAT_RGB;
    rgb.resize(PNG_IMAGE_SIZE(image));
    png_image_finish_read(&image, nullptr, rgb.data(), 0, nullptr);
  }
  /// Pixels of exactly this colour, within columns.
  [[nodiscard]] int count(int r, int g, int b, unsigned from = 0, unsigned to = 1u << 20) const {
    int found = 0;
    for (unsigned y = 0; y < image.height; ++y) {
      for (unsigned x = from; x < std::min(to, image.width); ++x) {
        const std::uint8_t* pixel = &rgb[3 * (y * image.width + x)];
        found += pixel[0] == r && pixel[1] == g && pixel[2] == b;
      }
    }
    return found;
  }
};

std::string file(const char* name) {
  return (std::filesystem::temp_directory_path() / name).string();
}

TEST(Timeline, BarsStandWhereTheTouchWas) {
  Timeline timeline;
  std::array<float, kActuators> silent{}, loud{};
  loud[2] = Timeline::kFullDrive;
  for (int i = 0; i < 1000; ++i) {
    const double t_s = i * 0.01;
    HandTruth truth{};
    if (i >= 500 && i < 600) truth[2] = {-Timeline::kFullDepth_m, Region::CheekLeft};
    timeline.add_truth(t_s, Hand::Right, truth);
    timeline.add_drive(t_s, Hand::Right, i >= 500 && i < 600 ? loud : silent);
    timeline.add_drive(t_s, Hand::Left, i >= 900 ? loud : silent);
  }
  const std::string path = file("tactus_timeline_test.png");
  ASSERT_TRUE(timeline.write_png(path.c_str()));
  const Picture picture(path);
  ASSERT_GT(picture.rgb.size(), 0u);
  // Ten seconds over 1600 pixels from column 170: one second is 160 columns of 18 pixel bars, truth
  // above output.
  EXPECT_NEAR(picture.count(232, 96, 110, 970, 1130), 2 * 160 * 18, 80);
  EXPECT_EQ(picture.count(232, 96, 110, 170, 968), 16 * 14);  // the legend's square
  // Output of the left hand far from any skin is marked as such.
  EXPECT_NEAR(picture.count(214, 30, 40, 1610, 1770), 160 * 18, 40);
  std::filesystem::remove(path);
}

TEST(Timeline, EmptyStoryAndUnwritablePathAreSurvived) {
  const Timeline empty;
  const std::string path = file("tactus_timeline_empty.png");
  EXPECT_TRUE(empty.write_png(path.c_str()));
  std::filesystem::remove(path);
  EXPECT_FALSE(empty.write_png("/nowhere/at/all.png"));
}

}  // namespace
}  // namespace tactus::simulator
