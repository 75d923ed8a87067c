#include "tools/eval/body_checks.h"

#include <gtest/gtest.h>

namespace tactus::tools {
namespace {

constexpr double kResidualTolerance_mm = 0.1;

TEST(BodyChecks, NoLimbFlipsAndTrackersAreMet) {
  const BodyFlips flips = count_flips(1, 20'000);
  EXPECT_EQ(flips.targets, 20'000u);
  EXPECT_EQ(flips.flips, 0u);
  EXPECT_LE(flips.residual_mm, kResidualTolerance_mm);
}

TEST(BodyChecks, NothingThatIsReadBreaksABody) {
  const BodyFaults faults = count_faults(1, 100'000);
  EXPECT_EQ(faults.not_finite, 0u);
  EXPECT_EQ(faults.beyond_limits, 0u);
}

TEST(BodyChecks, OneSeedOneAnswer) {
  EXPECT_EQ(count_flips(2, 500).residual_mm, count_flips(2, 500).residual_mm);
}

}  // namespace
}  // namespace tactus::tools
