#include "wrist_covariance.h"

#include <Eigen/Cholesky>

namespace tactus {
namespace {

using ErrorState = Eigen::Matrix<double, kN, 1>;
using Gains = Eigen::Matrix<double, kN, 6>;

void inject(WristFilterState& state, const ErrorState& dx) noexcept {
  WristMotion& motion = state.at_tracker;
  motion.p_world_imu = array(vector(motion.p_world_imu) + dx.segment<3>(kPosition));
  motion.v_world_imu = array(vector(motion.v_world_imu) + dx.segment<3>(kVelocity));
  motion.q_world_wrist =
      array((rotation(motion.q_world_wrist) * exp_so3(dx.segment<3>(kTheta))).normalized());
  state.gyro_bias = array(vector(state.gyro_bias) + dx.segment<3>(kGyro));
  state.accel_bias = array(vector(state.accel_bias) + dx.segment<3>(kAccel));
  state.q_wrist_segment =
      array((exp_so3(dx.segment<3>(kMount)) * rotation(state.q_wrist_segment)).normalized());
  state.p_wrist_imu = array(vector(state.p_wrist_imu) + dx.segment<3>(kPlace));
  state.accel_lag_s += dx(kLag);
  state.delay_s += dx(kDelay);
}

/// out(:, at + i) += sum over k of C(i, k) P(:, first + k). By columns: they are contiguous, and too
/// few for Eigen's products, which are made for large matrices.
template <class Out, class C>
void add_columns(Out& out, int at, const Eigen::Map<Covariance>& P, int first,
                 const C& coefficients) noexcept {
  for (int k = 0; k < coefficients.cols(); ++k) {
    for (int i = 0; i < 3; ++i) out.col(at + i) += coefficients(i, k) * P.col(first + k);
  }
}

/// W <- W L^-T, and P <- P - W W^T.
template <int kColumns>
void whiten(Eigen::Matrix<double, kN, kColumns>& W,
            const Eigen::Matrix<double, kColumns, kColumns>& L) noexcept {
  for (int i = 0; i < kColumns; ++i) {
    for (int j = 0; j < i; ++j) W.col(i) -= L(i, j) * W.col(j);
    W.col(i) *= 1 / L(i, i);
  }
}
template <int kColumns>
void narrow(Eigen::Map<Covariance> P, const Eigen::Matrix<double, kN, kColumns>& W) noexcept {
  for (int j = 0; j < kN; ++j) {
    for (int i = 0; i < kColumns; ++i) P.col(j) -= W(j, i) * W.col(i);
  }
}

constexpr double kGyroNoise2 = 3 * 0.005 * 0.005;  // (rad/s)^2 of one reading

/// The part of a rate that is beyond its own error (James & Stein 1961). A rate that is only error
/// goes with the residual, and would teach the delay, always to one side.
Vector3d surely(const Vector3d& rate, double noise2) noexcept {
  const double square = rate.squaredNorm();
  return square > noise2 ? Vector3d((1 - noise2 / square) * rate) : Vector3d(Vector3d::Zero());
}

}  // namespace

Transition::Transition() noexcept {
  theta.setZero();
  velocity.setZero();
  position.setZero();
  theta.leftCols<3>().setIdentity();
  velocity.middleCols<3>(kVelocity).setIdentity();
  position.middleCols<3>(kPosition).setIdentity();
}

void add_step(Transition& transition, const Quaterniond& q_world_wrist, const Inertial& r,
              double dt, double accel_noise2, double gyro_noise2) noexcept {
  const Matrix3d R = dt * q_world_wrist.toRotationMatrix();
  Transition& t = transition;
  t.position.leftCols<kPosition>() += dt * t.velocity;
  const Matrix3d felt = R.lazyProduct(skew(r.force));
  t.velocity.leftCols<kVelocity>().noalias() -= felt.lazyProduct(t.theta);
  t.velocity.middleCols<3>(kMount).noalias() -= R.lazyProduct(skew(r.turned_accel));
  t.velocity.middleCols<3>(kAccel) -= R;
  t.velocity.col(kLag) += R * r.jolt;
  // exp(-omega dt) to second order: the third is 1e-7 for 2 rad/s and 4 ms.
  const Matrix3d turn = skew(-dt * r.omega);
  const Eigen::Matrix<double, 3, kVelocity> once = turn.lazyProduct(t.theta);
  const Eigen::Matrix<double, 3, kVelocity> twice = turn.lazyProduct(once);
  t.theta += once + 0.5 * twice;
  t.theta.middleCols<3>(kGyro) -= dt * Matrix3d::Identity();
  t.theta.middleCols<3>(kMount) -= dt * skew(r.turned_gyro);
  t.elapsed_s += dt;
  t.velocity_noise2 += accel_noise2 * dt;
  t.theta_noise2 += gyro_noise2 * dt;
}

void apply(WristFilterState& state, const WristFilterParams& params, const Transition& t) noexcept {
  auto P = covariance_of(state);
  // F P by its transpose, for P is symmetric; columns: theta, velocity, position.
  Eigen::Matrix<double, kN, 9> moved = Eigen::Matrix<double, kN, 9>::Zero();
  add_columns(moved, 0, P, 0, t.theta);
  add_columns(moved, 3, P, 0, t.velocity);
  add_columns(moved, 6, P, 0, t.position);
  Eigen::Matrix<double, 9, 9> square;
  square.leftCols<3>().noalias() =
      moved.topRows<kVelocity>().transpose().lazyProduct(t.theta.transpose());
  square.middleCols<3>(3).noalias() =
      moved.topRows<kPosition>().transpose().lazyProduct(t.velocity.transpose());
  square.rightCols<3>().noalias() =
      moved.topRows<kPlace>().transpose().lazyProduct(t.position.transpose());
  const int to[3] = {kTheta, kVelocity, kPosition};
  for (int i = 0; i < 3; ++i) P.middleCols<3>(to[i]) = moved.middleCols<3>(3 * i);
  for (int i = 0; i < 3; ++i) P.middleRows<3>(to[i]) = moved.middleCols<3>(3 * i).transpose();
  for (int i = 0; i < 3; ++i) {
    for (int j = 0; j < 3; ++j) P.block<3, 3>(to[i], to[j]) = square.block<3, 3>(3 * i, 3 * j);
  }
  const auto add = [&P](int from, double variance, int size = 3) {
    for (int i = from; i < from + size; ++i) P(i, i) += variance;
  };
  const double T = t.elapsed_s;
  const auto walk = [T](double density) { return density * density * T; };
  add(kTheta, t.theta_noise2);
  add(kVelocity, t.velocity_noise2);
  add(kPosition, t.velocity_noise2 * T * T / 3);
  for (int i = 0; i < 3; ++i) {
    P(kVelocity + i, kPosition + i) += t.velocity_noise2 * T / 2;
    P(kPosition + i, kVelocity + i) += t.velocity_noise2 * T / 2;
  }
  add(kGyro, walk(params.gyro_walk));
  add(kAccel, walk(params.accel_walk));
  add(kMount, walk(params.mounting_walk));
  add(kPlace, walk(params.place_walk));
  add(kDelay, walk(params.delay_walk), 1);
}

Comparison compare(WristFilterState& state, const WristFilterParams& params,
                   const WristMeasurement& m, double noise2) noexcept {
  const WristMotion& motion = state.at_tracker;
  const Quaterniond q = rotation(motion.q_world_wrist);
  const Matrix3d R = q.toRotationMatrix();
  const Vector3d lever = vector(state.p_wrist_imu);
  const std::uint32_t next = first_after(state, motion.t);
  Vector3d omega = Vector3d::Zero();
  if (!is_coasting(state, next, motion.t, motion.t)) {
    omega = mean_reading(state, Unit(state), next, motion.t, motion.t).omega;
  }
  const Matrix3d arm = R * skew(lever);
  auto P = covariance_of(state);
  const double v_noise2 = P.diagonal().segment<3>(kVelocity).sum();
  const double omega_noise2 = P.diagonal().segment<3>(kGyro).sum() + kGyroNoise2;
  const Vector3d v_wrist = surely(vector(motion.v_world_imu) - R * omega.cross(lever), v_noise2);
  const Vector3d turning = surely(omega, omega_noise2);

  Comparison c;
  c.residual.head<3>() = vector(m.T_world_wrist.p) - (vector(motion.p_world_imu) - R * lever);
  c.residual.tail<3>() = log_so3(q.conjugate() * rotation(m.T_world_wrist.q));

  // H: position and orientation of the pose by the error states; P H^T without its zeros.
  Gains cross;
  cross.leftCols<3>() = P.middleCols<3>(kPosition);
  add_columns(cross, 0, P, kTheta, arm);
  add_columns(cross, 0, P, kPlace, Matrix3d(-R));
  add_columns(cross, 0, P, kDelay, v_wrist);
  cross.rightCols<3>() = P.middleCols<3>(kTheta);
  add_columns(cross, 3, P, kDelay, turning);
  Eigen::Matrix<double, 6, 6> S;
  S.topRows<3>() = cross.middleRows<3>(kPosition);
  S.topRows<3>().noalias() += arm.lazyProduct(cross.middleRows<3>(kTheta));
  S.topRows<3>().noalias() -= R.lazyProduct(cross.middleRows<3>(kPlace));
  S.topRows<3>() += v_wrist * cross.row(kDelay);
  S.bottomRows<3>() = cross.middleRows<3>(kTheta);
  S.bottomRows<3>() += turning * cross.row(kDelay);
  const double sigma_m = std::max(double(m.sigma_m), params.least_m);
  const double sigma_rad = std::max(double(m.sigma_rad), params.least_rad);
  const double delay2 = P(kDelay, kDelay);
  for (int i = 0; i < 3; ++i) {
    S(i, i) += noise2 * sigma_m * sigma_m + delay2 * v_noise2 / 3;
    S(i + 3, i + 3) += noise2 * sigma_rad * sigma_rad + delay2 * omega_noise2 / 3;
  }
  // With S = L L^T and W = cross L^-T: K residual = W L^-1 residual, K cross^T = W W^T.
  const Eigen::LLT<Eigen::Matrix<double, 6, 6>> llt(S);
  c.valid = llt.info() == Eigen::Success;
  if (!c.valid) return c;
  c.white = llt.matrixL().solve(c.residual);
  c.gain = cross;
  whiten<6>(c.gain, llt.matrixLLT());
  return c;
}

void accept(WristFilterState& state, const Comparison& c) noexcept {
  inject(state, c.gain.lazyProduct(c.white));
  narrow(covariance_of(state), c.gain);
}

void stand_still(WristFilterState& state, double sigma_m_per_s) noexcept {
  auto P = covariance_of(state);
  Matrix3d S = P.block<3, 3>(kVelocity, kVelocity);
  S.diagonal().array() += sigma_m_per_s * sigma_m_per_s;
  const Eigen::LLT<Matrix3d> llt(S);
  if (llt.info() != Eigen::Success) return;
  Eigen::Matrix<double, kN, 3> W = P.middleCols<3>(kVelocity);
  whiten<3>(W, llt.matrixLLT());
  const Vector3d white = llt.matrixL().solve(-vector(state.at_tracker.v_world_imu));
  inject(state, W.lazyProduct(white));
  narrow(P, W);
}

}  // namespace tactus
