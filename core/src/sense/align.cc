#include "tactus/sense/align.h"

#include <limits>

namespace tactus {
namespace {

// Noise of a flexion channel, 0.5 % of its range (docs/devices/tg1.md), and of a 6-DoF tracker.
constexpr float kFlexionNoise = 0.005f;
constexpr float kTracker_m = 0.0005f;
constexpr float kTracker_rad = 0.1f * kRadPerDeg;

// Nothing on a hand is beyond these: what is, is not a reading.
constexpr float kMaxGyro_rad_per_s = 100.0f;
constexpr float kMaxAccel_m_per_s2 = 1000.0f;
constexpr float kMaxPosition_m = 1e4f;

// Where TG1's inertial channels end (±2000 degrees per second, ±16 g): a reading that stands there
// says only that the truth is further on.
constexpr float kFullScaleGyro_rad_per_s = 0.9999f * 2000 * kRadPerDeg;
constexpr float kFullScaleAccel_m_per_s2 = 0.9999f * 16 * kGravity_m_per_s2;

constexpr float kMissing = std::numeric_limits<float>::quiet_NaN();

Vec3 checked(Vec3 v, float limit) noexcept {
  const bool fine =
      is_finite(v) && std::fabs(v.x) <= limit && std::fabs(v.y) <= limit && std::fabs(v.z) <= limit;
  return fine ? v : Vec3{kMissing, kMissing, kMissing};
}

bool stands_at(Vec3 v, float limit) noexcept {
  return std::fabs(v.x) >= limit || std::fabs(v.y) >= limit || std::fabs(v.z) >= limit;
}

bool is_saturated(const ImuReading& raw) noexcept {
  return stands_at(raw.gyro_rad_per_s, kFullScaleGyro_rad_per_s) ||
         stands_at(raw.accel_m_per_s2, kFullScaleAccel_m_per_s2);
}

float angle(SensorCurve curve, float reading) noexcept {
  if (!(reading >= 0.0f && reading <= 1.0f)) return kMissing;
  if (curve.at_zero_rad == curve.at_one_rad) return kMissing;  // a profile without this channel
  return curve.at_zero_rad + (curve.at_one_rad - curve.at_zero_rad) * reading;
}

}  // namespace

GloveMeasurement align(GloveAlignState& state, const HandProfile& profile,
                       const GloveSample& sample, HostTime t_arrived) noexcept {
  GloveMeasurement m;
  m.t = align(state.clock, clock_params(state.transport), sample.t, t_arrived).t;
  m.hand = sample.hand;
  m.status = sample.status;
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    const Quat q_segment_imu = normalized(profile.q_segment_imu[i]);
    const Vec3 gyro = sample.imu[i].gyro_rad_per_s - profile.gyro_bias_rad_per_s[i];
    m.imu[i].gyro_rad_per_s = checked(rotate(q_segment_imu, gyro), kMaxGyro_rad_per_s);
    m.imu[i].accel_m_per_s2 =
        checked(rotate(q_segment_imu, sample.imu[i].accel_m_per_s2), kMaxAccel_m_per_s2);
    if ((sample.status & kSampleSaturated) != 0 && is_saturated(sample.imu[i])) {
      m.imu[i] = {{kMissing, kMissing, kMissing}, {kMissing, kMissing, kMissing}};
    }
  }
  float widest_rad = 0;
  for (std::size_t i = 0; i < kGloveFlexions; ++i) {
    const SensorCurve& curve = profile.flexion[i];
    m.flexion_rad[i] = angle(curve, sample.flexion[i]);
    widest_rad = std::max(widest_rad, std::fabs(curve.at_one_rad - curve.at_zero_rad));
  }
  for (std::size_t i = 0; i < kGloveAbductions; ++i) {
    m.abduction_rad[i] = angle(profile.abduction[i], sample.abduction[i]);
  }
  for (std::size_t i = 0; i < kGloveTouches; ++i) {
    m.touch_kPa[i] = std::isfinite(sample.touch_kPa[i]) ? std::max(sample.touch_kPa[i], 0.0f) : 0;
  }
  m.sigma_flexion_rad = kFlexionNoise * widest_rad;
  return m;
}

WristMeasurement align(TrackerAlignState& state, const HandProfile& profile,
                       const Pose& T_world_universe, const TrackerSample& sample,
                       HostTime t_arrived) noexcept {
  WristMeasurement m;
  const AlignedTime aligned =
      align(state.clock, clock_params(state.transport), sample.t, t_arrived);
  const float latency_s = std::isfinite(profile.tracker_latency_s) ? profile.tracker_latency_s : 0;
  m.t = aligned.t - from_seconds(std::clamp(latency_s, 0.0f, 1.0f));
  m.hand = sample.hand;
  m.T_world_wrist = T_world_universe * sample.T_universe_tracker * inverse(profile.T_wrist_tracker);
  const bool fine = is_valid(m.T_world_wrist) && length(m.T_world_wrist.p) < kMaxPosition_m;
  if (!fine) m.T_world_wrist = {};
  m.T_world_wrist.q = normalized(m.T_world_wrist.q);
  m.tracked = sample.tracked && fine;
  m.sigma_m = kTracker_m;
  m.sigma_rad = kTracker_rad;
  return m;
}

}  // namespace tactus
