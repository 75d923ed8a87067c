#include "tactus/pose/wrist_filter.h"

#include "wrist_covariance.h"

namespace tactus {
namespace {

constexpr double kSmooth_s = 0.008;  // of the palm's angular acceleration
constexpr double kLongStep_s = 0.1;  // between readings: nothing is known of motion meanwhile
constexpr double kCoastAccel = 3.0;  // m/s^2/sqrt(Hz): what a hand may do without readings
constexpr double kCoastGyro = 1.0;   // rad/s/sqrt(Hz)
constexpr double kFirstSpeed_m_per_s = 1.0;  // of a hand at the anchor, not known
constexpr double kMaxDelay_s = 0.06;         // of the tracker's time: more is a fault elsewhere
constexpr double kMaxLag_s = 0.004;          // of the accelerometer
constexpr double kQuiet_rad_per_s = 0.04;
constexpr double kQuiet_m_per_s2 = 0.3;       // of |f| - g: four sigmas of a consumer's sensor
constexpr double kStillSpeed_m_per_s = 0.02;  // twice what noise makes of rest
constexpr double kStillLead = 1.2;   // of a pose's sigma, on average: the tracker leaves after all
constexpr double kLeadLooks = 20;    // over which the mean of residuals is taken
constexpr double kMisfitLooks = 95;  // likewise, of their squares
constexpr double kMaxMisfit = 1e3;
constexpr Duration kBehind = 100ms;     // how far the filter stays behind now without a tracker
constexpr Duration kFarBehind = 220ms;  // when it is moved: the ring holds 256 ms at 1 kHz
constexpr Duration kBlind = 500ms;      // without a tracker for longer, acceleration is not trusted
constexpr Duration kTooLong = 1s;       // between tracker poses: begin again

/// The unit feels nothing, and is not on its way either: a glide is not felt.
bool is_still(const WristFilterState& state, const WristFilterParams& params) noexcept {
  return state.quiet > params.still_after &&
         vector(state.at_tracker.v_world_imu).norm() < kStillSpeed_m_per_s;
}

void note_quiet(WristFilterState& state, const Inertial& r, Duration dt) noexcept {
  const bool quiet =
      r.omega.norm() < kQuiet_rad_per_s && std::fabs(r.force.norm() - kGravity) < kQuiet_m_per_s2;
  state.quiet = quiet ? std::min<Duration>(state.quiet + dt, 10s) : Duration::zero();
}

void move_filter(WristFilterState& state, const WristFilterParams& params, HostTime to,
                 bool blind) noexcept {
  if (to <= state.at_tracker.t) return;
  const Unit unit(state);
  const double share = is_still(state, params) ? params.still_share : 1;
  const double accel_noise2 = share * share * params.accel_noise * params.accel_noise;
  const double gyro_noise2 = share * share * params.gyro_noise * params.gyro_noise;
  Moving motion(state.at_tracker);
  Transition transition;
  carry(state, state.at_tracker.t, to, [&](std::uint32_t next, HostTime t_a, HostTime t_b) {
    const double dt = seconds(t_b - t_a);
    const bool coast = is_coasting(state, next, t_a, t_b);
    Inertial r;
    if (coast) {
      r.force = motion.q_world_wrist.conjugate() * Vector3d(0, kGravity, 0);
    } else {
      r = mean_reading(state, unit, next, t_a, t_b);
    }
    const double felt = params.accel_share * (r.force.norm() - kGravity);
    const double turning2 = params.gyro_share * params.gyro_share * r.omega.squaredNorm();
    add_step(transition, motion.q_world_wrist, r, dt,
             coast || blind ? kCoastAccel * kCoastAccel : accel_noise2 + felt * felt,
             coast ? kCoastGyro * kCoastGyro : gyro_noise2 + turning2);
    step(motion, r, dt, blind);
  });
  state.at_tracker = motion.at(to);
  apply(state, params, transition);
}

/// The present, from where the filter stands.
void replay(WristFilterState& state) noexcept {
  const HostTime to = std::max(state.now.t, state.at_tracker.t);
  const Unit unit(state);
  Moving motion(state.at_tracker);
  carry(state, state.at_tracker.t, to, [&](std::uint32_t next, HostTime t_a, HostTime t_b) {
    if (is_coasting(state, next, t_a, t_b)) return;
    step(motion, mean_reading(state, unit, next, t_a, t_b), seconds(t_b - t_a),
         t_b - state.t_tracked > kBlind);
  });
  state.now = motion.at(to);
}

/// Begins at the tracker's pose; what was learnt of the unit stays.
void anchor(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu,
            const WristMeasurement& m) noexcept {
  const bool first = !state.anchored;
  if (first) {
    state.gyro_bias = state.accel_bias = {};
    state.q_wrist_segment = {0, 0, 0, 1};
    state.p_wrist_imu = array(vector(p_wrist_imu));
    state.delay_s = state.accel_lag_s = 0;
  }
  const Quaterniond q = rotation(m.T_world_wrist.q).normalized();
  const Quaterniond turned = q * rotation(state.at_tracker.q_world_wrist).conjugate();
  state.at_tracker.t = m.t + from_seconds(state.delay_s);
  state.at_tracker.v_world_imu =
      array(first ? Vector3d(Vector3d::Zero()) : turned * vector(state.at_tracker.v_world_imu));
  state.at_tracker.p_world_imu = array(vector(m.T_world_wrist.p) + q * vector(state.p_wrist_imu));
  state.at_tracker.q_world_wrist = array(q);
  auto P = covariance_of(state);
  const auto forget = [&P](int from, double sigma, int size = 3) {
    P.middleRows(from, size).setZero();
    P.middleCols(from, size).setZero();
    for (int i = from; i < from + size; ++i) P(i, i) = sigma * sigma;
  };
  forget(kVelocity, kFirstSpeed_m_per_s);
  forget(kTheta, double(m.sigma_rad));
  if (first) {
    forget(kGyro, params.gyro_bias);
    forget(kAccel, params.accel_bias);
    forget(kMount, params.mounting);
    forget(kPlace, params.place);
    forget(kDelay, params.delay, 1);
    forget(kLag, params.accel_lag, 1);
  } else {
    ++state.reanchored;
  }
  // The unit is where the tracker and its place in the wrist's frame say.
  const Matrix3d R = q.toRotationMatrix();
  const Eigen::Matrix<double, 3, kN> by_place = R * P.middleRows<3>(kPlace);
  P.middleRows<3>(kPosition) = by_place;
  P.middleCols<3>(kPosition) = by_place.transpose();
  P.block<3, 3>(kPosition, kPosition) = by_place.middleCols<3>(kPlace) * R.transpose();
  const double delay2 = P(kDelay, kDelay);
  for (int i = kPosition; i < kPosition + 3; ++i) {
    P(i, i) += double(m.sigma_m * m.sigma_m) + delay2 * P(kVelocity, kVelocity);
  }
  // And turned as it was seen; it turns on within the delay.
  const std::uint32_t next = first_after(state, state.at_tracker.t);
  if (!is_coasting(state, next, state.at_tracker.t, state.at_tracker.t)) {
    const Vector3d omega =
        mean_reading(state, Unit(state), next, state.at_tracker.t, state.at_tracker.t).omega;
    P.block<3, 1>(kTheta, kDelay) = -delay2 * omega;
    P.block<1, 3>(kDelay, kTheta) = -delay2 * omega.transpose();
    P.block<3, 3>(kTheta, kTheta) += delay2 * omega * omega.transpose();
  }
  state.anchored = true;
  state.rejected_in_row = 0;
  state.t_tracked = state.at_tracker.t;
  state.now.t = state.ring_count > 0 ? kept(state, state.ring_count - 1).t : state.at_tracker.t;
  replay(state);
}

/// What a pose teaches: the state when it fits; that the tracker is worse than it says when it
/// fits badly; that we are elsewhere when it is far away and stays there.
void learn(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu,
           const WristMeasurement& m) noexcept {
  if (is_still(state, params)) stand_still(state, params.still_speed);
  Comparison c = compare(state, params, m, state.misfit);
  if (!c.valid) return;
  const double distance2 = c.white.squaredNorm();
  const bool fits = distance2 <= params.gate;
  const bool elsewhere = c.residual.head<3>().norm() > params.elsewhere_m ||
                         c.residual.tail<3>().norm() > params.elsewhere_rad;
  if (!fits) {
    ++state.rejected;
    if (++state.rejected_in_row < params.reanchor_after) return;
    if (elsewhere) {
      anchor(state, params, p_wrist_imu, m);
      return;
    }
    c = compare(state, params, m, state.misfit * distance2 / params.gate);
    if (!c.valid) return;
  }
  accept(state, c);
  state.rejected_in_row = 0;
  state.t_tracked = state.at_tracker.t;
  state.delay_s = std::clamp(state.delay_s, -kMaxDelay_s, kMaxDelay_s);
  state.accel_lag_s = std::clamp(state.accel_lag_s, -kMaxLag_s, kMaxLag_s);
  state.misfit =
      std::clamp(state.misfit * (1 + (distance2 / 6 - 1) / kMisfitLooks), 1.0, kMaxMisfit);
  const Vector3d lead = vector(state.lead_m);
  state.lead_m = array(lead + (c.residual.head<3>() - lead) / kLeadLooks);
  if (vector(state.lead_m).norm() > kStillLead * double(m.sigma_m)) state.quiet = Duration::zero();
}

/// Of the covariance the diagonal: what spoils an entry spoils its variance with the next pose.
bool is_finite(const WristFilterState& state) noexcept {
  double sum = state.delay_s + state.accel_lag_s + state.misfit;
  for (std::size_t i = 0; i < kWristStates; ++i) sum += state.covariance[i * (kWristStates + 1)];
  for (std::size_t i = 0; i < 3; ++i) {
    sum += state.at_tracker.p_world_imu[i] + state.at_tracker.v_world_imu[i];
    sum += state.gyro_bias[i] + state.accel_bias[i] + state.q_wrist_segment[i];
    sum += state.p_wrist_imu[i];
  }
  return std::isfinite(sum);
}

}  // namespace

void advance(WristFilterState& state, const WristFilterParams& params, HostTime t,
             const ImuReading& palm) noexcept {
  if (!is_finite(palm.gyro_rad_per_s) || !is_finite(palm.accel_m_per_s2)) return;
  if (state.ring_count > 0 && t <= kept(state, state.ring_count - 1).t) {
    ++state.out_of_order;
    return;
  }
  state.ring[state.ring_head] = {t, palm};
  state.ring_head = (state.ring_head + 1) % kInertialRing;
  state.ring_count = std::min<std::uint32_t>(state.ring_count + 1, kInertialRing);

  const std::uint32_t newest = state.ring_count - 1;
  const Unit unit(state);
  const Inertial r = mean_reading(state, unit, newest, t, t);
  const HostTime t_before = state.now.t;
  const double dt = seconds(t - t_before);
  if (dt > 0 && dt < kLongStep_s) {
    const double blend = 1 - std::exp(-dt / kSmooth_s);
    const Vector3d alpha = (r.omega - vector(state.omega_wrist)) / dt;
    state.alpha_wrist =
        array(vector(state.alpha_wrist) + blend * (alpha - vector(state.alpha_wrist)));
  } else {
    state.alpha_wrist = {};
  }
  state.omega_wrist = array(r.omega);
  state.force_wrist = array(r.force);
  note_quiet(state, r, from_seconds(std::clamp(dt, 0.0, kLongStep_s)));
  if (!state.anchored || dt <= 0) {
    state.now.t = std::max(state.now.t, t);
    return;
  }
  Moving motion(state.now);
  if (!is_coasting(state, newest, t_before, t)) {
    step(motion, mean_reading(state, unit, newest, t_before, t), dt, t - state.t_tracked > kBlind);
  }
  state.now = motion.at(t);
  if (t - state.at_tracker.t > kFarBehind)
    move_filter(state, params, t - kBehind, t - kBehind - state.t_tracked > kBlind);
}

void correct(WristFilterState& state, const WristFilterParams& params, Vec3 p_wrist_imu,
             const WristMeasurement& m) noexcept {
  if (!m.tracked || !is_valid(m.T_world_wrist)) return;
  const HostTime t_true = m.t + from_seconds(state.delay_s);
  if (state.anchored && t_true <= state.at_tracker.t && t_true > state.at_tracker.t - kTooLong) {
    ++state.out_of_order;
    return;
  }
  if (!state.anchored || t_true <= state.at_tracker.t || t_true - state.at_tracker.t > kTooLong) {
    anchor(state, params, p_wrist_imu, m);
    return;
  }
  move_filter(state, params, t_true, t_true - state.t_tracked > kBlind);
  learn(state, params, p_wrist_imu, m);
  if (!is_finite(state)) {
    state.anchored = false;
    anchor(state, params, p_wrist_imu, m);
  }
  replay(state);
}

}  // namespace tactus
