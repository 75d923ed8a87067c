#include "pinch.h"

#include <cmath>

#include "finger_turning.h"
#include "tactus/base/glove_layout.h"
#include "tactus/pose/confidence.h"

namespace tactus {
namespace {

constexpr std::size_t kThumb = index(Finger::Thumb);

/// How a finger's angles change the gap, and how unsure of it they are.
struct Side {
  std::array<float, 4> by_angle{};
  float variance_m2 = 0;
};

Side side_of(const HandEstimatorState& state, const std::array<Pose, kHandJoints>& T,
             std::size_t finger, Vec3 p_pulp, Vec3 n) noexcept {
  const FingerFilterState& filter = state.finger[finger];
  const auto moved = moved_by_angles(finger_turning(Finger(finger), state.hand, filter.angle, T), T,
                                     index(kTipJoints[finger]), p_pulp);
  Side side;
  for (std::size_t k = 0; k < 4; ++k) side.by_angle[k] = dot(n, moved[k]);
  for (std::size_t i = 0; i < 4; ++i) {
    for (std::size_t j = 0; j < 4; ++j) {
      side.variance_m2 +=
          side.by_angle[i] * filter.covariance[kFingerStride * i + j] * side.by_angle[j];
    }
  }
  return side;
}

void press(HandEstimatorState& state, const HandEstimatorParams& params, const HandProfile& profile,
           std::size_t finger, double dt_s) noexcept {
  const PinchParams& pinch = params.pinch;
  const auto T = forward_kinematics(profile, state.hand, angles_of(state));
  const float scale = hand_scale(profile);
  const auto pulp = [&](std::size_t f) {
    const ActuatorSite& site = kActuatorSites[pulp_actuator(Finger(f))];
    return T[index(site.joint)] * (scale * site.p_joint);
  };
  const Vec3 p_thumb = pulp(kThumb), p_finger = pulp(finger);
  const float between_m = length(p_finger - p_thumb);
  const float gap_m = between_m - scale * (kActuatorSites[pulp_actuator(Finger::Thumb)].radius_m +
                                           kActuatorSites[pulp_actuator(Finger(finger))].radius_m);
  if (between_m <= 0 || std::fabs(gap_m) > pinch.reach_m) return;
  const HandSigmas sigmas = sigmas_of(state, params, T);
  const float sigma_m = std::hypot(sigmas.joint_m[index(HandJoint::ThumbTip)],
                                   sigmas.joint_m[index(kTipJoints[finger])], pinch.sigma_m);
  if (std::fabs(gap_m) > pinch.gate * sigma_m) return;
  const Vec3 n = (1 / between_m) * (p_finger - p_thumb);
  const Side ours = side_of(state, T, finger, p_finger, n);
  const Side theirs = side_of(state, T, kThumb, p_thumb, -n);
  const float variance_m2 = pinch.sigma_m * pinch.sigma_m * float(pinch.every_s / dt_s);
  constrain(state.finger[finger], params.finger, ours.by_angle, -gap_m,
            variance_m2 + theirs.variance_m2);
  constrain(state.finger[kThumb], params.finger, theirs.by_angle, -gap_m,
            variance_m2 + ours.variance_m2);
}

}  // namespace

void pinch(HandEstimatorState& state, const HandEstimatorParams& params, const HandProfile& profile,
           const std::array<float, kGloveTouches>& touch_kPa, double dt_s) noexcept {
  if (!(touch_kPa[kThumb] >= params.pinch.pressed_kPa)) return;
  for (std::size_t f = kThumb + 1; f < kFingers; ++f) {
    if (touch_kPa[f] >= params.pinch.pressed_kPa) press(state, params, profile, f, dt_s);
  }
}

}  // namespace tactus
