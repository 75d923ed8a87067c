#include "tools/eval/wrist_trial.h"

#include <gtest/gtest.h>

#include <cmath>

#include "tools/eval/constant_velocity.h"

namespace tactus::tools {
namespace {

/// A sensor that turns and swings, whose readings come `late` samples after the truth.
BroadRecording swinging(int late) {
  BroadRecording r;
  r.rate_Hz = 250;
  const auto q = [](double t) {
    return exp_rotation({0.5f * float(std::sin(5 * t)), 0.6f * float(std::sin(4 * t)),
                         0.7f * float(std::sin(3 * t))});
  };
  for (int i = 0; i < 7500; ++i) {
    const double t = i / r.rate_Hz;
    const double felt = (i - late) / r.rate_Hz;
    r.q_earth_sensor.push_back(q(t));
    r.p_earth_sensor.push_back({float(0.1 * std::sin(6 * t)), 0, 1});
    const Vec3 f{float(-3.6 * std::sin(6 * felt)), 0, kGravity_m_per_s2};
    r.accel_m_per_s2.push_back(rotate(conjugate(q(felt)), f));
    r.gyro_rad_per_s.push_back(log_rotation(conjugate(q(felt - 5e-3)) * q(felt + 5e-3)) * 100.0f);
    r.moving.push_back(i > 500);
  }
  return r;
}

TEST(WristTrial, ScoresAGoodFilterWellAndThePeerBadly) {
  const WristTrial trial = try_wrist(swinging(0), {}, 1);
  EXPECT_LT(trial.ours[0].position_rms_mm(), 1.0);
  EXPECT_LT(trial.ours[0].rotation_rms_deg(), 0.3);
  EXPECT_GT(trial.peer[0].position_rms_mm(), 2 * trial.ours[0].position_rms_mm());
  EXPECT_GT(trial.peer[1].rotation_rms_deg(), 2 * trial.ours[1].rotation_rms_deg());
  EXPECT_EQ(trial.reanchored, 0u);
}

TEST(WristTrial, FindsTheDelayThatIsThere) {
  constexpr double kDelay_s = 0.0005;
  const BroadRecording late = swinging(2);
  EXPECT_NEAR(inertial_delay_s(late), 0.008, kDelay_s);
  EXPECT_NEAR(inertial_delay_s(swinging(0)), 0, kDelay_s);
  TrackerModel model;
  model.offset = 15ms;
  EXPECT_NEAR(try_wrist(late, model, 1).delay_20s_s, 0.008 - 0.015, 2 * kDelay_s);
}

TEST(WristTrial, ARecentreIsAnchoredOnce) {
  TrackerModel model;
  model.recentre_at = 15s;
  const WristTrial trial = try_wrist(swinging(0), model, 1);
  EXPECT_EQ(trial.reanchored, 1u);
  EXPECT_LT(trial.ours[0].position_rms_mm(), 1.5);
}

TEST(ConstantVelocity, IsExactForConstantVelocity) {
  ConstantVelocity peer;
  const auto pose = [](double t) {
    return Pose{axis_angle({0, 1, 0}, float(t)), {float(2 * t), 1, 0}};
  };
  for (int k = 0; k < 5; ++k) {
    WristMeasurement m;
    m.t = HostTime(from_seconds(0.01 * k));
    m.T_world_wrist = pose(0.01 * k);
    peer.see(m);
  }
  const Pose T = peer.predict(HostTime(70ms));
  EXPECT_NEAR(T.p.x, pose(0.07).p.x, 1e-5);
  EXPECT_LT(length(log_rotation(conjugate(T.q) * pose(0.07).q)), 1e-5f);
}

}  // namespace
}  // namespace tactus::tools
