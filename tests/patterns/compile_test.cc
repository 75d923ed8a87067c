// From a file to the finger: what is compiled is what is played.
#include "tactus/patterns/compile.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "samples.h"
#include "tactus/patterns/picture.h"

namespace tactus::patterns {
namespace {

Pattern tone(double amplitude, double hertz, double duration_s) {
  Pattern pattern;
  pattern.tracks.emplace_back().notes.push_back(
      {0, duration_s, 1, 0, PatternShape::Sine, {{0, amplitude}}, {{0, hertz}}});
  pattern.duration_s = duration_s;
  return pattern;
}

std::vector<float> play_on(const std::vector<std::byte>& bytes, Hand hand, std::size_t actuator) {
  const auto view = view_pattern(bytes);
  EXPECT_TRUE(view);
  PatternState state;
  std::vector<float> wave;
  for (int ms = 0;; ++ms) {
    TactileFrame frame;
    frame.hand = hand;
    frame.t = HostTime(Duration(1ms) * ms);
    if (!view || !play(state, *view, {}, frame)) return wave;
    wave.insert(wave.end(), frame.wave[actuator].begin(), frame.wave[actuator].end());
  }
}

TEST(Compile, JointsHaveNames) {
  const auto both = place_on_joints("index_tip");
  ASSERT_TRUE(both);
  EXPECT_EQ(both->actuators[0], both->actuators[1]);
  EXPECT_EQ(both->actuators[0],
            1u << pulp_actuator(Finger::Index) | 1u << apex_actuator(Finger::Index));
  const auto some = place_on_joints("left_palm,right_thumb_tip");
  ASSERT_TRUE(some);
  EXPECT_EQ(some->actuators[0], 0xFC00);
  EXPECT_EQ(some->actuators[1], 0x0003);
  EXPECT_FALSE(place_on_joints("elbow"));
  EXPECT_FALSE(place_on_joints(""));
}

TEST(Compile, EveryJointIsWhereTheGloveHasIt) {
  for (std::size_t a = 0; a < kActuators; ++a) {
    for (const auto& [name, joint] : {std::pair{"thumb_tip", HandJoint::ThumbTip},
                                      {"index_tip", HandJoint::IndexTip},
                                      {"middle_tip", HandJoint::MiddleTip},
                                      {"ring_tip", HandJoint::RingTip},
                                      {"little_tip", HandJoint::LittleTip},
                                      {"index_proximal", HandJoint::IndexProximal},
                                      {"middle_proximal", HandJoint::MiddleProximal},
                                      {"little_proximal", HandJoint::LittleProximal},
                                      {"thumb_metacarpal", HandJoint::ThumbMetacarpal},
                                      {"little_metacarpal", HandJoint::LittleMetacarpal}}) {
      const bool there = (place_on_joints(name)->actuators[0] >> a & 1) != 0;
      EXPECT_EQ(there, kActuatorSites[a].joint == joint) << name << " and actuator " << a;
    }
  }
}

TEST(Compile, AToneIsASine) {
  const auto bytes = compile(tone(0.5, 125, 0.1), *place_on_joints("right_index_tip"));
  ASSERT_TRUE(bytes);
  const std::vector<float> wave = play_on(*bytes, Hand::Right, 2);
  ASSERT_EQ(wave.size(), 800u);
  for (std::size_t n = 0; n < wave.size(); ++n) {
    EXPECT_NEAR(wave[n], 0.5 * std::sin(2 * kPi * 125.0f * static_cast<float>(n) / 8000), 1e-5);
  }
  const std::vector<float> other = play_on(*bytes, Hand::Left, 2);
  EXPECT_TRUE(std::ranges::all_of(other, [](float x) { return x == 0; }));
}

TEST(Compile, ASweepTurnsAsOftenAsItsFrequencySays) {
  Pattern sweep = tone(1, 50, 1);
  sweep.tracks[0].notes[0].frequency_Hz = {{0, 50}, {1, 250}};
  const auto bytes = compile(sweep, *place_on_joints("index_tip"));
  ASSERT_TRUE(bytes);
  const std::vector<float> wave = play_on(*bytes, Hand::Right, 2);
  int rises = 0;
  for (std::size_t n = 1; n < wave.size(); ++n) rises += wave[n - 1] < 0 && wave[n] >= 0 ? 1 : 0;
  EXPECT_NEAR(rises, 150, 1);
}

TEST(Compile, EverySamplePlaysEverywhere) {
  for (const Sample& sample : samples()) {
    SCOPED_TRACE(sample.name);
    const auto file = load(sample.text, sample.format);
    ASSERT_TRUE(file);
    for (const Placement& placement : {Placement{}, *place_on_joints("left_index_tip")}) {
      const auto bytes = compile(file->pattern, placement);
      ASSERT_TRUE(bytes);
      float most = 0;
      for (const Hand hand : {Hand::Left, Hand::Right}) {
        for (std::size_t a = 0; a < kActuators; ++a) {
          for (const float x : play_on(*bytes, hand, a)) most = std::max(most, std::abs(x));
        }
      }
      EXPECT_GT(most, 0.05f);
    }
  }
}

TEST(Compile, AGlovesMotorsAreItsFingers) {
  const auto file = load(sample_of(Format::Tact).text, Format::Tact);
  const auto bytes = compile(file->pattern, {});
  ASSERT_TRUE(bytes);
  const auto strongest = [&](Hand hand, std::size_t a) {
    float most = 0;
    for (const float x : play_on(*bytes, hand, a)) most = std::max(most, std::abs(x));
    return most;
  };
  EXPECT_GT(strongest(Hand::Left, pulp_actuator(Finger::Index)), 0.9f);
  EXPECT_GT(strongest(Hand::Left, static_cast<std::size_t>(PalmCell::Centre)), 0.4f);
  EXPECT_EQ(strongest(Hand::Left, pulp_actuator(Finger::Thumb)), 0);
}

TEST(Compile, TooManyAtOnceIsSaid) {
  Pattern pattern = tone(0.1, 100, 1);
  pattern.tracks[0].notes.resize(kMaxVoicesAtOnce + 1, pattern.tracks[0].notes[0]);
  const auto bytes = compile(pattern, {});
  ASSERT_FALSE(bytes);
  EXPECT_NE(bytes.error().find("at once"), std::string::npos);
  pattern.tracks[0].notes.resize(kMaxVoicesAtOnce);
  EXPECT_TRUE(compile(pattern, {}));
}

TEST(Picture, ShowsEverySample) {
  for (const Sample& sample : samples()) {
    const auto file = load(sample.text, sample.format);
    const std::string svg = draw_svg(file->pattern);
    EXPECT_TRUE(svg.starts_with("<svg"));
    EXPECT_TRUE(svg.ends_with("</svg>\n"));
    EXPECT_GT(std::ranges::count(svg, 'L'), 100) << "the signal has a column for every pixel";
    const std::vector<std::uint8_t> png = draw_png(file->pattern);
    ASSERT_GT(png.size(), 1000u);
    EXPECT_EQ(png[1], 'P');
  }
}

}  // namespace
}  // namespace tactus::patterns
