#include "tactus/pose/wrist_filter.h"

#include <Eigen/LU>

#include "linear.h"

namespace tactus {
namespace {

constexpr int kP = 0, kV = 3, kTheta = 6, kGyro = 9, kAccel = 12, kMount = 15, kDelay = 18;
constexpr int kN = static_cast<int>(kWristStates);
using Covariance = Eigen::Matrix<double, kN, kN, Eigen::RowMajor>;
using ErrorState = Eigen::Matrix<double, kN, 1>;

constexpr double kGravity = 9.80665;
constexpr double kSmooth_s = 0.008;   // of the palm's angular acceleration
constexpr double kCoastStep_s = 0.1;  // without a reading for longer, nothing is known of motion
constexpr double kCoastAccel = 3.0;   // m/s^2/sqrt(Hz): what a hand may do meanwhile
constexpr double kCoastGyro = 1.0;    // rad/s/sqrt(Hz)
constexpr double kDamp_s = 0.05;      // velocity without a tracker
constexpr double kLevel_s = 1.0;      // time constant of gravity's pull on orientation
constexpr double kStillBand = 0.5;    // m/s^2: a force this close to g is gravity
constexpr Duration kLag = 100ms;      // how far the filter stays behind now without a tracker
constexpr Duration kMaxLag = 220ms;   // when it is moved: the ring holds 256 ms at 1 kHz
constexpr Duration kBlind = 100ms;    // without a tracker for longer, acceleration is not trusted

Eigen::Map<Covariance> covariance_of(WristFilterState& state) noexcept {
  return Eigen::Map<Covariance>(state.covariance.data());
}

/// One reading, corrected for what is known of the unit.
struct Inertial {
  Vector3d turned_gyro;  // mounting applied, bias not yet removed
  Vector3d turned_accel;
  Vector3d omega;
  Vector3d force;
};

Inertial corrected(const WristFilterState& state, const Vector3d& gyro,
                   const Vector3d& accel) noexcept {
  const Quaterniond mount = rotation(state.q_wrist_segment);
  Inertial r;
  r.turned_gyro = mount * gyro;
  r.turned_accel = mount * accel;
  r.omega = r.turned_gyro - vector(state.gyro_bias);
  r.force = r.turned_accel - vector(state.accel_bias);
  return r;
}

const TimedImu& at(const WristFilterState& state, std::uint32_t i) noexcept {
  return state.ring[(state.ring_head + kInertialRing - state.ring_count + i) % kInertialRing];
}

/// The mean reading over [t_a, t_b], both inside one interval between ring entries.
Inertial mean_reading(const WristFilterState& state, std::uint32_t next, HostTime t_a,
                      HostTime t_b) noexcept {
  const TimedImu& b = at(state, std::min(next, state.ring_count - 1));
  const TimedImu& a = at(state, next == 0 ? 0 : next - 1);
  double s = 1.0;
  if (b.t > a.t) {
    const double mid_s = 0.5 * (seconds(t_a - a.t) + seconds(t_b - a.t));
    s = std::clamp(mid_s / seconds(b.t - a.t), 0.0, 1.0);
  }
  const Vector3d gyro = (1 - s) * vector(a.imu.gyro_rad_per_s) + s * vector(b.imu.gyro_rad_per_s);
  const Vector3d accel = (1 - s) * vector(a.imu.accel_m_per_s2) + s * vector(b.imu.accel_m_per_s2);
  return corrected(state, gyro, accel);
}

/// Strapdown with the rotation of the middle of the step. `blind`: position is damped to rest and
/// gravity levels the orientation.
void step(WristMotion& motion, const Inertial& r, double dt, bool blind) noexcept {
  const Quaterniond q = rotation(motion.q_world_wrist);
  const Quaterniond q_mid = q * exp_so3(0.5 * dt * r.omega);
  Vector3d p = vector(motion.p_world_imu);
  Vector3d v = vector(motion.v_world_imu);
  Quaterniond q_next = q * exp_so3(dt * r.omega);
  if (blind) {
    const double keep = std::exp(-dt / kDamp_s);
    p += kDamp_s * (1 - keep) * v;
    v *= keep;
    if (std::fabs(r.force.norm() - kGravity) < kStillBand) {
      const Vector3d up_world = (q_next * r.force).normalized();
      q_next = exp_so3(std::min(dt / kLevel_s, 1.0) * up_world.cross(Vector3d::UnitY())) * q_next;
    }
  } else {
    const Vector3d a = q_mid * r.force - Vector3d(0, kGravity, 0);
    p += dt * v + 0.5 * dt * dt * a;
    v += dt * a;
  }
  motion.p_world_imu = array(p);
  motion.v_world_imu = array(v);
  motion.q_world_wrist = array(q_next.normalized());
  motion.t += from_seconds(dt);
}

/// Covariance over one step; docs/notes/hand_filters.md (3)-(5).
void spread(WristFilterState& state, const WristFilterParams& params, const Inertial& r, double dt,
            double accel_noise, double gyro_noise) noexcept {
  const Matrix3d R = rotation(state.at_tracker.q_world_wrist).toRotationMatrix();
  Covariance F = Covariance::Identity();
  F.block<3, 3>(kP, kV) = dt * Matrix3d::Identity();
  F.block<3, 3>(kV, kTheta) = -dt * R * skew(r.force);
  F.block<3, 3>(kV, kAccel) = -dt * R;
  F.block<3, 3>(kV, kMount) = -dt * R * skew(r.turned_accel);
  F.block<3, 3>(kTheta, kTheta) = exp_so3(-dt * r.omega).toRotationMatrix();
  F.block<3, 3>(kTheta, kGyro) = -dt * Matrix3d::Identity();
  F.block<3, 3>(kTheta, kMount) = -dt * skew(r.turned_gyro);
  auto P = covariance_of(state);
  const Covariance spread_out = F * P;
  P.noalias() = spread_out * F.transpose();
  const auto add = [&P, dt](int from, double density, int size = 3) {
    for (int i = from; i < from + size; ++i) P(i, i) += density * density * dt;
  };
  add(kV, accel_noise);
  add(kTheta, gyro_noise);
  add(kGyro, params.gyro_walk);
  add(kAccel, params.accel_walk);
  add(kMount, params.mounting_walk);
  add(kDelay, params.delay_walk, 1);
}

/// Carries a motion through the ring to `t`; with covariance when it is the filter itself.
template <class EachStep>
void carry(const WristFilterState& state, HostTime from, HostTime to, EachStep&& each) noexcept {
  std::uint32_t next = 0;
  while (next < state.ring_count && at(state, next).t <= from) ++next;
  while (from < to) {
    const bool inside = next < state.ring_count && at(state, next).t < to;
    const HostTime until = inside ? at(state, next).t : to;
    each(next, from, until);
    from = until;
    ++next;
  }
}

/// True when nothing was measured near [t_a, t_b]: no readings, or a hole in them.
bool coasting(const WristFilterState& state, std::uint32_t next, HostTime t_a,
              HostTime t_b) noexcept {
  if (state.ring_count == 0) return true;
  if (next >= state.ring_count)
    return seconds(t_b - at(state, state.ring_count - 1).t) > kCoastStep_s;
  if (next == 0) return seconds(at(state, 0).t - t_a) > kCoastStep_s;
  return seconds(at(state, next).t - at(state, next - 1).t) > kCoastStep_s;
}

void move_filter(WristFilterState& state, const WristFilterParams& params, HostTime to,
                 bool blind) noexcept {
  carry(state, state.at_tracker.t, to, [&](std::uint32_t next, HostTime t_a, HostTime t_b) {
    const double dt = seconds(t_b - t_a);
    const bool coast = coasting(state, next, t_a, t_b);
    Inertial r{Vector3d::Zero(), Vector3d::Zero(), Vector3d::Zero(), Vector3d::Zero()};
    if (coast) {
      r.force = rotation(state.at_tracker.q_world_wrist).conjugate() * Vector3d(0, kGravity, 0);
    } else {
      r = mean_reading(state, next, t_a, t_b);
    }
    const bool unsure = coast || blind;
    spread(state, params, r, dt, unsure ? kCoastAccel : params.accel_noise,
           coast ? kCoastGyro : params.gyro_noise);
    step(state.at_tracker, r, dt, blind);
  });
  state.at_tracker.t = to;
}

/// The present, from where the filter stands.
void replay(WristFilterState& state) noexcept {
  const HostTime to = std::max(state.now.t, state.at_tracker.t);
  WristMotion motion = state.at_tracker;
  carry(state, motion.t, to, [&](std::uint32_t next, HostTime t_a, HostTime t_b) {
    if (coasting(state, next, t_a, t_b)) return;
    step(motion, mean_reading(state, next, t_a, t_b), seconds(t_b - t_a),
         t_b - state.t_tracked > kBlind);
  });
  motion.t = to;
  state.now = motion;
}

void anchor(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu,
            const WristMeasurement& m) noexcept {
  const Quaterniond q = rotation(m.T_world_wrist.q).normalized();
  state.at_tracker.t = m.t;
  state.at_tracker.p_world_imu = array(vector(m.T_world_wrist.p) + q * vector(p_wrist_imu));
  state.at_tracker.v_world_imu = {};
  state.at_tracker.q_world_wrist = array(q);
  auto P = covariance_of(state);
  const auto forget = [&P](int from, double sigma, int size = 3) {
    P.middleRows(from, size).setZero();
    P.middleCols(from, size).setZero();
    for (int i = from; i < from + size; ++i) P(i, i) = sigma * sigma;
  };
  forget(kP, double(m.sigma_m));
  forget(kV, 0.5);
  forget(kTheta, double(m.sigma_rad));
  if (!state.anchored) {
    forget(kGyro, params.gyro_bias);
    forget(kAccel, params.accel_bias);
    forget(kMount, params.mounting);
    forget(kDelay, params.delay, 1);
  } else {
    ++state.reanchored;
  }
  state.anchored = true;
  state.rejected_in_row = 0;
  state.t_tracked = m.t;
  state.now.t = state.ring_count > 0 ? at(state, state.ring_count - 1).t : m.t;
  replay(state);
}

void inject(WristFilterState& state, const ErrorState& dx) noexcept {
  WristMotion& motion = state.at_tracker;
  motion.p_world_imu = array(vector(motion.p_world_imu) + dx.segment<3>(kP));
  motion.v_world_imu = array(vector(motion.v_world_imu) + dx.segment<3>(kV));
  motion.q_world_wrist =
      array((rotation(motion.q_world_wrist) * exp_so3(dx.segment<3>(kTheta))).normalized());
  state.gyro_bias = array(vector(state.gyro_bias) + dx.segment<3>(kGyro));
  state.accel_bias = array(vector(state.accel_bias) + dx.segment<3>(kAccel));
  state.q_wrist_segment =
      array((exp_so3(dx.segment<3>(kMount)) * rotation(state.q_wrist_segment)).normalized());
  state.delay_s += dx(kDelay);
}

/// Kalman update with the tracker's pose; false when it lies outside the gate. (6)-(8) of the note.
bool update(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu,
            const WristMeasurement& m) noexcept {
  const WristMotion& motion = state.at_tracker;
  const Quaterniond q = rotation(motion.q_world_wrist);
  const Matrix3d R = q.toRotationMatrix();
  const Vector3d lever = vector(p_wrist_imu);
  std::uint32_t next = 0;
  while (next < state.ring_count && at(state, next).t <= motion.t) ++next;
  Vector3d omega = Vector3d::Zero();
  if (!coasting(state, next, motion.t, motion.t)) {
    omega = mean_reading(state, next, motion.t, motion.t).omega;
  }
  const Vector3d v_wrist = vector(motion.v_world_imu) - R * omega.cross(lever);

  Eigen::Matrix<double, 6, 1> residual;
  residual.head<3>() = vector(m.T_world_wrist.p) -
                       (vector(motion.p_world_imu) - R * lever + state.delay_s * v_wrist);
  residual.tail<3>() =
      log_so3((q * exp_so3(state.delay_s * omega)).conjugate() * rotation(m.T_world_wrist.q));
  Eigen::Matrix<double, 6, kN> H = Eigen::Matrix<double, 6, kN>::Zero();
  H.block<3, 3>(0, kP).setIdentity();
  H.block<3, 3>(0, kTheta) = R * skew(lever);
  H.block<3, 1>(0, kDelay) = v_wrist;
  H.block<3, 3>(3, kTheta).setIdentity();
  H.block<3, 1>(3, kDelay) = omega;

  auto P = covariance_of(state);
  const double sigma_m = std::max(double(m.sigma_m), 3e-4);
  const double sigma_rad = std::max(double(m.sigma_rad), 2e-3);
  const Eigen::Matrix<double, kN, 6> cross = P * H.transpose();
  Eigen::Matrix<double, 6, 6> S = H * cross;
  for (int i = 0; i < 3; ++i) {
    S(i, i) += sigma_m * sigma_m;
    S(i + 3, i + 3) += sigma_rad * sigma_rad;
  }
  const Eigen::Matrix<double, 6, 6> s_inverse = S.inverse();
  if (!(residual.dot(s_inverse * residual) <= params.gate)) return false;
  const Eigen::Matrix<double, kN, 6> K = cross * s_inverse;
  inject(state, K * residual);
  P -= K * cross.transpose();
  const Covariance symmetric = 0.5 * (P + P.transpose());
  P = symmetric;
  return true;
}

bool finite(const WristFilterState& state) noexcept {
  double sum = state.delay_s;
  for (const double x : state.covariance) sum += x;
  for (int i = 0; i < 3; ++i) {
    sum += state.at_tracker.p_world_imu[i] + state.at_tracker.v_world_imu[i];
    sum += state.gyro_bias[i] + state.accel_bias[i] + state.q_wrist_segment[i];
  }
  return std::isfinite(sum);
}

}  // namespace

void advance(WristFilterState& state, const WristFilterParams& params, Vec3, HostTime t,
             const ImuReading& palm) noexcept {
  if (!is_finite(palm.gyro_rad_per_s) || !is_finite(palm.accel_m_per_s2)) return;
  if (state.ring_count > 0 && t <= at(state, state.ring_count - 1).t) {
    ++state.out_of_order;
    return;
  }
  state.ring[state.ring_head] = {t, palm};
  state.ring_head = (state.ring_head + 1) % kInertialRing;
  state.ring_count = std::min<std::uint32_t>(state.ring_count + 1, kInertialRing);

  const Inertial r = corrected(state, vector(palm.gyro_rad_per_s), vector(palm.accel_m_per_s2));
  const HostTime t_before = state.now.t;
  const double dt = seconds(t - t_before);
  if (dt > 0 && dt < kCoastStep_s) {
    const double blend = 1 - std::exp(-dt / kSmooth_s);
    const Vector3d alpha = (r.omega - vector(state.omega_wrist)) / dt;
    state.alpha_wrist =
        array(vector(state.alpha_wrist) + blend * (alpha - vector(state.alpha_wrist)));
  } else {
    state.alpha_wrist = {};
  }
  state.omega_wrist = array(r.omega);
  state.force_wrist = array(r.force);
  if (!state.anchored || dt <= 0) {
    state.now.t = std::max(state.now.t, t);
    return;
  }
  const std::uint32_t newest = state.ring_count - 1;
  if (!coasting(state, newest, t_before, t)) {
    step(state.now, mean_reading(state, newest, t_before, t), dt, t - state.t_tracked > kBlind);
  }
  state.now.t = t;
  if (t - state.at_tracker.t > kMaxLag) move_filter(state, params, t - kLag, true);
}

void correct(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu,
             const WristMeasurement& m) noexcept {
  if (!m.tracked || !is_valid(m.T_world_wrist)) return;
  if (state.anchored && m.t <= state.at_tracker.t && m.t > state.at_tracker.t - 1s) {
    ++state.out_of_order;
    return;
  }
  if (!state.anchored || m.t <= state.at_tracker.t || m.t - state.at_tracker.t > 1s) {
    anchor(state, params, p_wrist_imu, m);
    return;
  }
  move_filter(state, params, m.t, m.t - state.t_tracked > kBlind);
  if (update(state, params, p_wrist_imu, m)) {
    state.rejected_in_row = 0;
    state.t_tracked = m.t;
  } else {
    ++state.rejected;
    if (++state.rejected_in_row >= params.reanchor_after) anchor(state, params, p_wrist_imu, m);
  }
  if (!finite(state)) {
    state.anchored = false;
    state.gyro_bias = state.accel_bias = {};
    state.q_wrist_segment = {0, 0, 0, 1};
    state.delay_s = 0;
    anchor(state, params, p_wrist_imu, m);
  }
  replay(state);
}

}  // namespace tactus
