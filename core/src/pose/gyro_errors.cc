#include "tactus/pose/gyro_errors.h"

#include <Eigen/Core>
#include <array>
#include <cmath>

#include "low_pass.h"

namespace tactus {
namespace {

using Errors = GyroErrors;
using Params = GyroErrorParams;
constexpr int kStates = Errors::kStates;
using States = Eigen::Matrix<float, kStates, 1>;
using Covariance = Eigen::Map<Eigen::Matrix<float, kStates, kStates>>;

constexpr float kForgetSpan_s = 100;  // of Params::forget and scale_forget

float square(float x) { return x * x; }

/// What brings a length down to the limit: clipped so, directions stay as they are however the unit
/// is worn.
float share_within(float squared_length, float limit) {
  return squared_length > square(limit) ? limit / std::sqrt(squared_length) : 1.0f;
}

States states(const Errors::Row& row) {
  States h;
  for (int k = 0; k < 4; ++k) h.segment<3>(3 * k) << row[k].x, row[k].y, row[k].z;
  return h;
}

States believed(const Errors& e) {
  return states({e.bias_rad_per_s, e.scale[0], e.scale[1], e.scale[2]});
}

void keep(Errors& errors, const Params& params, States x) {
  x.head<3>() *= share_within(x.head<3>().squaredNorm(), params.most);
  x.tail<9>() *= share_within(x.tail<9>().squaredNorm(), params.scale_most);
  errors.bias_rad_per_s = {x(0), x(1), x(2)};
  for (int k = 0; k < 3; ++k) errors.scale[k] = {x(3 * k + 3), x(3 * k + 4), x(3 * k + 5)};
}

/// One scalar look: `h` . x is off by `error`, known to `variance`.
void correct(States& x, Covariance& P, const States& h, float error, float variance) {
  const States p = P * h;
  const float s = 1 / (h.dot(p) + variance);
  x += (s * error) * p;
  P.noalias() -= (s * p) * p.transpose();
}

/// What is known gets older, up to what was known at the start.
void forget(Covariance& P, const Params& params, float span_s) {
  const float share = span_s / kForgetSpan_s;
  for (int i = 0; i < kStates; ++i) {
    const bool bias = i < 3;
    const float most = square(bias ? params.sigma : params.scale_sigma);
    if (P(i, i) < most) P(i, i) += share * square(bias ? params.forget : params.scale_forget);
  }
}

void add(Errors::Sums& sums, const GyroLook& look) {
  const float dt_s = look.span_s;
  ++sums.blocks;
  sums.span_s += dt_s;
  sums.tilt_rad += look.tilt_rad;
  const Vec3 turn = dt_s * look.gyro_rad_per_s;
  for (const int i : {0, 1}) {
    const Vec3 row = look.rows[2 * i];
    Errors::Row& sum = sums.rows[i];
    sum[0] += dt_s * row;
    sum[1] += turn.x * row;
    sum[2] += turn.y * row;
    sum[3] += turn.z * row;
  }
}

}  // namespace

GyroErrors begin(const GyroErrorParams& params) noexcept {
  GyroErrors errors;
  Covariance P(errors.covariance.data());
  P.diagonal().head<3>().setConstant(square(params.sigma));
  P.diagonal().tail<9>().setConstant(square(params.scale_sigma));
  return errors;
}

void learn(GyroErrors& errors, const GyroErrorParams& params, const GyroLook& look) noexcept {
  add(errors.sums, look);
  if (errors.sums.blocks < params.blocks) return;
  const float span_s = errors.sums.span_s, per_s = 1 / span_s;
  const LowPassStep low_pass(span_s, params.tau_s);
  States x = believed(errors);
  std::array<States, 2> held;
  std::array<float, 2> seen;
  for (const int i : {0, 1}) {
    Errors::Row row;
    for (int k = 0; k < 4; ++k) row[k] = per_s * errors.sums.rows[i][k];
    seen[i] = states(row).dot(x);
    for (int k = 0; k < 4; ++k) row[k] = low_pass(errors.rows[i][k], row[k]);
    held[i] = states(row);
  }
  const Vec3 seen_held = low_pass(errors.seen, {seen[0], 0, seen[1]});

  Covariance P(errors.covariance.data());
  forget(P, params, span_s);
  const float walked = square(params.forget) * span_s / kForgetSpan_s;
  // A look whose weight lets the bias's variance settle at `settled`.
  const auto variance = [&](float settled) { return square(settled) / walked + settled; };
  // Looks at `n` states or sums of states at once, whose errors are clipped as one vector.
  const auto correct_by = [&](const States* h, const float* said, int n, float weight) {
    float squared = 0;
    for (int i = 0; i < n; ++i) squared += square(said[i] - h[i].dot(x));
    const float share = share_within(squared, params.most);
    const States before = x;
    for (int i = 0; i < n; ++i) {
      const float target = h[i].dot(before) + share * (said[i] - h[i].dot(before));
      correct(x, P, h[i], target - h[i].dot(x), weight);
    }
  };
  if (look.at_rest) {
    const States axes[3] = {States::Unit(0), States::Unit(1), States::Unit(2)};
    const float said[3] = {look.rest_rad_per_s.x, look.rest_rad_per_s.y, look.rest_rad_per_s.z};
    correct_by(axes, said, 3, variance(square(params.at_rest)));
  } else {
    const Vec3 said = seen_held - per_s * errors.sums.tilt_rad;
    const float horizontal[2] = {said.x, said.z};
    correct_by(held.data(), horizontal, 2, variance(square(params.in_motion)));
  }
  keep(errors, params, x);
  errors.sums = {};
}

float bias_variance(const GyroErrors& errors, Vec3 n) noexcept {
  const Eigen::Vector3f along(n.x, n.y, n.z);
  const Eigen::Map<const Eigen::Matrix<float, kStates, kStates>> P(errors.covariance.data());
  return along.dot(P.topLeftCorner<3, 3>() * along);
}

}  // namespace tactus
