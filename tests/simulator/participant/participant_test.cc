// Truth: the participant meets a child whose skin is known, and the judge's own distances say what
// was touched, how fast, how deep, and what was not.
#include "tactus/simulator/participant.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>

#include "model_child.h"
#include "posture.h"
#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kChildZ_m = -0.62;
constexpr double kDeepest_m = 0.012;  // palms on a back are pressed
constexpr double kMostAcceleration_m_per_s2 = 25;
constexpr double kMostSpeed_m_per_s = 1.6;

struct Meeting {
  std::map<Region, double> touched_s;
  double deepest_m = 0;
  double most_acceleration = 0, most_speed = 0;
  std::vector<double> approach_m_per_s;
};

Meeting meet(std::uint64_t seed, double z_m = kChildZ_m) {
  const TrueBody body = model_child();
  const std::vector<Pose3d> bones = offered_bones(body, z_m);
  PosedBody posed;
  posed.pose(body, bones);
  ParticipantParams params;
  params.seed = seed;
  Participant person(params, body);
  Meeting meeting;
  BothHandsTruth before{};
  constexpr double kEvery_s = 0.004;
  while (person.now_s() < person.end_s()) {
    person.step(bones);
    const double t_s = person.now_s();
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      const auto tip = [&](double t) {
        return true_joints(person.hand_at(hand, t))[index(HandJoint::MiddleTip)].p;
      };
      const V3d a = tip(t_s - 1e-3), b = tip(t_s), c = tip(t_s + 1e-3);
      if (t_s < 0.01) continue;
      meeting.most_acceleration = std::max(meeting.most_acceleration, 1e6 * norm(a - 2 * b + c));
      meeting.most_speed = std::max(meeting.most_speed, 500 * norm(c - a));
    }
    if (std::fmod(t_s + 1e-9, kEvery_s) > 1e-6) continue;
    for (const Hand hand : {Hand::Left, Hand::Right}) {
      const HandTruth truth = truth_contacts(posed, person.hand_at(hand, t_s));
      for (std::size_t n = 0; n < kActuators; ++n) {
        const double was_m = before[index(hand)][n].distance_m;
        if (truth[n].depth_m() > 0.001) {
          meeting.touched_s[truth[n].region] += kEvery_s;
        }
        meeting.deepest_m = std::max(meeting.deepest_m, truth[n].depth_m());
        if (truth[n].touching() && was_m >= 0) {
          meeting.approach_m_per_s.push_back((was_m - truth[n].distance_m) / kEvery_s);
        }
      }
      before[index(hand)] = truth;
    }
  }
  return meeting;
}

void expect_all_touched(Meeting& meeting) {
  EXPECT_GT(meeting.touched_s[Region::CheekLeft], 6) << "patch-seconds";
  EXPECT_GT(meeting.touched_s[Region::Hair], 8) << "patch-seconds";
  EXPECT_GT(meeting.touched_s[Region::HandLeft], 3) << "patch-seconds";
  EXPECT_GT(meeting.touched_s[Region::Back], 20) << "patch-seconds";
  EXPECT_LT(meeting.deepest_m, kDeepest_m);
  EXPECT_LT(meeting.most_acceleration, kMostAcceleration_m_per_s2);
  EXPECT_LT(meeting.most_speed, kMostSpeed_m_per_s);
}

TEST(Participant, TouchesCheekHairAndHandCrisply) {
  Meeting meeting = meet(1);
  expect_all_touched(meeting);
  ASSERT_GE(meeting.approach_m_per_s.size(), 20u);
  std::vector<double>& speeds = meeting.approach_m_per_s;
  std::sort(speeds.begin(), speeds.end());
  EXPECT_NEAR(speeds[speeds.size() / 2], 0.25, 0.06);
}

TEST(Participant, FindsHerWhereSheIs) {
  Meeting meeting = meet(2, kChildZ_m + 0.07);
  expect_all_touched(meeting);
}

TEST(Participant, WithoutAnybodyHandsRest) {
  const TrueBody body = model_child();
  Participant person({}, body);
  while (person.now_s() < 8) person.step({});
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    EXPECT_LT(norm(person.hand_at(hand, 8).T_world_wrist.p - V3d{0, 0.78, -0.16}), 0.25);
  }
  const V3d ahead = rotate(person.head_at(8).q, {0, 0, -1});
  EXPECT_LT(ahead.z, -0.99);
}

