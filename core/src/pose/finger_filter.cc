#include "tactus/pose/finger_filter.h"

#include "finger_chain.h"

namespace tactus {
namespace {

constexpr int kAngle = 0, kRate = 4, kLag = 8, kMount = 12, kBias = kMount + 3 * int(kFingerUnits);
constexpr int kN = static_cast<int>(kFingerStates);
using Covariance = Eigen::Matrix<double, kN, kN>;
using ErrorState = Eigen::Matrix<double, kN, 1>;

constexpr std::array<double, 4> kNoRates{};
constexpr std::array<std::size_t, kFingerUnits> kOutwards = {2, 0, 1};  // units, from the palm
constexpr double kNoGate = 1e9;  // what the channels say is the only absolute there is

Eigen::Map<Covariance> covariance_of(FingerFilterState& state) noexcept {
  return Eigen::Map<Covariance>(state.covariance.data());
}

void start(FingerFilterState& state, const FingerFilterParams& params, bool calibrated,
           const FingerReading& reading) noexcept {
  state = {};
  state.started = true;
  auto P = covariance_of(state);
  const double mounting = calibrated ? params.mounting_calibrated : params.mounting;
  for (int k = 0; k < 4; ++k) {
    const bool heard = std::isfinite(reading.channel_rad[k]);
    if (heard) state.angle[k] = double(reading.channel_rad[k]);
    P(kAngle + k, kAngle + k) = heard ? 0.01 : 0.25;
    P(kRate + k, kRate + k) = 1.0;
    P(kLag + k, kLag + k) = params.lag_at_start * params.lag_at_start;
  }
  for (int k = 0; k < 3 * int(kFingerUnits); ++k) {
    P(kMount + k, kMount + k) = mounting * mounting;
    P(kBias + k, kBias + k) = params.gyro_bias * params.gyro_bias;
  }
}

/// Angles by their rates, lags by creep and travel; (10)-(12) of docs/notes/hand_filters.md.
void predict_step(FingerFilterState& state, const FingerFilterParams& params, double dt) noexcept {
  auto P = covariance_of(state);
  const double keep = std::exp(-dt / params.lag_relax_s);
  for (int k = 0; k < 4; ++k) {
    state.angle[k] += dt * state.rate[k];
    state.lag[k] = keep * state.lag[k] + params.lag_share * dt * state.rate[k];
  }
  const double share = params.lag_share * dt;
  P.middleRows<4>(kAngle) += dt * P.middleRows<4>(kRate);
  P.middleRows<4>(kLag) = (keep * P.middleRows<4>(kLag) + share * P.middleRows<4>(kRate)).eval();
  P.middleCols<4>(kAngle) += dt * P.middleCols<4>(kRate);
  P.middleCols<4>(kLag) = (keep * P.middleCols<4>(kLag) + share * P.middleCols<4>(kRate)).eval();
  const double flexing = params.acceleration * params.acceleration * dt;
  P(kRate + 2, kRate + 3) += params.distal_follows * flexing;
  P(kRate + 3, kRate + 2) += params.distal_follows * flexing;
  for (int k = 0; k < 4; ++k) {
    const double accel = k == 1 ? params.abduction_acceleration : params.acceleration;
    const double lag = params.lag_walk + params.lag_share_sigma * std::fabs(state.rate[k]);
    P(kRate + k, kRate + k) += accel * accel * dt;
    P(kLag + k, kLag + k) += lag * lag * dt;
  }
  for (int k = 0; k < 3 * int(kFingerUnits); ++k) {
    P(kMount + k, kMount + k) += params.mounting_walk * params.mounting_walk * dt;
    P(kBias + k, kBias + k) += params.gyro_walk * params.gyro_walk * dt;
  }
}

/// Scalar Kalman updates whose corrections gather in `dx`, all linearised at one point.
struct Gathering {
  Eigen::Map<Covariance> covariance;
  ErrorState dx = ErrorState::Zero();

