// A hug is told from what is felt where trackers tell all of it, else from where the body likely is.
#include "tactus/contact/hug.h"

#include <gtest/gtest.h>

#include <array>
#include <memory>

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

}  // namespace
}  // namespace tactus
