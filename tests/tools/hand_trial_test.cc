#include "tools/eval/hand_trial.h"

#include <gtest/gtest.h>

#include <cmath>

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

TEST(HandTrial, SameSeedSameScore) {
  const HandTrial trial{GloveKind::Imu16, Hand::Right, 4, 1, 10};
  EXPECT_EQ(run(trial).joint_deg, run(trial).joint_deg);
}

TEST(HandWild, AHandStaysAHand) { EXPECT_EQ(violations(1, 3000), 0); }

}  // namespace
}  // namespace tactus::tools
