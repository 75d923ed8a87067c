// A hug is told from what is felt where trackers tell all of it, else from where the body likely is.
#include "tactus/contact/hug.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <span>

#include "support/shapes.h"

namespace tactus {
namespace {

Contact pushed(Hand hand, Vec3 n_world, std::uint8_t actuator) {
  Contact contact;
  contact.hand = hand;
  contact.n_world = n_world;
  contact.force_N = 5;
  contact.region = Region::Back;
  contact.actuator = actuator;
  return contact;
}

/// All joints at rest and known in the same way.
BodyPose known_by(PoseOrigin origin) {
  BodyPose pose;
  pose.T_world_joint = rest_pose(proportions_of_height(1.75f));
  pose.origin.fill(origin);
  pose.joint_confidence.fill(1);
  return pose;
}

/// What half a second of two palms on a back and a chest against it, as it is felt, comes to while
/// nothing is near to where the wearer likely is.
Hold hug_for_half_a_second(const BodyPose& wearer) {
  const std::array hands{pushed(Hand::Left, {0, 0, -1}, 15), pushed(Hand::Right, {0, 0, -1}, 15)};
  const std::array chest{
      pushed(Hand::Left, {0, 0, 1}, static_cast<std::uint8_t>(GarmentCell::ChestUpper))};
  const auto state = std::make_unique<HugState>();
  Hold hold;
  for (int ms = 0; ms < 500; ++ms) {
    hold = tell_hug(*state, {}, hands, chest, wearer, {}, HostTime{Duration{1ms} * ms});
  }
  return hold;
}

TEST(Hug, IsWhatIsFeltWhereTrackersTellTheBody) {
  const Hold hold = hug_for_half_a_second(known_by(PoseOrigin::Measured));
  EXPECT_TRUE(hold.holds);
  EXPECT_NEAR(hold.force_N, 5, 0.01f);
}

TEST(Hug, IsToldFromWhereASolvedBodyLikelyIs) {
  const Hold hold = hug_for_half_a_second(known_by(PoseOrigin::Filled));
  EXPECT_FALSE(hold.holds);
  EXPECT_EQ(hold.force_N, 0);
}

/// A solved wearer whose palms press a ball from behind, with the ball before the chest or away from it.
class Solved {
 public:
  Hold hold_for(Duration length, float before_chest_m, std::span<const Contact> hands) {
    const Pose T_world_ball{
        {}, wearer_[BodyJoint::Chest].p + Vec3{0.07f, 0.02f, -0.12f - kBall_m - before_chest_m}};
    Hold hold;
    for (const HostTime end = t_ + length; t_ < end; t_ += 1ms) {
      static_cast<void>(skin(model_, t_, std::span(&T_world_ball, 1), frame_));
      const BodyInterval body{&model_, &frame_, &frame_, 1.0f};
      hold = tell_hug(*state_, {}, hands, {}, wearer_, std::span(&body, 1), t_);
    }
    return hold;
  }

 private:
  static constexpr float kBall_m = 0.1f;
  BodyPose wearer_ = known_by(PoseOrigin::Filled);
  static testing::Shape make_back() {
    testing::Shape shape = testing::make_ellipsoid({kBall_m, kBall_m, kBall_m}, 60, 60);
    for (BodyTriangle& triangle : shape.triangles) triangle.region = Region::Back;
    return shape;
  }
  testing::Shape shape_ = make_back();
  BodyModel model_ = build_model(shape_.view());
  DeformedBody frame_{model_};
  std::unique_ptr<HugState> state_ = std::make_unique<HugState>();
  HostTime t_{};
};

TEST(Hug, OfASolvedBodyLastsUntilAnArmOpens) {
  const std::array both{pushed(Hand::Left, {0, 0, -1}, 15), pushed(Hand::Right, {0, 0, -1}, 15)};
  Solved solved;
  EXPECT_FALSE(solved.hold_for(500ms, 0.05f, both).holds) << "the chest is not there yet";
  EXPECT_TRUE(solved.hold_for(500ms, -0.02f, both).holds);
  EXPECT_TRUE(solved.hold_for(1s, 0.10f, both).holds) << "a nod has taken the chest along";
  EXPECT_FALSE(solved.hold_for(400ms, 0.10f, std::span(both).first(1)).holds);
  EXPECT_FALSE(solved.hold_for(500ms, 0.10f, both).holds) << "and so it does not begin again";
}

}  // namespace
}  // namespace tactus
