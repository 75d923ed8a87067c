// Trackers from the shared history: between, ahead, of one epoch, and none that is no tracker.
#include "tactus/ipc/tracker_history.h"

#include <gtest/gtest.h>

#include <limits>
#include <memory>

namespace tactus::ipc {
namespace {

constexpr float kTolerance_m = 1e-5f;
constexpr float kTolerance_rad = 1e-4f;
constexpr Vec3 kV{1, -2, 0.5f};
constexpr Vec3 kOmega{0, 2, 0};

/// One that turns and moves steadily.
TrackerPose truth(double t_ms) {
  const auto t_s = static_cast<float>(t_ms * 1e-3);
  return {HostTime(from_seconds(t_ms * 1e-3)), 0, 1, {exp_rotation(t_s * kOmega), t_s * kV}};
}

class TrackerHistoryTest : public ::testing::Test {
 protected:
  void publish_until(double last_ms) {
    for (double t_ms = 0; t_ms <= last_ms; t_ms += 10) publish(*history, truth(t_ms));
  }
  bool read_at(double t_ms) {
    return tracker_at(*history, HostTime(from_seconds(t_ms * 1e-3)), at);
  }
  void expect_true_at(double t_ms) {
    ASSERT_TRUE(read_at(t_ms)) << t_ms;
    const Pose& T = truth(t_ms).T_world_tracker;
    EXPECT_LT(length(at.T_world_tracker.p - T.p), kTolerance_m) << t_ms;
    EXPECT_LT(length(log_rotation(conjugate(at.T_world_tracker.q) * T.q)), kTolerance_rad) << t_ms;
    EXPECT_LT(length(at.v_world - kV), 1e-3f) << t_ms;
    EXPECT_LT(length(at.omega_world - kOmega), 1e-3f) << t_ms;
    EXPECT_TRUE(at.is_tracked);
  }
  std::unique_ptr<TrackerHistory> history = std::make_unique<TrackerHistory>();
  TrackerAt at;
};

TEST_F(TrackerHistoryTest, IsInterpolatedThroughMoreThan50ms) {
  publish_until(1000);  // more than it holds
  for (double t_ms = 900; t_ms < 1000; t_ms += 0.7) expect_true_at(t_ms);
}

TEST_F(TrackerHistoryTest, IsCarriedOn100msAndThenHeldStillAndUntracked) {
  publish_until(200);
  for (const double t_ms : {200.0, 201.0, 240.0, 300.0}) expect_true_at(t_ms);
  const Vec3 last = at.T_world_tracker.p;
  ASSERT_TRUE(read_at(500));
  EXPECT_EQ(length(at.T_world_tracker.p - last), 0.0f);
  EXPECT_EQ(length(at.v_world), 0.0f);
  EXPECT_FALSE(at.is_tracked);
}

TEST_F(TrackerHistoryTest, AnotherLinkIsNotInterpolatedWith) {
  publish_until(40);
  TrackerPose moved = truth(50);
  moved.epoch = 1;
  moved.T_world_tracker.p.y += 100;
  publish(*history, moved);
  EXPECT_FALSE(read_at(45));
  ASSERT_TRUE(read_at(60));
  EXPECT_EQ(length(at.T_world_tracker.p - moved.T_world_tracker.p), 0.0f) << "alone it stays";
}

TEST_F(TrackerHistoryTest, WhatItDoesNotSeeIsNotTracked) {
  publish_until(40);
  TrackerPose lost = truth(50);
  lost.tracked = 0;
  publish(*history, lost);
  ASSERT_TRUE(read_at(45));
  EXPECT_FALSE(at.is_tracked);
  ASSERT_TRUE(read_at(35));
  EXPECT_TRUE(at.is_tracked);
}

TEST_F(TrackerHistoryTest, WhatIsNoPoseIsRefused) {
  EXPECT_FALSE(read_at(5)) << "nothing";
  const auto expect_refused = [&](const auto& spoil) {
    history = std::make_unique<TrackerHistory>();
    publish_until(40);
    TrackerPose bad = truth(50);
    spoil(bad);
    publish(*history, bad);
    EXPECT_FALSE(read_at(45));
    EXPECT_FALSE(read_at(60));
  };
  expect_refused(
      [](TrackerPose& bad) { bad.T_world_tracker.p.z = std::numeric_limits<float>::quiet_NaN(); });
  expect_refused([](TrackerPose& bad) { bad.T_world_tracker.q = {0, 0, 0, 0}; });
  expect_refused([](TrackerPose& bad) { bad.t = HostTime::max(); });
}

}  // namespace
}  // namespace tactus::ipc
