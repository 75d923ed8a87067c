#include "tactus/pose/predict.h"

#include <algorithm>

#include "tactus/pose/confidence.h"
#include "tactus/pose/wrist_predict.h"

namespace tactus {
namespace {

constexpr float kDifference_s = 1e-3f;

/// The angles `T` seconds from the newest, as far as the horizon and the limits let them go.
HandAngles angles_at(const HandEstimatorState& state, double T) noexcept {
  HandAngles angles;
  for (std::size_t f = 0; f < kFingers; ++f) {
    const FingerFilterState& finger = state.finger[f];
    const auto at = [&finger, T](int k) { return float(finger.angle[k] + T * finger.rate[k]); };
    angles.finger[f] = {at(0), at(1), at(2), at(3)};
  }
  return clamp_to_limits(angles);
}

PoseOrigin origin_of(const HandEstimatorState& state, const HandEstimatorParams& params,
                     HostTime t) noexcept {
  const Duration tracker_age = t - state.wrist.t_tracked;
  const Duration glove_age = t - state.t;
  if (tracker_age > params.hold || glove_age > params.silent) return PoseOrigin::Held;
  if (tracker_age > params.fresh || glove_age > params.fresh) return PoseOrigin::Predicted;
  return state.missing > 0 ? PoseOrigin::Filled : PoseOrigin::Measured;
}

}  // namespace

HandPose predict(const HandEstimatorState& state, const HandEstimatorParams& params,
                 const HandProfile& profile, HostTime t) noexcept {
  HandPose pose;
  pose.t = t;
  pose.hand = state.hand;
  pose.epoch = state.epoch();
  pose.radius_m = joint_radii(profile);
  if (!state.started || !state.wrist.anchored) return pose;
  pose.origin = origin_of(state, params, t);
  const bool held = pose.origin == PoseOrigin::Held;
  WristAt wrist = predict(state.wrist, params.wrist_predict, t);
  if (held || t - state.wrist.now.t > params.wrist_predict.horizon) {
    wrist.v_world = wrist.omega_world = {};
  }
  const double horizon_s = seconds(params.wrist_predict.horizon);
  const double T = std::clamp(seconds(t - state.t), -horizon_s, horizon_s);
  const auto T_wrist = forward_kinematics(profile, state.hand, angles_at(state, T));
  const auto T_later = forward_kinematics(profile, state.hand,
                                          angles_at(state, held ? T : T + double(kDifference_s)));
  const HandSigmas sigmas = sigmas_of(state, params, T_wrist);
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    pose.confidence[j] = confidence_of(sigmas.joint_m[j]);
    const Vec3 arm = rotate(wrist.T_world_wrist.q, T_wrist[j].p);
    const Vec3 moved = (1 / kDifference_s) * (T_later[j].p - T_wrist[j].p);
    const Vec3 turned = (1 / kDifference_s) * log_rotation(T_later[j].q * conjugate(T_wrist[j].q));
    pose.T_world_joint[j] = {normalized(wrist.T_world_wrist.q * T_wrist[j].q),
                             wrist.T_world_wrist.p + arm};
    pose.v_world_joint[j] =
        wrist.v_world + cross(wrist.omega_world, arm) + rotate(wrist.T_world_wrist.q, moved);
    pose.omega_world_joint[j] = wrist.omega_world + rotate(wrist.T_world_wrist.q, turned);
  }
  return pose;
}

}  // namespace tactus
