#include "tactus/pose/estimate.h"

#include <cmath>

namespace tactus {
namespace {

constexpr Vec3 kPalmUnit{0, 0.014f, -0.060f};

}  // namespace

void estimate(HandEstimatorState& state, const HandEstimatorParams& params,
              const HandProfile& profile, const GloveMeasurement& m) noexcept {
  if (state.started && m.t <= state.t) {
    ++state.discarded;
    return;
  }
  state.hand = m.hand;
  state.t = m.t;
  state.started = true;
  state.status = m.status;
  for (std::size_t f = 0; f < kFingers; ++f) {
    FingerFilterState& finger = state.finger[f];
    const float y[3] = {m.flexion_rad[3 * f], m.flexion_rad[3 * f + 1], m.flexion_rad[3 * f + 2]};
    const std::size_t place[3] = {0, 2, 3};
    for (int k = 0; k < 3; ++k) {
      if (std::isfinite(y[k])) finger.angle[place[k]] = double(y[k]);
    }
  }
  if (std::isfinite(m.abduction_rad[0])) state.finger[0].angle[1] = double(m.abduction_rad[0]);
  advance(state.wrist, params.wrist, hand_scale(profile) * kPalmUnit, m.t, m.imu[kPalmImu]);
}

void estimate(HandEstimatorState& state, const HandEstimatorParams& params,
              const HandProfile& profile, const WristMeasurement& m) noexcept {
  correct(state.wrist, params.wrist, hand_scale(profile) * kPalmUnit, m);
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
