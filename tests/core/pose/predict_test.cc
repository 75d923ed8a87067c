#include "tactus/pose/predict.h"

#include <gtest/gtest.h>

#include "hand_rig.h"

namespace tactus {
namespace {

using testing::errors_of;
using testing::HandRig;
using testing::host;
using testing::LivelyMotion;

HandRig settled(std::uint64_t seed = 21) {
  HandRig rig(seed, Hand::Right, LivelyMotion(seed, Hand::Right, true, 20));
  rig.run_until(5);
  return rig;
}

TEST(Predict, NothingSeenIsNone) {
  const HandPose pose = predict({}, {}, {}, host(1));
  EXPECT_EQ(pose.origin, PoseOrigin::None);
  EXPECT_EQ(pose.t, host(1));
  HandRig rig(21, Hand::Right, LivelyMotion(21, Hand::Right, true, 2));
  rig.tracker_on = false;
  rig.run_until(0.5);
  EXPECT_EQ(rig.now().origin, PoseOrigin::None);  // a glove alone does not know where it is
}

TEST(Predict, ReachesAheadBetterThanHolding) {
  constexpr double kAhead_s = 0.020;
  HandRig rig = settled();
  double predicted_mm = 0, held_mm = 0;
  for (int k = 0; k < 5000; ++k) {
    rig.step();
    const auto later = simulator::true_joints(rig.truth(rig.t_s + kAhead_s));
    predicted_mm +=
        errors_of(predict(rig.state, rig.params, rig.profile, host(rig.t_s + kAhead_s)), later)
            .mean_mm /
        5000;
    held_mm += errors_of(rig.now(), later).mean_mm / 5000;
  }
  std::printf("20 ms ahead: predicted %.2f mm, held %.2f mm\n", predicted_mm, held_mm);
  EXPECT_LT(predicted_mm, 2.0);
  EXPECT_LT(predicted_mm, 0.5 * held_mm);
}

TEST(Predict, LooksBackAsWell) {
  constexpr double kBack_s = 0.010;
  HandRig rig = settled();
  double mean_mm = 0;
  for (int k = 0; k < 2000; ++k) {
    rig.step();
    const HandPose pose = predict(rig.state, rig.params, rig.profile, host(rig.t_s - kBack_s));
    mean_mm += errors_of(pose, simulator::true_joints(rig.truth(rig.t_s - kBack_s))).mean_mm / 2000;
  }
  EXPECT_LT(mean_mm, 2.0);
}

TEST(Predict, VelocitiesAreThoseOfThePosesItself) {
  constexpr float kV_m_per_s = 0.02f;
  constexpr float kOmega_rad_per_s = 0.1f;
  HandRig rig = settled();
  for (int k = 0; k < 20; ++k) {
    rig.run_until(rig.t_s + 0.1);
    const double t = rig.t_s + 0.003;
    const auto at = [&rig](double t_s) {
      return predict(rig.state, rig.params, rig.profile, host(t_s));
    };
    const HandPose before = at(t - 0.002), here = at(t), after = at(t + 0.002);
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      const Vec3 v = 250.0f * (after.T_world_joint[j].p - before.T_world_joint[j].p);
      const Vec3 omega =
          250.0f * log_rotation(after.T_world_joint[j].q * conjugate(before.T_world_joint[j].q));
      EXPECT_LT(length(v - here.v_world_joint[j]), kV_m_per_s) << j;
      EXPECT_LT(length(omega - here.omega_world_joint[j]), kOmega_rad_per_s) << j;
    }
  }
}

TEST(Predict, VelocitiesAreThoseOfTheTrueHand) {
  constexpr double kShare = 0.2;  // of the true velocity that may be missed, rms
  constexpr double kHalf_s = 0.001;
  HandRig rig = settled();
  double v_missed = 0, v_true = 0, omega_missed = 0, omega_true = 0;
  double bend_missed = 0, bend_true = 0;  // of tips against the wrist: the finger filters' alone
  for (int k = 0; k < 3000; ++k) {
    rig.step();
    const HandPose pose = rig.now();
    const auto before = simulator::true_joints(rig.truth(rig.t_s - kHalf_s));
    const auto after = simulator::true_joints(rig.truth(rig.t_s + kHalf_s));
    const auto v_of = [&](std::size_t j) { return 1 / (2 * kHalf_s) * (after[j].p - before[j].p); };
    const auto omega_of = [&](std::size_t j) {
      return 1 / (2 * kHalf_s) * simulator::rotation_vector(after[j].q * conjugate(before[j].q));
    };
    const auto as_true = [](Vec3 a) {
      return simulator::V3d{double(a.x), double(a.y), double(a.z)};
    };
    const std::size_t wrist = index(HandJoint::Wrist);
    const simulator::V3d omega_wrist = as_true(pose.omega_world_joint[wrist]);
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      const simulator::V3d v = as_true(pose.v_world_joint[j]);
      const simulator::V3d omega = as_true(pose.omega_world_joint[j]);
      v_missed += std::pow(norm(v - v_of(j)), 2);
      v_true += std::pow(norm(v_of(j)), 2);
      omega_missed += std::pow(norm(omega - omega_of(j)), 2);
      omega_true += std::pow(norm(omega_of(j)), 2);
      const simulator::V3d bend = omega_of(j) - omega_of(wrist);
      bend_missed += std::pow(norm(omega - omega_wrist - bend), 2);
      bend_true += std::pow(norm(bend), 2);
    }
  }
  const double v = std::sqrt(v_missed / v_true), omega = std::sqrt(omega_missed / omega_true);
  const double bend = std::sqrt(bend_missed / bend_true);
  std::printf("of the true velocity %.3f is missed, of turning %.3f, of the fingers' own %.3f\n", v,
              omega, bend);
  EXPECT_LT(v, kShare);
  EXPECT_LT(omega, kShare);
  EXPECT_LT(bend, kShare);
}

