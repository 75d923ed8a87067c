#include "tactus/pose/estimate.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "pinch.h"
#include "tactus/pose/mounting.h"

namespace tactus {
namespace {

constexpr double kMaxStep_s = 0.1;  // a longer silence is a hole, not a step

// Mirror image of a left hand's vectors: turning ones keep X, straight ones reverse it.
Vec3 mirrored_turning(Vec3 v) noexcept { return {v.x, -v.y, -v.z}; }
Vec3 mirrored_straight(Vec3 v) noexcept { return {-v.x, v.y, v.z}; }

ImuReading as_right(Hand hand, const ImuReading& imu) noexcept {
  if (hand == Hand::Right) return imu;
  return {mirrored_turning(imu.gyro_rad_per_s), mirrored_straight(imu.accel_m_per_s2)};
}

float channel_sigma(const HandProfile& profile, std::size_t finger, int k) noexcept {
  constexpr float kNoise = 0.005f;  // of the channel's range
  constexpr std::array<std::size_t, 4> kFlexion = {0, 0, 1, 2};
  const SensorCurve& curve =
      k == 1 ? profile.abduction[finger == 0 ? 0 : std::min<std::size_t>(finger, 3)]
             : profile.flexion[3 * finger + kFlexion[std::size_t(k)]];
  return std::max(kNoise * std::fabs(curve.at_one_rad - curve.at_zero_rad), 1e-3f);
}

// Spread channels tell differences of neighbours; each finger is told its own share, from what is
// believed of the other one.
float abduction_from_spread(const HandEstimatorState& state, const GloveMeasurement& m,
                            std::size_t finger) noexcept {
  const auto spread = [&m](std::size_t channel) { return m.abduction_rad[channel]; };
  const auto believed = [&state](std::size_t f) { return float(state.finger[f].angle[1]); };
  if (finger == 0) return spread(0);
  if (finger == 1) return spread(1) + believed(2);
  if (finger == 4) return believed(3) - spread(3);
  const float inward = believed(finger - 1) - spread(finger - 1);
  const float outward = spread(finger) + believed(finger + 1);
  return 0.5f * (inward + outward);
}

FingerReading reading_of(const HandEstimatorState& state, const HandProfile& profile,
                         const GloveMeasurement& m, std::size_t f, double dt_s) noexcept {
  FingerReading r;
  r.dt_s = dt_s;
  const bool left = m.hand == Hand::Left;
  const double turning = left ? -1 : 1;
  const auto& w = state.wrist.omega_wrist;
  const auto& a = state.wrist.alpha_wrist;
  const auto& s = state.wrist.force_wrist;
  r.omega_wrist = {w[0], turning * w[1], turning * w[2]};
  r.alpha_wrist = {a[0], turning * a[1], turning * a[2]};
  r.force_wrist = {turning * s[0], s[1], s[2]};
  r.palm = is_finite(m.imu[kPalmImu].gyro_rad_per_s) && is_finite(m.imu[kPalmImu].accel_m_per_s2);
  r.unit = {as_right(m.hand, m.imu[inner_imu(Finger(f))]),
            as_right(m.hand, m.imu[distal_imu(Finger(f))]), as_right(m.hand, m.base_imu[f])};
  r.bend_rad = m.bend_rad[f];
  r.channel_rad = {m.flexion_rad[3 * f], abduction_from_spread(state, m, f),
                   m.flexion_rad[3 * f + 1], m.flexion_rad[3 * f + 2]};
  for (int k = 0; k < 4; ++k) r.channel_sigma_rad[std::size_t(k)] = channel_sigma(profile, f, k);
  return r;
}

bool same_rotations(const std::array<Quat, kGloveImus>& a,
                    const std::array<Quat, kGloveImus>& b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), [](Quat p, Quat q) {
    return p.x == q.x && p.y == q.y && p.z == q.z && p.w == q.w;
  });
}

constexpr Duration kClockReset =
    1s;  // measurements this much older than the newest: time restarted

// What was learnt of mounting belongs to the profile it was learnt on: with another one, or when
// time itself starts again, all begins afresh, in another epoch.
void begin(HandEstimatorState& state, const HandProfile& profile, Hand hand, HostTime t) noexcept {
  const bool same_profile = same_rotations(state.q_segment_imu, profile.q_segment_imu);
  if (state.begun && same_profile && (!state.started || t > state.t - kClockReset)) return;
  const std::uint32_t discarded = state.discarded;
  const std::uint32_t epoch = state.begun ? state.epoch() + 1 : 0;
  state = {};
  state.begun = true;
  state.hand = hand;
  state.epoch_base = epoch;
  state.q_segment_imu = profile.q_segment_imu;
  state.discarded = discarded;
}

WristFilterParams wrist_params(const HandEstimatorParams& params,
                               const HandProfile& profile) noexcept {
  WristFilterParams wrist = params.wrist;
  if (profile.validated) wrist.mounting = params.finger.mounting_calibrated;
  return wrist;
}

}  // namespace

void estimate(HandEstimatorState& state, const HandEstimatorParams& params,
              const HandProfile& profile, const GloveMeasurement& m) noexcept {
  begin(state, profile, m.hand, m.t);
  if (m.hand != state.hand || (state.started && m.t <= state.t)) {
    ++state.discarded;
    return;
  }
  const double dt_s = state.started ? std::clamp(seconds(m.t - state.t), 1e-4, kMaxStep_s) : 0.004;
  state.t = m.t;
  state.started = true;
  state.status = m.status;
  advance(state.wrist, wrist_params(params, profile), m.t, m.imu[kPalmImu]);
  state.missing = 0;
  std::array<double, 4 * kFingers> believed_rad;
  for (std::size_t f = 0; f < kFingers; ++f) {
    std::ranges::copy(state.finger[f].angle, believed_rad.begin() + std::ptrdiff_t(4 * f));
  }
  for (std::size_t f = 0; f < kFingers; ++f) {
    FingerReading reading = reading_of(state, profile, m, f, dt_s);
    reading.believed_rad = &believed_rad;
    advance(state.finger[f], params.finger, finger_geometry(profile, Finger(f)), profile.validated,
            reading);
    std::ranges::copy(state.finger[f].angle, believed_rad.begin() + std::ptrdiff_t(4 * f));
    const unsigned missing = state.finger[f].missing & params.fitted;
    state.missing = static_cast<std::uint8_t>(state.missing + std::popcount(missing));
  }
  pinch(state, params, profile, m.touch_kPa, dt_s);
}

void estimate(HandEstimatorState& state, const HandEstimatorParams& params,
              const HandProfile& profile, const WristMeasurement& m) noexcept {
  begin(state, profile, m.hand, m.t);
  if (m.hand != state.hand) {
    ++state.discarded;
    return;
  }
  correct(state.wrist, wrist_params(params, profile), unit_place(profile, kPalmImu), m);
}

void change_tracker(HandEstimatorState& state) noexcept {
  const std::uint32_t epoch = state.epoch() + 1;
  state.wrist = {};
  state.epoch_base = epoch;
}

HandAngles angles_of(const HandEstimatorState& state) noexcept {
  HandAngles angles;
  for (std::size_t f = 0; f < kFingers; ++f) {
    const auto& a = state.finger[f].angle;
    angles.finger[f] = {float(a[0]), float(a[1]), float(a[2]), float(a[3])};
  }
  return clamp_to_limits(angles);
}

}  // namespace tactus
