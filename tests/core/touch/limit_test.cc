// The promises of docs/safety.md, against frames made to break them.
#include "tactus/touch/limit.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

#include "support/alloc_guard.h"

namespace tactus {
namespace {

constexpr float kRounding = 1e-6f;

/// A limit fed once a millisecond, checking every promise on the way.
struct Guarded {
  LimitParams params;
  LimitState state;
  HostTime now{5000ms};
  std::array<float, kActuators> last_sample{};
  std::array<float, kActuators> last_envelope{};

  Guarded() { params.validated = true; }

  TactileFrame pass(TactileFrame wanted) {
    const TactileFrame safe = limit(state, params, wanted, now);
    check(safe);
    now += 1ms;
    return safe;
  }
  TactileFrame pass_now(TactileFrame wanted) {
    wanted.t = now;
    return pass(wanted);
  }

  void check(const TactileFrame& safe) {
    const float ceiling = ceiling_of(state, params);
    ASSERT_TRUE(ceiling >= 0 && ceiling <= (params.validated ? 0.6f : 0.3f));
    EXPECT_EQ(safe.t, now);
    for (std::size_t a = 0; a < kActuators; ++a) {
      for (const float sample : safe.wave[a]) {
        ASSERT_TRUE(std::fabs(sample) <= ceiling);
        ASSERT_TRUE(std::fabs(sample - last_sample[a]) <= params.sample_slew + kRounding);
        last_sample[a] = sample;
      }
      ASSERT_TRUE(safe.envelope[a] >= 0 && safe.envelope[a] <= ceiling);
      ASSERT_TRUE(std::fabs(safe.envelope[a] - last_envelope[a]) <=
                  params.envelope_slew + kRounding);
      last_envelope[a] = safe.envelope[a];
      const float f = safe.frequency_Hz[a];
      ASSERT_TRUE((f >= 20 && f <= 1000) || (f == 0 && safe.envelope[a] == 0)) << f;
    }
  }
};

TactileFrame constant(float wave, float envelope, float frequency_Hz = 150) {
  TactileFrame frame;
  for (auto& samples : frame.wave) samples.fill(wave);
  frame.envelope.fill(envelope);
  frame.frequency_Hz.fill(frequency_Hz);
  return frame;
}

bool is_silent(const TactileFrame& frame) {
  return std::all_of(frame.wave.begin(), frame.wave.end(),
                     [](const auto& samples) {
                       return std::all_of(samples.begin(), samples.end(),
                                          [](float sample) { return sample == 0; });
                     }) &&
         std::all_of(frame.envelope.begin(), frame.envelope.end(),
                     [](float envelope) { return envelope == 0; });
}

/// Past the ramp, playing `wanted`.
Guarded settled(const TactileFrame& wanted, bool validated = true) {
  Guarded guarded;
  guarded.params.validated = validated;
  for (int i = 0; i < 100; ++i) static_cast<void>(guarded.pass_now(wanted));
  return guarded;
}

TEST(Limit, LetsASafeFrameThroughUnchanged) {
  Guarded guarded = settled(constant(0, 0.3f));
  TactileFrame wanted = constant(0, 0.3f, 170);
  for (int i = 0; i < 50; ++i) {
    for (std::size_t n = 0; n < kFrameSamples; ++n) {
      const float turns = 170.0f * (float(8 * i) + float(n)) / kActuatorRate_Hz;
      wanted.wave[3][n] = 0.5f * std::sin(2 * kPi * turns);
    }
    const TactileFrame safe = guarded.pass_now(wanted);
    EXPECT_EQ(safe.wave[3], wanted.wave[3]);
    EXPECT_EQ(safe.envelope, wanted.envelope);
    EXPECT_EQ(safe.frequency_Hz, wanted.frequency_Hz);
    EXPECT_EQ(safe.hand, wanted.hand);
  }
}

TEST(Limit, CeilingIsLowerWithoutAValidatedProfile) {
  for (const bool validated : {true, false}) {
    Guarded guarded = settled(constant(1.0f, 1.0f), validated);
    const TactileFrame safe = guarded.pass_now(constant(1.0f, 1.0f));
    EXPECT_FLOAT_EQ(safe.wave[0][7], validated ? 0.6f : 0.3f);
    EXPECT_FLOAT_EQ(safe.envelope[0], validated ? 0.6f : 0.3f);
  }
  EXPECT_FALSE(LimitParams{}.validated);
}

TEST(Limit, SurvivesEveryBitPattern) {
  std::mt19937 random(1);
  Guarded guarded;
  for (int i = 0; i < 20000; ++i) {
    TactileFrame wanted;
    const auto any = [&] { return std::bit_cast<float>(static_cast<std::uint32_t>(random())); };
    for (auto& samples : wanted.wave) std::generate(samples.begin(), samples.end(), any);
    std::generate(wanted.envelope.begin(), wanted.envelope.end(), any);
    std::generate(wanted.frequency_Hz.begin(), wanted.frequency_Hz.end(), any);
    static_cast<void>(guarded.pass_now(wanted));
    if (::testing::Test::HasFatalFailure()) return;
  }
}

TEST(Limit, SurvivesTheNumbersThatBreakOthers) {
  const float bad[] = {std::numeric_limits<float>::quiet_NaN(),
                       std::numeric_limits<float>::infinity(),
                       -std::numeric_limits<float>::infinity(),
                       std::numeric_limits<float>::max(),
                       std::numeric_limits<float>::lowest(),
                       std::numeric_limits<float>::denorm_min(),
                       -0.0f};
  Guarded guarded;
  for (int round = 0; round < 20; ++round) {
    for (const float wave : bad) {
      for (const float envelope : bad) {
        for (const float frequency_Hz : bad) {
          static_cast<void>(guarded.pass_now(constant(wave, envelope, frequency_Hz)));
        }
      }
    }
  }
  // Not a number is silence, not the ceiling.
  Guarded quiet = settled(constant(bad[0], bad[0], 150));
  EXPECT_TRUE(is_silent(quiet.pass_now(constant(bad[1], bad[1], 150))));
  EXPECT_TRUE(is_silent(quiet.pass_now(constant(0, 0.5f, bad[0]))));
}

TEST(Limit, ToneOfAnEnvelopeIsAlwaysPlayable) {
  Guarded guarded = settled(constant(0, 0.4f, 150));
  EXPECT_EQ(guarded.pass_now(constant(0, 0.4f, 0)).frequency_Hz[0], 20.0f);
  EXPECT_EQ(guarded.pass_now(constant(0, 0.4f, 5000)).frequency_Hz[0], 1000.0f);
  EXPECT_EQ(guarded.pass_now(constant(0, 0.4f, -3)).frequency_Hz[0], 20.0f);
}

TEST(Limit, StartsFromZeroWithARamp) {
  Guarded guarded;
  const TactileFrame first = guarded.pass_now(constant(0.6f, 0.6f));
  EXPECT_TRUE(is_silent(first));
  const TactileFrame second = guarded.pass_now(constant(0.6f, 0.6f));
  EXPECT_LE(second.wave[0][7], 0.6f / 50 + kRounding);
  float at_25ms = 0;
  for (int i = 2; i <= 25; ++i) at_25ms = guarded.pass_now(constant(0.6f, 0.6f)).envelope[0];
  EXPECT_NEAR(at_25ms, 0.3f, 0.01f);
  for (int i = 26; i <= 50; ++i) at_25ms = guarded.pass_now(constant(0.6f, 0.6f)).envelope[0];
  EXPECT_NEAR(at_25ms, 0.6f, 1e-5f);
}

TEST(Limit, StartsAgainFromZeroAfterAReconnectAndAfterAGap) {
  for (const bool gap : {true, false}) {
    Guarded guarded = settled(constant(0.6f, 0.6f));
    if (gap) {
      guarded.now += 30ms;
    } else {
      reset(guarded.state);
    }
    guarded.last_sample = {};
    guarded.last_envelope = {};
    EXPECT_TRUE(is_silent(guarded.pass_now(constant(0.6f, 0.6f))));
    EXPECT_LE(guarded.pass_now(constant(0.6f, 0.6f)).envelope[0], 0.6f / 50 + kRounding);
  }
}

TEST(Limit, LateAndEarlyFramesAreSilence) {
  for (const Duration age : {Duration{21ms}, Duration{5s}, Duration{-21ms}, Duration{-5s}}) {
    Guarded guarded = settled(constant(0.6f, 0.6f));
    TactileFrame wanted = constant(0.6f, 0.6f);
    for (int i = 0; i < 4; ++i) {
      wanted.t = guarded.now - age;
      static_cast<void>(guarded.pass(wanted));
    }
    wanted.t = guarded.now - age;
    EXPECT_TRUE(is_silent(guarded.pass(wanted))) << seconds(age);
  }
  for (const HostTime never : {HostTime::min(), HostTime::max()}) {
    Guarded guarded = settled(constant(0.6f, 0.6f));
    TactileFrame wanted = constant(0.6f, 0.6f);
    wanted.t = never;
    for (int i = 0; i < 4; ++i) static_cast<void>(guarded.pass(wanted));
    EXPECT_TRUE(is_silent(guarded.pass(wanted)));
  }
  Guarded guarded = settled(constant(0.6f, 0.6f));
  TactileFrame wanted = constant(0.6f, 0.6f);
  wanted.t = guarded.now - 20ms;
  EXPECT_FALSE(is_silent(guarded.pass(wanted)));
}

TEST(Limit, AnUnchangedFrameFallsSilentWhenItsLifeEnds) {
  Guarded guarded = settled(constant(0.6f, 0.6f));
  TactileFrame wanted = constant(0.6f, 0.6f);
  wanted.t = guarded.now;
  int sounding = 0;
  while (sounding < 100 && !is_silent(guarded.pass(wanted))) ++sounding;
  EXPECT_GE(sounding, 20);
  EXPECT_LE(sounding, 26);  // 20 ms of life, then the slew
}

TEST(Limit, StopSilencesWithinTheSlewAndHoldsUntilResumed) {
  Guarded guarded = settled(constant(-0.6f, 0.6f));
  allow(guarded.state, Allowed::Stopped);
  for (int i = 0; i < 4; ++i) static_cast<void>(guarded.pass_now(constant(-0.6f, 0.6f)));
  for (int i = 0; i < 200; ++i) {
    ASSERT_TRUE(is_silent(guarded.pass_now(constant(-0.6f, 0.6f)))) << i;
  }
  // Neither a reconnect nor a gap lifts it.
  reset(guarded.state);
  guarded.now += 100ms;
  EXPECT_TRUE(is_silent(guarded.pass_now(constant(-0.6f, 0.6f))));
  EXPECT_TRUE(is_silent(guarded.pass_now(constant(-0.6f, 0.6f))));
  allow(guarded.state, Allowed::Full);
  EXPECT_TRUE(is_silent(guarded.pass_now(constant(-0.6f, 0.6f))));
  EXPECT_LE(guarded.pass_now(constant(-0.6f, 0.6f)).envelope[0], 0.6f / 50 + kRounding);
}

/// The envelope that passes after `ms`, of one that is wanted at 0.4.
float passed_after(Guarded& guarded, int ms) {
  float envelope = 0;
  for (int i = 0; i < ms; ++i) envelope = guarded.pass_now(constant(0.4f, 0.4f)).envelope[0];
  return envelope;
}

TEST(Limit, SoftensAndPausesGentlyAndComesBack) {
  Guarded guarded = settled(constant(0.4f, 0.4f));
  allow(guarded.state, Allowed::Soft);
  EXPECT_NEAR(passed_after(guarded, 50), 0.3f, 0.01f);
  EXPECT_NEAR(passed_after(guarded, 150), 0.2f, 1e-5f);
  allow(guarded.state, Allowed::Paused);
  EXPECT_NEAR(passed_after(guarded, 50), 0.1f, 0.01f);
  EXPECT_EQ(passed_after(guarded, 150), 0.0f);
  allow(guarded.state, Allowed::Full);
  EXPECT_NEAR(passed_after(guarded, 100), 0.2f, 0.01f);
  EXPECT_NEAR(passed_after(guarded, 150), 0.4f, 1e-5f);
}

TEST(Limit, OnlyResumingLiftsAStop) {
  Guarded guarded = settled(constant(0.4f, 0.4f));
  allow(guarded.state, Allowed::Stopped);
  static_cast<void>(passed_after(guarded, 5));
  for (const Allowed softer : {Allowed::Soft, Allowed::Paused}) {
    allow(guarded.state, softer);
    EXPECT_EQ(passed_after(guarded, 300), 0.0f);
  }
  allow(guarded.state, Allowed::Full);
  EXPECT_NEAR(passed_after(guarded, 60), 0.4f, 1e-5f);
}

TEST(Limit, NobodyIsTouchedMoreStronglyThanTheyLike) {
  for (const float comfort : {0.0f, 0.1f, 0.45f, 1.0f}) {
    Guarded guarded;
    guarded.state.comfort = comfort;
    for (int i = 0; i < 100; ++i) static_cast<void>(guarded.pass_now(constant(1, 1)));
    EXPECT_FLOAT_EQ(guarded.last_envelope[0], std::min(comfort, 0.6f));
    EXPECT_FLOAT_EQ(guarded.last_sample[0], std::min(comfort, 0.6f));
  }
  Guarded guarded;
  guarded.state.comfort = std::numeric_limits<float>::quiet_NaN();
  for (int i = 0; i < 100; ++i) EXPECT_TRUE(is_silent(guarded.pass_now(constant(1, 1))));
}

TEST(Limit, TheDaysDoseIsNeverExceeded) {
  Guarded guarded;
  guarded.params.exposure.most_a8_m_per_s2 = 0.02f;
  for (int i = 0; i < 20000; ++i) {
    TactileFrame wanted = constant(0, 0.6f, 60);
    static_cast<void>(guarded.pass_now(wanted));
    ASSERT_LE(a8_m_per_s2(guarded.state.exposure), 0.02f * 1.001f) << i;
  }
  EXPECT_GT(a8_m_per_s2(guarded.state.exposure), 0.019f);
  EXPECT_LT(guarded.last_envelope[0], 0.01f);
  reset(guarded.state);  // a reconnected glove is on the same hand
  EXPECT_GT(a8_m_per_s2(guarded.state.exposure), 0.019f);
}

TEST(Limit, NoActuatorGrowsHot) {
  Guarded guarded;
  guarded.params.exposure.heating_s = 0.5f;
  guarded.params.exposure.full_drive_K = 200;
  for (int i = 0; i < 10000; ++i) {
    TactileFrame wanted;
    wanted.envelope[1] = 0.6f;
    wanted.frequency_Hz[1] = 200;
    wanted.envelope[2] = 0.01f;
    wanted.frequency_Hz[2] = 200;
    static_cast<void>(guarded.pass_now(wanted));
    for (const float warmth_K : guarded.state.exposure.warmth_K) ASSERT_LE(warmth_K, 8.2f);
  }
  EXPECT_GT(guarded.state.exposure.warmth_K[1], 6);
  EXPECT_LT(guarded.last_envelope[1], 0.4f);
  EXPECT_FLOAT_EQ(guarded.last_envelope[2], 0.01f) << "its cool neighbour plays on";
}

TEST(Limit, HoldsWhateverComesInWhateverOrder) {
  // Any frame, any clock, any permission, at any time; the small day and the fast heat are reached.
  for (unsigned seed = 1; seed <= 8; ++seed) {
    std::mt19937 random(seed);
    const auto one_in = [&random](unsigned n) { return random() % n == 0; };
    const auto any = [&random] { return std::bit_cast<float>(std::uint32_t(random())); };
    const auto fair = [&random] { return float(random() % 2001) / 1000.0f - 1.0f; };
    Guarded guarded;
    guarded.params.exposure.most_a8_m_per_s2 = 0.03f;
    guarded.params.exposure.heating_s = 2;
    guarded.params.exposure.full_drive_K = 60;
    for (int i = 0; i < 5000; ++i) {
      TactileFrame wanted;
      const bool hostile = one_in(3);
      for (std::size_t a = 0; a < kActuators; ++a) {
        for (float& sample : wanted.wave[a]) sample = hostile ? any() : fair();
        wanted.envelope[a] = hostile ? any() : std::fabs(fair());
        wanted.frequency_Hz[a] = hostile ? any() : 200 + 180 * fair();
      }
      if (one_in(200)) allow(guarded.state, static_cast<Allowed>(random() % kAlloweds));
      if (one_in(50)) allow(guarded.state, Allowed::Full);
      if (one_in(300)) guarded.state.comfort = one_in(2) ? any() : std::fabs(fair());
      if (one_in(300)) guarded.params.validated = !guarded.params.validated;
      const bool jumps = one_in(100), reconnects = one_in(200);
      if (jumps) guarded.now += Duration{std::int64_t(random()) * 1000} - Duration{2s};
      if (reconnects) reset(guarded.state);
      wanted.t = one_in(20) ? HostTime{Duration{std::bit_cast<std::int64_t>(
                                  std::uint64_t(random()) << 32 | random())}}
                            : guarded.now;
      auto last = guarded.state.sample;
      if (jumps) last = {};
      const TactileFrame safe = limit(guarded.state, guarded.params, wanted, guarded.now);
      guarded.now += 1ms;
      for (std::size_t a = 0; a < kActuators; ++a) {
        for (const float sample : safe.wave[a]) {
          // A ceiling that falls is reached by the slew, not by a jump.
          ASSERT_TRUE(std::fabs(sample) <= 0.6f);
          ASSERT_TRUE(std::fabs(sample - last[a]) <= guarded.params.sample_slew + kRounding);
          last[a] = sample;
        }
        ASSERT_TRUE(safe.envelope[a] >= 0 && safe.envelope[a] <= 0.6f);
        const float f = safe.frequency_Hz[a];
        ASSERT_TRUE((f >= 20 && f <= 1000) || (f == 0 && safe.envelope[a] == 0));
        ASSERT_TRUE(guarded.state.exposure.warmth_K[a] <= 8.5f);
      }
      ASSERT_LE(a8_m_per_s2(guarded.state.exposure), 0.03f * 1.02f);
    }
    EXPECT_GT(a8_m_per_s2(guarded.state.exposure), 0.025f);
  }
}

TEST(Limit, AClockThatTurnsBackStartsAgain) {
  Guarded guarded = settled(constant(0.6f, 0.6f));
  guarded.now -= 1s;
  guarded.last_sample = {};
  guarded.last_envelope = {};
  EXPECT_TRUE(is_silent(guarded.pass_now(constant(0.6f, 0.6f))));
}

TEST(Limit, AllocatesNothing) {
  if (!testing::is_counting()) GTEST_SKIP() << "the sanitizer owns malloc";
  LimitState state;
  const testing::AllocGuard guard;
  const TactileFrame safe = limit(state, {}, constant(1, 1), HostTime{});
  EXPECT_EQ(guard.calls(), 0u);
  EXPECT_EQ(safe.envelope[0], 0.0f);
}

}  // namespace
}  // namespace tactus
