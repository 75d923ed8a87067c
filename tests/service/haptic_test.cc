// Haptics of a whole hand: how long, how strong, at which pitch, and in which order.
#include "tactus/service/haptic.h"

#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace tactus::service {
namespace {

HapticEffect tone(float amplitude, Duration duration, float frequency_Hz = 100) {
  HapticEffect effect;
  effect.said = {1, ipc::HapticForm::Tone, 0, 0, amplitude, frequency_Hz, duration.count()};
  return effect;
}

HapticEffect samples(std::uint32_t count, float value, bool append) {
  HapticEffect effect;
  effect.said = {1, ipc::HapticForm::Samples, append ? 1u : 0u, count, 0, 0, 0};
  std::fill_n(effect.points.begin(), count, value);
  return effect;
}

/// The palm's centre, which plays the effect as it is.
constexpr std::size_t kPalm = 15;

std::vector<float> heard(HapticState& state, HostTime from, int milliseconds) {
  std::vector<float> wave;
  for (int ms = 0; ms < milliseconds; ++ms) {
    TactileFrame frame;
    frame.t = from + std::chrono::milliseconds(ms);
    play(state, frame);
    wave.insert(wave.end(), frame.wave[kPalm].begin(), frame.wave[kPalm].end());
  }
  return wave;
}

float rms(const std::vector<float>& wave, std::size_t from, std::size_t to) {
  double sum = 0;
  for (std::size_t i = from; i < to; ++i) sum += double(wave[i]) * wave[i];
  return static_cast<float>(std::sqrt(sum / static_cast<double>(to - from)));
}

const HostTime kStart(1s);

TEST(Haptic, AToneHasItsLengthStrengthAndPitch) {
  HapticState state;
  begin(state, tone(0.5f, 100ms), kStart);
  const std::vector<float> wave = heard(state, kStart, 150);
  EXPECT_NEAR(rms(wave, 0, 800), 0.5f / std::sqrt(2.0f), 1e-3f);
  EXPECT_EQ(rms(wave, 800, 1200), 0.0f);
  int crossings = 0;
  for (std::size_t i = 1; i < 800; ++i) crossings += wave[i - 1] < 0 && wave[i] >= 0 ? 1 : 0;
  EXPECT_NEAR(crossings, 10, 1) << "of 100 Hz in 100 ms";
}

TEST(Haptic, ACurveIsStretchedOverItsLength) {
  HapticState state;
  HapticEffect effect = tone(1, 200ms, 200);
  effect.said.form = ipc::HapticForm::Envelope;
  effect.said.count = 3;
  effect.points[0] = 0;
  effect.points[1] = 1;
  effect.points[2] = 0;
  begin(state, effect, kStart);
  const std::vector<float> wave = heard(state, kStart, 250);
  EXPECT_LT(rms(wave, 0, 80), 0.1f);
  EXPECT_NEAR(rms(wave, 760, 840), 1 / std::sqrt(2.0f), 0.05f);
  EXPECT_NEAR(rms(wave, 360, 440), 0.5f / std::sqrt(2.0f), 0.05f);
  EXPECT_EQ(rms(wave, 1600, 2000), 0.0f);
}

TEST(Haptic, SamplesArePlayedAsTheyAreInOrder) {
  HapticState state;
  begin(state, samples(12, 0.25f, false), kStart);
  begin(state, samples(8, -0.5f, true), kStart);
  const std::vector<float> wave = heard(state, kStart, 4);
  for (std::size_t i = 0; i < wave.size(); ++i) {
    EXPECT_EQ(wave[i], i < 12 ? 0.25f : i < 20 ? -0.5f : 0.0f) << i;
  }
}

TEST(Haptic, TheLatestReplacesWhatPlays) {
  HapticState state;
  begin(state, samples(64, 1, false), kStart);
  begin(state, samples(8, 0.5f, false), kStart);
  EXPECT_EQ(heard(state, kStart, 1)[0], 0.5f);
  EXPECT_EQ(heard(state, kStart, 1)[0], 0.0f);
  begin(state, samples(64, 1, false), kStart);
  begin(state, tone(0.5f, 20ms), kStart);
  begin(state, samples(8, 0.75f, true), kStart);  // a tone is not a sound to be joined
  EXPECT_EQ(heard(state, kStart, 1)[0], 0.75f);
}

TEST(Haptic, WhatDoesNotFitIsNotPlayed) {
  HapticState state;
  for (int i = 0; i < 20; ++i) begin(state, samples(512, 1, true), kStart);
  EXPECT_EQ(state.queue_size, kHapticQueue);
  const std::vector<float> wave = heard(state, kStart, 600);
  EXPECT_EQ(wave[kHapticQueue - 1], 1.0f);
  EXPECT_EQ(wave[kHapticQueue], 0.0f);
}

TEST(Haptic, StopStops) {
  HapticState state;
  HapticEffect stop = tone(0, 0ms);
  stop.said.form = ipc::HapticForm::Stop;
  for (const HapticEffect& effect : {tone(1, 1s), samples(500, 1, false)}) {
    begin(state, effect, kStart);
    begin(state, stop, kStart);
    TactileFrame frame;
    EXPECT_FALSE(play(state, frame));
    EXPECT_EQ(frame.wave[kPalm][3], 0.0f);
  }
}

TEST(Haptic, NoEffectLastsForEver) {
  HapticState state;
  begin(state, tone(1, std::chrono::hours(1)), kStart);
  TactileFrame frame;
  frame.t = kStart + kLongestHaptic;
  play(state, frame);
  EXPECT_EQ(frame.wave[kPalm][3], 0.0f);
  EXPECT_FALSE(play(state, frame));
}

TEST(Haptic, IsAddedToWhatIsFelt) {
  HapticState state;
  begin(state, samples(8, 0.5f, false), kStart);
  TactileFrame frame;
  frame.wave[kPalm].fill(0.25f);
  frame.envelope[kPalm] = 0.9f;
  frame.frequency_Hz[kPalm] = 60;
  play(state, frame);
  EXPECT_EQ(frame.wave[kPalm][0], 0.75f);
  EXPECT_EQ(frame.frequency_Hz[kPalm], 60) << "the louder one's";
  EXPECT_EQ(frame.wave[0][0], 0.5f * kHandWeights[0]);
}

TEST(Haptic, UnsoundOnesAreSeen) {
  const HapticEffect good = tone(0.5f, 10ms);
  EXPECT_TRUE(is_sound(good));
  const auto is_bad = [&](auto spoil) {
    HapticEffect bad = good;
    spoil(bad);
    return !is_sound(bad);
  };
  const float nan = std::nanf("");
  EXPECT_TRUE(is_bad([](HapticEffect& e) { e.said.hands = 0; }));
  EXPECT_TRUE(is_bad([](HapticEffect& e) { e.said.hands = 4; }));
  EXPECT_TRUE(is_bad([](HapticEffect& e) { e.said.form = static_cast<ipc::HapticForm>(4); }));
  EXPECT_TRUE(is_bad([](HapticEffect& e) { e.said.amplitude = 1.1f; }));
  EXPECT_TRUE(is_bad([&](HapticEffect& e) { e.said.amplitude = nan; }));
  EXPECT_TRUE(is_bad([&](HapticEffect& e) { e.said.frequency_Hz = nan; }));
  EXPECT_TRUE(is_bad([](HapticEffect& e) { e.said.duration_ns = -1; }));
  EXPECT_TRUE(is_bad([](HapticEffect& e) { e.said.count = 1; }));
  HapticEffect wave = samples(3, -1, false);
  EXPECT_TRUE(is_sound(wave));
  wave.points[2] = nan;
  EXPECT_FALSE(is_sound(wave));
  wave = samples(3, 1, false);
  wave.said.form = ipc::HapticForm::Envelope;
  EXPECT_TRUE(is_sound(wave));
  wave.points[1] = -0.1f;
  EXPECT_FALSE(is_sound(wave));
}

}  // namespace
}  // namespace tactus::service
