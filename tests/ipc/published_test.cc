// Hands from the shared history: between, ahead, of one epoch, and never half of two.
#include "tactus/ipc/published.h"

#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <limits>
#include <memory>
#include <thread>

namespace tactus::ipc {
namespace {

constexpr float kTolerance_m = 1e-5f;
constexpr float kTolerance_rad = 1e-4f;

HostTime at_ms(double t_ms) { return HostTime(from_seconds(t_ms * 1e-3)); }

/// A hand that turns and moves steadily, each joint in its own way.
HandPose truth(double t_ms) {
  HandPose pose;
  pose.t = at_ms(t_ms);
  pose.origin = PoseOrigin::Measured;
  const auto t_s = static_cast<float>(t_ms * 1e-3);
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const auto n = static_cast<float>(j);
    pose.v_world_joint[j] = {0.5f, 0.1f * n, -1.5f};
    pose.omega_world_joint[j] = {0.4f * n, -3.0f, 2.0f};
    pose.T_world_joint[j].p = t_s * pose.v_world_joint[j];
    pose.T_world_joint[j].q =
        exp_rotation(t_s * pose.omega_world_joint[j]) * axis_angle({1, n, 2}, 0.2f * n);
    pose.radius_m[j] = 0.01f + 0.0001f * n;
  }
  return pose;
}

class History : public ::testing::Test {
 protected:
  void publish_until(int last_ms, int first_ms = 0, int step_ms = 1) {
    for (int t_ms = first_ms; t_ms <= last_ms; t_ms += step_ms) publish(*published, truth(t_ms));
  }
  void expect_true_at(double t_ms, float tolerance_rad = kTolerance_rad) {
    const HandPose expected = truth(t_ms);
    for (const Parts parts : {Parts::Places, Parts::All}) {
      const HandPose pose = left_at(t_ms, parts);
      EXPECT_NE(pose.origin, PoseOrigin::None);
      EXPECT_EQ(pose.t, expected.t);
      for (std::size_t j = 0; j < kHandJoints; ++j) {
        const Pose& T = pose.T_world_joint[j];
        EXPECT_LT(length(T.p - expected.T_world_joint[j].p), kTolerance_m) << t_ms << " ms, " << j;
        EXPECT_LT(length(log_rotation(conjugate(expected.T_world_joint[j].q) * T.q)), tolerance_rad)
            << t_ms << " ms, " << j;
        EXPECT_EQ(pose.radius_m[j], expected.radius_m[j]);
        if (parts == Parts::Places) continue;
        EXPECT_LT(length(pose.omega_world_joint[j] - expected.omega_world_joint[j]), 1e-5f);
      }
    }
  }
  /// Origin None when nothing is known.
  HandPose left_at(double t_ms, Parts parts) {
    SharedHand hand;
    const bool is_known = hand_at(published->hands[0], at_ms(t_ms), parts, hand);
    return is_known ? to_pose(hand, parts) : HandPose{};
  }
  std::unique_ptr<Published> published = std::make_unique<Published>();
};

TEST_F(History, IsInterpolatedEverywhere) {
  publish_until(300);  // more than it holds
  for (double t_ms = 180; t_ms <= 300; t_ms += 0.3) expect_true_at(t_ms);
}

TEST_F(History, WideGapsAreCrossedOnTheArc) {
  publish_until(90, 0, 30);  // up to 17 degrees apart
  for (double t_ms = 0; t_ms <= 90; t_ms += 3.7) expect_true_at(t_ms);
}

TEST_F(History, IsExtrapolated100msWithItsVelocities) {
  publish_until(20);
  for (const double ahead_ms : {0.5, 20.0, 60.0, 100.0}) expect_true_at(20 + ahead_ms, 2e-4f);
  const HandPose at = left_at(120, Parts::All), later = left_at(500, Parts::All);
  EXPECT_EQ(length(later.T_world_joint[3].p - at.T_world_joint[3].p), 0.0f);
  EXPECT_EQ(at.origin, PoseOrigin::Measured);
  EXPECT_EQ(later.origin, PoseOrigin::Held);
}

TEST_F(History, WhatIsOlderThanItHoldsIsPredicted) {
  publish_until(40, 20);
  EXPECT_EQ(left_at(15, Parts::All).origin, PoseOrigin::Predicted);
  EXPECT_EQ(left_at(25, Parts::All).origin, PoseOrigin::Measured);
}

TEST_F(History, NeighboursAreFoundWhereTicksCameUnevenly) {
  for (int t_ms = 0; t_ms <= 200; t_ms += 1 + t_ms % 7) publish(*published, truth(t_ms));
  for (double t_ms = 0; t_ms <= 200; t_ms += 0.3) expect_true_at(t_ms);
}

TEST_F(History, FastTurnsAreExtrapolatedRightly) {
  HandPose pose = truth(0);
  pose.omega_world_joint.fill({0, 30, 0});  // 3 rad in 100 ms
  publish(*published, pose);
  const HandPose ahead = left_at(100, Parts::Places);
  const Quat expected = exp_rotation({0, 3, 0}) * pose.T_world_joint[4].q;
  EXPECT_LT(length(log_rotation(conjugate(expected) * ahead.T_world_joint[4].q)), kTolerance_rad);
}

TEST_F(History, EpochsAreNeverMixed) {
  publish_until(10);
  for (int t_ms = 11; t_ms <= 20; ++t_ms) {
    HandPose moved = truth(t_ms);
    moved.epoch = 1;
    for (Pose& T : moved.T_world_joint) T.p.y += 100;
    publish(*published, moved);
  }
  for (const double t_ms : {0.5, 5.0, 10.5, 11.5, 19.5, 25.0}) {
    const HandPose pose = left_at(t_ms, Parts::Places);
    EXPECT_EQ(pose.epoch, 1u);
    EXPECT_NEAR(pose.T_world_joint[0].p.y, 100, 0.01) << t_ms;
  }
}

TEST_F(History, NothingIsKnownOfAHandThatWasNeverPublished) {
  publish_until(10);
  SharedHand hand;
  EXPECT_FALSE(hand_at(published->hands[1], at_ms(5), Parts::All, hand));
}

TEST_F(History, UnsoundNumbersAreRefused) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto expect_refused = [&](const auto& spoil) {
    published = std::make_unique<Published>();
    HandPose bad = truth(1);
    spoil(bad);
    publish(*published, truth(0));
    publish(*published, bad);
    for (const double t_ms : {0.5, 3.0}) {
      EXPECT_EQ(left_at(t_ms, Parts::Places).origin, PoseOrigin::None) << t_ms << " ms";
    }
  };
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    expect_refused([&](HandPose& pose) { pose.T_world_joint[j].q = {0, 0, 0, 0}; });
    expect_refused([&](HandPose& pose) { pose.T_world_joint[j].q.x = nan; });
    expect_refused([&](HandPose& pose) { pose.T_world_joint[j].q = {3, 0, 0, 4}; });
    expect_refused([&](HandPose& pose) { pose.T_world_joint[j].p.z = -1 / 0.0f; });
    expect_refused([&](HandPose& pose) { pose.radius_m[j] = 0; });
    expect_refused([&](HandPose& pose) { pose.radius_m[j] = nan; });
  }
  expect_refused([&](HandPose& pose) { pose.origin = PoseOrigin::None; });
  expect_refused([&](HandPose& pose) { pose.origin = static_cast<PoseOrigin>(9); });
}

