// A unit that says its turns wrongly → what the filter learns of it, in percent and deg/s.
#include "tactus/pose/gyro_errors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "tactus/pose/orientation_filter.h"

namespace tactus {
namespace {

constexpr float kScale = 0.002f;  ///< of a rate of 1, in a gyroscope that has no such error
constexpr double kShareLeft = 0.5;
constexpr double kFound_s = 60;
constexpr float kRestBias_rad_per_s = 0.0003f;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

struct Outcome {
  GyroErrors errors;
  double inclination_rad = 0;  ///< rms, once found
};

/// Five minutes of a unit with these errors, which is spun about axes that wander.
Outcome spin(double seed, Vec3 bias, const std::array<Vec3, 3>& scale,
             const OrientationParams& params) {
  constexpr double kStep_s = 0.004;
  OrientationState state;
  Quat q_world_imu;
  double sum = 0, count = 0;
  for (int i = 0; i * kStep_s < 300; ++i) {
    const double t_s = i * kStep_s;
    const Vec3 rate = 4.0f * normalized(Vec3{static_cast<float>(std::sin(0.9 * t_s + seed)),
                                             static_cast<float>(std::cos(0.61 * t_s - seed)),
                                             static_cast<float>(std::sin(0.43 * t_s + 2 * seed))});
    const Vec3 said = rate + bias + rate.x * scale[0] + rate.y * scale[1] + rate.z * scale[2];
    const Vec3 up = rotate(conjugate(q_world_imu), Vec3{0, 1, 0});
    advance(state, params, HostTime(from_seconds(t_s)), {said, kGravity_m_per_s2 * up},
            {kNaN, 0, 0});
    const Vec3 believed = rotate(conjugate(q_earth_imu(state, params)), Vec3{0, 1, 0});
    if (t_s > kFound_s) {
      sum += dot(believed - up, believed - up);
      ++count;
    }
    q_world_imu = normalized(q_world_imu * exp_rotation(static_cast<float>(kStep_s) * rate));
  }
  return {state.gyro_errors, std::sqrt(sum / count)};
}

class GyroErrorsTruth : public ::testing::TestWithParam<int> {};

TEST_P(GyroErrorsTruth, LearningScaleAndCrookedAxesKeepsUpUp) {
  const Vec3 bias{0.004f, -0.006f, 0.005f};
  const std::array<Vec3, 3> scale = {
      {{0.006f, -0.004f, 0}, {0.003f, -0.005f, 0.004f}, {0, 0.005f, 0.006f}}};
  OrientationParams bias_only;
  bias_only.gyro_errors.scale_sigma = 1e-6f;
  const double with = spin(GetParam(), bias, scale, {}).inclination_rad;
  const double without = spin(GetParam(), bias, scale, bias_only).inclination_rad;
  EXPECT_LT(with, kShareLeft * without) << with << " of " << without << " rad";
}

TEST_P(GyroErrorsTruth, AGoodGyroscopeIsLeftAsItIs) {
  const GyroErrors errors = spin(GetParam(), {}, {}, {}).errors;
  for (const Vec3 column : errors.scale) EXPECT_LT(length(column), kScale);
}

INSTANTIATE_TEST_SUITE_P(Seeds, GyroErrorsTruth, ::testing::Values(1, 2, 3));

TEST(GyroErrors, ARestingUnitSaysItsBias) {
  const GyroErrorParams params;
  GyroErrors errors = begin(params);
  const Vec3 bias{0.01f, -0.02f, 0.005f};
  const float unsure = bias_variance(errors, {0, 1, 0});
  for (int i = 0; i < 3000; ++i) {
    learn(errors, params,
          {.span_s = 0.014f,
           .rows = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
           .gyro_rad_per_s = bias,
           .at_rest = true,
           .rest_rad_per_s = bias});
  }
  EXPECT_LT(length(errors.bias_rad_per_s - bias), kRestBias_rad_per_s);
  EXPECT_LT(bias_variance(errors, {0, 1, 0}), unsure);
  for (const Vec3 column : errors.scale) EXPECT_LT(length(column), kScale);
}

TEST(GyroErrors, WhatIsLearntIsClipped) {
  const GyroErrorParams params;
  GyroErrors errors = begin(params);
  for (int i = 0; i < 100'000; ++i) {
    const float sign = i / 1000 % 2 == 0 ? 1.0f : -1.0f;
    learn(errors, params,
          {.span_s = 0.014f,
           .rows = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
           .gyro_rad_per_s = {30 * sign, -20, 10 * sign},
           .tilt_rad = {-1, 0, 1}});
    ASSERT_TRUE(is_finite(errors.bias_rad_per_s));
    float squared = 0;
    for (const Vec3 column : errors.scale) squared += dot(column, column);
    ASSERT_LE(length(errors.bias_rad_per_s), 1.001f * params.most);
    ASSERT_LE(std::sqrt(squared), 1.001f * params.scale_most);
  }
  EXPECT_GE(bias_variance(errors, {1, 0, 0}), 0);
}

}  // namespace
}  // namespace tactus
