// Somebody who feels a tone the more often the stronger it is, is asked until their threshold is known.
#include "tactus/calibration/staircase.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>
#include <vector>

namespace tactus::calibration {
namespace {

/// The share of tones that are felt: half of them at the threshold, 16 % at 2 dB below.
double felt_share(double level_db, double threshold_db) {
  return 0.5 * std::erfc(-(level_db - threshold_db) / (2.0 * std::sqrt(2.0)));
}

float ask(double threshold_db, std::mt19937& random) {
  std::uniform_real_distribution<double> one(0, 1);
  Staircase staircase;
  while (!staircase.is_done()) {
    staircase.answer(one(random) <
                     felt_share(static_cast<double>(staircase.level_db()), threshold_db));
  }
  return staircase.threshold_db().value_or(NAN);
}

TEST(Staircase, FindsTheLevelThatIsFeltHalfOfTheTime) {
  std::mt19937 random(4);
  for (const double threshold_db : {-30.0, -25.0, -20.0, -15.0}) {
    double sum = 0;
    int far_off = 0;
    constexpr int kPeople = 400;
    for (int i = 0; i < kPeople; ++i) {
      const double error_db = static_cast<double>(ask(threshold_db, random)) - threshold_db;
      sum += error_db;
      far_off += std::fabs(error_db) < 3 ? 0 : 1;
    }
    EXPECT_NEAR(sum / kPeople, 0, 0.7) << threshold_db;
    EXPECT_LE(far_off, kPeople / 25) << threshold_db;
  }
}

TEST(Staircase, PlaysOnlyWhatTheGloveCanTellApart) {
  std::mt19937 random(5);
  std::bernoulli_distribution coin;
  for (int run = 0; run < 50; ++run) {
    Staircase staircase;
    float last_db = NAN;
    for (int i = 0; !staircase.is_done(); ++i) {
      const float code = std::pow(10.0f, staircase.level_db() / 20) / kDriveStep;
      EXPECT_NEAR(code, std::round(code), 1e-2f);
      EXPECT_GE(std::round(code), 1);
      EXPECT_LE(staircase.level_db(), StaircaseParams{}.strongest_db);
      EXPECT_TRUE(staircase.level_db() != last_db || code < 1.5f || staircase.level_db() > -12);
      last_db = staircase.level_db();
      staircase.answer(coin(random));
      ASSERT_LT(i, 100);
    }
  }
}

TEST(Staircase, SaysNothingOfWhoFeelsNoneOrAll) {
  for (const bool felt : {false, true}) {
    Staircase staircase;
    std::size_t trials = 0;
    for (; !staircase.is_done(); ++trials) staircase.answer(felt);
    EXPECT_FALSE(staircase.threshold_db()) << felt;
    EXPECT_LT(trials, 20u) << felt;
    EXPECT_EQ(staircase.progress(), 1.0f);
    const float level_db = staircase.level_db();
    staircase.answer(!felt);
    EXPECT_EQ(staircase.level_db(), level_db) << "answers after the end count";
  }
}

}  // namespace
}  // namespace tactus::calibration
