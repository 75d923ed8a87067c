// Bodies from the shared history: between, ahead, of one epoch, and none that is no body.
#include "tactus/ipc/body_history.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>

namespace tactus::ipc {
namespace {

constexpr float kTolerance_m = 1e-5f;
constexpr float kTolerance_rad = 1e-4f;

/// A body that turns and moves steadily, each joint in its own way.
BodyPose truth(double t_ms) {
  BodyPose pose;
  pose.t = HostTime(from_seconds(t_ms * 1e-3));
  const auto t_s = static_cast<float>(t_ms * 1e-3);
  for (std::size_t j = 0; j < kBodyJoints; ++j) {
    const auto n = static_cast<float>(j);
    pose.T_world_joint[j] = {axis_angle({1, n, 2}, 0.1f * n + 2 * t_s), {t_s, 0.1f * n, -2 * t_s}};
    pose.origin[j] = PoseOrigin::Measured;
    pose.joint_confidence[j] = 1;
  }
  pose.confidence = 1;
  return pose;
}

class BodyHistoryTest : public ::testing::Test {
 protected:
  void publish_until(double last_ms, double first_ms = 0) {
    for (double t_ms = first_ms; t_ms <= last_ms; t_ms += 4) publish(*history, truth(t_ms));
  }
  bool read_at(double t_ms) { return body_at(*history, HostTime(from_seconds(t_ms * 1e-3)), pose); }
  void expect_true_at(double t_ms) {
    ASSERT_TRUE(read_at(t_ms)) << t_ms;
    const BodyPose expected = truth(t_ms);
    EXPECT_EQ(pose.t, expected.t);
    for (std::size_t j = 0; j < kBodyJoints; ++j) {
      const Pose &a = pose.T_world_joint[j], &b = expected.T_world_joint[j];
      EXPECT_LT(length(a.p - b.p), kTolerance_m) << t_ms << " ms, " << j;
      EXPECT_LT(length(log_rotation(conjugate(a.q) * b.q)), kTolerance_rad) << t_ms << " ms, " << j;
    }
  }
  std::unique_ptr<BodyHistory> history = std::make_unique<BodyHistory>();
  BodyPose pose;
};

TEST_F(BodyHistoryTest, IsInterpolatedThroughMoreThan50ms) {
  publish_until(600);  // more than it holds
  for (double t_ms = 400; t_ms < 600; t_ms += 0.7) expect_true_at(t_ms);
}

TEST_F(BodyHistoryTest, IsCarriedOn100msAndThenHeld) {
  publish_until(100);
  for (const double t_ms : {100.0, 101.0, 140.0, 200.0}) expect_true_at(t_ms);
  const Vec3 last = pose.T_world_joint[3].p;
  ASSERT_TRUE(read_at(500));
  EXPECT_EQ(length(pose.T_world_joint[3].p - last), 0.0f);
}

TEST_F(BodyHistoryTest, OneBodyAloneStaysWhereItIs) {
  publish(*history, truth(10));
  ASSERT_TRUE(read_at(30));
  EXPECT_EQ(length(pose.T_world_joint[3].p - truth(10).T_world_joint[3].p), 0.0f);
}

TEST_F(BodyHistoryTest, NothingIsKnownBeforeIt) {
  EXPECT_FALSE(read_at(5));
  publish_until(100, 40);
  EXPECT_FALSE(read_at(39));
  EXPECT_TRUE(read_at(41));
}

TEST_F(BodyHistoryTest, EpochsAreNeverMixed) {
  publish_until(40);
  for (double t_ms = 44; t_ms <= 60; t_ms += 4) {
    BodyPose moved = truth(t_ms);
    moved.epoch = 1;
    for (Pose& T : moved.T_world_joint) T.p.y += 100;
    publish(*history, moved);
  }
  EXPECT_FALSE(read_at(42));
  for (const double t_ms : {45.0, 59.0, 80.0}) {
    ASSERT_TRUE(read_at(t_ms));
    EXPECT_NEAR(pose.T_world_joint[0].p.y, 100, 1e-3);
  }
}

TEST_F(BodyHistoryTest, WhatIsNoBodyIsRefused) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto expect_refused = [&](const auto& spoil) {
    history = std::make_unique<BodyHistory>();
    publish_until(40);
    BodyPose bad = truth(44);
    spoil(bad);
    publish(*history, bad);
    EXPECT_FALSE(read_at(43));
    EXPECT_FALSE(read_at(50));
  };
  expect_refused([&](BodyPose& bad) { bad.T_world_joint[21].p.z = nan; });
  expect_refused([](BodyPose& bad) { bad.T_world_joint[0].q = {0, 0, 0, 0}; });
  expect_refused([](BodyPose& bad) { bad.origin[7] = static_cast<PoseOrigin>(200); });
  expect_refused([](BodyPose& bad) { bad.joint_confidence[2] = 1.5f; });
  expect_refused([&](BodyPose& bad) { bad.confidence = nan; });
  expect_refused([](BodyPose& bad) { bad.t = HostTime::max(); });
}

TEST(Proportions, ArePersonsOrNone) {
  EXPECT_TRUE(is_sound(proportions_of_height(1.2f)));
  EXPECT_TRUE(is_sound(proportions_of_height(2.1f)));
  EXPECT_FALSE(is_sound(BodyProportions{}));
  BodyProportions bad = proportions_of_height(1.7f);
  bad.thigh_m = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(is_sound(bad));
  bad = proportions_of_height(1.7f);
  bad.p_neck_head.x = 50;
  EXPECT_FALSE(is_sound(bad));
}

}  // namespace
}  // namespace tactus::ipc
