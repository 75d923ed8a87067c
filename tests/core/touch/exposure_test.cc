// The dose against the standard's own table and against Fourier sums; the warmth against its law.
#include "tactus/touch/exposure.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace tactus {
namespace {

constexpr double kPiD = 3.14159265358979323846;

/// ISO 5349-1:2001 table A.2, as printed in JIS B 7761-3: third octave bands 12 to 30.
struct Band {
  int number;
  double factor;
};
constexpr Band kTable[] = {{8, 0.727},   {9, 0.873},   {10, 0.951},  {11, 0.958},  {12, 0.896},
                           {13, 0.782},  {14, 0.647},  {15, 0.519},  {16, 0.411},  {17, 0.324},
                           {18, 0.256},  {19, 0.202},  {20, 0.160},  {21, 0.127},  {22, 0.101},
                           {23, 0.0799}, {24, 0.0634}, {25, 0.0503}, {26, 0.0398}, {27, 0.0314},
                           {28, 0.0245}, {29, 0.0186}, {30, 0.0135}, {31, 0.00894}};

double band_Hz(int number) { return std::pow(10, number / 10.0); }

/// The whole signal on one actuator; a second of silence lets the weighting ring out.
double dose_of(const std::vector<double>& drive, const ExposureParams& params = {}) {
  ExposureState state;
  for (std::size_t i = 0; i < drive.size() + kActuatorRate_Hz; i += kFrameSamples) {
    TactileFrame frame;
    for (std::size_t n = 0; n < kFrameSamples && i + n < drive.size(); ++n) {
      frame.wave[5][n] = static_cast<float>(drive[i + n]);
    }
    expose(state, params, frame);
  }
  return state.dose_m2_per_s3;
}

std::vector<double> tone(double frequency_Hz, double amplitude, double length_s) {
  std::vector<double> drive(static_cast<std::size_t>(length_s * kActuatorRate_Hz));
  for (std::size_t i = 0; i < drive.size(); ++i) {
    const double t_s = static_cast<double>(i) / kActuatorRate_Hz;
    const double fade = std::min({1.0, 5 * t_s, 5 * (length_s - t_s)});
    drive[i] = fade * amplitude * std::sin(2 * kPiD * frequency_Hz * t_s);
  }
  return drive;
}

TEST(Exposure, TheWeightIsTheStandardsTable) {
  for (const Band& band : kTable) {
    EXPECT_NEAR(hand_weight(band_Hz(band.number)) / band.factor, 1, 0.006) << band.number;
  }
  EXPECT_EQ(hand_weight(0), 0);
}

TEST(Exposure, AToneGivesWhatTheTableSays) {
  for (const Band& band : kTable) {
    if (band.number > 30) continue;
    const double mean_square = 0.5 * 0.3 * 0.3 * 21 * 21;
    // Both fades of 0.2 s hold a third of their energy.
    const double dose = mean_square * band.factor * band.factor * (3.6 + 2 * 0.2 / 3);
    EXPECT_NEAR(std::sqrt(dose_of(tone(band_Hz(band.number), 0.3, 4)) / dose), 1, 0.02)
        << band.number;
  }
}

TEST(Exposure, ADevicesOwnToneCountsAsMuch) {
  for (const double frequency_Hz : {20.0, 63.1, 175.0, 400.0}) {
    ExposureState state;
    TactileFrame frame;
    frame.envelope[0] = 0.3f;
    frame.frequency_Hz[0] = static_cast<float>(frequency_Hz);
    for (int ms = 0; ms < 4000; ++ms) expose(state, {}, frame);
    const double weighted = 0.3 * 21 * hand_weight(frequency_Hz);
    EXPECT_NEAR(state.dose_m2_per_s3, 0.5 * weighted * weighted * 4, 1e-4 * state.dose_m2_per_s3);
  }
}

TEST(Exposure, EightHoursOfItAreTheAccelerationItself) {
  ExposureState state;
  state.dose_m2_per_s3 = 2.5 * 2.5 * 8 * 3600;
  EXPECT_FLOAT_EQ(a8_m_per_s2(state), 2.5f);
}

TEST(Exposure, NeverLessThanOneActuators) {
  std::mt19937 random(3);
  std::normal_distribution<float> noise(0, 0.2f);
  ExposureState all, one;
  for (int ms = 0; ms < 2000; ++ms) {
    TactileFrame both, single;
    for (std::size_t n = 0; n < kFrameSamples; ++n) {
      both.wave[2][n] = single.wave[2][n] = noise(random);
      both.wave[9][n] = noise(random);
    }
    expose(all, {}, both);
    expose(one, {}, single);
    EXPECT_GT(all.dose_m2_per_s3, one.dose_m2_per_s3);
  }
}

TEST(Exposure, TheDayEasesAndThenEnds) {
  const ExposureParams params;
  const auto gain_at = [&](double share) {
    ExposureState state;
    state.dose_m2_per_s3 = share * 1.25 * 1.25 * 8 * 3600;
    return dose_gain(state, params);
  };
  EXPECT_EQ(gain_at(0), 1.0f);
  EXPECT_EQ(gain_at(0.79), 1.0f);
  EXPECT_NEAR(gain_at(0.95), 0.5f, 1e-4f);
  EXPECT_EQ(gain_at(1), 0.0f);
  EXPECT_EQ(gain_at(1e9), 0.0f);
}

TEST(Exposure, WarmthRisesAndFallsByItsLaw) {
  ExposureState state;
  const ExposureParams params;
  TactileFrame frame;
  frame.envelope[7] = 0.5f;
  frame.frequency_Hz[7] = 170;
  for (int ms = 0; ms < 90000; ++ms) expose(state, params, frame);
  const double steady_K = 0.5 * 0.5 * 20;
  EXPECT_NEAR(state.warmth_K[7], steady_K * (1 - std::exp(-1)), 0.01);
  EXPECT_EQ(state.warmth_K[6], 0.0f);
  for (int ms = 0; ms < 90000; ++ms) expose(state, params, {});
  EXPECT_NEAR(state.warmth_K[7], steady_K * (1 - std::exp(-1)) * std::exp(-1), 0.01);
}

TEST(Exposure, HeatEasesFrom39AndEndsAt41Degrees) {
  ExposureState state;
  const auto gain_at = [&](float skin_C) {
    state.warmth_K[0] = skin_C - 33;
    return heat_gain(state, {}, 0);
  };
  EXPECT_EQ(gain_at(33), 1.0f);
  EXPECT_EQ(gain_at(39), 1.0f);
  EXPECT_NEAR(gain_at(40), 0.5f, 1e-5f);
  EXPECT_EQ(gain_at(41), 0.0f);
  EXPECT_EQ(gain_at(80), 0.0f);
}

}  // namespace
}  // namespace tactus
