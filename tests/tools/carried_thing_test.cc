// A letter that an application carries, through the whole path: what the evaluation calls good is good,
// and what is bad it finds.
#include "tools/eval/carried_thing.h"

#include <gtest/gtest.h>

#include "things.h"

namespace tactus::tools {
namespace {

const simulator::TouchSubject& letter() {
  static const auto* const subject = [] {
    const auto bytes = modelling::bake(modelling::build_letter());
    return new simulator::TouchSubject(*view_body(bytes));
  }();
  return *subject;
}

TEST(CarriedThing, IsOneGraspAndLiesStillInTheHand) {
  for (const Duration ahead : {22ms, 44ms}) {
    const CarriedScore score = carry(letter(), {.speed_m_per_s = 2, .ahead = ahead});
    EXPECT_EQ(score.grasps, 1);
    EXPECT_EQ(score.releases, 1);
    EXPECT_GT(score.released_ms, 0) << "not before the fingers opened";
    EXPECT_LT(score.released_ms, 400);
    EXPECT_EQ(score.lost_ms, 0);
    EXPECT_LT(score.most_moved_m, 0.001);
    EXPECT_LT(score.still_db, -6);
  }
}

TEST(CarriedThing, PosedInTheWorldItTrembles) {
  const CarriedScore score = carry(letter(), {.speed_m_per_s = 0, .says_carrier = false});
  EXPECT_EQ(score.grasps, 1);
  EXPECT_GT(score.still_db, 0);
}

TEST(CarriedThing, PosedWhereTheHandWasItIsLost) {
  const CarriedScore score =
      carry(letter(), {.speed_m_per_s = 1, .predicts = false, .says_carrier = false});
  EXPECT_TRUE(score.grasps != 1 || score.releases != 1 || score.lost_ms > 0);
}

}  // namespace
}  // namespace tactus::tools
