// Truth: files written here, whose content is known, and files that are wrong on a known line.
#include "tactus/simulator/bvh.h"

#include <gtest/gtest.h>

namespace tactus::simulator {
namespace {

constexpr std::string_view kGood = R"(HIERARCHY
ROOT Hips
{
  OFFSET 0.0 1.5 -2e-1
  CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
  JOINT Left Arm
  {
    OFFSET 10 0 0
    CHANNELS 3 Yrotation Zrotation Xrotation
    End Site
    {
      OFFSET 1 2 3
    }
  }
  joint Head {
    OFFSET 0 70 0
    CHANNELS 1 Xrotation
  }
}
MOTION
Frames: 2
Frame Time: 0.02
0 1 2 3 4 5  6 7 8  9
10 11 12 13 14 15 16 17 18 +19.5
)";

TEST(Bvh, KeepsNamesOrderAndValues) {
  const auto motion = read_bvh(kGood);
  ASSERT_TRUE(motion) << describe(motion.error());
  ASSERT_EQ(motion->joints.size(), 4u);
  EXPECT_EQ(motion->joints[0].name, "Hips");
  EXPECT_DOUBLE_EQ(motion->joints[0].offset[2], -0.2);
  EXPECT_EQ(motion->joints[1].name, "Left Arm");
  EXPECT_EQ(motion->joints[1].channels,
            (std::vector{BvhChannel::Yrotation, BvhChannel::Zrotation, BvhChannel::Xrotation}));
  EXPECT_EQ(motion->joints[1].first_channel, 6u);
  EXPECT_TRUE(motion->joints[2].is_end_site);
  EXPECT_EQ(motion->joints[2].parent, 1);
  EXPECT_EQ(motion->joints[3].parent, 0);
  EXPECT_EQ(motion->channel_count, 10u);
  EXPECT_EQ(motion->frame_count, 2u);
  EXPECT_DOUBLE_EQ(motion->frame_time_s, 0.02);
  EXPECT_DOUBLE_EQ(motion->values[6], 6);
  EXPECT_DOUBLE_EQ(motion->values[19], 19.5);
}

/// The good file with its first `from` replaced.
std::string with(std::string_view from, std::string_view to) {
  std::string text(kGood);
  text.replace(text.find(from), from.size(), to);
  return text;
}

void expect_error(const std::string& text, int line, std::string_view part) {
  const auto motion = read_bvh(text);
  ASSERT_FALSE(motion) << "accepted a file that lacks " << part;
  EXPECT_EQ(motion.error().line, line) << describe(motion.error());
  EXPECT_NE(motion.error().what.find(part), std::string::npos) << motion.error().what;
}

TEST(Bvh, NamesTheLineThatIsWrong) {
  expect_error("", 1, "HIERARCHY");
  expect_error(with("1.5", "nan"), 4, "expected a number");
  expect_error(with("Zposition", "Wposition"), 5, "channel");
  expect_error(with("CHANNELS 6", "CHANNELS 7"), 5, "channels");
  expect_error(with("Left Arm", ""), 6, "without a name");
  expect_error(with("OFFSET 1 2 3", "CHANNELS 1 Xrotation"), 12, "no channels");
  expect_error(with("Frames: 2", "Frames: 0"), 21, "no frames");
  expect_error(with("Frames: 2", "Frames: 999999999999"), 21, "frames");
  expect_error(with("0.02", "0"), 22, "frame time");
  expect_error(with("+19.5", ""), 25, "end of the file");
  expect_error(with("+19.5", "1 2"), 24, "more values");
}

TEST(Bvh, EveryTruncationIsAnError) {
  const std::string_view without_last_value = kGood.substr(0, kGood.find("+19.5"));
  for (std::size_t length = 0; length < without_last_value.size(); ++length) {
    EXPECT_FALSE(read_bvh(kGood.substr(0, length))) << length;
  }
}

TEST(Bvh, DeepNestingIsBounded) {
  std::string text = "HIERARCHY ROOT a {";
  for (int i = 0; i < 100000; ++i) text += "JOINT a\n{";
  const auto motion = read_bvh(text);
  ASSERT_FALSE(motion);
  EXPECT_NE(motion.error().what.find("more than 512 joints"), std::string::npos);
}

}  // namespace
}  // namespace tactus::simulator
