// Two hands of one wearer against sampled bones in double precision; a clap is one event for each.
#include "tactus/contact/own_hands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "support/alloc_guard.h"
#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

HandPose pose_hand(Hand hand, float curl_rad, const Pose& T_world_wrist) {
  const HandProfile profile;
  HandAngles angles;
  for (auto& finger : angles.finger) finger = {curl_rad, 0, curl_rad, 0.6f * curl_rad};
  HandPose pose;
  pose.hand = hand;
  pose.origin = PoseOrigin::Measured;
  pose.radius_m = joint_radii(profile);
  pose.T_world_joint = forward_kinematics(profile, hand, angles);
  for (Pose& T : pose.T_world_joint) T = T_world_wrist * T;
  return pose;
}

/// The least distance of skin to skin, below 0 inside, by sampling each pair of bones.
double gap_by_sampling(const HandPose& left, const HandPose& right) {
  constexpr int kSamples = 60;
  const auto between = [](double a, double b, int i) { return a + (b - a) * i / kSamples; };
  double least_m = std::numeric_limits<double>::max();
  for (std::size_t l = index(HandJoint::ThumbMetacarpal); l < index(HandJoint::LittleTip); ++l) {
    for (std::size_t r = index(HandJoint::ThumbMetacarpal); r < index(HandJoint::LittleTip); ++r) {
      const auto is_tip = [](std::size_t j) {
        return std::count(kTipJoints.begin(), kTipJoints.end(), static_cast<HandJoint>(j)) > 0;
      };
      if (is_tip(l) || is_tip(r)) continue;
      const Vec3 a = left.T_world_joint[l].p, b = left.T_world_joint[l + 1].p;
      const Vec3 c = right.T_world_joint[r].p, d = right.T_world_joint[r + 1].p;
      double nearest_m = std::numeric_limits<double>::max(), radii_m = 0;
      for (int i = 0; i <= kSamples; ++i) {
        for (int k = 0; k <= kSamples; ++k) {
          const double x = between(a.x, b.x, i) - between(c.x, d.x, k);
          const double y = between(a.y, b.y, i) - between(c.y, d.y, k);
          const double z = between(a.z, b.z, i) - between(c.z, d.z, k);
          const double distance_m = std::sqrt(x * x + y * y + z * z);
          if (distance_m >= nearest_m) continue;
          nearest_m = distance_m;
          radii_m = between(left.radius_m[l], left.radius_m[l + 1], i) +
                    between(right.radius_m[r], right.radius_m[r + 1], k);
        }
      }
      least_m = std::min(least_m, nearest_m - radii_m);
    }
  }
  return least_m;
}

TEST(OwnHands, DepthIsThatOfTheBonesAndTheirSkin) {
  std::mt19937 random(2);
  std::normal_distribution<float> normal;
  std::uniform_real_distribution<float> curl(0, 1.2f);
  int touched = 0;
  for (int i = 0; i < 40; ++i) {
    const auto somewhere = [&](float spread_m) {
      return Pose{
          exp_rotation({normal(random), normal(random), normal(random)}),
          {spread_m * normal(random), spread_m * normal(random), spread_m * normal(random)}};
    };
    const std::array<HandPose, kHands> hands = {
        pose_hand(Hand::Left, curl(random), somewhere(0.035f)),
        pose_hand(Hand::Right, curl(random), somewhere(0.035f))};
    const double depth_m = -gap_by_sampling(hands[0], hands[1]);
    OwnHandsState state;
    const OwnContacts contacts = touch_own_hands(state, {}, hands, HostTime{1s});
    // Samples are 1.2 mm apart at most and miss at most 0.4 mm of a bone that crosses.
    if (std::fabs(depth_m - kHandsMeet_m) < 0.0004) continue;
    ASSERT_EQ(contacts.size(), depth_m > kHandsMeet_m ? 2u : 0u) << i << " " << depth_m;
    if (contacts.empty()) continue;
    ++touched;
    for (const Contact& contact : contacts) {
      EXPECT_NEAR(contact.depth_m, depth_m, 0.0004);
      EXPECT_EQ(contact.region, contact.hand == Hand::Left ? Region::HandRight : Region::HandLeft);
    }
    EXPECT_LT(length(contacts[0].n_world + contacts[1].n_world), 1e-5f);
  }
  EXPECT_GT(touched, 12);
}

