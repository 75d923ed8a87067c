#include "tactus/pose/finger_filter.h"

#include "finger_chain.h"
#include "finger_rows.h"
#include "tactus/pose/hand_habit.h"

namespace tactus {
namespace {

// Error states; the rows' kernels know the first three too.
constexpr std::size_t kAngle = 0, kRate = 4, kLag = 8;
constexpr std::size_t kMount = 12, kBias = kMount + 3 * kFingerUnits;
static_assert(kBias + 3 * kFingerUnits == kFingerStates);

constexpr std::array<std::size_t, kFingerUnits> kOutwards = {2, 0, 1};  // units, from the palm

// What is slow or noisy has its turn and then counts for all the readings it waited.
constexpr std::size_t kTurns = 2 * 4 * kFingerUnits;
constexpr double kAcrossWaits = kFingerUnits;
constexpr double kAccelerometerWaits = 2 * kFingerUnits;
constexpr double kHabitWaits = 2 * 4;
constexpr int kFlexionAxis = 0;
constexpr float kNoGate = 1e9f;  // what the channels say is the only absolute there is

const FingerKernels kKernels = fastest_kernels();

bool is_heard(const ImuReading& unit) noexcept {
  return is_finite(unit.gyro_rad_per_s) && is_finite(unit.accel_m_per_s2);
}

float& at(FingerFilterState& state, std::size_t row, std::size_t column) noexcept {
  return state.covariance[kFingerStride * row + column];
}

void start(FingerFilterState& state, const FingerFilterParams& params, bool calibrated,
           const FingerReading& reading) noexcept {
  state = {};
  state.started = true;
  const auto variance = [&state](std::size_t i) -> float& { return at(state, i, i); };
  const double mounting = calibrated ? params.mounting_calibrated : params.mounting;
  for (std::size_t k = 0; k < 4; ++k) {
    const bool heard = std::isfinite(reading.channel_rad[k]);
    if (heard) state.angle[k] = double(reading.channel_rad[k]);
    variance(kAngle + k) = heard ? 0.01f : 0.25f;
    variance(kRate + k) = 1;
    variance(kLag + k) = float(params.lag_at_start * params.lag_at_start);
  }
  for (std::size_t k = 0; k < 3 * kFingerUnits; ++k) {
    variance(kMount + k) = float(mounting * mounting);
    variance(kBias + k) = float(params.gyro_bias * params.gyro_bias);
  }
}

/// Angles by their rates, lags by creep and travel; (10)-(12) of docs/notes/hand_filters.md.
void predict_step(FingerFilterState& state, const FingerFilterParams& params, double dt) noexcept {
  const double keep = std::exp(-dt / params.lag_relax_s);
  const double share = params.lag_share * dt;
  for (std::size_t k = 0; k < 4; ++k) {
    state.angle[k] += dt * state.rate[k];
    state.lag[k] = keep * state.lag[k] + share * state.rate[k];
  }
  kKernels.carry(state.covariance, float(dt), float(keep), float(share));
  const double flexing = params.acceleration * params.acceleration * dt;
  at(state, kRate + 2, kRate + 3) += float(params.distal_follows * flexing);
  at(state, kRate + 3, kRate + 2) += float(params.distal_follows * flexing);
  const auto variance = [&state](std::size_t i) -> float& { return at(state, i, i); };
  for (std::size_t k = 0; k < 4; ++k) {
    const double accel = k == 1 ? params.abduction_acceleration : params.acceleration;
    const double lag = params.lag_walk + params.lag_share_sigma * std::fabs(state.rate[k]);
    variance(kRate + k) += float(accel * accel * dt);
    variance(kLag + k) += float(lag * lag * dt);
  }
  for (std::size_t k = 0; k < 3 * kFingerUnits; ++k) {
    variance(kMount + k) += float(params.mounting_walk * params.mounting_walk * dt);
    variance(kBias + k) += float(params.gyro_walk * params.gyro_walk * dt);
  }
}

/// Corrections gather in `dx`, all linearised at one point.
struct Gathering {
  FingerCovariance& covariance;
  FingerErrors dx{};

