// What the virtual unit says fits how it was truly turned.
#include "tactus/simulator/inertial_track.h"

#include <gtest/gtest.h>

namespace tactus::simulator {
namespace {

constexpr double kRate_rad_per_s = 0.02;  ///< of a difference quotient over one sample
constexpr double kForce_m_per_s2 = 1e-9;

InertialTrackParams noiseless() {
  InertialTrackParams params;
  params.gyro_bias_rad_per_s = params.gyro_noise_rad_per_s = 0;
  params.accel_noise_m_per_s2 = params.field_noise_uT = 0;
  return params;
}

TEST(InertialTrack, TurnsAsItsGyroscopeSays) {
  const InertialTrack track = inertial_track(1, noiseless());
  for (std::size_t i = 1; i < track.moving.size(); ++i) {
    const V3d turned =
        track.rate_Hz * rotation_vector(conjugate(track.q_world_imu[i - 1]) * track.q_world_imu[i]);
    const V3d said = 0.5 * (track.gyro_rad_per_s[i - 1] + track.gyro_rad_per_s[i]);
    ASSERT_LT(norm(turned - said), kRate_rad_per_s) << i;
  }
}

TEST(InertialTrack, FeelsGravityAndTheEarthsFieldAtRest) {
  const InertialTrack track = inertial_track(2, noiseless());
  const V3d up = rotate(track.q_world_imu[0], track.accel_m_per_s2[0]);
  EXPECT_LT(norm(up - V3d{0, 9.80665, 0}), kForce_m_per_s2);
  const V3d north = rotate(track.q_world_imu[0], track.field_uT[0]);
  EXPECT_NEAR(north.x, 0, kForce_m_per_s2);
  EXPECT_LT(north.z, 0);
  EXPECT_FALSE(track.moving[0]);
}

TEST(InertialTrack, OneSeedGivesOneTrack) {
  const InertialTrack a = inertial_track(3, {}), b = inertial_track(3, {});
  for (std::size_t i = 0; i < a.moving.size(); ++i) {
    ASSERT_EQ(a.gyro_rad_per_s[i].x, b.gyro_rad_per_s[i].x);
  }
}

}  // namespace
}  // namespace tactus::simulator
