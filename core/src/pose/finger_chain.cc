#include "finger_chain.h"

#include "tactus/pose/mounting.h"

namespace tactus {
namespace {

const Vector3d kBend = -Vector3d::UnitX();   // flexion turns about -X
const Vector3d kSpread = Vector3d::UnitY();  // abduction about +Y
const Vector3d kRoll = Vector3d::UnitZ();

// The thumb's axial turn by its flexion and abduction: hand_model's axial_rad.
constexpr double kAxialByFlexion = -0.3;
constexpr double kAxialByAbduction = 0.4;

constexpr float kAboveBase_m = 0.011f;  // a unit on the back of the base segment, at its middle

/// Into the child of a joint that turns by `angle` about `axis`, at `rate`.
void enter(Carried& c, const Vector3d& axis, double angle, double rate,
           const Eigen::Vector4d& share) noexcept {
  const Matrix3d R = exp_so3(-angle * axis).toRotationMatrix();
  c.value = R * c.value;
  c.by_angle = R * c.by_angle;
  c.by_rate = R * c.by_rate;
  c.by_angle += c.value.cross(axis) * share.transpose();
  c.by_rate += axis * share.transpose();
  c.value += rate * axis;
}

double axial(const std::array<double, 4>& a) noexcept {
  return kAxialByFlexion * a[0] + kAxialByAbduction * a[1];
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

Chain chain(const FingerGeometry& g, const std::array<double, 4>& angle,
            const std::array<double, 4>& rate) noexcept {
  Chain c;
  const bool thumb = g.finger == Finger::Thumb;
  const Quaterniond q_root = rotation(g.q_wrist_base);
  const Quaterniond q_bent = q_root * exp_so3(angle[0] * kBend);
  const Quaterniond q_spread = q_bent * exp_so3(angle[1] * kSpread);
  const Quaterniond q_base = thumb ? q_spread * exp_so3(axial(angle) * kRoll) : q_spread;
  const Quaterniond q_inner = q_base * exp_so3(angle[2] * kBend);
  c.q_wrist_segment = {q_base, q_inner, q_inner * exp_so3(angle[3] * kBend)};

  Vector3d omega = rate[0] * (q_root * kBend) + rate[1] * (q_bent * kSpread);
  if (thumb) omega += axial(rate) * (q_spread * kRoll);
  const Vector3d bend_axis = q_base * kBend;  // shared by the middle and distal joints
  Vector3d p = vector(g.p_wrist_base);
  Vector3d v = Vector3d::Zero();
  for (std::size_t k = 0; k < 2; ++k) {
    const Vector3d bone = c.q_wrist_segment[k] * Vector3d(0, 0, -double(g.bone_m[k]));
    p += bone;
    v += omega.cross(bone);
    if (k == 0) {
      const Vector3d arm = q_base * vector(g.p_segment_unit[2]);
      c.p_wrist_unit[2] = vector(g.p_wrist_base) + arm;
      c.v_wrist_unit[2] = omega.cross(arm);
    }
    omega += rate[2 + k] * bend_axis;
    const Vector3d arm = c.q_wrist_segment[k + 1] * vector(g.p_segment_unit[k]);
    c.p_wrist_unit[k] = p + arm;
    c.v_wrist_unit[k] = v + omega.cross(arm);
  }
  return c;
}

Carried carry_to_base(const FingerGeometry& g, const std::array<double, 4>& angle,
                      const std::array<double, 4>& rate, const Vector3d& v_wrist) noexcept {
  Carried c;
  c.value = rotation(g.q_wrist_base).conjugate() * v_wrist;
  enter(c, kBend, angle[0], rate[0], Eigen::Vector4d::UnitX());
  enter(c, kSpread, angle[1], rate[1], Eigen::Vector4d::UnitY());
  if (g.finger == Finger::Thumb) {
    enter(c, kRoll, axial(angle), axial(rate),
          Eigen::Vector4d(kAxialByFlexion, kAxialByAbduction, 0, 0));
  }
  return c;
}

Carried carry_to_inner(const Carried& base, const std::array<double, 4>& angle,
                       const std::array<double, 4>& rate) noexcept {
  Carried c = base;
  enter(c, kBend, angle[2], rate[2], Eigen::Vector4d::UnitZ());
  return c;
}

Carried carry_to_distal(const Carried& inner, const std::array<double, 4>& angle,
                        const std::array<double, 4>& rate) noexcept {
  Carried c = inner;
  enter(c, kBend, angle[3], rate[3], Eigen::Vector4d::UnitW());
  return c;
}

}  // namespace tactus
