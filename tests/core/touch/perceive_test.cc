// Equal strength: the law of the threshold, and actuators that are made even.
#include "tactus/touch/perceive.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tactus {
namespace {

TEST(Perceive, TheThresholdOfDisplacementFallsTwelveDecibelsAnOctaveTo250Hz) {
  const auto displacement_db = [](float f) { return threshold_db(f) - 40 * std::log10(f); };
  EXPECT_NEAR(displacement_db(50) - displacement_db(100), 12.04f, 0.01f);
  EXPECT_NEAR(displacement_db(100) - displacement_db(200), 12.04f, 0.01f);
  EXPECT_GT(displacement_db(240), displacement_db(250));
  EXPECT_GT(displacement_db(260), displacement_db(250));
}

TEST(Perceive, AFlatActuatorNeedsNoMoreUpToWhereSkinIsKeenest) {
  for (const float f : {40.0f, 100.0f, 160.0f, 250.0f}) EXPECT_EQ(equal_drive({}, f), 1.0f);
  EXPECT_GT(equal_drive({}, 300), 1.5f);
}

TEST(Perceive, WhatAnActuatorLacksIsGivenAndWhatItExaggeratesTaken) {
  ActuatorResponse response;
  for (std::size_t i = 0; i < kResponsePoints; ++i) response.gain_db[i] = float(i) - 6;
  EXPECT_NEAR(equal_drive(response, 40), std::pow(10.0f, 6.0f / 20), 1e-4f);
  EXPECT_NEAR(equal_drive(response, response_pitch(6)), 1.0f, 1e-4f);
  const float between = std::sqrt(response_pitch(2) * response_pitch(3));
  EXPECT_NEAR(equal_drive(response, between), std::pow(10.0f, 3.5f / 20), 1e-4f);
}

TEST(Perceive, BeyondItsPitchesTheNearestCounts) {
  ActuatorResponse response;
  response.gain_db.front() = 3;
  response.gain_db.back() = -3;
  EXPECT_EQ(equal_drive(response, 5), equal_drive(response, 40));
  EXPECT_EQ(equal_drive(response, 0), equal_drive(response, 40));
  EXPECT_EQ(equal_drive(response, 2000), equal_drive(response, 400));
}

}  // namespace
}  // namespace tactus
