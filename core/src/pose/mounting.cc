#include "tactus/pose/mounting.h"

#include <Eigen/Eigenvalues>

#include "linear.h"
#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

constexpr double kLeastTurn = 0.8660254;     // cosine of 30 degrees between two ups
constexpr double kMostResidual = 0.9848078;  // cosine of 10 degrees

/// Sums of one unit over the holds.
struct Fit {
  Matrix3d attitude = Matrix3d::Zero();  // sum of up_segment up_imu^T
  Vector3d gyro = Vector3d::Zero();
  int holds = 0;
  bool turned = false;  // two of the ups differ enough
  Vector3d first_up = Vector3d::Zero();
};

void add(Fit& fit, const Vector3d& up_segment, const ImuReading& mean) noexcept {
  const Vector3d up_imu = vector(mean.accel_m_per_s2);
  if (!(up_imu.norm() > 1.0) || !is_finite(mean.gyro_rad_per_s)) return;
  if (fit.holds == 0) fit.first_up = up_segment;
  fit.turned = fit.turned || fit.first_up.dot(up_segment) < kLeastTurn;
  fit.attitude += up_segment * up_imu.normalized().transpose();
  fit.gyro += vector(mean.gyro_rad_per_s);
  ++fit.holds;
}

/// q that maximises the sum of up_segment . (q up_imu), and that sum.
Quaterniond solve(const Fit& fit, double& agreement) noexcept {
  const Vector3d z(fit.attitude(2, 1) - fit.attitude(1, 2), fit.attitude(0, 2) - fit.attitude(2, 0),
                   fit.attitude(1, 0) - fit.attitude(0, 1));
  Eigen::Matrix4d K;
  K.topLeftCorner<3, 3>() =
      fit.attitude + fit.attitude.transpose() - fit.attitude.trace() * Matrix3d::Identity();
  K.topRightCorner<3, 1>() = z;
  K.bottomLeftCorner<1, 3>() = z.transpose();
  K(3, 3) = fit.attitude.trace();
  const Eigen::SelfAdjointEigenSolver<Eigen::Matrix4d> eigen(K);
  const Eigen::Vector4d q = eigen.eigenvectors().col(3);
  agreement = eigen.eigenvalues()(3);
  return Quaterniond(q(3), q(0), q(1), q(2)).normalized();
}

}  // namespace

HandJoint unit_joint(std::size_t unit) noexcept {
  if (unit == kPalmImu) return HandJoint::Wrist;
  const std::size_t finger = (unit - 1) / 2;
  const std::size_t inner = finger == index(Finger::Thumb) ? 1 : 2;
  return HandJoint(index(kMetacarpalJoints[finger]) + inner + (unit - 1) % 2);
}

Vec3 unit_place(const HandProfile& profile, std::size_t unit) noexcept {
  const float scale = hand_scale(profile);
  if (unit == kPalmImu) return scale * Vec3{0, 0.014f, -0.060f};
  const std::size_t finger = (unit - 1) / 2;
  const FingerBones& bones = profile.bones[finger];
  const bool thumb = finger == index(Finger::Thumb);
  if ((unit - 1) % 2 == 1) {
    return {0, scale * (thumb ? 0.007f : 0.006f), -0.5f * bones.distal_m};
  }
  return {0, scale * (thumb ? 0.010f : 0.008f),
          -0.5f * (thumb ? bones.proximal_m : bones.intermediate_m)};
}

std::uint16_t calibrate_mounting(HandProfile& profile, Hand hand,
                                 std::span<const MountingHold> holds) noexcept {
  const auto T_wrist_joint = forward_kinematics(profile, hand, HandAngles{});
  std::uint16_t solved = 0;
  for (std::size_t unit = 0; unit < kGloveImus; ++unit) {
    const Quaterniond q_wrist_segment = rotation(T_wrist_joint[index(unit_joint(unit))].q);
    Fit fit;
    for (const MountingHold& hold : holds) {
      if (!is_finite(hold.up_wrist)) continue;
      const Vector3d up_wrist = vector(normalized(hold.up_wrist));
      add(fit, q_wrist_segment.conjugate() * up_wrist, hold.mean[unit]);
    }
    if (fit.holds < 2 || !fit.turned) continue;
    double agreement = 0;
    const Quaterniond q_segment_imu = solve(fit, agreement);
    if (!(agreement > kMostResidual * fit.holds)) continue;
    profile.q_segment_imu[unit] = as_quat(q_segment_imu);
    profile.gyro_bias_rad_per_s[unit] = as_vec3(fit.gyro / fit.holds);
    solved = static_cast<std::uint16_t>(solved | (1u << unit));
  }
  return solved;
}

}  // namespace tactus
