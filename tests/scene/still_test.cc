// Still pictures of the child in the park, on software Vulkan, under the validation layer.
#include <gtest/gtest.h>
#include <png.h>

#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "scene/still/still.h"
#include "scene/world/model.h"

namespace tactus::scene {
namespace {

constexpr std::uint32_t kWidth = 160, kHeight = 160;

struct Rgb {
  int r, g, b;
};

class Pixels {
 public:
  explicit Pixels(const std::string& path) {
    png_image image;
    std::memset(&image, 0, sizeof image);
    image.version = PNG_IMAGE_VERSION;
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0) return;
    image.format = PNG_FORMAT_RGB;
    bytes_.resize(PNG_IMAGE_SIZE(image));
    width = image.width;
    height = image.height;
    png_image_finish_read(&image, nullptr, bytes_.data(), 0, nullptr);
  }
  [[nodiscard]] Rgb at(std::uint32_t x, std::uint32_t y) const {
    const std::uint8_t* p = &bytes_[3 * (std::size_t{y} * width + x)];
    return {p[0], p[1], p[2]};
  }
  [[nodiscard]] bool operator==(const Pixels& other) const { return bytes_ == other.bytes_; }
  std::uint32_t width = 0, height = 0;

 private:
  std::vector<std::uint8_t> bytes_;
};

bool is_sky(const Rgb& c) { return c.b > 150 && c.b >= c.g && c.g >= c.r - 12; }
bool is_dress(const Rgb& c) { return c.b > c.r + 40 && c.g > c.r + 30 && c.b < 225; }
bool is_bow(const Rgb& c) { return c.r > 200 && c.g > 130 && c.b < 110; }

/// Share of one half of the picture (0 left eye, 1 right) that passes.
template <class Test>
double share(const Pixels& pixels, std::uint32_t half, Test test) {
  int count = 0;
  for (std::uint32_t y = 0; y < kHeight; ++y)
    for (std::uint32_t x = 0; x < kWidth; ++x) count += test(pixels.at(half * kWidth + x, y));
  return static_cast<double>(count) / (kWidth * kHeight);
}

double difference(const Pixels& a, const Pixels& b) {
  double sum = 0;
  for (std::uint32_t y = 0; y < a.height; ++y)
    for (std::uint32_t x = 0; x < a.width; ++x) sum += std::abs(a.at(x, y).g - b.at(x, y).g);
  return sum / (a.width * a.height);
}

class Still : public testing::Test {
 protected:
  Still() {
    options.assets = TACTUS_ASSETS;
    options.width = kWidth;
    options.height = kHeight;
    options.time_s = 1.0;
    options.fov_deg = 90;
  }
  Pixels draw(const char* name) {
    options.out = (std::filesystem::path(testing::TempDir()) / name).string();
    exit_code = draw_still(options);
    return Pixels(options.out);
  }
  Options options;
  int exit_code = -1;
};

TEST_F(Still, ShowsBothEyesTheSameSceneAndValidationHasNothingToSay) {
  options.validate = true;
  options.hands = true;
  const Pixels pixels = draw("both.png");
  EXPECT_EQ(exit_code, 0);
  ASSERT_EQ(pixels.width, 2 * kWidth);
  ASSERT_EQ(pixels.height, kHeight);
  constexpr double kCoverageTolerance = 0.02;  // share of the picture, reference: < 2 %
  EXPECT_GT(share(pixels, 0, is_sky), 0.10);
  EXPECT_NEAR(share(pixels, 0, is_sky), share(pixels, 1, is_sky), kCoverageTolerance);
  EXPECT_GT(share(pixels, 0, is_dress), 0.02);
  EXPECT_NEAR(share(pixels, 0, is_dress), share(pixels, 1, is_dress), kCoverageTolerance);
}

TEST_F(Still, HasDepthTheEyesSeeHerFromTwoSides) {
  const Pixels both = draw("pair.png");
  options.right = false;
  const Pixels left = draw("left.png");
  ASSERT_EQ(left.width, kWidth);
  double bow_left = 0, bow_right = 0, count_left = 0, count_right = 0;
  for (std::uint32_t y = 0; y < kHeight; ++y)
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      if (is_bow(both.at(x, y))) bow_left += x, ++count_left;
      if (is_bow(both.at(kWidth + x, y))) bow_right += x, ++count_right;
      ASSERT_EQ(both.at(x, y).g, left.at(x, y).g);
    }
  ASSERT_GT(count_left, 10);
  ASSERT_GT(count_right, 10);
  EXPECT_GT(bow_left / count_left, bow_right / count_right + 2)
      << "nearer things lie to the right for the left eye";
}

TEST_F(Still, IsTheSameForTheSameTimeAndAnotherForAnother) {
  options.p_stage_head = {0, 1.02f, 0};
  options.p_stage_target = {0, 0.7f, -0.62f};
  options.right = false;
  const Pixels first = draw("first.png"), again = draw("again.png");
  EXPECT_TRUE(first == again);
  options.time_s = 15;  // her hand is held out
  EXPECT_GT(difference(first, draw("offer.png")), 1.0);
}

TEST_F(Still, IsAlsoSeenBySomebodyWhoWatches) {
  options.right = false;
  options.p_stage_camera = Vec3(0.1f, 1, -2);  // from behind her
  const Pixels watched = draw("watched.png");
  EXPECT_GT(share(watched, 0, is_dress), 0.01);
  options.p_stage_camera.reset();
  EXPECT_GT(difference(watched, draw("own.png")), 1.0);
}

TEST_F(Still, SaysWhatIsMissing) {
  options.assets = "/nonexistent";
  EXPECT_THROW((void)draw_still(options), SceneError);
}

TEST(Options, RefuseWhatTheyDoNotKnow) {
  const auto read = [](std::vector<std::string> words) {
    std::vector<char*> list;
    for (std::string& word : words) list.push_back(word.data());
    return read_options(list);
  };
  EXPECT_EQ(read({"x", "--frames", "30"}).frames, 30u);
  EXPECT_EQ(read({"x", "still", "--camera", "1,1,-0.3"}).p_stage_camera->x(), 1);
  const Options placed = read({"x", "--child", "0.1,0,-0.5,90"});
  EXPECT_NEAR((placed.T_stage_child.q * Vec3::UnitZ()).x(), 1, 1e-6);
  EXPECT_NEAR(placed.T_stage_child.p.z(), -0.5f, 1e-6);
  for (const std::vector<std::string>& bad : {std::vector<std::string>{"x", "--child", "1,2,3"},
                                              {"x", "--frames", "-1"},
                                              {"x", "--frames"},
                                              {"x", "--what", "1"},
                                              {"x", "--story", "nose=1-2"},
                                              {"x", "still", "--size", "0"},
                                              {"x", "still", "--time", "nan"},
                                              {"x", "still", "--eye", "third"}})
    EXPECT_THROW((void)read(bad), SceneError) << bad.back();
}

}  // namespace
}  // namespace tactus::scene
