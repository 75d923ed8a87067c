#include "tactus/pose/wrist_predict.h"

#include "wrist_motion.h"

namespace tactus {
namespace {

/// What is felt, and how it changes, now.
struct Derivatives {
  Vector3d omega = Vector3d::Zero();
  Vector3d alpha = Vector3d::Zero();  ///< d omega / dt
  Vector3d alpha_rate = Vector3d::Zero();
  Vector3d a_world = Vector3d::Zero();
  Vector3d jerk_world = Vector3d::Zero();
};

Inertial reading_before(const WristFilterState& state, Duration before) noexcept {
  const HostTime t = kept(state, state.ring_count - 1).t - before;
  return mean_reading(state, Unit(state), first_after(state, t), t, t);
}

/// One-sided differences: exact for a rate that is quadratic in time.
Derivatives derivatives_of(const WristFilterState& state,
                           const WristPredictParams& params) noexcept {
  Derivatives d;
  if (state.ring_count == 0) return d;
  const Quaterniond q = rotation(state.now.q_world_wrist);
  const Inertial now = reading_before(state, Duration::zero());
  d.omega = now.omega;
  const HostTime t_newest = kept(state, state.ring_count - 1).t;
  const Duration kept_for = t_newest - kept(state, 0).t;
  const double h = seconds(params.angular_span);
  if (kept_for >= 2 * params.angular_span) {
    const Vector3d w1 = reading_before(state, params.angular_span).omega;
    const Vector3d w2 = reading_before(state, 2 * params.angular_span).omega;
    d.alpha = (3 * now.omega - 4 * w1 + w2) / (2 * h);
    d.alpha_rate = (now.omega - 2 * w1 + w2) / (h * h);
  }
  // A tracker quicker than the unit has taken the state beyond the newest reading.
  const double beyond = std::min(seconds(state.now.t - t_newest), seconds(params.jerk_span));
  d.omega += beyond * (d.alpha + beyond / 2 * d.alpha_rate);
  d.alpha += beyond * d.alpha_rate;
  if (state.now.t - state.t_tracked > params.inertial) return d;
  d.a_world = q * now.force - Vector3d(0, kGravity, 0);
  const double span = seconds(params.jerk_span);
  if (kept_for >= params.jerk_span) {
    const Inertial then = reading_before(state, params.jerk_span);
    const Quaterniond q_then = q * exp_so3(-0.5 * span * (now.omega + then.omega));
    d.jerk_world = (d.a_world - (q_then * then.force - Vector3d(0, kGravity, 0))) / span;
    d.a_world += beyond * d.jerk_world;
  }
  return d;
}

}  // namespace

WristAt predict(const WristFilterState& state, const WristPredictParams& params,
                HostTime t) noexcept {
  const Duration ahead = t + from_seconds(state.delay_s) - state.now.t;
  const double T = seconds(std::clamp(ahead, -params.horizon, params.horizon));
  const Derivatives d = derivatives_of(state, params);
  const auto lasting = [T](double time_s) { return std::exp(-std::fabs(T) / time_s); };
  const Vector3d a = lasting(params.accel_s) * d.a_world;
  const Vector3d jerk = lasting(params.jerk_s) * d.jerk_world;
  const Vector3d alpha = lasting(params.angular_accel_s) * d.alpha;
  const Vector3d alpha_rate = lasting(params.angular_jerk_s) * d.alpha_rate;

  const Vector3d v = vector(state.now.v_world_imu);
  const Vector3d p_imu = vector(state.now.p_world_imu) + T * (v + T * (a / 2 + T * jerk / 6));
  const Vector3d turned = T * (d.omega + T * (alpha / 2 + T * alpha_rate / 6));
  const Quaterniond q = rotation(state.now.q_world_wrist) * exp_so3(turned);
  const Vector3d lever = q * vector(state.p_wrist_imu);
  const Vector3d omega = q * (d.omega + T * (alpha + T * alpha_rate / 2));
  return {{normalized(as_quat(q)), as_vec3(p_imu - lever)},
          as_vec3(v + T * (a + T * jerk / 2) - omega.cross(lever)),
          as_vec3(omega)};
}

}  // namespace tactus
