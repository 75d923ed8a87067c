// What counts as held, against a plain search in double precision; and that noise does not toggle it.
#include "tactus/contact/hold.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "tactus/base/garment_layout.h"
#include "tactus/contact/hug.h"
#include "tactus/contact/opposed.h"

namespace tactus {
namespace {

Contact pushed(Hand hand, Vec3 n_world, float force_N, Region region = Region::Back,
               std::uint8_t actuator = 0) {
  Contact contact;
  contact.hand = hand;
  contact.n_world = n_world;
  contact.force_N = force_N;
  contact.region = region;
  contact.actuator = actuator;
  contact.body = 0;
  return contact;
}

/// The most that forces push one way, by trying 40 000 ways; the rest is squeeze.
double squeeze_by_search(const std::vector<Contact>& contacts) {
  double all_N = 0, most_N = 0;
  for (const Contact& contact : contacts) all_N += contact.force_N;
  for (int i = 0; i < 200; ++i) {
    for (int k = 0; k < 200; ++k) {
      const double z = -1 + (i + 0.5) / 100, turn = 2 * M_PI * k / 200, r = std::sqrt(1 - z * z);
      double one_way_N = 0;
      for (const Contact& contact : contacts) {
        const Vec3 n = contact.n_world;
        one_way_N +=
            contact.force_N * (n.x * r * std::cos(turn) + n.y * r * std::sin(turn) + n.z * z);
      }
      most_N = std::max(most_N, one_way_N);
    }
  }
  return (all_N - most_N) / 2;
}

/// Of each force as much as those more than a right angle away push against it, at most all of it.
double opposed_by_pairs(const std::vector<Contact>& contacts) {
  double sum_N = 0;
  for (const Contact& a : contacts) {
    double against_N = 0;
    for (const Contact& b : contacts) {
      const double cosine = double{a.n_world.x} * double{b.n_world.x} +
                            double{a.n_world.y} * double{b.n_world.y} +
                            double{a.n_world.z} * double{b.n_world.z};
      if (cosine < 0) against_N -= cosine * double{b.force_N};
    }
    sum_N += std::min(double{a.force_N}, against_N) / 2;
  }
  return sum_N;
}

TEST(Opposed, APalmOnABalloonGraspsNothingHoweverHardItPresses) {
  std::vector<Contact> palm;
  for (int k = -4; k <= 4; ++k) {
    const float angle = 0.17f * static_cast<float>(k);
    palm.push_back(pushed(Hand::Left, {std::sin(angle), std::cos(angle), 0}, 3));
  }
  EXPECT_GT(squeeze_by_search(palm), 0.5) << "though its patches push against each other";
  EXPECT_EQ(grasp_force(Hand::Left, 0, palm), 0);
  palm.push_back(pushed(Hand::Left, {0, -1, 0}, 2));
  EXPECT_GT(grasp_force(Hand::Left, 0, palm), 1.9f) << "a thumb beneath it";
}

TEST(Opposed, GraspIsWhatPushesAgainstTheRest) {
  EXPECT_FLOAT_EQ(
      grasp_force(Hand::Left, 0,
                  std::vector{pushed(Hand::Left, {1, 0, 0}, 2), pushed(Hand::Left, {-1, 0, 0}, 2)}),
      2);
  std::mt19937 random(3);
  std::normal_distribution<float> normal;
  for (int i = 0; i < 40; ++i) {
    std::vector<Contact> contacts;
    float all_N = 0;
    for (int k = 0; k < 1 + i % 12; ++k) {
      const Vec3 n = normalized(Vec3{normal(random), normal(random), normal(random)});
      contacts.push_back(pushed(Hand::Right, n, std::fabs(normal(random))));
      all_N += contacts.back().force_N;
    }
    // 200 ways around are 1.3 degrees apart at most: the search misses 3e-4 of all.
    EXPECT_NEAR(grasp_force(Hand::Right, 0, contacts),
                std::min(squeeze_by_search(contacts), opposed_by_pairs(contacts)), 5e-4f * all_N);
    EXPECT_EQ(grasp_force(Hand::Left, 0, contacts), 0);
  }
}

TEST(Opposed, ARestingPalmGraspsNothingHoweverFinelyItIsDivided) {
  for (const int patches : {1, 4, 40}) {
    std::vector<Contact> palm;
    for (int k = 0; k < patches; ++k) {
      palm.push_back(pushed(Hand::Left, {0, 1, 0}, 8.0f / static_cast<float>(patches)));
    }
    EXPECT_NEAR(grasp_force(Hand::Left, 0, palm), 0, 1e-5f);
    for (int k = 0; k < patches; ++k) {
      palm.push_back(pushed(Hand::Left, {0, -1, 0}, 3.0f / static_cast<float>(patches)));
    }
    EXPECT_NEAR(grasp_force(Hand::Left, 0, palm), 3, 1e-4f);
  }
}

TEST(Opposed, WhatIsGraspedIsThePartPressedMost) {
  const std::vector contacts{pushed(Hand::Left, {1, 0, 0}, 2, Region::Arm),
                             pushed(Hand::Left, {-1, 0, 0}, 1.5f, Region::HandRight),
                             pushed(Hand::Left, {0, 1, 0}, 1.5f, Region::HandRight),
                             pushed(Hand::Right, {1, 0, 0}, 9, Region::Chest)};
  EXPECT_EQ(most_pressed(Hand::Left, 0, contacts), Region::HandRight);
  EXPECT_EQ(most_pressed(Hand::Right, 0, contacts), Region::Chest);
  EXPECT_EQ(most_pressed(Hand::Right, 0, std::span(contacts).first(3)), Region::None);
}

TEST(Opposed, AHugTakesBothArmsAndTheChestOrEachOther) {
  const auto elbow = static_cast<std::uint8_t>(GarmentCell::ForearmNearElbow);
  const auto chest = static_cast<std::uint8_t>(GarmentCell::ChestUpper);
  const Contact left = pushed(Hand::Left, {0, 0, -1}, 2),
                right = pushed(Hand::Right, {0, 0, -1}, 3);
  const Contact breast = pushed(Hand::Left, {0, 0, 1}, 4, Region::Chest, chest);
  const Contact forearm = pushed(Hand::Right, {0, 0, -1}, 1, Region::Shoulder, elbow);
  const auto hug = [](std::vector<Contact> hands, std::vector<Contact> wearer) {
    return hug_force(hands, wearer);
  };
  EXPECT_FLOAT_EQ(hug({left, right}, {breast}), 2);  // the left arm's
  EXPECT_FLOAT_EQ(hug({left}, {breast, forearm}), 1);
  EXPECT_EQ(hug({left}, {breast}), 0);   // one arm around
  EXPECT_EQ(hug({left, right}, {}), 0);  // hands on a back
  EXPECT_EQ(
      hug({pushed(Hand::Left, {0.6f, 0, -0.8f}, 30), pushed(Hand::Right, {-0.6f, 0, -0.8f}, 30)},
          {}),
      0);                                   // firmly, where it is round
  EXPECT_EQ(hug({}, {breast, breast}), 0);  // leaning on a chest
  EXPECT_EQ(hug({}, {}), 0);
  const Contact held_left = pushed(Hand::Left, {1, 0, 0}, 5, Region::Arm);
  const Contact held_right = pushed(Hand::Right, {-1, 0, 0}, 5, Region::Arm);
  EXPECT_FLOAT_EQ(hug({held_left, held_right}, {}), 5);
  // However hard palms press on the back: forearms that hold the sides do.
  const auto middle = static_cast<std::uint8_t>(GarmentCell::ForearmMiddle);
  EXPECT_FLOAT_EQ(hug({pushed(Hand::Left, {0, 0, -1}, 100), pushed(Hand::Right, {0, 0, -1}, 100)},
                      {pushed(Hand::Left, {1, 0, 0}, 3, Region::Back, middle),
                       pushed(Hand::Right, {-1, 0, 0}, 4, Region::Back, middle)}),
                  3);
  // A face between two hands is held, but is no hug.
  EXPECT_EQ(hug({pushed(Hand::Left, {1, 0, 0}, 5, Region::CheekLeft),
                 pushed(Hand::Right, {-1, 0, 0}, 5, Region::CheekRight)},
                {}),
            0);
  // A body that fades is held less.
  Contact faded = left;
  faded.presence = 0.25f;
  EXPECT_FLOAT_EQ(hug({faded, right}, {breast}), 0.5f);
}

TEST(Hold, NoiseDoesNotToggleIt) {
  std::mt19937 random(5);
  std::normal_distribution<float> noise(0, 0.1f);  // a third of what begins a grasp
  for (int step = 0; step <= 40; ++step) {
    const float level_N = 0.0125f * static_cast<float>(step);
    HoldState state;
    bool last = false;
    int toggles = 0;
    for (int ms = 0; ms < 60'000; ++ms) {
      const Hold hold = follow(state, {}, level_N + noise(random), HostTime{Duration{1ms} * ms});
      toggles += hold.holds != last ? 1 : 0;
      last = hold.holds;
    }
    EXPECT_LE(toggles, 1) << level_N;
    if (level_N < 0.2f || level_N > 0.35f) {
      EXPECT_EQ(last, level_N > 0.35f) << level_N;
    }
  }
}

TEST(Hold, BeginsAfterItsDwellAndEasesInAndOut) {
  for (const HoldParams& params : {HoldParams{}, kHug}) {
    HoldState state;
    float last = 0;
    int begun_ms = 0, ended_ms = 0;
    for (int ms = 1; ms < 4000; ++ms) {
      const float force_N = ms < 2000 ? 2 * params.full_N : 0.0f;
      const HostTime t{Duration{1ms} * ms};
      const Hold hold = follow(state, params, force_N, t);
      if (hold.holds && begun_ms == 0) {
        begun_ms = ms;
        EXPECT_EQ(hold.t_since, t);
      }
      if (begun_ms > 0 && !hold.holds && ended_ms == 0) ended_ms = ms;
      EXPECT_LE(std::fabs(hold.strength - last), 0.001f / params.ease_s + 1e-6f) << ms;
      EXPECT_TRUE(hold.holds || hold.strength <= last) << ms;
      last = hold.strength;
      EXPECT_TRUE(ms != 1999 || last > 0.99f) << last;
    }
    const auto dwell_ms = static_cast<int>(params.begin_dwell / 1ms);
    EXPECT_GE(begun_ms, dwell_ms);
    EXPECT_LE(begun_ms, dwell_ms + 20);
    // From twice the full force to its end the smoothed force falls for some time constants.
    EXPECT_GE(ended_ms - 2000, params.end_dwell / 1ms);
    EXPECT_LE(ended_ms - 2000, params.end_dwell / 1ms + 120);
    EXPECT_LT(last, 0.001f);
  }
}

TEST(Hold, APauseLetsGoAndWhatIsNoForceHoldsNothing) {
  HoldState state;
  HostTime t;
  for (int ms = 0; ms < 500; ++ms) static_cast<void>(follow(state, {}, 5, t += 1ms));
  ASSERT_TRUE(state.holds);
  EXPECT_FALSE(follow(state, {}, 5, t + 101ms).holds);
  for (int ms = 0; ms < 500; ++ms) static_cast<void>(follow(state, {}, 5, t += 1ms));
  ASSERT_TRUE(state.holds);
  EXPECT_FALSE(follow(state, {}, 5, t - 1ms).holds);
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), std::numeric_limits<float>::infinity(), -5.0f}) {
    HoldState fresh;
    for (int ms = 0; ms < 500; ++ms) {
      const Hold hold = follow(fresh, {}, bad, HostTime{Duration{1ms} * ms});
      EXPECT_FALSE(hold.holds);
      EXPECT_EQ(hold.force_N, 0);
    }
  }
}

}  // namespace
}  // namespace tactus
