#include "tactus/pose/mounting.h"

#include <gtest/gtest.h>

#include "lively_motion.h"
#include "tactus/pose/hand_model.h"
#include "tactus/simulator/sensors.h"

namespace tactus {
namespace {

using testing::kDeg;

constexpr double kMounting_deg = 1.2;  // per unit; biases of 4 mg alone are 0.3 degrees
constexpr double kGyroBias_dps = 0.05;

/// Means of a synthetic glove over 0.7 s in each orientation of the flat hand.
std::vector<MountingHold> holds_of(simulator::SyntheticGlove& glove, Hand hand,
                                   const std::vector<simulator::Q4d>& orientations) {
  std::vector<MountingHold> holds;
  double t_s = 0;
  for (const auto& q : orientations) {
    const simulator::Trajectory still = [&](double) {
      simulator::TrueHand truth;
      truth.hand = hand;
      truth.T_world_wrist.q = q;
      return truth;
    };
    MountingHold hold;
    const simulator::V3d up = rotate(conjugate(q), simulator::V3d{0, 1, 0});
    hold.up_wrist = {float(up.x), float(up.y), float(up.z)};
    constexpr int kSamples = 175;
    for (int k = 0; k < kSamples; ++k, t_s += 0.004) {
      const GloveSample sample = glove.sample(still, t_s);
      for (std::size_t i = 0; i < kGloveImus; ++i) {
        hold.mean[i].gyro_rad_per_s += (1.0f / kSamples) * sample.imu[i].gyro_rad_per_s;
        hold.mean[i].accel_m_per_s2 += (1.0f / kSamples) * sample.imu[i].accel_m_per_s2;
      }
    }
    holds.push_back(hold);
  }
  return holds;
}

class Mounting : public ::testing::TestWithParam<Hand> {};

TEST_P(Mounting, TwoFlatHoldsSolveEveryUnit) {
  for (const std::uint64_t seed : {1u, 2u, 3u}) {
    simulator::SyntheticGlove glove(seed, GetParam());
    const auto holds = holds_of(glove, GetParam(), {{}, simulator::turn({0, 0, 1}, 90 * kDeg)});
    HandProfile profile = glove.nominal_profile();
    EXPECT_EQ(calibrate_mounting(profile, GetParam(), holds), (1u << kGloveImus) - 1);
    for (std::size_t i = 0; i < kGloveImus; ++i) {
      const Quat q = profile.q_segment_imu[i];
      const simulator::Q4d error =
          conjugate(simulator::Q4d{double(q.x), double(q.y), double(q.z), double(q.w)}) *
          glove.true_mounting(i, 0);
      EXPECT_LT(norm(rotation_vector(error)) / kDeg, kMounting_deg) << "unit " << i;
    }
    EXPECT_FALSE(profile.validated);  // that is the technician's word
  }
}

TEST_P(Mounting, StillGyroscopesShowTheirBias) {
  simulator::GloveFaults faults;
  faults.gyro_g_dps = 0;
  simulator::SyntheticGlove glove(4, GetParam(), faults);
  const auto holds = holds_of(glove, GetParam(), {{}, simulator::turn({0, 0, 1}, 90 * kDeg)});
  HandProfile profile = glove.nominal_profile();
  ASSERT_NE(calibrate_mounting(profile, GetParam(), holds), 0);
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const Vec3 left = holds[1].mean[i].gyro_rad_per_s - profile.gyro_bias_rad_per_s[i];
    EXPECT_LT(double(length(left)) / kDeg, kGyroBias_dps) << "unit " << i;
  }
}

TEST_P(Mounting, OneOrientationOrAnUnevenHandSolvesNothing) {
  simulator::SyntheticGlove glove(5, GetParam());
  const auto alike = holds_of(glove, GetParam(), {{}, simulator::turn({0, 0, 1}, 10 * kDeg)});
  HandProfile profile = glove.nominal_profile();
  EXPECT_EQ(calibrate_mounting(profile, GetParam(), alike), 0);
  EXPECT_EQ(calibrate_mounting(profile, GetParam(), {}), 0);

  auto wrong = holds_of(glove, GetParam(), {{}, simulator::turn({0, 0, 1}, 90 * kDeg)});
  wrong[1].up_wrist = {0, 0, 1};  // not where it was
  wrong[1].mean[3].accel_m_per_s2 = {};
  const auto before = profile.q_segment_imu;
  const std::uint16_t solved = calibrate_mounting(profile, GetParam(), wrong);
  EXPECT_EQ(solved & (1u << 3), 0u);
  EXPECT_EQ(profile.q_segment_imu[3].w, before[3].w);
}

INSTANTIATE_TEST_SUITE_P(BothHands, Mounting, ::testing::Values(Hand::Left, Hand::Right));

TEST(Mounting, UnitsSitWhereTheTruthPutsThem) {
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const Vec3 here = unit_place({}, i);
    const simulator::V3d there = simulator::unit_place(i, simulator::TrueHand{});
    EXPECT_NEAR(here.x, there.x, 1e-6);
    EXPECT_NEAR(here.y, there.y, 1e-6);
    EXPECT_NEAR(here.z, there.z, 1e-6);
    EXPECT_EQ(unit_joint(i), simulator::unit_joint(i));
  }
}

}  // namespace
}  // namespace tactus
