// A thing is picked up where it lies, follows the fingers and not only the palm, stays with the hand that
// has it, and goes home when it is let go.
#include "scene/world/carry.h"

#include <gtest/gtest.h>

namespace tactus::scene {
namespace {

constexpr float kFrame_s = 1.0f / 90;
constexpr std::uint32_t kPalm = 0, kThumbTip = 5, kIndexTip = 10;

class CarryTest : public ::testing::Test {
 protected:
  /// Both tips move with the palm, and by `curled` in its frame.
  static CarryingHand hand(const Pose& T_space_palm, bool grasps,
                           const Vec3& curled = Vec3::Zero()) {
    std::array<Pose, kHandJoints> joints;
    for (Pose& joint : joints) joint = T_space_palm;
    joints[kThumbTip] = T_space_palm * Pose{Quat::Identity(), Vec3(0.02f, 0, -0.1f) + curled};
    joints[kIndexTip] = T_space_palm * Pose{Quat::Identity(), Vec3(0.02f, 0.01f, -0.1f) + curled};
    return {joints, grasps, {kThumbTip, kIndexTip}};
  }
  const Carry::Place& step(const CarryingHand& left, const CarryingHand& right) {
    const std::array hands{left, right};
    return carry.step(kFrame_s, hands);
  }
  static void expect_same(const Pose& a, const Pose& b) {
    EXPECT_LT((a.p - b.p).norm(), 1e-5f);
    EXPECT_LT(a.q.angularDistance(b.q), 1e-3f);
  }

  const Pose home{turn(Vec3::UnitY(), 0.3f), Vec3(0.2f, 0.8f, -0.5f)};
  const Pose palm{turn(Vec3::UnitX(), 0.4f), Vec3(0.2f, 0.85f, -0.4f)};
  Carry carry{home};
};

TEST_F(CarryTest, StaysAtHomeUntilItIsGrasped) {
  const Carry::Place& place = step(hand(palm, false), hand(palm, false));
  expect_same(place.T_space_thing, home);
  EXPECT_FALSE(place.in_hand.has_value());
}

TEST_F(CarryTest, IsPickedUpWhereItLiesAndFollowsHandAndFingers) {
  const Pose at_first = step(hand({}, false), hand(palm, true)).T_space_thing;
  expect_same(at_first, home);
  const Pose moved{turn(Vec3::UnitZ(), 1.0f), Vec3(0.1f, 1.2f, -0.3f)};
  const Carry::Place& place = step(hand({}, false), hand(moved, true));
  expect_same(inverse(moved) * place.T_space_thing, inverse(palm) * home);
  ASSERT_TRUE(place.in_hand.has_value());
  EXPECT_EQ(place.in_hand->hand, 1u);
  EXPECT_EQ(place.in_hand->joints, (std::vector<std::uint32_t>{kThumbTip, kIndexTip}));
  const Pose curled = step(hand({}, false), hand(moved, true, {0, -0.02f, 0})).T_space_thing;
  expect_same(inverse(moved) * curled,
              Pose{Quat::Identity(), Vec3(0, -0.02f, 0)} * (inverse(palm) * home));
}

TEST_F(CarryTest, TheHandThatHasItKeepsItAndTheOtherMayTakeItOver) {
  static_cast<void>(step(hand({}, false), hand(palm, true)));
  const Pose other{Quat::Identity(), Vec3(0, 1, 0)};
  EXPECT_EQ(step(hand(other, true), hand(palm, true)).in_hand->hand, 1u);
  const Carry::Place& taken = step(hand(other, true), hand(palm, false));
  EXPECT_EQ(taken.in_hand->hand, 0u);
  expect_same(taken.T_space_thing, home);
}

TEST_F(CarryTest, LetGoItLiesForAMomentAndThenGoesHome) {
  static_cast<void>(step(hand({}, false), hand(palm, true)));
  const Pose away{palm.q, palm.p + Vec3(0.3f, 0.2f, 0)};
  const Pose let_go = step(hand({}, false), hand(away, true)).T_space_thing;
  expect_same(step(hand({}, false), hand(palm, false)).T_space_thing, let_go);
  Pose last;
  for (int frame = 0; frame < 450; ++frame) {
    last = step(hand({}, false), hand(palm, false)).T_space_thing;
  }
  EXPECT_LT((last.p - home.p).norm(), 1e-3f);
}

TEST_F(CarryTest, AHandThatIsLostLetsGo) {
  static_cast<void>(step(hand({}, false), hand(palm, true)));
  const Carry::Place& place = step(hand({}, false), {std::nullopt, true, {kThumbTip}});
  EXPECT_FALSE(place.in_hand.has_value());
  expect_same(place.T_space_thing, home);
}

}  // namespace
}  // namespace tactus::scene
