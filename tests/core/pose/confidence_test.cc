#include "tactus/pose/confidence.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "glove_trial.h"
#include "tactus/pose/predict.h"

namespace tactus {
namespace {

using testing::as_true;
using testing::GloveTrial;
using testing::in_wrist;
using testing::Worn;

constexpr double kLength_s = 40;

std::array<double, kHandAngles> angles(const simulator::TrueHand& hand) {
  std::array<double, kHandAngles> a{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    const simulator::TrueFinger& finger = hand.finger[f];
    a[4 * f] = finger.base_flexion;
    a[4 * f + 1] = finger.base_abduction;
    a[4 * f + 2] = finger.middle;
    a[4 * f + 3] = finger.distal;
  }
  a[20] = 0.4 * a[1] - 0.3 * a[0] + hand.finger[0].base_axial;
  return a;
}

std::array<double, kHandAngles> angles(const HandAngles& hand) {
  std::array<double, kHandAngles> a{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    const FingerAngles& finger = hand.finger[f];
    a[4 * f] = double(finger.base_flexion_rad);
    a[4 * f + 1] = double(finger.base_abduction_rad);
    a[4 * f + 2] = double(finger.middle_rad);
    a[4 * f + 3] = double(finger.distal_rad);
  }
  a[20] = double(axial_rad(Finger::Thumb, hand.finger[0]));
  return a;
}

/// Means of squares over a trial.
struct Tally {
  std::array<double, kHandAngles> ratio{};
  double tip_ratio = 0;
  double trusted = 0, within = 0;  ///< mean confidence of the tips; share of them that deserved it