  void take(const ErrorState& h, double residual, double variance, double gate) noexcept {
    ErrorState cross = ErrorState::Zero();  // most of h is zero
    for (int i = 0; i < kN; ++i) {
      if (h(i) != 0) cross += h(i) * covariance.col(i);
    }
    const double spread = h.dot(cross);
    const double innovation = residual - h.dot(dx);
    double S = spread + variance;
    const double excess = std::fabs(innovation) / (gate * std::sqrt(S));
    if (excess > 1) S *= excess;  // Huber: an outlier pulls no harder than one at the gate
    const ErrorState gain = cross / S;
    dx += gain * innovation;
    covariance.noalias() -= gain * cross.transpose();
  }
};

/// Three rows at once of a unit's vector: by angles, rates, mounting, and bias when it has one.
void take_vector(Gathering& gathering, int unit, const Carried& expected, const Vector3d& residual,
                 const Matrix3d* by_bias, const Vector3d& sigma, double gate) noexcept {
  const Matrix3d by_mount = skew(expected.value);
  for (int row = 0; row < 3; ++row) {
    ErrorState h = ErrorState::Zero();
    h.segment<4>(kAngle) = expected.by_angle.row(row);
    h.segment<3>(kMount + 3 * unit) = by_mount.row(row);
    if (by_bias != nullptr) {
      h.segment<4>(kRate) = expected.by_rate.row(row);
      h.segment<3>(kBias + 3 * unit) = by_bias->row(row);
    }
    gathering.take(h, residual(row), sigma(row) * sigma(row), gate);
  }
}

void take_units(FingerFilterState& state, const FingerFilterParams& params,
                const FingerGeometry& geometry, const FingerReading& reading,
                Gathering& gathering) noexcept {
  const Chain c = chain(geometry, state.angle, state.rate);
  const Vector3d omega = vector(reading.omega_wrist);
  const Vector3d alpha = vector(reading.alpha_wrist);
  const Carried rate_base = carry_to_base(geometry, state.angle, state.rate, omega);
  const Carried rate_inner = carry_to_inner(rate_base, state.angle, state.rate);
  const std::array<Carried, kFingerUnits> rates = {
      rate_inner, carry_to_distal(rate_inner, state.angle, state.rate), rate_base};
  for (const std::size_t u : kOutwards) {
    const Carried& rate = rates[u];
    const Vector3d v_before = vector(state.v_wrist_unit[u]);
    state.v_wrist_unit[u] = array(c.v_wrist_unit[u]);
    const ImuReading& said = reading.unit[u];
    if (!is_finite(said.gyro_rad_per_s) || !is_finite(said.accel_m_per_s2)) {
      state.missing |= static_cast<std::uint8_t>(1u << (4 + u));
      continue;
    }
    const Quaterniond q_mount = rotation(state.q_segment_mount[u]);
    const Matrix3d by_bias = q_mount.toRotationMatrix();
    const Vector3d turned = q_mount * (vector(said.gyro_rad_per_s) - vector(state.gyro_bias[u]));
    const double own_rate =
        (rate.by_rate * Eigen::Map<const Eigen::Vector4d>(state.rate.data())).norm();
    const double sigma_rate = params.gyro_noise + params.gyro_gain * rate.value.norm();
    const double across = sigma_rate + params.gyro_across * own_rate;
    take_vector(gathering, int(u), rate, turned - rate.value, &by_bias,
                {sigma_rate, across, across}, params.gate);

    const Vector3d v = c.v_wrist_unit[u];
    const Vector3d own = (v - v_before) / reading.dt_s;
    const Vector3d r = c.p_wrist_unit[u] - vector(geometry.p_wrist_palm);
    const Vector3d force = vector(reading.force_wrist) + alpha.cross(r) +
                           omega.cross(omega.cross(r)) + 2 * omega.cross(v) + own;
    Carried seen = carry_to_base(geometry, state.angle, kNoRates, force);
    if (u != 2) seen = carry_to_inner(seen, state.angle, kNoRates);
    if (u == 1) seen = carry_to_distal(seen, state.angle, kNoRates);
    take_vector(gathering, int(u), seen, q_mount * vector(said.accel_m_per_s2) - seen.value,
                nullptr, Vector3d::Constant(params.accel_noise + params.accel_motion * own.norm()),
                params.gate);
  }
}

void take_channels(FingerFilterState& state, const FingerFilterParams& params,
                   const FingerReading& reading, Gathering& gathering) noexcept {
  for (int k = 0; k < 4; ++k) {
    if (!std::isfinite(reading.channel_rad[k])) {
      state.missing |= static_cast<std::uint8_t>(1u << k);
      continue;
    }
    ErrorState h = ErrorState::Zero();
    h(kAngle + k) = h(kLag + k) = 1;
    const double sigma = double(reading.channel_sigma_rad[k]) + (k == 1 ? params.spread_sigma : 0);
    gathering.take(h, double(reading.channel_rad[k]) - state.angle[k] - state.lag[k], sigma * sigma,
                   kNoGate);
  }
  if (!std::isfinite(reading.bend_rad)) return;
  ErrorState h = ErrorState::Zero();
  double expected = 0;
  for (const int k : {0, 2, 3}) {
    h(kAngle + k) = h(kLag + k) = 1;
    expected += state.angle[std::size_t(k)] + state.lag[std::size_t(k)];
  }
  const double sigma = double(reading.bend_sigma_rad);
  gathering.take(h, double(reading.bend_rad) - expected, sigma * sigma, kNoGate);
}

/// A joint believed beyond its stop is pulled back as a measurement would: clamping the state
/// instead would drive the error into whatever is correlated with it.
void take_limits(const FingerFilterState& state, const FingerFilterParams& params, Finger finger,
                 Gathering& gathering) noexcept {
  const FingerLimits& limits = kFingerLimits[index(finger)];
  const std::array<AngleRange, 4> ranges = {limits.base_flexion,
                                            abduction_range(finger, float(state.angle[0])),
                                            limits.middle, limits.distal};
  for (int k = 0; k < 4; ++k) {
    const double stop =
        std::clamp(state.angle[k], double(ranges[k].low_rad), double(ranges[k].high_rad));
    if (stop == state.angle[k]) continue;
    ErrorState h = ErrorState::Zero();
    h(kAngle + k) = 1;
    gathering.take(h, stop - state.angle[k], params.limit_sigma * params.limit_sigma, kNoGate);
  }
}

/// What no sensor tells, the other joints do: a weak pull towards how hands are held.
void take_habit(const FingerFilterState& state, const FingerFilterParams& params,
                const FingerHabit& habit, Gathering& gathering, double dt) noexcept {
  for (std::size_t row = 0; row < 4; ++row) {
    ErrorState h = ErrorState::Zero();
    double residual = 0;
    for (std::size_t k = row; k < 4; ++k) {
      h(kAngle + int(k)) = habit.along[row][k];
      residual += habit.along[row][k] * (habit.mean[k] - state.angle[k]);
    }
    gathering.take(h, residual, habit.variance[row] * params.habit_s / dt, kNoGate);
  }
}

void inject(FingerFilterState& state, const ErrorState& dx) noexcept {
  for (int k = 0; k < 4; ++k) {
    state.angle[k] += dx(kAngle + k);
    state.rate[k] += dx(kRate + k);
    state.lag[k] += dx(kLag + k);
  }
  for (std::size_t u = 0; u < kFingerUnits; ++u) {
    state.q_segment_mount[u] =
        array((exp_so3(dx.segment<3>(kMount + 3 * int(u))) * rotation(state.q_segment_mount[u]))
                  .normalized());
    state.gyro_bias[u] = array(vector(state.gyro_bias[u]) + dx.segment<3>(kBias + 3 * int(u)));
  }
}

bool finite(const FingerFilterState& state) noexcept {
  double sum = 0;
  for (const double x : state.covariance) sum += x;
  for (int k = 0; k < 4; ++k) sum += state.angle[k] + state.rate[k] + state.lag[k];
  for (std::size_t u = 0; u < kFingerUnits; ++u) {
    sum += state.q_segment_mount[u][3] + state.gyro_bias[u][0] + state.gyro_bias[u][1] +
           state.gyro_bias[u][2];
  }
  return std::isfinite(sum);
}

}  // namespace

void advance(FingerFilterState& state, const FingerFilterParams& params,
             const FingerGeometry& geometry, bool calibrated,
             const FingerReading& reading) noexcept {
  if (!state.started || !finite(state)) {
    start(state, params, calibrated, reading);
  } else {
    predict_step(state, params, reading.dt_s);
  }
  state.missing = 0;
  Gathering gathering{covariance_of(state)};
  if (reading.palm) take_units(state, params, geometry, reading, gathering);
  take_channels(state, params, reading, gathering);
  take_limits(state, params, geometry.finger, gathering);
  take_habit(state, params, reading.habit, gathering, reading.dt_s);
  inject(state, gathering.dx);
}

}  // namespace tactus
