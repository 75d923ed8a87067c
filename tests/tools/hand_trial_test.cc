#include "tools/eval/hand_trial.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tools/eval/hand_floor.h"
#include "tools/eval/hand_wild.h"

namespace tactus::tools {
namespace {

constexpr double kLength_s = 20;

// The limits; ten minutes of it are `tactus eval hand`.
TEST(HandTrial, SixteenUnitsKnowTheHandWithoutAnyChannel) {
  const HandScore s = run({GloveKind::Imu16, Hand::Left, 1, 1, kLength_s});
  EXPECT_LT(s.joint_deg, 2.5);
  EXPECT_LT(s.tip_mm, 5.0);
  EXPECT_EQ(s.violations, 0);
}

TEST(HandTrial, FewerSensorsKnowLess) {
  const double ten_deg = run({GloveKind::Flex10, Hand::Right, 2, 1, kLength_s}).joint_deg;
  const double five_deg = run({GloveKind::Flex5, Hand::Right, 2, 1, kLength_s}).joint_deg;
  EXPECT_LT(ten_deg, 8.0);
  EXPECT_LT(ten_deg, five_deg);
  EXPECT_LT(five_deg, 12.0);
}

TEST(HandTrial, WhatSensorsDoNotTellIsGuessedNearlyAsWellAsCanBe) {
  const HandTrial ten{GloveKind::Flex10, Hand::Right, 2, 1, 68};
  const HandTrial five{GloveKind::Flex5, Hand::Right, 2, 1, 68};
  EXPECT_LT(run(ten).joint_deg, 1.2 * floor_deg(ten));
  EXPECT_LT(run(five).joint_deg, 1.2 * floor_deg(five));
}

TEST(HandFloor, IsZeroForAGloveThatSeesAllAndRisesAsItSeesLess) {
  const auto floor = [](GloveKind glove) {
    return floor_deg({glove, Hand::Right, 3, 1, kLength_s});
  };
  // The thumb's passive turn is scored and nobody sees it.
  EXPECT_LT(floor(GloveKind::Tg1), 0.5);
  EXPECT_LT(floor(GloveKind::Tg1), floor(GloveKind::Imu11));
  EXPECT_LT(floor(GloveKind::Imu11), floor(GloveKind::Flex5));
  EXPECT_LT(floor(GloveKind::Flex10), floor(GloveKind::Flex5));
}

TEST(HandTrial, SameSeedSameScore) {
  const HandTrial trial{GloveKind::Imu16, Hand::Right, 4, 1, 10};
  EXPECT_EQ(run(trial).joint_deg, run(trial).joint_deg);
}

TEST(HandWild, AHandStaysAHand) { EXPECT_EQ(violations(1, 3000), 0); }

}  // namespace
}  // namespace tactus::tools