TEST_F(History, UnsoundVelocitiesAreRefusedWhereTheyAreAskedFor) {
  HandPose bad = truth(1);
  bad.v_world_joint[25].y = std::numeric_limits<float>::infinity();
  publish(*published, truth(0));
  publish(*published, bad);
  EXPECT_EQ(left_at(0.5, Parts::All).origin, PoseOrigin::None);
  EXPECT_EQ(left_at(0.5, Parts::Places).origin, PoseOrigin::Measured);
}

// Each value says one number everywhere: a reader that saw two of them would see it.
TEST(Cell, NoValueIsHalfOfTwo) {
  using Row = std::array<std::uint64_t, 4096>;
  static Cell<Row> cell;  // large, so that the writer laps the reader
  std::atomic<bool> is_done{false};
  std::thread writer([&] {
    Row row;
    for (std::uint64_t n = 1; !is_done; ++n) {
      row.fill(n);
      cell.write(row);
      if (n % 8 == 0) std::this_thread::sleep_for(100us);  // or a slow reader never gets through
    }
  });
  std::uint64_t mixed = 0;
  for (int seen = 0; seen < 5000;) {
    Row row;
    if (!cell.read(row)) continue;
    ++seen;
    for (const std::uint64_t n : row) mixed += n != row[0] ? 1 : 0;
  }
  is_done = true;
  writer.join();
  EXPECT_EQ(mixed, 0u);
}

TEST_F(History, YieldsAreInterpolatedThenFade) {
  const auto moved = [&](double t_ms) {
    return yield_at(published->yields[index(Hand::Right)], at_ms(t_ms)).move_world.y;
  };
  EXPECT_EQ(moved(100), 0) << "nothing was solved";
  ShownYield said;
  said.t_before = at_ms(100);
  said.t = at_ms(110);
  said.yield_before.move_world.y = 0.01f;
  said.yield.move_world.y = 0.02f;
  published->yields[index(Hand::Right)].write(said);
  EXPECT_NEAR(moved(90), 0.01f, 1e-6f);
  EXPECT_NEAR(moved(105), 0.015f, 1e-6f);
  EXPECT_NEAR(moved(110), 0.02f, 1e-6f);
  EXPECT_NEAR(moved(140), 0.02f, 1e-6f);
  EXPECT_NEAR(moved(190), 0.01f, 1e-6f);
  EXPECT_EQ(moved(300), 0);
  EXPECT_EQ(yield_at(published->yields[index(Hand::Left)], at_ms(110)).move_world.y, 0);
}

}  // namespace
}  // namespace tactus::ipc