TEST(Participant, CuesAreHeldAsPromised) {
  Participant person({}, model_child());
  const auto check = [&](const Cue& cue, V3d back_of_right) {
    while (person.now_s() < cue.to_s) {
      person.step({});
      const double t_s = person.now_s();
      if (t_s < cue.from_s) continue;
      for (const Hand hand : {Hand::Left, Hand::Right}) {
        const TrueHand now = person.hand_at(hand, t_s);
        const double side = hand == Hand::Right ? 1 : -1;
        const V3d back{side * back_of_right.x, back_of_right.y, back_of_right.z};
        EXPECT_GT(dot(rotate(now.T_world_wrist.q, {0, 1, 0}), back), std::cos(2 * kDeg)) << t_s;
        EXPECT_LT(rotate(now.T_world_wrist.q, {0, 0, -1}).z, -std::cos(2 * kDeg)) << t_s;
        for (const TrueFinger& f : now.finger) {
          const double bend = std::fabs(f.base_flexion) + std::fabs(f.middle) + std::fabs(f.distal);
          EXPECT_LT(bend, 5 * kDeg);
        }
      }
    }
  };
  check(kPalmsDown, {0, 1, 0});
  check(kThumbsUp, {1, 0, 0});
}

TEST(Participant, OneSeedOneStoryAndAnotherSeedAnother) {
  const TrueBody body = model_child();
  const std::vector<Pose3d> bones = offered_bones(body, kChildZ_m);
  ParticipantParams first, second;
  second.seed = 2;
  Participant a(first, body), b(first, body), c(second, body);
  double apart = 0;
  for (int i = 0; i < 3500; ++i) {
    a.step(bones);
    b.step(bones);
    c.step(bones);
    const V3d p = a.hand_at(Hand::Right, a.now_s()).T_world_wrist.p;
    ASSERT_EQ(norm(p - b.hand_at(Hand::Right, b.now_s()).T_world_wrist.p), 0);
    apart = std::max(apart, norm(p - c.hand_at(Hand::Right, c.now_s()).T_world_wrist.p));
  }
  EXPECT_GT(apart, 0.01);
  EXPECT_NE(a.bones()[2].metacarpal, c.bones()[2].metacarpal);
}

TEST(Participant, WhatIsToldOfATimeNeverChanges) {
  const TrueBody body = model_child();
  const std::vector<Pose3d> bones = offered_bones(body, kChildZ_m);
  Participant person({}, body);
  for (int i = 0; i < 3500; ++i) person.step(bones);
  const double t_s = person.now_s() + 0.003;
  const V3d told = person.hand_at(Hand::Left, t_s).T_world_wrist.p;
  for (int i = 0; i < 90; ++i) person.step(bones);
  EXPECT_EQ(norm(person.hand_at(Hand::Left, t_s).T_world_wrist.p - told), 0);
}

TEST(IdleFingers, AreAsLivelyAsRecordedHandsAndStayWithinLimits) {
  IdleFingers idle(5);
  double sum = 0, across = 0, first_sum = 0, second_sum = 0;
  constexpr int kSamples = 60000;
  double last = idle.at(0, 1)[1].base_flexion;
  for (int i = 1; i < kSamples; ++i) {
    const Fingers fingers = idle.at(i * 1e-3, 1);
    const double speed = (fingers[1].base_flexion - last) / 1e-3 / kDeg;
    last = fingers[1].base_flexion;
    sum += speed * speed;
    const double a = fingers[1].base_flexion - 22 * kDeg, b = fingers[2].base_flexion - 26 * kDeg;
    across += a * b;
    first_sum += a * a;
    second_sum += b * b;
    for (std::size_t f = 1; f < kFingers; ++f) {
      ASSERT_GT(fingers[f].base_flexion, -30 * kDeg);
      ASSERT_LT(fingers[f].base_flexion, 90 * kDeg);
      ASSERT_GT(fingers[f].middle, -5 * kDeg);
      ASSERT_LT(fingers[f].middle, 110 * kDeg);
      ASSERT_GT(fingers[f].distal, -10 * kDeg);
    }
  }
  EXPECT_NEAR(std::sqrt(sum / kSamples), 76, 25) << "deg/s rms of the index MCP";
  EXPECT_NEAR(across / std::sqrt(first_sum * second_sum), 0.88, 0.08) << "adjacent MCPs";
}

}  // namespace
}  // namespace tactus::simulator
