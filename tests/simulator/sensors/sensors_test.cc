#include "tactus/simulator/sensors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <numbers>

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;

GloveFaults perfect() {
  GloveFaults f;
  f.gyro_noise_dps = f.gyro_bias_dps = f.gyro_walk_dps = f.gyro_scale = f.gyro_g_dps = 0;
  f.accel_noise_ug = f.accel_bias_mg = f.accel_scale = 0;
  f.mounting_low_deg = f.mounting_high_deg = f.slip_deg_per_min = 0;
  f.hysteresis_low = f.hysteresis_high = f.flexion_noise = 0;
  return f;
}

V3d as_double(Vec3 v) { return {double(v.x), double(v.y), double(v.z)}; }

TrueHand still(double) { return {}; }

/// The wrist turns about its X axis at 1 rad/s; index PIP bends at 2 rad/s.
TrueHand turning(double t) {
  TrueHand hand;
  hand.T_world_wrist = {turn({1, 0, 0}, t), {0, 1, 0}};
  hand.finger[1].middle = 2 * t;
  return hand;
}

TEST(SyntheticGlove, PerfectUnitsFeelGravityAtRest) {
  SyntheticGlove glove(1, Hand::Right, perfect());
  const GloveSample s = glove.sample(still, 1.0);
  const TrueJoints joints = true_joints(still(1.0));
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    EXPECT_EQ(norm(as_double(s.imu[i].gyro_rad_per_s)), 0);
    const V3d up = rotate(conjugate(joints[index(unit_joint(i))].q), V3d{0, 9.80665, 0});
    EXPECT_LT(norm(as_double(s.imu[i].accel_m_per_s2) - up), 0.01) << i;  // LSB 0.005 m/s^2
  }
}

TEST(SyntheticGlove, PerfectUnitsFeelTurningAndItsPull) {
  SyntheticGlove glove(1, Hand::Right, perfect());
  const GloveSample s = glove.sample(turning, 0.3);
  const ImuReading& palm = s.imu[kPalmImu];
  EXPECT_NEAR(palm.gyro_rad_per_s.x, 1, 0.002);
  // Centripetal: towards the axis, omega^2 r of the unit's place.
  const V3d place = unit_place(kPalmImu, still(0));
  const V3d up = rotate(turn({1, 0, 0}, -0.3), V3d{0, 9.80665, 0});
  EXPECT_NEAR(palm.accel_m_per_s2.y, up.y - place.y, 0.01);
  EXPECT_NEAR(palm.accel_m_per_s2.z, up.z - place.z, 0.01);
  // Flexion turns about -X: the middle phalanx turns at 1 - 2 rad/s.
  EXPECT_NEAR(s.imu[inner_imu(Finger::Index)].gyro_rad_per_s.x, -1, 0.01);
  EXPECT_NEAR(s.imu[inner_imu(Finger::Middle)].gyro_rad_per_s.x, 1, 0.01);
}

TEST(SyntheticGlove, PerfectChannelsReadTheAngle) {
  SyntheticGlove glove(1, Hand::Right, perfect());
  const HandProfile& profile = glove.nominal_profile();
  const GloveSample s = glove.sample(turning, 0.3);
  const SensorCurve& curve = profile.flexion[4];
  const double angle = double(curve.at_zero_rad) +
                       double(curve.at_one_rad - curve.at_zero_rad) * double(s.flexion[4]);
  EXPECT_NEAR(angle, 0.6, 1e-4);
}

TEST(SyntheticGlove, FaultsHaveTheSizesStated) {
  GloveFaults faults;
  faults.gyro_g_dps = 0;
  SyntheticGlove glove(2, Hand::Left, faults);
  V3d sum{}, square{};
  double flexion_sum = 0, flexion_square = 0;
  constexpr int kCount = 2000;
  for (int k = 0; k < kCount; ++k) {
    const GloveSample s = glove.sample(still, 0.004 * k);
    const V3d w = (1 / kDeg) * as_double(s.imu[3].gyro_rad_per_s);
    sum = sum + w;
    square = square + V3d{w.x * w.x, w.y * w.y, w.z * w.z};
    flexion_sum += double(s.flexion[2]);
    flexion_square += double(s.flexion[2] * s.flexion[2]);
  }
  const V3d mean = (1.0 / kCount) * sum;
  EXPECT_GT(norm(mean), 0.05);  // turn-on bias, 0.3 dps per axis
  EXPECT_LT(norm(mean), 1.5);
  const double sigma = std::sqrt(square.x / kCount - mean.x * mean.x);
  EXPECT_NEAR(sigma, 0.005 * std::sqrt(250.0), 0.01);  // plus the LSB of 0.061 dps
  const double flexion_mean = flexion_sum / kCount;
  EXPECT_NEAR(std::sqrt(flexion_square / kCount - flexion_mean * flexion_mean), 0.005, 0.0005);
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const double crooked = norm(rotation_vector(glove.true_mounting(i, 0))) / kDeg;
    EXPECT_GE(crooked, 5 - 1e-9);
    EXPECT_LE(crooked, 15 + 1e-9);
    const Q4d slip = conjugate(glove.true_mounting(i, 0)) * glove.true_mounting(i, 120);
    EXPECT_NEAR(norm(rotation_vector(slip)) / kDeg, 2, 1e-6);  // one degree a minute
  }
}