/// Palms face each other across x = 0 and move together and apart.
std::array<HandPose, kHands> palms(float apart_m, float v_m_per_s) {
  std::array<HandPose, kHands> hands;
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    const float outward = hand == Hand::Left ? -1.0f : 1.0f;
    const Pose T_world_wrist{axis_angle({0, 0, 1}, -outward * kPi / 2),
                             {0.5f * outward * apart_m, 1, 0}};
    HandPose& pose = hands[index(hand)];
    pose = pose_hand(hand, 0.05f, T_world_wrist);
    pose.v_world_joint.fill({0.5f * outward * v_m_per_s, 0, 0});
  }
  return hands;
}

TEST(OwnHands, AClapIsOneEventForEachHand) {
  std::mt19937 random(9);
  std::normal_distribution<float> noise(0, 0.0003f);
  OwnHandsState state;
  HostTime t_last;
  int claps = 0;
  for (int ms = 0; ms < 5000; ++ms) {
    const float turn = 2 * kPi * 2.0f * 0.001f * static_cast<float>(ms);  // twice a second
    const float apart_m = 0.07f + 0.06f * std::cos(turn) + noise(random);
    const auto hands = palms(apart_m, -0.06f * 4 * kPi * std::sin(turn));
    const testing::AllocGuard guard;
    const OwnContacts contacts = touch_own_hands(state, {}, hands, HostTime{Duration{1ms} * ms});
    EXPECT_EQ(guard.calls(), 0u);
    if (contacts.empty()) continue;
    ASSERT_EQ(contacts.size(), 2u);
    EXPECT_EQ(contacts[0].t_since, contacts[1].t_since);
    EXPECT_EQ(contacts[0].hand, Hand::Left);
    EXPECT_EQ(contacts[1].hand, Hand::Right);
    if (contacts[0].t_since == t_last) continue;
    t_last = contacts[0].t_since;
    ++claps;
    // Where the sine is when the palms meet: it is known to a tenth.
    EXPECT_NEAR(contacts[0].approach_m_per_s, 0.06f * 4 * kPi * std::fabs(std::sin(turn)), 0.01f);
  }
  EXPECT_EQ(claps, 10);
}

TEST(OwnHands, WhatIsFeltStaysWhereItBegan) {
  OwnHandsState state;
  const auto first = touch_own_hands(state, {}, palms(0.01f, 0), HostTime{1ms});
  ASSERT_EQ(first.size(), 2u);
  auto slid = palms(0.01f, 0);
  for (Pose& T : slid[0].T_world_joint) T.p.z += 0.06f;
  const auto second = touch_own_hands(state, {}, slid, HostTime{2ms});
  ASSERT_EQ(second.size(), 2u);
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    EXPECT_EQ(first[hand].actuator, second[hand].actuator);
  }
  OwnHandsState fresh;
  const auto anew = touch_own_hands(fresh, {}, slid, HostTime{2ms});
  EXPECT_NE(anew[0].actuator, first[0].actuator) << "or sliding proves nothing";
}

TEST(OwnHands, OneHandOrNoneOrOneThatIsNotFiniteTouchesNothing) {
  OwnHandsState state;
  auto hands = palms(0.01f, 0);
  ASSERT_EQ(touch_own_hands(state, {}, hands, HostTime{1ms}).size(), 2u);
  EXPECT_TRUE(touch_own_hands(state, {}, std::span(hands).first(1), HostTime{2ms}).empty());
  EXPECT_FALSE(state.together);
  EXPECT_TRUE(touch_own_hands(state, {}, {}, HostTime{3ms}).empty());
  hands[1].T_world_joint[7].p.y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_TRUE(touch_own_hands(state, {}, hands, HostTime{4ms}).empty());
  hands = palms(0.01f, 0);
  hands[0].origin = PoseOrigin::None;
  EXPECT_TRUE(touch_own_hands(state, {}, hands, HostTime{5ms}).empty());
}

}  // namespace
}  // namespace tactus
