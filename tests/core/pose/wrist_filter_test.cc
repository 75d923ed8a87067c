#include "tactus/pose/wrist_filter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "tactus/pose/wrist_predict.h"

namespace tactus {
namespace {

constexpr Vec3 kPlace{0, 0.014f, -0.060f};

HostTime at(double t_s) { return HostTime(from_seconds(t_s)); }

WristMeasurement seen(double t_s, const Pose& T_world_wrist) {
  WristMeasurement m;
  m.t = at(t_s);
  m.tracked = true;
  m.T_world_wrist = T_world_wrist;
  m.sigma_m = 0.0005f;
  m.sigma_rad = 0.002f;
  return m;
}

ImuReading resting() { return {{0, 0, 0}, {0, kGravity_m_per_s2, 0}}; }

/// Back and forth along X, the hand level: 10 cm at 1 Hz.
struct Swing {
  static constexpr double kOmega = 2 * 3.14159265358979;
  static double x(double t) { return 0.1 * std::sin(kOmega * t); }
  static double a(double t) { return -kOmega * kOmega * x(t); }
  static ImuReading imu(double t) { return {{}, {float(a(t)), kGravity_m_per_s2, 0}}; }
  static Pose pose(double t) { return {{}, {float(x(t)), 1, 0}}; }
};

double error_mm(const WristFilterState& s, double t) {
  return 1e3 * std::fabs(s.now.p_world_imu[0] - Swing::x(t));
}

/// `late_s` is the tracker's delay; poses are measured every 10 ms.
WristFilterState swung(double until_s, double late_s, WristFilterState s = {}, double from_s = 0) {
  for (int k = int(std::lround(from_s * 250)); k * 0.004 < until_s; ++k) {
    const double t = k * 0.004;
    advance(s, {}, at(t), Swing::imu(t));
    if (k % 3 == 0 && t > late_s) {
      correct(s, {}, kPlace, seen(t - late_s, Swing::pose(t - late_s)));
    }
  }
  return s;
}

TEST(WristFilter, ReplaysInertiaOverTheTrackersDelay) {
  constexpr double kReplayed_mm = 0.5;  // 21 ms at 0.63 m/s would be 13 mm
  const WristFilterState s = swung(3.0, 0.021);
  EXPECT_LT(error_mm(s, seconds(s.now.t.time_since_epoch())), kReplayed_mm);
  EXPECT_EQ(s.rejected, 0u);
  EXPECT_EQ(s.reanchored, 0u);
}

TEST(WristFilter, LearnsHowTheTrackersTimeDiffers) {
  constexpr double kDelay_s = 0.0003;
  // The hand turns to and fro about the unit, up to 3 rad/s.
  const auto yaw = [](double t) { return 0.5 * std::sin(6 * t); };
  const auto pose = [&yaw](double t) {
    const Quat q = axis_angle({0, 1, 0}, float(yaw(t)));
    return Pose{q, rotate(q, -kPlace)};
  };
  WristFilterState s;
  for (int k = 0; k < 2500; ++k) {
    const double t = k * 0.004;
    ImuReading imu = resting();
    imu.gyro_rad_per_s.y = float(3 * std::cos(6 * t));
    advance(s, {}, at(t), imu);
    // It says 21 ms, but the pose is 2 ms older than that.
    if (k % 3 == 0 && t > 0.03) correct(s, {}, kPlace, seen(t - 0.021, pose(t - 0.023)));
  }
  EXPECT_NEAR(s.delay_s, -0.002, kDelay_s);
}

TEST(WristFilter, LearnsTheDelayFromTranslationToo) {
  constexpr double kDelay_s = 0.0005;
  // 10 cm to and fro at 3 Hz: 1.9 m/s, so that 2 ms are 4 mm.
  const auto x = [](double t) { return 0.1 * std::sin(18.85 * t); };
  WristFilterState s;
  for (int k = 0; k < 2500; ++k) {
    const double t = k * 0.004;
    advance(s, {}, at(t), {{}, {float(-18.85 * 18.85 * x(t)), kGravity_m_per_s2, 0}});
    if (k % 3 == 0 && t > 0.03) {
      correct(s, {}, kPlace, seen(t - 0.021, {{}, {float(x(t - 0.023)), 1, 0}}));
    }
  }
  EXPECT_NEAR(s.delay_s, -0.002, kDelay_s);
}

/// The unit's point is swung and the hand turned, about all axes: everything can be seen.
struct Lively {
  Vec3 lever{0.02f, -0.03f, 0.04f};
  static Quat q(double t) {
    return exp_rotation({0.6f * float(std::sin(2.3 * t)), 0.7f * float(std::sin(1.9 * t)),
                         0.8f * float(std::sin(2.7 * t))});
  }
  static Vec3 p(double t) {
    return {float(0.1 * std::sin(5 * t)), float(1 + 0.08 * std::sin(4 * t)),
            float(0.1 * std::cos(6 * t))};
  }
  static ImuReading imu(double t) {
    const Vec3 omega = log_rotation(conjugate(q(t - 5e-3)) * q(t + 5e-3)) * 100.0f;
    const Vec3 a{float(-2.5 * std::sin(5 * t)), float(-1.28 * std::sin(4 * t)),
                 float(-3.6 * std::cos(6 * t))};
    return {omega, rotate(conjugate(q(t)), a + Vec3{0, kGravity_m_per_s2, 0})};
  }
  [[nodiscard]] Pose pose(double t) const { return {q(t), p(t) - rotate(q(t), lever)}; }
};

TEST(WristFilter, FindsPlaceAndOffsetTogether) {
  constexpr double kPlace_m = 0.002;
  constexpr double kOffset_s = 0.001;
  WristFilterParams params;
  params.mounting = 0.03;  // calibrated
  for (const double offset_s : {-0.02, 0.0, 0.03}) {
    const Lively motion;
    WristFilterState s;
    for (int k = 0; k < 5000; ++k) {
      const double t = k * 0.004;
      advance(s, params, at(t), Lively::imu(t));
      if (k % 3 == 0 && t > 0.06) {
        correct(s, params, {}, seen(t - 0.024 + offset_s, motion.pose(t - 0.024)));
      }
    }
    EXPECT_NEAR(s.delay_s, -offset_s, kOffset_s);
    EXPECT_NEAR(s.p_wrist_imu[0], double(motion.lever.x), kPlace_m) << offset_s;
    EXPECT_NEAR(s.p_wrist_imu[1], double(motion.lever.y), kPlace_m) << offset_s;
    EXPECT_NEAR(s.p_wrist_imu[2], double(motion.lever.z), kPlace_m) << offset_s;
    EXPECT_EQ(s.reanchored, 0u);
  }
}

TEST(WristFilter, RestTeachesNoOffset) {
  constexpr double kOffset_s = 0.005;  // of a prior of 20 ms
  constexpr double kStill_m = 3e-4;    // of looks of 0.5 mm
  std::mt19937 random(4);
  std::normal_distribution<float> normal;
  const auto noise = [&](float sigma) {
    return Vec3{sigma * normal(random), sigma * normal(random), sigma * normal(random)};
  };
  WristFilterState s;
  for (int k = 0; k < 5000; ++k) {
    const ImuReading imu = resting();
    advance(s, {}, at(k * 0.004), {noise(0.002f), imu.accel_m_per_s2 + noise(0.05f)});
    if (k % 3 == 0) {
      correct(s, {}, kPlace, seen(k * 0.004, {exp_rotation(noise(0.002f)), noise(0.0005f)}));
    }
  }
  EXPECT_NEAR(s.delay_s, 0, kOffset_s);
  EXPECT_NEAR(s.now.p_world_imu[0], s.p_wrist_imu[0], kStill_m);
  EXPECT_NEAR(s.now.p_world_imu[1], s.p_wrist_imu[1], kStill_m);
}

TEST(WristFilter, ATrackerThatIsWorseThanItSaysIsBelievedLess) {
  constexpr double kWrist_m = 0.003;
  std::mt19937 random(4);
  std::normal_distribution<float> normal;
  WristFilterState s;
  for (int k = 0; k < 2500; ++k) {
    const double t = k * 0.004;
    advance(s, {}, at(t), Swing::imu(t));
    Pose T = Swing::pose(t);
    T.p += 0.0025f * Vec3{normal(random), normal(random), normal(random)};
    if (k % 3 == 0) correct(s, {}, {}, seen(t, T));  // it says 0.5 mm
  }
  EXPECT_EQ(s.reanchored, 0u);
  EXPECT_GT(s.misfit, 5);
  const WristAt wrist = predict(s, {}, at(2499 * 0.004));
  EXPECT_NEAR(double(wrist.T_world_wrist.p.x), Swing::x(2499 * 0.004), kWrist_m);
}

TEST(WristFilter, PositionsAloneTellHeadingThroughAKnownLever) {
  constexpr double kHeading_rad = 0.04;
  // The hand turns to and fro about its unit; the tracker's orientation is wrong and says so.
  const auto q_true = [](double t) { return axis_angle({0, 1, 0}, 0.5f * float(std::sin(9 * t))); };
  const Quat q_wrong = axis_angle({0, 1, 0}, 0.15f);
  WristFilterParams params;
  params.place = 0.001;
  WristFilterState s;
  for (int k = 0; k < 2500; ++k) {
    const double t = k * 0.004;
    ImuReading imu = resting();
    imu.gyro_rad_per_s.y = float(4.5 * std::cos(9 * t));
    advance(s, params, at(t), imu);
    if (k % 3 != 0) continue;
    WristMeasurement m = seen(t, {q_wrong * q_true(t), rotate(q_true(t), -kPlace)});
    m.sigma_rad = k == 0 ? 0.3f : 3.0f;
    correct(s, params, kPlace, m);
  }
  const double t_end = 2499 * 0.004;
  const Quat q{float(s.now.q_world_wrist[0]), float(s.now.q_world_wrist[1]),
               float(s.now.q_world_wrist[2]), float(s.now.q_world_wrist[3])};
  EXPECT_NEAR(log_rotation(conjugate(q_true(t_end)) * q).y, 0, kHeading_rad);
}

TEST(WristFilter, LearnsHowThePalmUnitIsMounted) {
  constexpr double kMounting_rad = 0.01;
  const Quat q_wrist_imu = axis_angle({1, 0.5f, 0.2f}, 0.2f);
  WristFilterState s;
  for (int k = 0; k < 5000; ++k) {
    const double t = k * 0.004;
    // Slow turning about all axes in place.
    const auto tilt = [](double u) {
      return exp_rotation({0.6f * float(std::sin(1.3 * u)), 0.7f * float(std::sin(0.9 * u)),
                           0.8f * float(std::sin(1.7 * u))});
    };
    const Quat q = tilt(t);
    const Vec3 omega = log_rotation(conjugate(tilt(t - 5e-3)) * tilt(t + 5e-3)) * 100.0f;
    const Vec3 up = rotate(conjugate(q), {0, kGravity_m_per_s2, 0});
    const ImuReading turned{rotate(conjugate(q_wrist_imu), omega),
                            rotate(conjugate(q_wrist_imu), up)};
    // The wrist moves so that the unit stands still.
    advance(s, {}, at(t), turned);
    if (k % 3 == 0) correct(s, {}, kPlace, seen(t, {q, rotate(q, -kPlace)}));
  }
  EXPECT_NEAR(s.q_wrist_segment[0], double(q_wrist_imu.x), kMounting_rad);
  EXPECT_NEAR(s.q_wrist_segment[1], double(q_wrist_imu.y), kMounting_rad);
  EXPECT_NEAR(s.q_wrist_segment[2], double(q_wrist_imu.z), kMounting_rad);
}

TEST(WristFilter, ComesToRestWithoutATracker) {
  constexpr double kFurther_m = 0.15;
  WristFilterState s = swung(2.0, 0.021);
  const double lost_at = s.now.p_world_imu[0];
  for (int k = 500; k < 1500; ++k) advance(s, {}, at(k * 0.004), Swing::imu(k * 0.004));
  EXPECT_LT(std::fabs(s.now.p_world_imu[0] - lost_at), kFurther_m);
  EXPECT_LT(std::hypot(s.now.v_world_imu[0], s.now.v_world_imu[1]), 1e-3);
  // And is where the tracker says as soon as it speaks again, without another anchor.
  s = swung(6.5, 0.021, s, 6.0);
  EXPECT_LT(error_mm(s, seconds(s.now.t.time_since_epoch())), 3.0);
}

TEST(WristFilter, OneWildPoseIsRejectedFiveReanchor) {
  WristFilterState s;
  for (int k = 0; k < 500; ++k) {
    advance(s, {}, at(k * 0.004), resting());
    if (k % 3 == 0) correct(s, {}, kPlace, seen(k * 0.004, {{}, {0, 1, 0}}));
  }
  correct(s, {}, kPlace, seen(1.999, {{}, {1, 1, 0}}));
  EXPECT_EQ(s.rejected, 1u);
  EXPECT_NEAR(s.now.p_world_imu[0], 0, 1e-3);
  for (int k = 500; k < 520; ++k) {
    advance(s, {}, at(k * 0.004), resting());
    correct(s, {}, kPlace, seen(k * 0.004 + 0.001, {{}, {1, 1, 0}}));
  }
  EXPECT_EQ(s.reanchored, 1u);
  EXPECT_NEAR(s.now.p_world_imu[0], 1, 1e-3);
}

TEST(WristFilter, OldDoubledAndBrokenInputsAreCountedNotUsed) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  WristFilterState s = swung(1.0, 0.021);
  const WristFilterState before = s;
  advance(s, {}, at(0.5), resting());
  correct(s, {}, kPlace, seen(0.5, Swing::pose(0.5)));
  EXPECT_EQ(s.out_of_order, before.out_of_order + 2);
  advance(s, {}, at(1.1), {{kNaN, 0, 0}, {0, 0, 0}});
  correct(s, {}, kPlace, seen(1.1, {{0, 0, 0, 0}, {0, 0, 0}}));
  WristMeasurement lost = seen(1.1, {{}, {5, 5, 5}});
  lost.tracked = false;
  correct(s, {}, kPlace, lost);
  EXPECT_EQ(s.now.p_world_imu, before.now.p_world_imu);
  EXPECT_EQ(s.at_tracker.t, before.at_tracker.t);
}

TEST(WristFilter, ATrackerAloneIsFollowed) {
  constexpr double kFollowed_mm = 12;  // no inertia: what moves in a frame is not known
  WristFilterState s;
  for (int k = 0; k < 200; ++k) correct(s, {}, kPlace, seen(0.01 * k, Swing::pose(0.01 * k)));
  EXPECT_TRUE(s.anchored);
  EXPECT_LT(error_mm(s, 1.99), kFollowed_mm);
}

}  // namespace
}  // namespace tactus