  void take(const FingerRows& rows, float gate) noexcept {
    kKernels.take(covariance, dx, rows, gate);
  }
};

void see(FingerRows& rows, std::size_t state) noexcept { rows.seen[rows.seen_count++] = state; }

/// A unit's vector in its segment's frame: as expected, what was read beyond that, how far off either may be.
struct Look {
  std::size_t unit = 0;
  Carried expected;
  Vector3d residual = Vector3d::Zero();
  Vector3d sigma = Vector3d::Zero();
  Matrix3d by_bias = Matrix3d::Zero();
};

/// Rows that see the joints, in the first eight columns.
FingerRows rows_of_joints() noexcept {
  FingerRows rows;
  for (std::size_t k = 0; k < 4; ++k) see(rows, kAngle + k);
  for (std::size_t k = 0; k < 4; ++k) see(rows, kRate + k);
  return rows;
}

/// Columns for a unit's own errors: where they begin.
std::size_t see_unit(FingerRows& rows, std::size_t unit) noexcept {
  const std::size_t first = rows.seen_count;
  for (std::size_t k = 0; k < 3; ++k) see(rows, kMount + 3 * unit + k);
  for (std::size_t k = 0; k < 3; ++k) see(rows, kBias + 3 * unit + k);
  return first;
}

/// The row of one axis of `look`, which counts for `readings`.
void add_row(FingerRows& rows, std::size_t column, const Look& look, int axis,
             double readings) noexcept {
  const std::size_t r = rows.count++;
  const Matrix3d by_mount = skew(look.expected.value);
  const auto put = [&rows, r](std::size_t from, const auto& values) {
    for (const double value : values) rows.h[r][from++] = float(value);
  };
  put(0, look.expected.by_angle.row(axis));
  put(4, look.expected.by_rate.row(axis));
  put(column, by_mount.row(axis));
  put(column + 3, look.by_bias.row(axis));
  rows.residual[r] = float(look.residual[axis]);
  rows.variance[r] = float(look.sigma[axis] * look.sigma[axis] / readings);
}

Look look_at_gyro(const FingerFilterState& state, const FingerFilterParams& params, std::size_t u,
                  const Carried& expected, const ImuReading& said) noexcept {
  Look look{u, expected};
  look.by_bias = rotation(state.q_segment_mount[u]).toRotationMatrix();
  look.residual =
      look.by_bias * (vector(said.gyro_rad_per_s) - vector(state.gyro_bias[u])) - expected.value;
  const double own_rate =
      (expected.by_rate * Eigen::Map<const Eigen::Vector4d>(state.rate.data())).norm();
  const double sigma = params.gyro_noise + params.gyro_gain * expected.value.norm();
  const double across = sigma + params.gyro_across * own_rate;
  look.sigma = {sigma, across, across};
  return look;
}

/// All units' rates about the flexion axis, and across it those of the one whose turn it is.
void take_gyros(FingerFilterState& state, const FingerFilterParams& params,
                const FingerGeometry& geometry, const Axes& axes, const FingerReading& reading,
                Gathering& gathering) noexcept {
  Carried rate = carry_to_base(geometry, axes, Carry::AngularVelocity, vector(reading.omega_wrist));
  FingerRows about = rows_of_joints(), across = rows_of_joints();
  for (const std::size_t u : kOutwards) {
    if (u == 0) rate = carry_to_inner(rate, axes, Carry::AngularVelocity);
    if (u == 1) rate = carry_to_distal(rate, axes, Carry::AngularVelocity);
    if (!is_heard(reading.unit[u])) {
      state.missing |= static_cast<std::uint8_t>(1u << (4 + u));
      continue;
    }
    const Look look = look_at_gyro(state, params, u, rate, reading.unit[u]);
    add_row(about, see_unit(about, u), look, kFlexionAxis, 1);
    if (u != state.turn % kFingerUnits) continue;
    const std::size_t column = see_unit(across, u);
    for (const int axis : {1, 2}) add_row(across, column, look, axis, kAcrossWaits);
  }
  gathering.take(about, float(params.gate));
  gathering.take(across, float(params.gate));
}

/// One unit every other reading, in turn.
void take_accelerometer(FingerFilterState& state, const FingerFilterParams& params,
                        const FingerGeometry& geometry, const Axes& axes,
                        const FingerReading& reading, Gathering& gathering) noexcept {
  const std::size_t u = state.turn / 2 % kFingerUnits;
  const ImuReading& said = reading.unit[u];
  if (state.turn % 2 == 1 || !is_heard(said)) return;
  const Chain c = chain(geometry, axes);
  const Vector3d omega = vector(reading.omega_wrist);
  const Vector3d alpha = vector(reading.alpha_wrist);
  const Vector3d v = c.v_wrist_unit[u];
  const Vector3d own = (v - vector(state.v_wrist_unit[u])) / (kAccelerometerWaits * reading.dt_s);
  state.v_wrist_unit[u] = array(v);
  const Vector3d r = c.p_wrist_unit[u] - vector(geometry.p_wrist_palm);
  const Vector3d force = vector(reading.force_wrist) + alpha.cross(r) +
                         omega.cross(omega.cross(r)) + 2 * omega.cross(v) + own;
  Carried seen = carry_to_base(geometry, axes, Carry::Vector, force);
  if (u != 2) seen = carry_to_inner(seen, axes, Carry::Vector);
  if (u == 1) seen = carry_to_distal(seen, axes, Carry::Vector);
  Look look{u, seen};
  look.residual = rotation(state.q_segment_mount[u]) * vector(said.accel_m_per_s2) - seen.value;
  look.sigma.setConstant(params.accel_noise + params.accel_motion * own.norm());
  FingerRows rows = rows_of_joints();
  const std::size_t column = see_unit(rows, u);
  for (const int axis : {0, 1, 2}) add_row(rows, column, look, axis, kAccelerometerWaits);
  gathering.take(rows, float(params.gate));
}

void take_units(FingerFilterState& state, const FingerFilterParams& params,
                const FingerGeometry& geometry, const FingerReading& reading,
                Gathering& gathering) noexcept {
  const Axes axes = axes_of(geometry.finger, state.angle, state.rate);
  take_gyros(state, params, geometry, axes, reading, gathering);
  take_accelerometer(state, params, geometry, axes, reading, gathering);
}

/// Adds to `rows` that a channel reads an angle and its lag.
void see_channel(FingerRows& rows, std::size_t row, std::size_t k) noexcept {
  for (const std::size_t state : {kAngle + k, kLag + k}) {
    rows.h[row][rows.seen_count] = 1;
    see(rows, state);
  }
}

void take_channels(FingerFilterState& state, const FingerFilterParams& params,
                   const FingerReading& reading, Gathering& gathering) noexcept {
  FingerRows rows;
  for (std::size_t k = 0; k < 4; ++k) {
    if (!std::isfinite(reading.channel_rad[k])) {
      state.missing |= static_cast<std::uint8_t>(1u << k);
      continue;
    }
    const double sigma = double(reading.channel_sigma_rad[k]) + (k == 1 ? params.spread_sigma : 0);
    rows.residual[rows.count] =
        float(double(reading.channel_rad[k]) - state.angle[k] - state.lag[k]);
    rows.variance[rows.count] = float(sigma * sigma);
    see_channel(rows, rows.count++, k);
  }
  gathering.take(rows, kNoGate);
  if (!std::isfinite(reading.bend_rad)) {
    state.missing |= 1u << kBendBit;
    return;
  }
  FingerRows bend;
  bend.count = 1;
  bend.variance[0] = reading.bend_sigma_rad * reading.bend_sigma_rad;
  double residual = double(reading.bend_rad);
  for (const std::size_t k : {0, 2, 3}) {
    residual -= state.angle[k] + state.lag[k];
    see_channel(bend, 0, k);
  }
  bend.residual[0] = float(residual);
  gathering.take(bend, kNoGate);
}

/// A joint believed beyond its stop is pulled back as a measurement would: clamping the state
/// instead would drive the error into whatever is correlated with it.
void take_limits(const FingerFilterState& state, const FingerFilterParams& params, Finger finger,
                 Gathering& gathering) noexcept {
  const FingerLimits& limits = kFingerLimits[index(finger)];
  const std::array<AngleRange, 4> ranges = {limits.base_flexion,
                                            abduction_range(finger, float(state.angle[0])),
                                            limits.middle, limits.distal};
  FingerRows rows;
  for (std::size_t k = 0; k < 4; ++k) {
    const double stop =
        std::clamp(state.angle[k], double(ranges[k].low_rad), double(ranges[k].high_rad));
    if (stop == state.angle[k]) continue;
    rows.residual[rows.count] = float(stop - state.angle[k]);
    rows.variance[rows.count] = float(params.limit_sigma * params.limit_sigma);
    rows.h[rows.count++][rows.seen_count] = 1;
    see(rows, kAngle + k);
  }
  gathering.take(rows, kNoGate);
}

/// Whether a sensor tells base from middle flexion. Units beyond both see their sum; the thumb's axes
/// differ enough for them.
bool tells_base_from_middle(const FingerFilterState& state, Finger finger) noexcept {
  constexpr unsigned kBaseChannel = 1, kMiddleChannel = 4, kInnerUnit = 16, kBaseUnit = 64;
  const unsigned telling =
      kBaseChannel | kMiddleChannel | kBaseUnit | (finger == Finger::Thumb ? kInnerUnit : 0);
  return (~unsigned(state.missing) & telling) != 0;
}

/// What no sensor tells, the other joints do: a weak pull towards how hands are held. Beside units
/// it is one of four rows every other reading, and counts for all that it waited.
void take_habit(const FingerFilterState& state, const FingerFilterParams& params,
                const FingerReading& reading, Finger finger, Gathering& gathering) noexcept {
  const bool units = (state.missing & kUnitBits) != kUnitBits;
  if (reading.believed_rad == nullptr || (units && state.turn % 2 == 0)) return;
  const std::size_t first = units ? state.turn / 2 % 4 : 0;
  const double every_s =
      tells_base_from_middle(state, finger) ? params.habit_s : params.habit_alone_s;
  const double looks = reading.dt_s * (units ? kHabitWaits : 1) / every_s;
  const FingerHabit habit = habit_of(finger, *reading.believed_rad);
  FingerRows rows;
  rows.count = units ? 1 : 4;
  for (std::size_t k = 0; k < 4; ++k) see(rows, kAngle + k);
  for (std::size_t r = 0; r < rows.count; ++r) {
    const auto& along = habit.along[first + r];
    rows.variance[r] = float(habit.variance[first + r] / looks);
    double residual = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      residual += along[k] * (habit.mean[k] - state.angle[k]);
      rows.h[r][k] = float(along[k]);
    }
    rows.residual[r] = float(residual);
  }
  gathering.take(rows, kNoGate);
}

void inject(FingerFilterState& state, const FingerErrors& dx) noexcept {
  const auto three = [&dx](std::size_t from) {
    return Vector3d(double(dx[from]), double(dx[from + 1]), double(dx[from + 2]));
  };
  for (std::size_t k = 0; k < 4; ++k) {
    state.angle[k] += double(dx[kAngle + k]);
    state.rate[k] += double(dx[kRate + k]);
    state.lag[k] += double(dx[kLag + k]);
  }
  for (std::size_t u = 0; u < kFingerUnits; ++u) {
    state.q_segment_mount[u] =
        array((exp_so3(three(kMount + 3 * u)) * rotation(state.q_segment_mount[u])).normalized());
    state.gyro_bias[u] = array(vector(state.gyro_bias[u]) + three(kBias + 3 * u));
  }
}

bool finite(const FingerFilterState& state) noexcept {
  double sum = 0;
  for (std::size_t i = 0; i < kFingerStates; ++i) {
    sum += double(state.covariance[(kFingerStride + 1) * i]);
  }
  for (std::size_t k = 0; k < 4; ++k) sum += state.angle[k] + state.rate[k] + state.lag[k];
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
  Gathering gathering{state.covariance};
  if (reading.palm) {
    take_units(state, params, geometry, reading, gathering);
  } else {
    state.missing |= kUnitBits;
  }
  take_channels(state, params, reading, gathering);
  take_limits(state, params, geometry.finger, gathering);
  take_habit(state, params, reading, geometry.finger, gathering);
  state.turn = static_cast<std::uint8_t>((state.turn + 1) % kTurns);
  inject(state, gathering.dx);
}

void constrain(FingerFilterState& state, const FingerFilterParams& params,
               const std::array<float, 4>& by_angle, float residual, float variance) noexcept {
  Gathering gathering{state.covariance};
  FingerRows rows;
  rows.count = 1;
  for (std::size_t k = 0; k < 4; ++k) {
    rows.h[0][k] = by_angle[k];
    see(rows, kAngle + k);
  }
  rows.residual[0] = residual;
  rows.variance[0] = variance;
  gathering.take(rows, float(params.gate));
  inject(state, gathering.dx);
}

}  // namespace tactus
