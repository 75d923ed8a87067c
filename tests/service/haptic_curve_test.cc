// Curves of amplitude and frequency, with clicks, whole and in pieces: the rules of
// XR_EXT_haptic_parametric for who plays them.
#include "tactus/service/haptic_curve.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "tactus/service/haptic.h"

namespace tactus::service {
namespace {

using Form = ipc::HapticForm;
const HostTime kStart(1s);
constexpr std::size_t kPalm = 15;  ///< plays the effect as it is

HapticEffect part(Form form, const std::vector<float>& floats, bool append, Duration hold = 0ms) {
  HapticEffect effect;
  effect.said = {1, form, append ? 1u : 0u, static_cast<std::uint32_t>(floats.size()),
                 0, 0,    hold.count()};
  std::copy(floats.begin(), floats.end(), effect.points.begin());
  EXPECT_TRUE(is_sound(effect));
  return effect;
}

class HapticCurve : public ::testing::Test {
 protected:
  void say(Form form, const std::vector<float>& floats, bool append, Duration hold = 0ms) {
    begin(state, part(form, floats, append, hold), now);
  }
  /// The next milliseconds: the loudest sample of each.
  std::vector<float> peaks(int milliseconds) {
    std::vector<float> peaks;
    for (int ms = 0; ms < milliseconds; ++ms, now += 1ms) {
      TactileFrame frame;
      frame.t = now;
      is_playing = play(state, frame);
      float peak = 0;
      for (const float sample : frame.wave[kPalm]) peak = std::max(peak, std::fabs(sample));
      const bool is_negative = frame.wave[kPalm][0] < 0;
      crossings += is_negative != was_negative ? 1 : 0;
      was_negative = is_negative;
      frequency_Hz = frame.frequency_Hz[kPalm];
      peaks.push_back(peak);
    }
    return peaks;
  }
  /// The loudest of the next milliseconds.
  float loudest(int milliseconds) {
    const std::vector<float> all = peaks(milliseconds);
    return *std::max_element(all.begin(), all.end());
  }
  HapticState state;
  HostTime now = kStart;
  bool is_playing = false;
  bool was_negative = false;
  int crossings = 0;
  float frequency_Hz = 0;
};

TEST_F(HapticCurve, RisesAndFallsBetweenItsPointsAndEndsWithTheLast) {
  say(Form::Amplitudes, {0, 0, 0.1f, 1, 0.2f, 0}, false);
  EXPECT_LT(loudest(20), 0.21f * kCurveHeadroom);
  EXPECT_LT(loudest(30), 0.51f * kCurveHeadroom);
  EXPECT_NEAR(loudest(60), kCurveHeadroom, 0.05f);
  EXPECT_TRUE(is_playing);
  EXPECT_LT(loudest(90), 0.91f * kCurveHeadroom);
  EXPECT_EQ(loudest(50), 0.0f);
  EXPECT_FALSE(is_playing);
}

TEST_F(HapticCurve, JumpsWhereTwoPointsAreAtOneTime) {
  say(Form::Amplitudes, {0, 0.25f, 0.05f, 0.25f, 0.05f, 1, 0.1f, 1}, false);
  EXPECT_LE(loudest(50), 0.25f * kCurveHeadroom);
  EXPECT_NEAR(loudest(50), kCurveHeadroom, 0.02f);
}

TEST_F(HapticCurve, HasThePitchThatItSaysAndKeepsTheLast) {
  say(Form::Amplitudes, {0, 1, 0.4f, 1}, false);
  say(Form::Frequencies, {0, 100, 0.1f, 100, 0.1f, 300, 0.2f, 300}, true);
  peaks(90);
  EXPECT_FLOAT_EQ(frequency_Hz, 100);
  EXPECT_NEAR(crossings, 18, 2);
  peaks(60);
  EXPECT_FLOAT_EQ(frequency_Hz, 300);
  peaks(200);
  EXPECT_FLOAT_EQ(frequency_Hz, 300) << "longer than the frequencies go";
}

TEST_F(HapticCurve, AClickStandsOutOfTheLoudestCurve) {
  say(Form::Amplitudes, {0, 1, 0.2f, 1}, false);
  say(Form::Clicks, {0.1f, 1, 400}, true);
  EXPECT_LE(loudest(100), kCurveHeadroom);
  EXPECT_GT(loudest(5), kCurveHeadroom + 0.05f);
  peaks(10);
  EXPECT_LE(loudest(50), kCurveHeadroom) << "and is over";
}

TEST_F(HapticCurve, AClickInSilenceIsFelt) {
  say(Form::Amplitudes, {0, 0, 0.1f, 0}, false);
  say(Form::Clicks, {0.05f, 0.5f, 200}, true);
  EXPECT_EQ(loudest(50), 0.0f);
  EXPECT_GT(loudest(12), 0.3f);
  EXPECT_EQ(loudest(30), 0.0f);
}

TEST_F(HapticCurve, AStreamThatIsNotContinuedHoldsForItsTimeThenResumes) {
  say(Form::Amplitudes, {0, 0.5f, 0.1f, 0.5f}, false, 50ms);
  EXPECT_NEAR(loudest(100), 0.5f * kCurveHeadroom, 0.01f);
  EXPECT_NEAR(loudest(50), 0.5f * kCurveHeadroom, 0.01f);
  EXPECT_EQ(loudest(50), 0.0f);
  EXPECT_TRUE(is_playing) << "it is still running";
  say(Form::Amplitudes, {0.15f, 0, 0.25f, 1, 0.3f, 1}, true);
  EXPECT_NEAR(loudest(50), 0.9f * kCurveHeadroom, 0.2f) << "at once where the new points are now";
  EXPECT_NEAR(loudest(50), kCurveHeadroom, 0.02f);
  peaks(2);
  EXPECT_FALSE(is_playing) << "that was the last of it";
}

TEST_F(HapticCurve, PiecesMakeTheSameAsAWhole) {
  const std::vector<float> whole{0, 0, 0.05f, 1, 0.1f, 0.2f, 0.2f, 0.8f};
  say(Form::Amplitudes, whole, false);
  const std::vector<float> expected = peaks(250);
  state = {};
  now = kStart;
  say(Form::Amplitudes, {whole.begin(), whole.begin() + 4}, false, 50ms);
  std::vector<float> heard = peaks(30);
  say(Form::Amplitudes, {whole.begin() + 4, whole.end()}, true);
  for (const float peak : peaks(220)) heard.push_back(peak);
  EXPECT_EQ(heard, expected);
}

TEST_F(HapticCurve, WhatIsContinuedAfterItsEndIsNotHeard) {
  say(Form::Amplitudes, {0, 1, 0.01f, 1}, false);
  peaks(20);
  say(Form::Amplitudes, {0.02f, 1, 1, 1}, true);
  EXPECT_EQ(loudest(50), 0.0f);
}

TEST_F(HapticCurve, NoneIsHeardLongerThanAnyOtherEffect) {
  say(Form::Amplitudes, {0, 1, 100, 1}, false);
  now += kLongestHaptic - 1ms;
  EXPECT_GT(loudest(1), 0);
  EXPECT_EQ(loudest(10), 0);
  EXPECT_FALSE(is_playing);
}

TEST_F(HapticCurve, MorePointsThanFitAreNotPlayed) {
  std::vector<float> many;
  for (int i = 0; i < 256; ++i) many.insert(many.end(), {0.001f * static_cast<float>(i), 1});
  say(Form::Amplitudes, many, false);
  for (int i = 0; i < 8; ++i) say(Form::Amplitudes, many, true);
  EXPECT_EQ(state.curve.amplitudes.points.size(), kCurvePoints);
}

TEST(HapticCurvePoints, UnsoundOnesAreSeen) {
  const float nan = std::nanf(""), infinite = std::numeric_limits<float>::infinity();
  EXPECT_TRUE(are_curve_points(Form::Amplitudes, std::vector<float>{0, 1, 0, 0}));
  for (const std::vector<float>& wrong : std::vector<std::vector<float>>{{},
                                                                         {0},
                                                                         {0, 1, 2},
                                                                         {0, 1.1f},
                                                                         {0, -0.1f},
                                                                         {0, nan},
                                                                         {nan, 1},
                                                                         {infinite, 1},
                                                                         {-1, 1},
                                                                         {1, 1, 0.5f, 1}}) {
    EXPECT_FALSE(are_curve_points(Form::Amplitudes, wrong));
  }
  EXPECT_TRUE(are_curve_points(Form::Frequencies, std::vector<float>{0, 30, 0, 500}));
  EXPECT_FALSE(are_curve_points(Form::Frequencies, std::vector<float>{0, 0}));
  EXPECT_FALSE(are_curve_points(Form::Frequencies, std::vector<float>{0, 501}));
  EXPECT_TRUE(are_curve_points(Form::Clicks, std::vector<float>{0, 1, 100}));
  EXPECT_FALSE(are_curve_points(Form::Clicks, std::vector<float>{0, 100, 1}));
  EXPECT_FALSE(are_curve_points(Form::Clicks, std::vector<float>{0, 1, nan}));
  HapticEffect orphan = part(Form::Clicks, {0, 1, 100}, true);
  orphan.said.append = 0;
  EXPECT_FALSE(is_sound(orphan)) << "only amplitudes begin a curve";
}

}  // namespace
}  // namespace tactus::service
