// What a reader makes of holds that another process published: all that is sound of it, nothing else.
#include "tactus/ipc/published_holds.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tactus::ipc {
namespace {

constexpr float kNotANumber = std::numeric_limits<float>::quiet_NaN();

Contact on_chest() {
  Contact contact;
  contact.actuator = static_cast<std::uint8_t>(GarmentCell::ChestUpper);
  contact.region = Region::Back;
  contact.depth_m = 0.01f;
  contact.force_N = 2;
  return contact;
}

struct PublishedHoldsTest : ::testing::Test {
  PublishedHolds read() {
    cell.write(said);
    PublishedHolds holds;
    EXPECT_TRUE(holds_in(cell, holds));
    return holds;
  }
  Cell<PublishedHolds> cell;
  PublishedHolds said;
};

TEST_F(PublishedHoldsTest, NothingIsThereBeforeItIsPublished) {
  PublishedHolds holds;
  EXPECT_FALSE(holds_in(cell, holds));
}

TEST_F(PublishedHoldsTest, WhatIsSoundComesThrough) {
  ASSERT_TRUE(said.wearer.push_back(on_chest()));
  ASSERT_TRUE(said.own.push_back(on_chest()));
  said.t_ns = 5;
  said.grasps[1] = to_published({true, HostTime(3s), 1.5f, 0.25f}, Region::HandLeft, 3);
  said.bodies[3] = {7, 9};
  said.hug = to_published({false, {}, 0.5f, 0.125f}, Region::None);
  const PublishedHolds holds = read();
  EXPECT_EQ(holds.t_ns, 5);
  ASSERT_EQ(holds.wearer.size(), 1u);
  EXPECT_EQ(holds.wearer[0].region, Region::Back);
  EXPECT_EQ(holds.own.size(), 1u);
  EXPECT_EQ(holds.grasps[0].holds, 0);
  EXPECT_EQ(holds.grasps[1].holds, 1);
  EXPECT_EQ(holds.grasps[1].t_since_ns, 3'000'000'000);
  EXPECT_EQ(holds.grasps[1].region, Region::HandLeft);
  EXPECT_EQ(holds.grasps[1].body, 3);
  EXPECT_EQ(holds.grasps[0].body, kNoBody);
  EXPECT_EQ(holds.bodies[3].client, 7u);
  EXPECT_EQ(holds.bodies[3].body, 9u);
  EXPECT_EQ(holds.hug.holds, 0);
  EXPECT_EQ(holds.hug.strength, 0.125f) << "it eases out";
}

TEST_F(PublishedHoldsTest, ContactsThatAreNotSoundAreLeftOut) {
  const auto spoil = [this](auto&& how) {
    Contact contact = on_chest();
    how(contact);
    ASSERT_TRUE(said.wearer.push_back(contact));
  };
  spoil([](Contact& c) { c.actuator = kGarmentActuators; });
  spoil([](Contact& c) { c.hand = static_cast<Hand>(2); });
  spoil([](Contact& c) { c.region = static_cast<Region>(kRegions); });
  spoil([](Contact& c) { c.body = kMaxBodies; });
  spoil([](Contact& c) { c.p_world.y = kNotANumber; });
  spoil([](Contact& c) { c.n_world.z = kNotANumber; });
  spoil([](Contact& c) { c.v_slip_world.x = kNotANumber; });
  spoil([](Contact& c) { c.depth_m = kNotANumber; });
  spoil([](Contact& c) { c.force_N = kNotANumber; });
  ASSERT_TRUE(said.wearer.push_back(on_chest()));
  EXPECT_EQ(read().wearer.size(), 1u);
}

TEST_F(PublishedHoldsTest, AHoldThatIsNotSoundHoldsNothing) {
  const PublishedHold sound = to_published({true, HostTime(3s), 1.5f, 0.25f}, Region::Arm);
  const auto is_dropped = [&](auto&& how) {
    said.hug = sound;
    how(said.hug);
    const PublishedHold hug = read().hug;
    return hug.holds == 0 && hug.force_N == 0 && hug.strength == 0 && hug.t_since_ns == 0;
  };
  EXPECT_FALSE(is_dropped([](PublishedHold&) {}));
  EXPECT_TRUE(is_dropped([](PublishedHold& hold) { hold.holds = 2; }));
  EXPECT_TRUE(is_dropped([](PublishedHold& hold) { hold.force_N = -1; }));
  EXPECT_TRUE(is_dropped([](PublishedHold& hold) { hold.force_N = kNotANumber; }));
  EXPECT_TRUE(is_dropped([](PublishedHold& hold) { hold.strength = 1.5f; }));
  EXPECT_TRUE(is_dropped([](PublishedHold& hold) { hold.strength = kNotANumber; }));
  EXPECT_TRUE(is_dropped([](PublishedHold& hold) { hold.region = static_cast<Region>(200); }));
  EXPECT_TRUE(is_dropped([](PublishedHold& hold) { hold.body = kMaxBodies; }));
}

}  // namespace
}  // namespace tactus::ipc
