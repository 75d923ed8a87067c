#include "tactus/pose/predict.h"

#include <algorithm>

#include "linear.h"
#include "tactus/pose/mounting.h"

namespace tactus {
namespace {

constexpr double kGravity = 9.80665;
constexpr double kSharp_s = 0.05;  // beyond this angular acceleration says nothing (BROAD)
constexpr float kDifference_s = 1e-3f;

/// The wrist at the time asked for.
struct Wrist {
  Pose T_world_wrist;
  Vec3 v_world;
  Vec3 omega_world;
};

Wrist wrist_at(const HandEstimatorState& state, const HandEstimatorParams& params,
               const HandProfile& profile, HostTime t, bool held) noexcept {
  const WristFilterState& w = state.wrist;
  const double horizon_s = seconds(params.horizon);
  const double T = std::clamp(seconds(t - w.now.t), -horizon_s, horizon_s);
  const bool still = held || seconds(t - w.now.t) > horizon_s;
  const Quaterniond q = rotation(w.now.q_world_wrist);
  const Vector3d omega = vector(w.omega_wrist);
  const Vector3d alpha = params.angular_accel_share * vector(w.alpha_wrist);

  // p + v T + a (tau T - tau^2 (1 - exp(-T / tau))): an acceleration that decays.
  const double tau = params.accel_decay_s;
  const bool inertial = w.now.t - w.t_tracked <= params.inertial;
  Vector3d a = Vector3d::Zero();
  if (inertial) a = q * vector(w.force_wrist) - Vector3d(0, kGravity, 0);
  const double fade = T > 0 ? 1 - std::exp(-T / tau) : T / tau;
  const double reach = T > 0 ? tau * T - tau * tau * fade : 0.5 * T * T;
  const Vector3d v_imu = vector(w.now.v_world_imu);
  const Vector3d p_imu = vector(w.now.p_world_imu) + T * v_imu + reach * a;
  const double sharp = std::clamp(T, -kSharp_s, kSharp_s);
  const Quaterniond q_t = q * exp_so3(T * omega + 0.5 * sharp * sharp * (T < 0 ? -1 : 1) * alpha);
  const Vector3d lever = q_t * vector(unit_place(profile, kPalmImu));
  const Vector3d omega_world = q_t * (omega + sharp * alpha);

  Wrist wrist;
  wrist.T_world_wrist = {normalized(as_quat(q_t)), as_vec3(p_imu - lever)};
  if (still) return wrist;
  wrist.v_world = as_vec3(v_imu + tau * fade * a - omega_world.cross(lever));
  wrist.omega_world = as_vec3(omega_world);
  return wrist;
}

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
  if (tracker_age > params.hold || glove_age > params.hold) return PoseOrigin::Held;
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
  const Wrist wrist = wrist_at(state, params, profile, t, held);
  const double horizon_s = seconds(params.horizon);
  const double T = std::clamp(seconds(t - state.t), -horizon_s, horizon_s);
  const auto T_wrist = forward_kinematics(profile, state.hand, angles_at(state, T));
  const auto T_later = forward_kinematics(profile, state.hand,
                                          angles_at(state, held ? T : T + double(kDifference_s)));
  for (std::size_t j = 0; j < kHandJoints; ++j) {
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