TEST(Predict, DropoutDegradesHonestlyAndHeals) {
  HandRig rig = settled();
  EXPECT_EQ(rig.now().origin, PoseOrigin::Measured);
  rig.tracker_on = false;
  const double lost_s = rig.t_s;
  rig.run_until(lost_s + 0.08);
  EXPECT_EQ(rig.now().origin, PoseOrigin::Predicted);
  EXPECT_LT(rig.errors().mean_mm, 8);  // 0.1 s of inertia alone
  rig.run_until(lost_s + 0.9);
  const HandPose held = rig.now();
  EXPECT_EQ(held.origin, PoseOrigin::Held);
  EXPECT_EQ(length(held.v_world_joint[index(HandJoint::Wrist)]), 0);
  const Vec3 p = held.T_world_joint[index(HandJoint::Wrist)].p;
  rig.run_until(lost_s + 1.3);
  EXPECT_LT(length(rig.now().T_world_joint[index(HandJoint::Wrist)].p - p), 0.03f);  // it turns on
  EXPECT_LT(rig.errors().mean_deg, 8);  // orientation goes on by gyroscope and gravity
  rig.tracker_on = true;
  rig.run_until(lost_s + 1.8);
  EXPECT_EQ(rig.now().origin, PoseOrigin::Measured);
  EXPECT_LT(rig.errors().mean_mm, 3);
}

TEST(Predict, SilentGloveIsHeldToo) {
  HandRig rig = settled();
  rig.glove_on = false;
  rig.run_until(rig.t_s + 0.1);
  EXPECT_EQ(rig.now().origin, PoseOrigin::Predicted);
  rig.run_until(rig.t_s + 0.4);
  const HandPose held = rig.now();
  EXPECT_EQ(held.origin, PoseOrigin::Held);
  for (const Vec3 v : held.v_world_joint) EXPECT_EQ(length(v), 0);
}

TEST(Predict, RecentreNobodyToldOfReanchorsInANewEpoch) {
  HandRig rig = settled();
  const HandPose before = rig.now();
  rig.shift = {0.4f, 0, 0.3f};
  rig.run_until(rig.t_s + 0.2);
  const HandPose after = rig.now();
  EXPECT_EQ(after.epoch, before.epoch + 1);
  const Vec3 moved = after.T_world_joint[index(HandJoint::Wrist)].p -
                     before.T_world_joint[index(HandJoint::Wrist)].p;
  EXPECT_NEAR(length(moved), 0.5f, 0.1f);
  EXPECT_LT(length(after.v_world_joint[index(HandJoint::Wrist)]), 1.0f);  // no impulse of the jump
  rig.run_until(rig.t_s + 0.5);
  rig.shift = {};
  rig.run_until(rig.t_s + 0.5);
  EXPECT_EQ(rig.now().epoch, before.epoch + 2);
  EXPECT_LT(rig.errors().mean_mm, 3);
}

TEST(Predict, FarTimesStopAtTheHorizon) {
  HandRig rig = settled();
  const HandPose far = predict(rig.state, rig.params, rig.profile, host(rig.t_s + 1000));
  EXPECT_EQ(far.origin, PoseOrigin::Held);
  const auto truth = simulator::true_joints(rig.truth(rig.t_s));
  EXPECT_LT(errors_of(far, truth).mean_mm, 100);
  const HandPose past = predict(rig.state, rig.params, rig.profile, host(-1000));
  EXPECT_LT(errors_of(past, truth).mean_mm, 100);
}

}  // namespace
}  // namespace tactus
