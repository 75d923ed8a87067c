// The batch does what thirty-two single filters do.
#include "tactus/pose/orientation_batch.h"

#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "tactus/simulator/inertial_track.h"

namespace tactus {
namespace {

constexpr float kTolerance_rad = 1e-5f;
constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();

Vec3 plain(const simulator::V3d& v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}

std::vector<simulator::InertialTrack> tracks() {
  std::vector<simulator::InertialTrack> out;
  simulator::InertialTrackParams params;
  params.length_s = 30;
  for (std::uint64_t i = 0; i < kBatchUnits; ++i) out.push_back(inertial_track(100 + i, params));
  return out;
}

TEST(OrientationBatch, GivesWhatSingleFiltersGive) {
  const auto track = tracks();
  OrientationParams params;
  params.latency_s = 0.003f;
  OrientationBatchState batch;
  std::vector<OrientationState> single(kBatchUnits);
  for (std::size_t k = 0; k < track[0].moving.size(); ++k) {
    const HostTime t(from_seconds(static_cast<double>(k) / track[0].rate_Hz));
    OrientationBatchSample sample;
    for (std::size_t i = 0; i < kBatchUnits; ++i) {
      ImuReading imu{plain(track[i].gyro_rad_per_s[k]), plain(track[i].accel_m_per_s2[k])};
      Vec3 field = plain(track[i].field_uT[k]);
      if (i == 3) field.y = kNaN;                             // has no magnetometer
      if (i == 5 && k % 7 == 0) imu.accel_m_per_s2.z = 1e6f;  // is hit
      if (i == 7 && k % 50 == 0) imu.gyro_rad_per_s.x = 40;   // turns beyond its limit
      advance(single[i], params, t, imu, field);
      sample.gyro_rad_per_s.set(i, imu.gyro_rad_per_s);
      sample.accel_m_per_s2.set(i, imu.accel_m_per_s2);
      sample.field_uT.set(i, field);
    }
    advance(batch, params, t, sample);
    const QuatLanes q = q_earth_imu(batch, params);
    for (std::size_t i = 0; i < kBatchUnits; ++i) {
      const Vec3 apart = log_rotation(conjugate(q_earth_imu(single[i], params)) * q.at(i));
      ASSERT_LT(length(apart), kTolerance_rad) << "unit " << i << " sample " << k;
    }
  }
}

TEST(OrientationBatch, AUnitThatSaysNothingHarmsNoOther) {
  OrientationBatchState batch;
  OrientationBatchSample sample;
  for (std::size_t i = 0; i < kBatchUnits; ++i) {
    const Vec3 rate{0, i == 4 ? kNaN : 1.0f, 0};
    sample.gyro_rad_per_s.set(i, rate);
    sample.accel_m_per_s2.set(i, {0, i == 4 ? kNaN : kGravity_m_per_s2, 0});
    sample.field_uT.set(i, {kNaN, 0, 0});
  }
  for (int k = 0; k <= 1000; ++k) advance(batch, {}, HostTime(k * 1ms), sample);
  const QuatLanes q = q_earth_imu(batch, {});
  EXPECT_NEAR(log_rotation(q.at(0)).y, 1, 1e-4f);
  EXPECT_EQ(log_rotation(q.at(4)).y, 0);
}

}  // namespace
}  // namespace tactus
