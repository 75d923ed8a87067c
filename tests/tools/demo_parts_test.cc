// What the demo leaves behind can be opened by others and holds what it should.
#include <gtest/gtest.h>
#include <png.h>
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "tools/demo/film_strip.h"
#include "tools/demo/wav.h"

namespace tactus::tools {
namespace {

struct DemoPartsTest : ::testing::Test {
  void SetUp() override {
    folder = "/tmp/tactus-demo-parts-XXXXXX";
    ASSERT_NE(mkdtemp(folder.data()), nullptr);
  }
  void TearDown() override { std::filesystem::remove_all(folder); }

  void write_picture(const std::string& name, std::uint8_t red) const {
    const std::vector<std::uint8_t> rgb(30 * 20 * 3, red);
    png_image image{};
    image.version = PNG_IMAGE_VERSION;
    image.width = 30;
    image.height = 20;
    image.format = PNG_FORMAT_RGB;
    ASSERT_NE(
        png_image_write_to_file(&image, (folder + "/" + name).c_str(), 0, rgb.data(), 0, nullptr),
        0);
  }
  std::string folder;
};

TEST_F(DemoPartsTest, AWavHasItsChannelsRateAndSamples) {
  std::vector<simulator::DriveSample> samples(100);
  samples[1][2] = 0.5f;
  samples[2][3] = -2.0f;  // beyond full scale: clipped, not wrapped
  ASSERT_TRUE(write_wav(folder + "/a.wav", samples));
  std::ifstream file(folder + "/a.wav", std::ios::binary);
  const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
  ASSERT_EQ(bytes.size(), 44u + 100 * 32);
  const auto i16 = [&](std::size_t at) {
    std::int16_t value = 0;
    std::memcpy(&value, &bytes[at], 2);
    return value;
  };
  EXPECT_EQ(i16(22), 16);
  EXPECT_EQ(i16(24), 8000);
  EXPECT_EQ(i16(44 + 32 + 2 * 2), 16384);
  EXPECT_EQ(i16(44 + 64 + 2 * 3), -32767);
}

TEST_F(DemoPartsTest, AFilmStripShowsFirstAndLastInOrder) {
  for (int i = 0; i < 9; ++i) {
    write_picture("p" + std::to_string(i) + ".png", static_cast<std::uint8_t>(20 * i));
  }
  const std::string path = folder + "/strip";
  ASSERT_EQ(write_film_strip(folder, path, 3, 3), 3u);
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  ASSERT_NE(png_image_begin_read_from_file(&image, path.c_str()), 0);
  image.format = PNG_FORMAT_RGB;
  std::vector<std::uint8_t> rgb(PNG_IMAGE_SIZE(image));
  ASSERT_NE(png_image_finish_read(&image, nullptr, rgb.data(), 0, nullptr), 0);
  EXPECT_EQ(rgb.front(), 0);
  EXPECT_EQ(rgb[image.width / 2 * 3], 80);
  EXPECT_EQ(rgb[(image.width - 1) * 3], 160);
}

TEST_F(DemoPartsTest, NoPicturesIsSaid) {
  EXPECT_EQ(write_film_strip(folder + "/nowhere", folder + "/strip", 3, 3), 0u);
}

}  // namespace
}  // namespace tactus::tools
