// Known turns → what a unit would say → orientation: error in degrees; and inputs that break
// others.
#include "tactus/pose/orientation_filter.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "tactus/simulator/inertial_track.h"

namespace tactus {
namespace {

using simulator::inertial_track;
using simulator::InertialTrack;
using simulator::InertialTrackParams;

constexpr double kTotal_deg = 1.0;
constexpr double kMagnetTotal_deg = 8.0;  ///< 8 uT beside the 18 that point north: up to 24 deg
constexpr double kInclination_deg = 1.0;
constexpr double kTurned_deg = 0.01;  ///< how the unit is put on must not matter
constexpr double kBias_rad_per_s = 0.0015;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Vec3 plain(const simulator::V3d& v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}
Quat plain(const simulator::Q4d& q) {
  return {static_cast<float>(q.x), static_cast<float>(q.y), static_cast<float>(q.z),
          static_cast<float>(q.w)};
}
HostTime at(double t_s) { return HostTime(from_seconds(t_s)); }

struct Rms {
  double total_deg = 0, inclination_deg = 0;
};

/// Error over the samples in motion; `keep` says which samples the filter gets.
template <class Keep>
Rms run(const InertialTrack& track, Keep keep, Quat q_imu_new = {}, bool field = true) {
  OrientationState state;
  const OrientationParams params;
  double total = 0, inclination = 0, count = 0;
  for (std::size_t i = 0; i < track.moving.size(); ++i) {
    if (!keep(i)) continue;
    const auto turned = [&](const simulator::V3d& v) {
      return rotate(conjugate(q_imu_new), plain(v));
    };
    advance(state, params, at(static_cast<double>(i) / track.rate_Hz),
            {turned(track.gyro_rad_per_s[i]), turned(track.accel_m_per_s2[i])},
            field ? turned(track.field_uT[i]) : Vec3{kNaN, 0, 0});
    if (!track.moving[i]) continue;
    const Quat q = q_earth_imu(state, params) * conjugate(plain(track.q_world_imu[i]) * q_imu_new);
    const double w = std::min(1.0f, std::fabs(q.w));
    total += std::pow(2 * std::acos(w), 2);
    inclination += std::pow(2 * std::acos(std::min(1.0, std::hypot(w, double{q.y}))), 2);
    ++count;
  }
  const double deg = 180 / std::numbers::pi;
  return {std::sqrt(total / count) * deg, std::sqrt(inclination / count) * deg};
}

constexpr auto kEvery = [](std::size_t) { return true; };

class OrientationTruth : public ::testing::TestWithParam<std::uint64_t> {};

TEST_P(OrientationTruth, FollowsLivelyMotion) {
  EXPECT_LT(run(inertial_track(GetParam(), {}), kEvery).total_deg, kTotal_deg);
}

TEST_P(OrientationTruth, KeepsInclinationWithoutAMagnetometer) {
  EXPECT_LT(run(inertial_track(GetParam(), {}), kEvery, {}, false).inclination_deg,
            kInclination_deg);
}

TEST_P(OrientationTruth, AMagnetDoesNotTakeItAlong) {
  InertialTrackParams params;
  params.magnet_uT = 8;
  EXPECT_LT(run(inertial_track(GetParam(), params), kEvery).total_deg, kMagnetTotal_deg);
}

TEST_P(OrientationTruth, LostSamplesAndOtherRatesHardlyMatter) {
  const InertialTrack track = inertial_track(GetParam(), {});
  std::mt19937 random(1);
  std::bernoulli_distribution lost(0.02);
  EXPECT_LT(run(track, [&](std::size_t) { return !lost(random); }).total_deg, kTotal_deg);
  InertialTrackParams params;
  params.rate_Hz = 1000;
  EXPECT_LT(run(inertial_track(GetParam(), params), kEvery).total_deg, kTotal_deg);
  params.rate_Hz = 100;
  EXPECT_LT(run(inertial_track(GetParam(), params), kEvery).total_deg, kTotal_deg);
}

TEST_P(OrientationTruth, HowTheUnitIsPutOnDoesNotMatter) {
  const InertialTrack track = inertial_track(GetParam(), {});
  const Quat q_imu_new = axis_angle({1, -2, 0.5f}, 1.9f);
  EXPECT_NEAR(run(track, kEvery, q_imu_new).total_deg, run(track, kEvery).total_deg, kTurned_deg);
}

INSTANTIATE_TEST_SUITE_P(Seeds, OrientationTruth, ::testing::Values(1, 2, 3));

TEST(OrientationFilter, LearnsTheBiasAtRestAndInMotion) {
  for (const double still_s : {30.0, 0.0}) {
    InertialTrackParams params;
    params.still_s = still_s;
    params.rest_s = 0;
    params.gyro_bias_rad_per_s = 0;
    params.length_s = 60;
    const InertialTrack track = inertial_track(4, params);
    const Vec3 bias{0.004f, -0.006f, 0.005f};
    OrientationState state;
    for (std::size_t i = 0; i < track.moving.size(); ++i) {
      advance(state, {}, at(static_cast<double>(i) / track.rate_Hz),
              {plain(track.gyro_rad_per_s[i]) + bias, plain(track.accel_m_per_s2[i])},
              plain(track.field_uT[i]));
    }
    EXPECT_LT(length(state.gyro_errors.bias_rad_per_s - bias), kBias_rad_per_s) << still_s;
  }
}

TEST(OrientationFilter, TheUnitsDelayIsTakenOff) {
  OrientationState state;
  OrientationParams params;
  params.latency_s = 0.01f;
  for (int i = 0; i < 100; ++i) {
    advance(state, params, at(i * 0.004), {{0, 1, 0}, {0, kGravity_m_per_s2, 0}}, {kNaN, 0, 0});
  }
  const Vec3 turned = log_rotation(q_earth_imu(state, params));
  params.latency_s = 0;
  const Vec3 without = log_rotation(q_earth_imu(state, params));
  EXPECT_NEAR(turned.y - without.y, 0.01f, 1e-4f);
}

TEST(OrientationFilter, AFastSwingSampledSeldomIsFollowedBetweenTheSamples) {
  constexpr double kSwing_Hz = 5, kMost_rad_per_s = 10, kChord_deg = 0.1;  // a chord errs by 0.3
  const double pulse = 2 * std::numbers::pi * kSwing_Hz;
  OrientationState state;
  double worst_deg = 0;
  for (int i = 0; i < 200; ++i) {
    const double t_s = 0.01 * i;
    const auto rate = static_cast<float>(kMost_rad_per_s * std::sin(pulse * t_s));
    advance(state, {}, at(t_s), {{0, rate, 0}, {0, kNaN, 0}}, {kNaN, 0, 0});
    const double angle = kMost_rad_per_s / pulse * (1 - std::cos(pulse * t_s));
    const double said =
        2 * std::atan2(double{state.q_inertial_imu.y}, double{state.q_inertial_imu.w});
    worst_deg = std::max(worst_deg, std::fabs(said - angle) * 180 / std::numbers::pi);
  }
  std::printf("swing: %.3f deg\n", worst_deg);
  EXPECT_LT(worst_deg, kChord_deg);
}

TEST(OrientationFilter, ALongSilenceIsNotBridged) {
  OrientationState state;
  const ImuReading turning{{0, 0, 3}, {0, kGravity_m_per_s2, 0}};
  advance(state, {}, at(0), turning, {kNaN, 0, 0});
  advance(state, {}, at(10), turning, {kNaN, 0, 0});
  EXPECT_NEAR(norm(state.q_inertial_imu), 1, 1e-6f);
  EXPECT_EQ(state.q_inertial_imu.z, 0);
}

TEST(OrientationFilter, WhatRunsBackwardsIsLeftOut) {
  OrientationState state;
  const ImuReading turning{{0, 0, 3}, {0, kGravity_m_per_s2, 0}};
  advance(state, {}, at(1), turning, {kNaN, 0, 0});
  advance(state, {}, at(1), turning, {kNaN, 0, 0});
  advance(state, {}, at(0.5), turning, {kNaN, 0, 0});
  EXPECT_EQ(state.left_out, 2u);
  EXPECT_EQ(state.q_inertial_imu.z, 0);
}

TEST(OrientationFilter, AnyBitsGiveAUnitQuaternion) {
  std::mt19937_64 random(5);
  OrientationState state;
  HostTime t{};
  for (int i = 0; i < 200'000; ++i) {
    std::array<float, 9> v;
    for (float& x : v) {
      const auto bits = static_cast<std::uint32_t>(random());
      std::memcpy(&x, &bits, 4);
      if (random() % 2 == 0) x = static_cast<float>(random() % 1000) * 0.03f - 15;
    }
    t += Duration(static_cast<std::int64_t>(random() % 20'000'000) - 1'000'000);
    advance(state, {}, t, {{v[0], v[1], v[2]}, {v[3], v[4], v[5]}}, {v[6], v[7], v[8]});
    const Quat q = q_earth_imu(state, {});
    ASSERT_TRUE(is_finite(q)) << i;
    ASSERT_NEAR(norm(q), 1, 1e-3f) << i;
  }
}

}  // namespace
}  // namespace tactus
