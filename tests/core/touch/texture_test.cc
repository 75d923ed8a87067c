// A texture is a function of the way: the same way gives the same, faster only higher; its power is
// what was asked, its envelope bounds it, its end is exact silence.
#include "tactus/touch/texture.h"

#include <gtest/gtest.h>

#include <cmath>
#include <complex>
#include <vector>

#include "support/alloc_guard.h"

namespace tactus {
namespace {

constexpr Texture kNarrow = {{-99, -99, -99, -6, 0, -6, -99, -99, -99}};
constexpr float kSteady = 0.2f;

struct Stroker {
  TextureState state;
  TextureBand band;
  ActuatorResponse response;

  std::vector<float> run(int frames, float pitch_Hz, const Texture& texture = kNarrow) {
    std::vector<float> wave;
    for (int i = 0; i < frames; ++i) {
      Signal signal;
      add_texture(state, texture, band, response, kSteady, pitch_Hz, signal);
      wave.insert(wave.end(), signal.sine.begin(), signal.sine.end());
    }
    return wave;
  }
};

/// Amplitude of one tone in a signal at 8 kHz.
double tone(const std::vector<float>& wave, double frequency_Hz) {
  std::complex<double> sum;
  for (std::size_t n = 0; n < wave.size(); ++n) {
    sum += static_cast<double>(wave[n]) *
           std::polar(1.0, -2 * M_PI * frequency_Hz * static_cast<double>(n) / kActuatorRate_Hz);
  }
  return 2 * std::abs(sum) / static_cast<double>(wave.size());
}

TEST(Texture, TwiceTheSpeedIsTheSameAnOctaveHigher) {
  Stroker slow, fast;
  static_cast<void>(slow.run(800, 80));  // a tile: the levels have settled, the way is 0 again
  static_cast<void>(fast.run(800, 80));
  const auto at_80 = slow.run(400, 80), at_160 = fast.run(200, 160);
  for (std::size_t n = 8; n < at_160.size(); ++n) {
    EXPECT_NEAR(at_160[n], at_80[2 * n + 1], 2e-3f) << n;
  }
}

TEST(Texture, ATileComesAgain) {
  Stroker stroker;
  static_cast<void>(stroker.run(800, 80));
  const auto once = stroker.run(800, 80), again = stroker.run(800, 80);
  double apart = 0, power = 0;
  for (std::size_t n = 0; n < once.size(); ++n) {
    apart = std::max(apart, std::fabs(static_cast<double>(once[n]) - again[n]));
    power += static_cast<double>(once[n]) * once[n];
  }
  EXPECT_LT(apart, 2e-3);
  EXPECT_NEAR(power / static_cast<double>(once.size()), 0.5 * kSteady * kSteady, 2e-4);
}

TEST(Texture, ItsBandsAreAsStrongAsTheyAreSaidToBe) {
  Stroker stroker;
  constexpr Texture kTwo = {{-99, -99, 0, -99, -99, -99, -6.0206f, -99, -99}};
  static_cast<void>(stroker.run(640, 100, kTwo));
  const auto wave = stroker.run(640, 100, kTwo);
  // Whole waves in a tile of 64 periods, two in each band; powers of 4 to 1.
  double low = 0, high = 0;
  for (int wave_of_tile = 0; wave_of_tile < 200; ++wave_of_tile) {
    const double f = 100.0 * wave_of_tile / 64;
    (f < 100 ? low : high) += std::pow(tone(wave, f), 2);
  }
  EXPECT_NEAR(low / high, 4, 0.02);
  EXPECT_NEAR(low + high, kSteady * kSteady, 4e-4);
}

TEST(Texture, AWeakActuatorIsDrivenHarderWhereItIsWeak) {
  Stroker flat, weak;
  weak.response.gain_db.fill(-6.0206f);
  for (Stroker* stroker : {&flat, &weak}) static_cast<void>(stroker->run(100, 100));
  const auto plain = flat.run(100, 100), driven = weak.run(100, 100);
  for (std::size_t n = 0; n < plain.size(); ++n) EXPECT_NEAR(driven[n], 2 * plain[n], 1e-4f);
}

TEST(Texture, NothingIsPlayedThatTheActuatorCannot) {
  constexpr Texture kWide = {{0, 0, 0, 0, 0, 0, 0, 0, 0}};
  for (const float pitch_Hz : {40.0f, 300.0f}) {
    Stroker stroker;
    const auto frames = static_cast<int>(std::lround(1000 * kTilePeriods / pitch_Hz));
    static_cast<void>(stroker.run(frames, pitch_Hz, kWide));
    const auto wave = stroker.run(frames, pitch_Hz, kWide);
    for (double f = 5; f < 1000; f *= 1.01) {
      EXPECT_TRUE((f > 28 && f < 420) || tone(wave, f) < 0.01) << f;
    }
  }
}

TEST(Texture, TheEnvelopeIsTheWavesOwn) {
  Stroker stroker;
  float most = 0, envelope = 0;
  for (int i = 0; i < 1000; ++i) {
    Signal signal;
    add_texture(stroker.state, kNarrow, stroker.band, stroker.response, kSteady, 100, signal);
    TactileFrame frame;
    signal.write(0.25f, 3, frame);
    for (const float sample : frame.wave[3]) {
      ASSERT_LE(std::fabs(sample), frame.envelope[3] + 1e-6f);
      most = std::max(most, std::fabs(sample));
    }
    envelope = std::max(envelope, frame.envelope[3]);
    EXPECT_NEAR(frame.frequency_Hz[3], 100, 15);
  }
  EXPECT_EQ(envelope, 0.25f);
  EXPECT_GT(most, 0.24f);
}

TEST(Texture, EndsInExactSilence) {
  Stroker stroker;
  EXPECT_TRUE(stroker.state.silent());
  static_cast<void>(stroker.run(100, 100));
  EXPECT_FALSE(stroker.state.silent());
  Signal last, after;
  fade_texture(stroker.state, 0, 100, last);
  EXPECT_TRUE(stroker.state.silent());
  fade_texture(stroker.state, 0, 100, after);
  EXPECT_EQ(after.sine, Signal{}.sine);
  EXPECT_EQ(after.power, 0.0f);
}

TEST(Texture, AllocatesNothing) {
  if (!testing::is_counting()) GTEST_SKIP() << "the sanitizer owns malloc";
  Stroker stroker;
  const testing::AllocGuard guard;
  for (int i = 0; i < 100; ++i) {
    Signal signal;
    add_texture(stroker.state, kNarrow, stroker.band, stroker.response, kSteady, 100, signal);
  }
  EXPECT_EQ(guard.calls(), 0u);
}

}  // namespace
}  // namespace tactus