TEST(SyntheticGlove, ChannelsLagAndCreepBack) {
  GloveFaults faults = perfect();
  faults.hysteresis_low = faults.hysteresis_high = 0.05;
  faults.creep_low_s = faults.creep_high_s = 1;
  SyntheticGlove glove(3, Hand::Right, faults);
  const auto bend = [](double t) {
    TrueHand hand;
    hand.finger[1].base_flexion = std::min(t, 0.1) * 10;  // one radian in 0.1 s
    return hand;
  };
  const SensorCurve& curve = glove.nominal_profile().flexion[3];
  const auto read = [&](double t) {
    return double(curve.at_zero_rad) +
           double(curve.at_one_rad - curve.at_zero_rad) * double(glove.sample(bend, t).flexion[3]);
  };
  for (int k = 0; k < 25; ++k) (void)read(0.004 * k);
  EXPECT_NEAR(read(0.1), 1.05, 0.005);
  for (int k = 26; k < 275; ++k) (void)read(0.004 * k);
  EXPECT_NEAR(read(1.1), 1 + 0.05 * std::exp(-1.0), 0.005);
}

TEST(SyntheticGlove, SaturationIsMarked) {
  const auto spin = [](double t) {
    TrueHand hand;
    hand.T_world_wrist.q = turn({0, 1, 0}, 40 * t);  // 2292 degrees a second
    return hand;
  };
  SyntheticGlove glove(4, Hand::Right);
  const GloveSample s = glove.sample(spin, 0.01);
  EXPECT_NE(s.status & kSampleSaturated, 0);
  EXPECT_LE(double(s.imu[0].gyro_rad_per_s.y), 2000 * kDeg + 1e-3);
}

TEST(SyntheticGlove, OneSeedOneSequence) {
  SyntheticGlove a(5, Hand::Right), b(5, Hand::Right), c(6, Hand::Right), d(5, Hand::Left);
  bool other_seed = false, other_hand = false;
  for (int k = 0; k < 50; ++k) {
    const GloveSample x = a.sample(turning, 0.004 * k), y = b.sample(turning, 0.004 * k);
    EXPECT_EQ(std::memcmp(x.imu.data(), y.imu.data(), sizeof x.imu), 0);
    EXPECT_EQ(x.flexion, y.flexion);
    EXPECT_EQ(x.sequence, std::uint32_t(k));
    other_seed |= c.sample(turning, 0.004 * k).flexion != x.flexion;
    other_hand |= d.sample(turning, 0.004 * k).flexion != x.flexion;
  }
  EXPECT_TRUE(other_seed);
  EXPECT_TRUE(other_hand);
}

TEST(SyntheticTracker, SeesTheTrackerInItsUniverse) {
  const Pose3d T_world_universe{turn({0, 1, 0}, 0.5), {1, 0, 0}};
  const Pose3d T_wrist_tracker{turn({1, 0, 0}, 0.2), {0, 0.03, 0}};
  TrackerFaults faults;
  faults.noise_m = faults.noise_deg = faults.gaps_per_s = 0;
  SyntheticTracker tracker(1, Hand::Right, faults, T_world_universe, T_wrist_tracker);
  const TrackerSample s = tracker.sample(turning, 0.4);
  EXPECT_TRUE(s.tracked);
  const Pose& T = s.T_universe_tracker;
  const Pose3d seen =
      T_world_universe *
      Pose3d{{double(T.q.x), double(T.q.y), double(T.q.z), double(T.q.w)}, as_double(T.p)} *
      inverse(T_wrist_tracker);
  EXPECT_LT(norm(seen.p - V3d{0, 1, 0}), 1e-6);
  EXPECT_LT(norm(rotation_vector(conjugate(seen.q) * turn({1, 0, 0}, 0.4))), 1e-5);
  HandProfile profile;
  tracker.describe(profile);
  EXPECT_FLOAT_EQ(profile.tracker_latency_s, 0.021f);
  EXPECT_FLOAT_EQ(profile.T_wrist_tracker.p.y, 0.03f);
}

TEST(SyntheticTracker, NoiseAndGapsHaveTheSizesStated) {
  TrackerFaults faults;
  faults.gaps_per_s = 1;
  SyntheticTracker tracker(2, Hand::Right, faults);
  double square = 0;
  int blind = 0, seen = 0;
  for (int k = 0; k < 9500; ++k) {
    const TrackerSample s = tracker.sample(still, k / 95.0);
    if (!s.tracked) {
      ++blind;
      continue;
    }
    square += double(s.T_universe_tracker.p.x * s.T_universe_tracker.p.x);
    ++seen;
  }
  EXPECT_NEAR(std::sqrt(square / seen), 0.0005, 0.00002);
  EXPECT_NEAR(blind / 9500.0, 0.05, 0.015);  // one gap a second of 20 to 80 ms
}

}  // namespace
}  // namespace tactus::simulator
