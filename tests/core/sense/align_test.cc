#include "tactus/sense/align.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <limits>

#include "tactus/simulator/synthetic_link.h"

namespace tactus {
namespace {

constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

HandProfile profile_with_curves() {
  HandProfile profile;
  for (auto& curve : profile.flexion) curve = {-0.5f, 1.5f};
  for (auto& curve : profile.abduction) curve = {0.4f, -0.4f};
  return profile;
}

GloveSample steady_sample() {
  GloveSample sample;
  sample.t = DeviceTime(5s);
  sample.hand = Hand::Right;
  for (auto& imu : sample.imu) imu = {{0.1f, 0.2f, 0.3f}, {0, 9.8f, 0}};
  sample.flexion.fill(0.5f);
  sample.abduction.fill(0.25f);
  return sample;
}

TEST(AlignGlove, AppliesCurvesMountingAndBias) {
  HandProfile profile = profile_with_curves();
  profile.q_segment_imu[3] = axis_angle({0, 0, 1}, 90 * kRadPerDeg);
  profile.gyro_bias_rad_per_s[3] = {0.1f, 0, 0};
  GloveAlignState state;
  const GloveMeasurement m = align(state, profile, steady_sample(), HostTime(70s));
  EXPECT_EQ(m.t, HostTime(70s));
  EXPECT_EQ(m.hand, Hand::Right);
  EXPECT_NEAR(m.flexion_rad[7], 0.5f, 1e-6f);
  EXPECT_NEAR(m.abduction_rad[2], 0.2f, 1e-6f);
  EXPECT_NEAR(m.sigma_flexion_rad, 0.01f, 1e-6f);  // 0.5 % of 2 rad
  // Bias off first, in the unit's axes; then turned: X becomes Y, Y becomes -X.
  EXPECT_NEAR(m.imu[3].gyro_rad_per_s.x, -0.2f, 1e-6f);
  EXPECT_NEAR(m.imu[3].gyro_rad_per_s.y, 0.0f, 1e-6f);
  EXPECT_NEAR(m.imu[3].gyro_rad_per_s.z, 0.3f, 1e-6f);
  EXPECT_NEAR(m.imu[3].accel_m_per_s2.x, -9.8f, 1e-5f);
  EXPECT_NEAR(m.imu[4].accel_m_per_s2.y, 9.8f, 1e-5f);
}

TEST(AlignGlove, ReadsEachTransportsClockAsItIs) {
  const auto error_us = [](Transport transport) {  // std on a link of Bluetooth
    simulator::SyntheticLink link(4, simulator::LinkKind::Ble, {.skew = 35e-6});
    GloveAlignState state{transport, {}};
    double mean = 0, square = 0, n = 0;
    GloveSample sample = steady_sample();
    for (simulator::LinkReport r = link.next(); r.t_true < HostTime(120s); r = link.next()) {
      sample.t = r.t_device;
      const HostTime t = align(state, profile_with_curves(), sample, r.t_arrived).t;
      if (r.t_true < HostTime(15s)) continue;
      const double e_us = 1e-3 * static_cast<double>((t - r.t_true).count());
      mean += e_us;
      square += e_us * e_us;
      ++n;
    }
    return std::sqrt(square / n - mean * mean / n / n);
  };
  const double known_us = error_us(Transport::Bluetooth),
               taken_for_usb_us = error_us(Transport::Usb);
  std::printf("Bluetooth: %.0f us, taken for USB %.0f us\n", known_us, taken_for_usb_us);
  EXPECT_LT(known_us, 0.8 * taken_for_usb_us);
}

TEST(AlignGlove, ImpossibleChannelsComeOutMissing) {
  HandProfile profile = profile_with_curves();
  profile.flexion[5] = {};
  GloveSample sample = steady_sample();
  sample.flexion[0] = kNaN;
  sample.flexion[1] = -0.1f;
  sample.flexion[2] = 1.1f;
  sample.abduction[0] = std::numeric_limits<float>::infinity();
  sample.imu[0].gyro_rad_per_s.y = kNaN;
  sample.imu[1].accel_m_per_s2.z = 1e9f;
  sample.touch_kPa[0] = kNaN;
  sample.touch_kPa[1] = -3;
  GloveAlignState state;
  const GloveMeasurement m = align(state, profile, sample, HostTime(70s));
  for (const int channel : {0, 1, 2, 5}) EXPECT_TRUE(std::isnan(m.flexion_rad[channel])) << channel;
  EXPECT_FALSE(std::isnan(m.flexion_rad[3]));
  EXPECT_TRUE(std::isnan(m.abduction_rad[0]));
  EXPECT_FALSE(is_finite(m.imu[0].gyro_rad_per_s));
  EXPECT_TRUE(is_finite(m.imu[0].accel_m_per_s2));
  EXPECT_FALSE(is_finite(m.imu[1].accel_m_per_s2));
  EXPECT_EQ(m.touch_kPa[0], 0);
  EXPECT_EQ(m.touch_kPa[1], 0);
}

TEST(AlignGlove, SaturatedUnitsComeOutMissing) {
  GloveSample sample = steady_sample();
  sample.imu[2].gyro_rad_per_s.x = -2000 * kRadPerDeg;
  sample.imu[5].accel_m_per_s2.z = 32767.0f / 32768 * 16 * kGravity_m_per_s2;
  sample.imu[6].gyro_rad_per_s.x = 1990 * kRadPerDeg;
  GloveAlignState state;
  const HandProfile profile = profile_with_curves();
  EXPECT_TRUE(is_finite(align(state, profile, sample, HostTime(70s)).imu[2].gyro_rad_per_s));
  sample.status = kSampleSaturated;
  sample.t += 4ms;
  const GloveMeasurement m = align(state, profile, sample, HostTime(70s) + 4ms);
  EXPECT_FALSE(is_finite(m.imu[2].gyro_rad_per_s));
  EXPECT_FALSE(is_finite(m.imu[5].accel_m_per_s2));
  EXPECT_TRUE(is_finite(m.imu[6].gyro_rad_per_s));
}

TEST(AlignTracker, GivesTheWristInWorldAtTheTimeItWasThere) {
  HandProfile profile;
  profile.tracker_latency_s = 0.021f;
  profile.T_wrist_tracker = {axis_angle({0, 1, 0}, 0.3f), {0, 0.03f, 0.02f}};
  const Pose T_world_universe{axis_angle({0, 1, 0}, 1.0f), {1, 0, 2}};
  const Pose T_world_wrist{axis_angle({1, 2, 3}, 0.7f), {0.2f, 1.1f, -0.4f}};
  TrackerSample sample;
  sample.t = DeviceTime(3s);
  sample.tracked = true;
  sample.T_universe_tracker = inverse(T_world_universe) * T_world_wrist * profile.T_wrist_tracker;
  TrackerAlignState state;
  const WristMeasurement m = align(state, profile, T_world_universe, sample, HostTime(9s));
  EXPECT_NEAR(seconds(HostTime(9s) - m.t), 0.021, 1e-6);
  EXPECT_TRUE(m.tracked);
  EXPECT_LT(length(m.T_world_wrist.p - T_world_wrist.p), 1e-6f);
  EXPECT_LT(length(log_rotation(conjugate(m.T_world_wrist.q) * T_world_wrist.q)), 1e-5f);
  EXPECT_GT(m.sigma_m, 0);
  EXPECT_GT(m.sigma_rad, 0);
}

TEST(AlignTracker, ImpossiblePoseIsNotTracked) {
  for (const Pose& wrong : {Pose{{0, 0, 0, 0}, {0, 0, 0}}, Pose{{0, 0, 0, 1}, {kNaN, 0, 0}},
                            Pose{{0, 0, 0, 1}, {1e8f, 0, 0}}, Pose{{3, 0, 0, 1}, {0, 0, 0}}}) {
    TrackerSample sample;
    sample.tracked = true;
    sample.T_universe_tracker = wrong;
    TrackerAlignState state;
    const WristMeasurement m = align(state, HandProfile{}, Pose{}, sample, HostTime(1s));
    EXPECT_FALSE(m.tracked);
    EXPECT_TRUE(is_valid(m.T_world_wrist));
  }
}

}  // namespace
}  // namespace tactus
