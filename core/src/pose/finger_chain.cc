#include "finger_chain.h"

#include "tactus/pose/mounting.h"

namespace tactus {
namespace {

constexpr int kX = 0, kY = 1, kZ = 2;  // flexion turns about -X, abduction +Y, axial turns +Z
constexpr std::size_t kBaseFlexion = 0, kAbduction = 1, kAxial = 2, kMiddle = 3, kDistal = 4;

constexpr float kAboveBase_m = 0.011f;  // a unit on the back of the base segment, at its middle

Axis axis_of(int axis, const Eigen::Vector4d& share, const std::array<double, 4>& angle,
             const std::array<double, 4>& rate) noexcept {
  const double turned = share.dot(Eigen::Map<const Eigen::Vector4d>(angle.data()));
  return {axis, share, std::sin(turned), std::cos(turned),
          share.dot(Eigen::Map<const Eigen::Vector4d>(rate.data()))};
}

/// Into the child of a joint.
void enter(Carried& c, const Axis& a, Carry what) noexcept {
  const int j = (a.axis + 1) % 3, k = (a.axis + 2) % 3;
  const auto turn = [&](auto&& at_j, auto&& at_k) {
    const auto was_j = at_j.eval();
    at_j = a.cosine * was_j + a.sine * at_k;
    at_k = a.cosine * at_k - a.sine * was_j;
  };
  turn(c.value.row(j), c.value.row(k));
  turn(c.by_angle.row(j), c.by_angle.row(k));
  c.by_angle.row(j) += c.value[k] * a.share.transpose();
  c.by_angle.row(k) -= c.value[j] * a.share.transpose();
  if (what == Carry::Vector) return;
  turn(c.by_rate.row(j), c.by_rate.row(k));
  c.by_rate.row(a.axis) += a.share.transpose();
  c.value[a.axis] += a.rate;
}

/// The frame beyond a joint, from the one before it; `omega` turns with it.
void turn(Matrix3d& R, Vector3d& omega, const Axis& a) noexcept {
  const int j = (a.axis + 1) % 3, k = (a.axis + 2) % 3;
  const Vector3d was_j = R.col(j);
  R.col(j) = a.cosine * was_j + a.sine * R.col(k);
  R.col(k) = a.cosine * R.col(k) - a.sine * was_j;
  omega += a.rate * R.col(a.axis);
}

}  // namespace

FingerGeometry finger_geometry(const HandProfile& profile, Finger finger) noexcept {
  const FingerRoot root = finger_root(finger, hand_scale(profile));
  const FingerBones& bones = profile.bones[index(finger)];
  const bool thumb = finger == Finger::Thumb;
  FingerGeometry g;
  g.finger = finger;
  g.p_wrist_palm = unit_place(profile, kPalmImu);
  g.q_wrist_base = root.q_wrist_base;
  g.p_wrist_base = root.p_wrist_metacarpal;
  if (!thumb) g.p_wrist_base += rotate(root.q_wrist_metacarpal, Vec3{0, 0, -bones.metacarpal_m});
  g.bone_m = {thumb ? bones.metacarpal_m : bones.proximal_m,
              thumb ? bones.proximal_m : bones.intermediate_m};
  g.p_segment_unit = {
      unit_place(profile, inner_imu(finger)),
      unit_place(profile, distal_imu(finger)),
      {0, kAboveBase_m * hand_scale(profile), -0.5f * hand_scale(profile) * g.bone_m[0]}};
  return g;
}

Axes axes_of(Finger finger, const std::array<double, 4>& angle,
             const std::array<double, 4>& rate) noexcept {
  using Share = Eigen::Vector4d;
  Axes axes;
  axes[kBaseFlexion] = axis_of(kX, -Share::UnitX(), angle, rate);
  axes[kAbduction] = axis_of(kY, Share::UnitY(), angle, rate);
  if (finger == Finger::Thumb) {
    axes[kAxial] =
        axis_of(kZ, Share(kThumbTurnByFlexion, kThumbTurnByAbduction, 0, 0), angle, rate);
  }
  axes[kMiddle] = axis_of(kX, -Share::UnitZ(), angle, rate);
  axes[kDistal] = axis_of(kX, -Share::UnitW(), angle, rate);
  return axes;
}

Chain chain(const FingerGeometry& g, const Axes& axes) noexcept {
  Chain c;
  Matrix3d R = rotation(g.q_wrist_base).toRotationMatrix();
  Vector3d omega = Vector3d::Zero();
  turn(R, omega, axes[kBaseFlexion]);
  turn(R, omega, axes[kAbduction]);
  if (g.finger == Finger::Thumb) turn(R, omega, axes[kAxial]);
  c.R_wrist_segment[0] = R;
  Vector3d p = vector(g.p_wrist_base);
  Vector3d v = Vector3d::Zero();
  const Vector3d on_base = R * vector(g.p_segment_unit[2]);
  c.p_wrist_unit[2] = p + on_base;
  c.v_wrist_unit[2] = omega.cross(on_base);
  for (std::size_t k = 0; k < 2; ++k) {
    const Vector3d bone = -double(g.bone_m[k]) * R.col(kZ);
    p += bone;
    v += omega.cross(bone);
    turn(R, omega, axes[kMiddle + k]);
    c.R_wrist_segment[k + 1] = R;
    const Vector3d arm = R * vector(g.p_segment_unit[k]);
    c.p_wrist_unit[k] = p + arm;
    c.v_wrist_unit[k] = v + omega.cross(arm);
  }
  return c;
}

Carried carry_to_base(const FingerGeometry& g, const Axes& axes, Carry what,
                      const Vector3d& v_wrist) noexcept {
  Carried c;
  c.value = rotation(g.q_wrist_base).conjugate() * v_wrist;
  enter(c, axes[kBaseFlexion], what);
  enter(c, axes[kAbduction], what);
  if (g.finger == Finger::Thumb) enter(c, axes[kAxial], what);
  return c;
}

Carried carry_to_inner(const Carried& base, const Axes& axes, Carry what) noexcept {
  Carried c = base;
  enter(c, axes[kMiddle], what);
  return c;
}

Carried carry_to_distal(const Carried& inner, const Axes& axes, Carry what) noexcept {
  Carried c = inner;
  enter(c, axes[kDistal], what);
  return c;
}

}  // namespace tactus
