// What is nearer hides what is behind, right is right and up is up, and the file is a PNG.
#include "tactus/avatar/picture.h"

#include <gtest/gtest.h>

#include <fstream>
#include <limits>

namespace tactus::avatar {
namespace {

constexpr Vec3 kRed{1, 0, 0}, kBlue{0, 0, 1};
constexpr std::array<std::uint8_t, 3> kRedBytes = {255, 0, 0}, kBlueBytes = {0, 0, 255},
                                      kBlackBytes = {0, 0, 0};
const View kView{.height_m = 2, .width = 20, .height = 20};

/// An unlit square of half a metre to the right of the middle, `z` toward the viewer.
void draw_square(Picture& picture, float z, Vec3 color, const View& view = kView) {
  const std::vector<PictureVertex> corners = {{{0, 0, z}, {}, color},
                                              {{0.5f, 0, z}, {}, color},
                                              {{0.5f, 0.5f, z}, {}, color},
                                              {{0, 0.5f, z}, {}, color}};
  const std::vector<std::uint32_t> indices = {0, 1, 2, 0, 2, 3};
  picture.draw(corners, indices, view);
}

TEST(Picture, RightIsRightAndUpIsUp) {
  Picture picture(20, 20, {});
  draw_square(picture, 0, kRed);
  EXPECT_EQ(picture.pixel(12, 7), kRedBytes);
  EXPECT_EQ(picture.pixel(12, 12), kBlackBytes);
  EXPECT_EQ(picture.pixel(7, 7), kBlackBytes);
}

TEST(Picture, NearerHidesFartherInAnyOrder) {
  for (const bool near_first : {true, false}) {
    Picture picture(20, 20, {});
    draw_square(picture, near_first ? 0.5f : 0.0f, near_first ? kRed : kBlue);
    draw_square(picture, near_first ? 0.0f : 0.5f, near_first ? kBlue : kRed);
    EXPECT_EQ(picture.pixel(12, 7), kRedBytes);
  }
  View from_behind = kView;
  from_behind.right = {-1, 0, 0};
  Picture picture(20, 20, {});
  draw_square(picture, 0.5f, kRed, from_behind);
  draw_square(picture, 0.0f, kBlue, from_behind);
  EXPECT_EQ(picture.pixel(7, 7), kBlueBytes);
}

TEST(Picture, WhatIsOutsideOrNotFiniteIsLeftOut) {
  Picture picture(20, 20, {});
  View beside = kView;
  beside.x = 15;
  beside.width = 100;
  draw_square(picture, 0, kRed, beside);
  const std::vector<PictureVertex> broken = {
      {{std::numeric_limits<float>::quiet_NaN(), 0, 0}, {}, kRed},
      {{1e30f, 0, 0}, {}, kRed},
      {{0, 1e30f, 0}, {}, kRed}};
  const std::vector<std::uint32_t> indices = {0, 1, 2};
  picture.draw(broken, indices, kView);
  EXPECT_EQ(picture.pixel(10, 10), kBlackBytes);
}

TEST(Picture, IsWrittenAsPng) {
  const std::string path = testing::TempDir() + "picture_test.png";
  EXPECT_TRUE(Picture(8, 8).write_png(path));
  std::ifstream file(path, std::ios::binary);
  char signature[4] = {};
  file.read(signature, 4);
  EXPECT_EQ(std::string(signature + 1, 3), "PNG");
  EXPECT_FALSE(Picture(8, 8).write_png("/nowhere/picture.png"));
}

}  // namespace
}  // namespace tactus::avatar
