#include "tactus/pose/wrist_predict.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tactus {
namespace {

HostTime at(double t_s) { return HostTime(from_seconds(t_s)); }

/// Turning and swinging about the upright axis, 0.6 rad and 10 cm at 1.5 Hz; the unit is the wrist.
struct Motion {
  static constexpr double kRate = 2 * 3.14159265358979 * 1.5;
  static Pose pose(double t) {
    return {axis_angle({0, 1, 0}, float(0.6 * std::sin(kRate * t))),
            {float(0.1 * std::cos(kRate * t)), 1, 0}};
  }
  static ImuReading imu(double t) {
    const Vec3 f{float(-0.1 * kRate * kRate * std::cos(kRate * t)), kGravity_m_per_s2, 0};
    return {{0, float(0.6 * kRate * std::cos(kRate * t)), 0}, rotate(conjugate(pose(t).q), f)};
  }
};

WristFilterState followed(double until_s, double stamped_late_s = 0) {
  WristFilterState state;
  for (int k = 0; k * 0.004 < until_s; ++k) {
    const double t = k * 0.004;
    advance(state, {}, at(t), Motion::imu(t));
    if (k % 3 != 0 || t < 0.1) continue;
    WristMeasurement m;
    m.t = at(t - 0.02 + stamped_late_s);
    m.tracked = true;
    m.T_world_wrist = Motion::pose(t - 0.02);
    m.sigma_m = 0.0005f;
    m.sigma_rad = 0.002f;
    correct(state, {}, {}, m);
  }
  return state;
}

double error_mm(const WristAt& wrist, double t) {
  return 1e3 * double(length(wrist.T_world_wrist.p - Motion::pose(t).p));
}
double error_deg(const WristAt& wrist, double t) {
  return double(length(log_rotation(conjugate(Motion::pose(t).q) * wrist.T_world_wrist.q)) /
                kRadPerDeg);
}

TEST(WristPredict, ReachesAheadByDerivatives) {
  const WristFilterState state = followed(5);
  const double now_s = seconds(state.now.t.time_since_epoch());
  for (const double ahead_s : {0.0, 0.01, 0.03}) {
    const WristAt wrist = predict(state, {}, at(now_s + ahead_s));
    EXPECT_LT(error_mm(wrist, now_s + ahead_s), 1 + 30 * ahead_s);     // 0.9 m/s: 28 mm in 30 ms
    EXPECT_LT(error_deg(wrist, now_s + ahead_s), 0.3 + 15 * ahead_s);  // 320 deg/s
  }
}

TEST(WristPredict, AnswersOnTheTrackersClock) {
  constexpr double kLate_s = 0.01;
  const WristFilterState state = followed(20, kLate_s);
  const double now_s = seconds(state.now.t.time_since_epoch());
  // Stamps are 10 ms late: at what it calls now + 10 ms the wrist is where it truly is now.
  const WristAt wrist = predict(state, {}, at(now_s + kLate_s));
  EXPECT_LT(error_mm(wrist, now_s), 1.5);
  EXPECT_LT(error_deg(wrist, now_s), 0.5);
}

TEST(WristPredict, VelocitiesAreTheSlopeOfThePoses) {
  constexpr float kSpeed_m_per_s = 0.1f;
  constexpr float kRate_rad_per_s = 0.5f;
  const WristFilterState state = followed(5);
  const HostTime t = state.now.t + 10ms;
  const WristAt before = predict(state, {}, t - 1ms);
  const WristAt wrist = predict(state, {}, t);
  const WristAt after = predict(state, {}, t + 1ms);
  EXPECT_LT(length(500.0f * (after.T_world_wrist.p - before.T_world_wrist.p) - wrist.v_world),
            kSpeed_m_per_s);
  const Vec3 turned = log_rotation(after.T_world_wrist.q * conjugate(before.T_world_wrist.q));
  EXPECT_LT(length(500.0f * turned - wrist.omega_world), kRate_rad_per_s);
}

TEST(WristPredict, ReachesNoFurtherThanItsHorizon) {
  const WristFilterState state = followed(5);
  const WristAt far = predict(state, {}, state.now.t + 10s);
  const WristAt horizon = predict(state, {}, state.now.t + 150ms);
  EXPECT_EQ(far.T_world_wrist.p.x, horizon.T_world_wrist.p.x);
  EXPECT_TRUE(is_finite(predict(WristFilterState{}, {}, at(3)).T_world_wrist));
}

}  // namespace
}  // namespace tactus
