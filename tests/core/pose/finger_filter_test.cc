#include "tactus/pose/finger_filter.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

#include "finger_chain.h"
#include "tactus/pose/mounting.h"

namespace tactus {
namespace {

using Angles = std::array<double, 4>;

constexpr double kDerivative = 1e-6;

Angles random_angles(std::mt19937& random, double size) {
  std::normal_distribution<double> normal(0, size);
  return {normal(random), normal(random), normal(random), normal(random)};
}

class FingerChain : public ::testing::TestWithParam<int> {
 protected:
  const HandProfile profile;
  const Finger finger = Finger(GetParam());
  const FingerGeometry geometry = finger_geometry(profile, finger);
};

TEST_P(FingerChain, AgreesWithTheHandModel) {
  std::mt19937 random(1);
  for (int k = 0; k < 20; ++k) {
    const Angles a = random_angles(random, 0.5);
    HandAngles angles;
    angles.finger[index(finger)] = {float(a[0]), float(a[1]), float(a[2]), float(a[3])};
    const auto T = forward_kinematics(profile, Hand::Right, angles);
    const Chain c = chain(geometry, axes_of(finger, a, {}));
    for (std::size_t u = 0; u < 2; ++u) {
      const std::size_t unit = (u == 0 ? inner_imu(finger) : distal_imu(finger));
      const Vec3 p = T[index(unit_joint(unit))] * unit_place(profile, unit);
      EXPECT_LT((c.p_wrist_unit[u] - vector(p)).norm(), 1e-6);
      EXPECT_LT(log_so3(Quaterniond(c.R_wrist_segment[u + 1]).conjugate() *
                        rotation(T[index(unit_joint(unit))].q))
                    .norm(),
                1e-5);
    }
  }
}

TEST_P(FingerChain, DerivativesAreThoseOfDifferences) {
  std::mt19937 random(2);
  for (int k = 0; k < 20; ++k) {
    const Angles a = random_angles(random, 0.5);
    const Angles rate = random_angles(random, 2);
    const Vector3d v(0.3, -1.2, 0.7);
    const auto both = [&](const Angles& angle, const Angles& r) {
      const Axes axes = axes_of(finger, angle, r);
      const Carried base = carry_to_base(geometry, axes, Carry::AngularVelocity, v);
      const Carried inner = carry_to_inner(base, axes, Carry::AngularVelocity);
      return std::array<Carried, 2>{inner, carry_to_distal(inner, axes, Carry::AngularVelocity)};
    };
    const auto here = both(a, rate);
    for (std::size_t i = 0; i < 4; ++i) {
      constexpr double kStep = 1e-6;
      Angles a_up = a, a_down = a, r_up = rate, r_down = rate;
      a_up[i] += kStep;
      a_down[i] -= kStep;
      r_up[i] += kStep;
      r_down[i] -= kStep;
      const auto up = both(a_up, rate), down = both(a_down, rate);
      const auto faster = both(a, r_up), slower = both(a, r_down);
      for (std::size_t u = 0; u < 2; ++u) {
        const auto k_i = static_cast<Eigen::Index>(i);
        const Vector3d by_angle = (up[u].value - down[u].value) / (2 * kStep);
        const Vector3d by_rate = (faster[u].value - slower[u].value) / (2 * kStep);
        EXPECT_LT((by_angle - here[u].by_angle.col(k_i)).norm(), kDerivative) << i << " " << u;
        EXPECT_LT((by_rate - here[u].by_rate.col(k_i)).norm(), kDerivative) << i << " " << u;
      }
    }
  }
}

TEST_P(FingerChain, VelocitiesAreThoseOfDifferences) {
  std::mt19937 random(3);
  for (int k = 0; k < 20; ++k) {
    const Angles a = random_angles(random, 0.5);
    const Angles rate = random_angles(random, 2);
    constexpr double kStep_s = 1e-6;
    Angles later = a, earlier = a;
    for (std::size_t i = 0; i < 4; ++i) {
      later[i] += kStep_s * rate[i];
      earlier[i] -= kStep_s * rate[i];
    }
    const Chain here = chain(geometry, axes_of(finger, a, rate));
    for (std::size_t u = 0; u < kFingerUnits; ++u) {
      const Vector3d moved = (chain(geometry, axes_of(finger, later, rate)).p_wrist_unit[u] -
                              chain(geometry, axes_of(finger, earlier, rate)).p_wrist_unit[u]) /
                             (2 * kStep_s);
      EXPECT_LT((moved - here.v_wrist_unit[u]).norm(), kDerivative);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(AllFingers, FingerChain, ::testing::Range(0, 5));

/// Readings of a finger that does not move, in a hand that does not.
FingerReading still(const FingerGeometry& geometry, const Angles& angle) {
  FingerReading r;
  r.dt_s = 0.004;
  r.palm = true;
  r.force_wrist = {0, 9.80665, 0};
  const Vector3d up(0, 9.80665, 0);
  const Axes axes = axes_of(geometry.finger, angle, {});
  const Carried base = carry_to_base(geometry, axes, Carry::Vector, up);
  const Carried inner = carry_to_inner(base, axes, Carry::Vector);
  const Carried distal = carry_to_distal(inner, axes, Carry::Vector);
  r.unit = {ImuReading{{}, as_vec3(inner.value)}, ImuReading{{}, as_vec3(distal.value)},
            ImuReading{{}, as_vec3(base.value)}};
  for (std::size_t k = 0; k < 4; ++k) r.channel_rad[k] = float(angle[k]);
  r.channel_sigma_rad.fill(0.01f);
  return r;
}

TEST(FingerFilter, StaysWhereAStillFingerIs) {
  constexpr double kStill_rad = 1e-3;
  const FingerGeometry geometry = finger_geometry({}, Finger::Ring);
  const Angles angle{0.4, 0, 0.8, 0.5};
  FingerFilterState state;
  for (int k = 0; k < 1000; ++k) advance(state, {}, geometry, true, still(geometry, angle));
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_NEAR(state.angle[i], angle[i], kStill_rad);
    EXPECT_NEAR(state.rate[i], 0, 10 * kStill_rad);
  }
  EXPECT_EQ(state.missing, 1u << kBendBit);
}

TEST(FingerFilter, ChannelsAloneWillDo) {
  constexpr double kClose_rad = 0.01;
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  const FingerGeometry geometry = finger_geometry({}, Finger::Index);
  const Angles angle{0.4, 0, 0.8, 0.5};
  FingerReading r = still(geometry, angle);
  for (ImuReading& unit : r.unit) unit.gyro_rad_per_s.x = kNaN;
  FingerFilterState state;
  for (int k = 0; k < 500; ++k) advance(state, {}, geometry, false, r);
  for (std::size_t i = 0; i < 4; ++i) EXPECT_NEAR(state.angle[i], angle[i], kClose_rad);
  EXPECT_EQ(state.missing, kUnitBits | 1u << kBendBit);
}

TEST(FingerFilter, InclinationStandsInForALostChannel) {
  constexpr double kClose_rad = 0.05;
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  const FingerGeometry geometry = finger_geometry({}, Finger::Index);
  FingerFilterState state;
  for (int k = 0; k < 500; ++k) advance(state, {}, geometry, true, still(geometry, {0, 0, 0, 0}));
  // The distal channel dies; the joint then bends slowly by 0.6 rad.
  for (int k = 0; k <= 1000; ++k) {
    const Angles angle{0, 0, 0, 0.6 * std::min(k, 500) / 500};
    FingerReading r = still(geometry, angle);
    r.channel_rad[3] = kNaN;
    if (k < 500) r.unit[1].gyro_rad_per_s.x = -0.3f;
    advance(state, {}, geometry, true, r);
  }
  EXPECT_NEAR(state.angle[3], 0.6, kClose_rad);
  EXPECT_EQ(state.missing, 0b1000 | 1u << kBendBit);
}

}  // namespace
}  // namespace tactus
