#include "tracking.h"

#include <gtest/gtest.h>

#include <limits>

#include "input_script.h"

namespace tactus::runtime {
namespace {

constexpr float kTolerance_m = 1e-5f;
constexpr std::int64_t kStep_ns = 10'000'000;

TrackingSample at(std::int64_t t_ns, Vec3 p, Quat q = {}) {
  TrackingSample sample;
  sample.t_ns = t_ns;
  sample.T_stage[0] = {q, p};
  return sample;
}

TEST(Tracking, KnowsNothingBeforeTheFirstSample) {
  EXPECT_FALSE(TrackingHistory{}.at(Device::Head, 5).active);
}

TEST(Tracking, InterpolatesAndKnowsTheVelocity) {
  TrackingHistory history;
  history.add(at(0, {0, 0, 0}));
  history.add(at(kStep_ns, {0.01f, 0, 0}, axis_angle({0, 1, 0}, 0.02f)));
  const Motion half = history.at(Device::Head, kStep_ns / 2);
  EXPECT_NEAR(half.T_stage.p.x, 0.005f, kTolerance_m);
  EXPECT_NEAR(half.velocity_m_per_s.x, 1.0f, 1e-3f);
  EXPECT_NEAR(half.omega_rad_per_s.y, 2.0f, 1e-2f);
  EXPECT_NEAR(log_rotation(half.T_stage.q).y, 0.01f, 1e-4f);
}

TEST(Tracking, PredictsAtConstantVelocityAndThenStops) {
  TrackingHistory history;
  history.add(at(0, {0, 0, 0}));
  history.add(at(kStep_ns, {0.01f, 0, 0}));
  EXPECT_NEAR(history.at(Device::Head, 3 * kStep_ns).T_stage.p.x, 0.03f, kTolerance_m);
  EXPECT_NEAR(history.at(Device::Head, 3'000'000'000).T_stage.p.x, 0.11f, kTolerance_m)
      << "0.1 s ahead at most";
}

TEST(Tracking, AJumpIsNoVelocity) {
  TrackingHistory history;
  history.add(at(0, {0, 0, 0}));
  history.add(at(kStep_ns, {2, 0, 0}));
  const Motion motion = history.at(Device::Head, 2 * kStep_ns);
  EXPECT_EQ(motion.T_stage.p.x, 2.0f);
  EXPECT_EQ(motion.velocity_m_per_s.x, 0.0f);
}

TEST(Tracking, KeepsTheLastSoundPose) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  TrackingHistory history;
  history.add(at(0, {1, 2, 3}));
  history.add(at(kStep_ns, {kNaN, 0, 0}));
  history.add(at(2 * kStep_ns, {0, 0, 0}, {0, 0, 0, 0}));
  const Motion motion = history.at(Device::Head, 2 * kStep_ns);
  EXPECT_EQ(motion.T_stage.p.x, 1.0f);
  EXPECT_EQ(motion.T_stage.q.w, 1.0f);
}

TEST(Tracking, ASampleOfTheSameTimeReplaces) {
  TrackingHistory history;
  history.add(at(0, {1, 0, 0}));
  history.add(at(0, {2, 0, 0}));
  EXPECT_EQ(history.at(Device::Head, 0).T_stage.p.x, 2.0f);
}

TEST(Tracking, RemembersASecondAfterManySamples) {
  TrackingHistory history;
  for (int i = 0; i < 1000; ++i) {
    history.add(at(i * kStep_ns, {0.001f * static_cast<float>(i), 0, 0}));
  }
  EXPECT_NEAR(history.at(Device::Head, 900 * kStep_ns).T_stage.p.x, 0.9f, kTolerance_m);
  EXPECT_NEAR(history.at(Device::Head, 0).T_stage.p.x, 0.872f, kTolerance_m) << "the oldest kept";
}

TEST(Script, MovesSmoothlyAndSlowly) {
  for (std::int64_t t_ns = 0; t_ns < 30'000'000'000; t_ns += 11'111'111) {
    const TrackingSample a = scripted(t_ns);
    const TrackingSample b = scripted(t_ns + 11'111'111);
    for (std::size_t d = 0; d < kDeviceCount; ++d) {
      EXPECT_TRUE(is_valid(a.T_stage[d]));
      EXPECT_LT(length(b.T_stage[d].p - a.T_stage[d].p), 0.002f) << "m in a frame";
    }
  }
}

TEST(Script, HandsFollowTheSteeredBody) {
  Steering steering;
  steering.yaw_rad = kPi / 2;  // to the left: ahead is -X
  const TrackingSample sample = steered(steering, 0);
  EXPECT_LT(sample.T_stage[1].p.x, -0.3f);
  EXPECT_GT(sample.T_stage[1].p.z, 0.1f) << "the left hand is on the left";
  EXPECT_LT(sample.T_stage[2].p.z, -0.1f);
}

}  // namespace
}  // namespace tactus::runtime
