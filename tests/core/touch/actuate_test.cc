// Drives against simulated masses: what comes out is what was wanted, sooner than by itself.
#include "tactus/touch/actuate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tactus/simulator/actuator.h"

namespace tactus {
namespace {

constexpr double kSample_s = 1.0 / kActuatorRate_Hz;

TactileFrame strength(float envelope) {
  TactileFrame frame;
  frame.envelope[0] = envelope;
  frame.frequency_Hz[0] = 170;
  return frame;
}

/// Milliseconds until a simulated mass that is driven by `params` has 90 % of what is wanted.
template <class Mass>
double rise_ms(Mass mass, const ActuatorParams& params, float wanted) {
  ActuatorState state;
  for (int n = 0; n < 8000; n += kFrameSamples) {
    const auto drive = actuate(state, params, strength(wanted), 0);
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
      mass.push(drive[i], kSample_s);
      if (mass.strength() >= 0.9 * wanted) return 1e3 * kSample_s * (n + double(i) + 1);
    }
  }
  return 1e9;
}

/// What is left, of what was wanted, 10 ms after nothing is.
template <class Mass>
double residue(Mass mass, const ActuatorParams& params, float wanted) {
  ActuatorState state;
  for (int ms = 0; ms < 500; ++ms) {
    const auto drive = actuate(state, params, strength(ms < 490 ? wanted : 0.0f), 0);
    for (const float sample : drive) mass.push(sample, kSample_s);
  }
  return mass.strength() / wanted;
}

TEST(ActuateLra, RisesAndFallsInTimeAlsoWhenItsPitchIsNotQuiteKnown) {
  for (const double off : {0.97, 1.0, 1.03}) {
    const simulator::ResonantMass mass(175 * off, 10);
    EXPECT_LE(rise_ms(mass, {}, 1.0f), off == 1.0 ? 11.0 : 16.0) << off;
    for (const float wanted : {0.2f, 0.5f, 1.0f}) {
      EXPECT_LE(residue(mass, {}, wanted), off == 1.0 ? 0.1 : 0.5) << off << ' ' << wanted;
    }
  }
  ActuatorParams plain;
  plain.overdrive = 1;
  EXPECT_NEAR(rise_ms(simulator::ResonantMass(175, 10), plain, 1.0f), 41.9, 2);
}

TEST(ActuateLra, ReachesWhatIsWantedAndNoMore) {
  simulator::ResonantMass mass(175, 10);
  ActuatorState state;
  double most = 0;
  for (int ms = 0; ms < 400; ++ms) {
    const auto drive = actuate(state, {}, strength(0.4f), 0);
    for (const float sample : drive) mass.push(sample, kSample_s);
    most = std::max(most, mass.strength());
  }
  EXPECT_NEAR(mass.strength(), 0.4, 0.01);
  EXPECT_LT(most, 0.44);
}

TEST(ActuateErm, KicksAndBrakes) {
  ActuatorParams params;
  params.kind = ActuatorKind::Erm;
  ActuatorParams plain = params;
  plain.overdrive = 1;
  const simulator::SpinningMass mass(params.rise_s);
  EXPECT_LT(rise_ms(mass, params, 0.6f), 0.45 * rise_ms(mass, plain, 0.6f));
  EXPECT_LT(residue(mass, params, 0.5f), 0.4 * residue(mass, plain, 0.5f));
}

TEST(ActuateCoilAndPiezo, FeelTheSameAtEveryPitch) {
  for (const ActuatorKind kind : {ActuatorKind::VoiceCoil, ActuatorKind::Piezo}) {
    for (const double f : {63.0, 100.0, 160.0, 250.0, 400.0}) {
      ActuatorParams params;
      params.kind = kind;
      params.resonance_Hz = kind == ActuatorKind::Piezo ? 150 : 90;
      params.q = 1.5f;
      params.overdrive = 4;
      params.load_s = 1e9f;  // nothing but the equaliser
      simulator::ResonantMass mass(double(params.resonance_Hz), double(params.q));
      ActuatorState state;
      const float scale = kind == ActuatorKind::Piezo ? 2 : 1;
      double most = 0;
      for (int ms = 0; ms < 600; ++ms) {
        TactileFrame frame;
        for (std::size_t i = 0; i < kFrameSamples; ++i) {
          frame.wave[0][i] =
              0.2f * float(std::sin(2 * 3.14159265358979 * f * (8 * ms + double(i)) * kSample_s));
        }
        for (const float sample : actuate(state, params, frame, 0)) {
          EXPECT_TRUE(kind != ActuatorKind::Piezo || sample >= 0);
          mass.push(kind == ActuatorKind::Piezo ? scale * sample - params.overdrive : sample,
                    kSample_s);
          if (ms > 400) most = std::max(most, std::abs(mass.acceleration()));
        }
      }
      const double highpass = 1 / std::sqrt(1 + std::pow(40 / f, 4));
      EXPECT_NEAR(20 * std::log10(most / (0.2 * highpass)), 0, 1) << f;
    }
  }
}

TEST(Actuate, NothingHeatsAnActuatorMoreThanALastingFullDrive) {
  std::mt19937 random(2);
  for (const ActuatorKind kind : {ActuatorKind::Lra, ActuatorKind::Erm, ActuatorKind::VoiceCoil}) {
    for (int pattern = 0; pattern < 40; ++pattern) {
      ActuatorParams params;
      params.kind = kind;
      ActuatorState state;
      double power = 0;
      for (int ms = 0; ms < 3000; ++ms) {
        TactileFrame frame = strength(pattern == 0 ? 1 : ms / pattern % 2 == 0 ? 1.0f : 0.0f);
        for (float& sample : frame.wave[0]) sample = random() % 2 == 0 ? 1.0f : -1.0f;
        for (const float sample : actuate(state, params, frame, 0)) {
          ASSERT_TRUE(std::fabs(sample) <= params.overdrive);
          power += double(sample) * sample / 24000;
        }
      }
      EXPECT_LE(power, kind == ActuatorKind::Erm ? 1.4 : 0.7) << pattern;
    }
  }
}

TEST(Actuate, RestIsRest) {
  for (const ActuatorKind kind : {ActuatorKind::Lra, ActuatorKind::Erm, ActuatorKind::VoiceCoil}) {
    ActuatorParams params;
    params.kind = kind;
    ActuatorState state;
    for (int ms = 0; ms < 20; ++ms) {
      for (const float sample : actuate(state, params, {}, 0)) ASSERT_EQ(sample, 0.0f);
    }
  }
}

}  // namespace
}  // namespace tactus
