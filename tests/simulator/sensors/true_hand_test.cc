#include "tactus/simulator/true_hand.h"

#include <gtest/gtest.h>

#include <random>

#include "tactus/base/glove_layout.h"
#include "tactus/pose/hand_model.h"

namespace tactus::simulator {
namespace {

constexpr double kSame_m = 2e-6;
constexpr double kSame_rad = 2e-5;

V3d as_double(Vec3 v) { return {double(v.x), double(v.y), double(v.z)}; }
Q4d as_double(Quat q) { return {double(q.x), double(q.y), double(q.z), double(q.w)}; }

// Two authors of one anatomy: where they differ, one of them misread docs/frames.md.
TEST(TrueHand, AgreesWithTheHandModelOfCore) {
  std::mt19937 random(1);
  std::uniform_real_distribution<double> uniform(-1, 1);
  for (int k = 0; k < 200; ++k) {
    TrueHand truth;
    truth.hand = k % 2 == 0 ? Hand::Right : Hand::Left;
    truth.T_world_wrist = {normalized(Q4d{uniform(random), uniform(random), uniform(random), 1}),
                           {uniform(random), uniform(random), uniform(random)}};
    HandProfile profile;
    HandAngles angles;
    const double size = 1 + 0.1 * uniform(random);
    for (std::size_t f = 0; f < kFingers; ++f) {
      TrueFinger& t = truth.finger[f];
      t = {uniform(random), uniform(random), uniform(random), uniform(random)};
      angles.finger[f] = {float(t.base_flexion), float(t.base_abduction), float(t.middle),
                          float(t.distal)};
      TrueBones& b = truth.bones[f];
      b = {size * b.metacarpal, size * b.proximal, size * b.intermediate, size * b.distal};
      profile.bones[f] = {float(b.metacarpal), float(b.proximal), float(b.intermediate),
                          float(b.distal)};
    }
    const TrueJoints joints = true_joints(truth);
    const auto T_wrist_joint = forward_kinematics(profile, truth.hand, angles);
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      const V3d p = truth.T_world_wrist * as_double(T_wrist_joint[j].p);
      const Q4d q = truth.T_world_wrist.q * as_double(T_wrist_joint[j].q);
      EXPECT_LT(norm(p - joints[j].p), kSame_m) << j;
      EXPECT_LT(norm(rotation_vector(conjugate(q) * joints[j].q)), kSame_rad) << j;
    }
    const auto sites = true_sites(truth, joints);
    ASSERT_EQ(sites.size(), kActuators);
    for (std::size_t i = 0; i < kActuators; ++i) {
      const ActuatorSite& site = kActuatorSites[i];
      const Pose3d& joint = joints[index(site.joint)];
      EXPECT_LT(norm(sites[i].p_world - joint * (size * as_double(site.p_joint))), kSame_m) << i;
      EXPECT_NEAR(sites[i].radius_m, size * double(site.radius_m), kSame_m) << i;
    }
  }
}

TEST(TrueHand, RightThumbIsOnTheLeftOfAPalmDownHand) {
  TrueHand hand;
  const auto right = true_joints(hand);
  EXPECT_LT(right[index(HandJoint::ThumbTip)].p.x, -0.03);
  EXPECT_NEAR(right[index(HandJoint::MiddleTip)].p.z, -0.1889, 1e-9);
  hand.hand = Hand::Left;
  EXPECT_GT(true_joints(hand)[index(HandJoint::ThumbTip)].p.x, 0.03);
}

TEST(Math3d, RotationsAgreeWithCores) {
  std::mt19937 random(2);
  std::normal_distribution<double> normal;
  for (int k = 0; k < 100; ++k) {
    const V3d axis{normal(random), normal(random), normal(random)};
    const double angle = 3 * std::tanh(normal(random));
    const V3d v{normal(random), normal(random), normal(random)};
    const Quat q = axis_angle({float(axis.x), float(axis.y), float(axis.z)}, float(angle));
    const Vec3 ours = rotate(q, Vec3{float(v.x), float(v.y), float(v.z)});
    EXPECT_LT(norm(rotate(turn(axis, angle), v) - as_double(ours)), 1e-5);
    const V3d back = rotation_vector(turn(axis, angle));
    EXPECT_LT(norm(back - angle * normalized(axis)), 1e-9);
    const Q4d a = turn(axis, angle), b = turn(v, 1.0);
    EXPECT_LT(norm(rotation_vector(conjugate(between(a, b, 1.0)) * b)), 1e-9);
    EXPECT_LT(norm(rotate(a * b, v) - rotate(a, rotate(b, v))), 1e-12);
  }
}

}  // namespace
}  // namespace tactus::simulator
