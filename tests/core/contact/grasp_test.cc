// Which body a hand grasps: by itself, steadily, until it is let go.
#include "tactus/contact/grasp.h"

#include <gtest/gtest.h>

#include <vector>

namespace tactus {
namespace {

class GraspTest : public ::testing::Test {
 protected:
  GraspTest() {
    for (BodyInterval& body : bodies) body.model = &model;
  }

  static Contact pushed(std::uint8_t body, Vec3 n_world, float force_N,
                        Region region = Region::Thing) {
    Contact contact;
    contact.hand = Hand::Right;
    contact.body = body;
    contact.n_world = n_world;
    contact.force_N = force_N;
    contact.region = region;
    return contact;
  }
  static std::vector<Contact> pinched(std::uint8_t body, float force_N = 1) {
    return {pushed(body, {1, 0, 0}, force_N), pushed(body, {-1, 0, 0}, force_N)};
  }
  /// What is told after the contacts have lasted for `length`.
  Grasp hold(const std::vector<Contact>& contacts, Duration length = 200ms) {
    Grasp told;
    for (Duration passed{}; passed < length; passed += 1ms) {
      told = tell_grasp(state, Hand::Right, contacts, bodies, t += 1ms);
    }
    return told;
  }
  static std::vector<Contact> both(std::vector<Contact> a, const std::vector<Contact>& b) {
    a.insert(a.end(), b.begin(), b.end());
    return a;
  }

  BodyModel model;
  std::array<BodyInterval, kMaxBodies> bodies{};
  GraspState state;
  HostTime t{1s};
};

TEST_F(GraspTest, IsOfTheBodyThatIsPinched) {
  const Grasp grasp = hold(pinched(2));
  EXPECT_TRUE(grasp.holds);
  EXPECT_EQ(grasp.body, 2);
  EXPECT_EQ(grasp.region, Region::Thing);
  EXPECT_NEAR(grasp.force_N, 1, 0.01f);
}

TEST_F(GraspTest, AThumbOnOneBodyAndAPalmOnAnotherHoldNeither) {
  const Grasp grasp = hold({pushed(0, {1, 0, 0}, 3, Region::Arm), pushed(1, {-1, 0, 0}, 3)}, 1s);
  EXPECT_FALSE(grasp.holds);
  EXPECT_EQ(grasp.body, kNoBody);
  EXPECT_EQ(grasp.force_N, 0);
}

TEST_F(GraspTest, StaysWithWhatWasHeldFirstUntilThatIsLetGo) {
  const Grasp first = hold(pinched(1));
  const Grasp still = hold(both(pinched(1), pinched(0, 9)));
  EXPECT_EQ(still.body, 1) << "though the other is pressed harder";
  EXPECT_EQ(still.t_since, first.t_since);
  const Grasp next = hold(pinched(0, 9));
  EXPECT_TRUE(next.holds);
  EXPECT_EQ(next.body, 0);
  EXPECT_GT(next.t_since, first.t_since);
}

TEST_F(GraspTest, TellsWhatItWasWhileItIsLetGo) {
  static_cast<void>(hold(pinched(3)));
  const Grasp opening = hold({}, 60ms);
  EXPECT_TRUE(opening.holds) << "for a dwell";
  EXPECT_EQ(opening.region, Region::Thing);
  const Grasp over = hold({}, 200ms);
  EXPECT_FALSE(over.holds);
  EXPECT_EQ(over.body, 3) << "its strength eases out";
  EXPECT_GT(over.strength, 0);
}

TEST_F(GraspTest, ABodyThatIsTakenAwayIsNotHeld) {
  static_cast<void>(hold(pinched(1)));
  bodies[1] = {};
  EXPECT_EQ(hold(pinched(1), 1ms).body, kNoBody);
  bodies[1].model = &model;
  EXPECT_FALSE(hold(pinched(1), 20ms).holds) << "what comes in its place begins anew";
}

}  // namespace
}  // namespace tactus