  void add(const GloveTrial& trial, double share) {
    const auto T_wrist_joint = trial.joints();
    const HandSigmas sigmas = sigmas_of(trial.state, trial.params, T_wrist_joint);
    const auto said = angles(angles_of(trial.state)), is = angles(trial.now());
    for (std::size_t k = 0; k < kHandAngles; ++k) {
      const double e = said[k] - is[k], s = double(sigmas.angle_rad[k]);
      ratio[k] += share * e * e / (s * s);
    }
    const simulator::TrueJoints joints = simulator::true_joints(trial.now());
    for (const HandJoint tip : kTipJoints) {
      const double s = double(sigmas.joint_m[index(tip)]);
      const double e = norm(in_wrist(joints, tip) - as_true(T_wrist_joint[index(tip)].p));
      tip_ratio += share * e * e / (s * s) / kFingers;
      trusted += share * double(confidence_of(sigmas.joint_m[index(tip)])) / kFingers;
      within += e < double(kTrustedWithin_m) ? share / kFingers : 0;
    }
  }
};

Tally tally_of(Worn worn) {
  constexpr int kHandsTried = 2;
  const double steps = kHandsTried * (kLength_s - GloveTrial::kFlat_s) / GloveTrial::kStep_s;
  Tally tally;
  for (std::uint64_t seed = 1; seed <= kHandsTried; ++seed) {
    const Hand hand = seed % 2 == 1 ? Hand::Right : Hand::Left;
    GloveTrial trial(worn, seed, hand, simulator::Grasping(seed, hand, kLength_s));
    while (trial.t_s < kLength_s) {
      trial.step();
      if (trial.t_s > GloveTrial::kFlat_s) tally.add(trial, 1 / steps);
    }
  }
  return tally;
}

class GlovesConfidence : public ::testing::TestWithParam<Worn> {};

TEST_P(GlovesConfidence, ErrorsAreAsLargeAsSaid) {
  const Tally tally = tally_of(GetParam());
  double all = 0, lowest = 1e9, highest = 0;
  for (std::size_t k = 0; k < kHandAngles; ++k) {
    const double ratio = std::sqrt(tally.ratio[k]);
    all += tally.ratio[k] / double(kHandAngles);
    lowest = std::min(lowest, ratio);
    highest = std::max(highest, ratio);
  }
  std::printf("error over sigma: %.2f (angle by angle %.2f to %.2f), tips %.2f; ", std::sqrt(all),
              lowest, highest, std::sqrt(tally.tip_ratio));
  std::printf("tips are trusted %.2f and right %.2f\n", tally.trusted, tally.within);
  EXPECT_GT(std::sqrt(all), 0.5);
  EXPECT_LT(std::sqrt(all), 2.0);
  EXPECT_GT(lowest, 0.25);
  EXPECT_LT(highest, 3.0);
  EXPECT_GT(std::sqrt(tally.tip_ratio), 0.5);
  EXPECT_LT(std::sqrt(tally.tip_ratio), 2.0);
  EXPECT_NEAR(tally.trusted, tally.within, 0.15);
}

INSTANTIATE_TEST_SUITE_P(Each, GlovesConfidence, ::testing::ValuesIn(testing::kAllWorn));

HandSigmas sigmas_after_a_while(Worn worn) {
  GloveTrial trial(worn, 3, Hand::Right, simulator::Grasping(3, Hand::Right, 15));
  while (trial.t_s < 15) trial.step();
  return sigmas_of(trial.state, trial.params, trial.joints());
}

TEST(Confidence, WhatNoSensorTellsIsLessSureThanWhatOneDoes) {
  const HandSigmas ten = sigmas_after_a_while(Worn::Flex10);
  const HandSigmas five = sigmas_after_a_while(Worn::Flex5);
  const HandSigmas all = sigmas_after_a_while(Worn::Tg1);
  for (std::size_t k = 0; k < kHandAngles; ++k)
    EXPECT_LT(all.angle_rad[k], ten.angle_rad[k] + 0.02f);
  for (std::size_t f = 1; f < kFingers; ++f) {
    EXPECT_GT(ten.angle_rad[4 * f + 3], 4 * ten.angle_rad[4 * f + 2]);  // distal: no channel
    EXPECT_GT(ten.angle_rad[4 * f + 1], 4 * ten.angle_rad[4 * f]);      // nor one of abduction
    EXPECT_GT(five.angle_rad[4 * f], 4 * ten.angle_rad[4 * f]);         // a sum is not its parts
    const std::size_t tip = index(kTipJoints[f]);
    EXPECT_GT(five.joint_m[tip], ten.joint_m[tip]);
    EXPECT_GT(ten.joint_m[tip], all.joint_m[tip]);
  }
}

TEST(Confidence, BeforeAnyReadingThereIsHabit) {
  const HandSigmas none = sigmas_of({}, {}, forward_kinematics({}, Hand::Left, {}));
  for (std::size_t k = 0; k + 1 < kHandAngles; ++k) EXPECT_GT(none.angle_rad[k], 0.1f) << k;
  EXPECT_LT(confidence_of(none.joint_m[index(HandJoint::IndexTip)]), 0.5f);
}

TEST(Confidence, SigmasOfJointsAreThoseOfTheChain) {
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    GloveTrial trial(Worn::Flex5, 4, hand, simulator::Grasping(4, hand, 12));
    while (trial.t_s < 11) trial.step();
    const HandAngles here = angles_of(trial.state);
    const auto T = forward_kinematics(trial.profile, hand, here);
    for (std::size_t f = 0; f < kFingers; ++f) {
      // One angle alone is uncertain: the tip's sigma is how far that angle moves it.
      for (std::size_t k = 0; k < 4; ++k) {
        HandEstimatorState state = trial.state;
        state.finger[f].missing = 0;
        state.finger[f].covariance = {};
        state.finger[f].covariance[kFingerStride * k + k] = 1e-2f;
        HandEstimatorParams params = trial.params;
        params.unmodelled_rad = 0;
        const HandSigmas sigmas = sigmas_of(state, params, T);
        HandAngles moved = here;
        constexpr float kStep_rad = 1e-2f;
        FingerAngles& a = moved.finger[f];
        (k == 0   ? a.base_flexion_rad
         : k == 1 ? a.base_abduction_rad
         : k == 2 ? a.middle_rad
                  : a.distal_rad) += kStep_rad;
        const std::size_t tip = index(kTipJoints[f]);
        const Vec3 d = forward_kinematics(trial.profile, hand, moved)[tip].p - T[tip].p;
        EXPECT_NEAR(sigmas.joint_m[tip], 0.1f / kStep_rad * length(d), 3e-4f) << f << ' ' << k;
      }
    }
  }
}

TEST(Confidence, IsPublishedWithThePose) {
  GloveTrial trial(Worn::Flex10, 5, Hand::Right, simulator::Grasping(5, Hand::Right, 12));
  EXPECT_EQ(predict(trial.state, trial.params, trial.profile, HostTime{}).confidence[5], 0);
  while (trial.t_s < 11) trial.step();
  const HandPose pose =
      predict(trial.state, trial.params, trial.profile, HostTime(from_seconds(trial.t_s)));
  EXPECT_EQ(pose.confidence[index(HandJoint::Wrist)], 1);
  for (const HandJoint tip : kTipJoints) {
    const std::size_t j = index(tip);
    EXPECT_GT(pose.confidence[j], 0);
    EXPECT_LT(pose.confidence[j], pose.confidence[j - 2]);  // habit's joints are less sure
  }
}

}  // namespace
}  // namespace tactus
