#include "tactus/pose/hand_habit.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tactus {
namespace {

using Angles = std::array<double, 4 * kFingers>;
constexpr double kExact_rad = 1e-9;

TEST(HandHabit, AnOrdinaryHandIsExpectedAsItIs) {
  const Angles usual = usual_angles();
  for (std::size_t f = 0; f < kFingers; ++f) {
    const FingerHabit habit = habit_of(Finger(f), usual);
    for (std::size_t k = 0; k < 4; ++k) {
      EXPECT_NEAR(habit.mean[k], usual[4 * f + k], kExact_rad);
      EXPECT_GT(habit.variance[k], 0);
      EXPECT_EQ(habit.along[k][k], 1);
    }
  }
}

TEST(HandHabit, NeighboursBendTogetherAndTheThumbGoesItsOwnWay) {
  const Angles usual = usual_angles();
  Angles bent = usual;
  bent[4 * index(Finger::Middle)] += 0.5;
  EXPECT_GT(habit_of(Finger::Ring, bent).mean[0], usual[4 * index(Finger::Ring)] + 0.1);
  EXPECT_NEAR(habit_of(Finger::Thumb, bent).mean[0], usual[0], kExact_rad);
}

// The row of the distal joint is the last: it is told by itself. That of the middle joint holds how
// the two go together: where the middle joint is expected for a distal one that is further bent.
TEST(HandHabit, MiddleAndDistalJointsBendTogether) {
  const FingerHabit habit = habit_of(Finger::Index, usual_angles());
  EXPECT_LT(habit.along[2][3], -0.3);
}

}  // namespace
}  // namespace tactus
