#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

// Right hand at rest, metres and degrees: where each metacarpal begins, where it points, and how
// the straight finger stands. Yaw turns about +Y (towards the thumb), pitch up, roll about the
// bone. The rolls make flexed fingers converge on the scaphoid, as they do in a fist.
struct RootShape {
  Vec3 p;
  float metacarpal_yaw_deg;
  float base_yaw_deg;
  float base_pitch_deg;
  float roll_deg;
};
constexpr std::array<RootShape, kFingers> kRoots = {{
    {{-0.024f, -0.014f, -0.030f}, 25, 25, -20, 65},
    {{-0.014f, -0.002f, -0.032f}, 7, 3, 0, 4},
    {{0.000f, 0.000f, -0.032f}, 0, 0, 0, 0},
    {{0.011f, -0.001f, -0.031f}, -6, -4, 0, -6},
    {{0.020f, -0.004f, -0.029f}, -15, -9, 0, -12},
}};

// Thumb: metacarpal, proximal, distal, tip. Fingers: metacarpal, proximal, intermediate, distal,
// tip. Millimetres.
constexpr std::array<float, kHandJoints> kRadii_mm = {
    16.0f, 20.0f,                    // palm, wrist
    17.0f, 12.0f, 9.8f, 8.8f,        // thumb
    18.0f, 10.3f, 8.5f, 7.6f, 6.6f,  // index
    18.0f, 11.2f, 8.0f, 7.6f, 6.6f,  // middle
    17.0f, 9.9f,  7.6f, 7.2f, 6.2f,  // ring
    16.0f, 8.5f,  6.8f, 6.4f, 5.4f,  // little
};

Quat about_x(float angle_rad) noexcept {
  return {std::sin(0.5f * angle_rad), 0, 0, std::cos(0.5f * angle_rad)};
}
Quat about_y(float angle_rad) noexcept {
  return {0, std::sin(0.5f * angle_rad), 0, std::cos(0.5f * angle_rad)};
}
Quat about_z(float angle_rad) noexcept {
  return {0, 0, std::sin(0.5f * angle_rad), std::cos(0.5f * angle_rad)};
}

float clamped(float angle_rad, AngleRange range) noexcept {
  if (!std::isfinite(angle_rad)) angle_rad = 0;
  return std::clamp(angle_rad, range.low_rad, range.high_rad);
}

bool inside(float angle_rad, AngleRange range) noexcept {
  return angle_rad >= range.low_rad - 1e-5f && angle_rad <= range.high_rad + 1e-5f;
}

// One joint further: along the bone, then turned by the joint's flexion.
Pose next_joint(const Pose& T_wrist_parent, float bone_m, float flexion_rad) noexcept {
  return T_wrist_parent * Pose{about_x(-flexion_rad), {0, 0, -bone_m}};
}

void place_finger(std::array<Pose, kHandJoints>& T, Finger finger, const FingerBones& bones,
                  float scale, const FingerAngles& a) noexcept {
  const FingerRoot root = finger_root(finger, scale);
  std::size_t joint = index(kMetacarpalJoints[index(finger)]);
  const Quat q_base = root.q_wrist_base * about_x(-a.base_flexion_rad) *
                      about_y(a.base_abduction_rad) * about_z(axial_rad(finger, a));
  if (finger == Finger::Thumb) {
    T[joint] = {q_base, root.p_wrist_metacarpal};
    T[joint + 1] = next_joint(T[joint], bones.metacarpal_m, a.middle_rad);
    T[joint + 2] = next_joint(T[joint + 1], bones.proximal_m, a.distal_rad);
    T[joint + 3] = next_joint(T[joint + 2], bones.distal_m, 0);
    return;
  }
  T[joint] = {root.q_wrist_metacarpal, root.p_wrist_metacarpal};
  T[joint + 1] = {q_base, T[joint] * Vec3{0, 0, -bones.metacarpal_m}};
  T[joint + 2] = next_joint(T[joint + 1], bones.proximal_m, a.middle_rad);
  T[joint + 3] = next_joint(T[joint + 2], bones.intermediate_m, a.distal_rad);
  T[joint + 4] = next_joint(T[joint + 3], bones.distal_m, 0);
}

}  // namespace

AngleRange abduction_range(Finger finger, float base_flexion_rad) noexcept {
  const AngleRange full = kFingerLimits[index(finger)].base_abduction;
  if (finger == Finger::Thumb) return full;
  const float bent = std::clamp(base_flexion_rad / (90.0f * kRadPerDeg), 0.0f, 1.0f);
  const float narrow = 5.0f * kRadPerDeg;
  return {full.low_rad + bent * (-narrow - full.low_rad),
          full.high_rad + bent * (narrow - full.high_rad)};
}

HandAngles clamp_to_limits(const HandAngles& angles) noexcept {
  HandAngles result;
  for (std::size_t f = 0; f < kFingers; ++f) {
    const FingerLimits& limits = kFingerLimits[f];
    const FingerAngles& a = angles.finger[f];
    FingerAngles& c = result.finger[f];
    c.base_flexion_rad = clamped(a.base_flexion_rad, limits.base_flexion);
    c.base_abduction_rad =
        clamped(a.base_abduction_rad, abduction_range(Finger(f), c.base_flexion_rad));
    c.middle_rad = clamped(a.middle_rad, limits.middle);
    c.distal_rad = clamped(a.distal_rad, limits.distal);
  }
  return result;
}

bool within_limits(const HandAngles& angles) noexcept {
  for (std::size_t f = 0; f < kFingers; ++f) {
    const FingerLimits& limits = kFingerLimits[f];
    const FingerAngles& a = angles.finger[f];
    if (!inside(a.base_flexion_rad, limits.base_flexion) ||
        !inside(a.base_abduction_rad, abduction_range(Finger(f), a.base_flexion_rad)) ||
        !inside(a.middle_rad, limits.middle) || !inside(a.distal_rad, limits.distal)) {
      return false;
    }
  }
  return true;
}

FingerRoot finger_root(Finger finger, float scale) noexcept {
  const RootShape& shape = kRoots[index(finger)];
  const Quat roll = about_z(shape.roll_deg * kRadPerDeg);
  const Quat pitch = about_x(shape.base_pitch_deg * kRadPerDeg);
  return {scale * shape.p, about_y(shape.metacarpal_yaw_deg * kRadPerDeg) * pitch * roll,
          about_y(shape.base_yaw_deg * kRadPerDeg) * pitch * roll};
}

float axial_rad(Finger finger, const FingerAngles& angles) noexcept {
  if (finger != Finger::Thumb) return 0;
  return static_cast<float>(kThumbTurnByAbduction) * angles.base_abduction_rad +
         static_cast<float>(kThumbTurnByFlexion) * angles.base_flexion_rad;
}

std::array<Pose, kHandJoints> forward_kinematics(const HandProfile& profile, Hand hand,
                                                 const HandAngles& angles) noexcept {
  const float scale = hand_scale(profile);
  std::array<Pose, kHandJoints> T{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    place_finger(T, Finger(f), profile.bones[f], scale, angles.finger[f]);
  }
  const Pose& metacarpal = T[index(HandJoint::MiddleMetacarpal)];
  T[index(HandJoint::Palm)] = {metacarpal.q,
                               lerp(metacarpal.p, T[index(HandJoint::MiddleProximal)].p, 0.5f)};
  if (hand == Hand::Left) {
    for (Pose& T_wrist_joint : T) T_wrist_joint = mirrored(T_wrist_joint);
  }
  return T;
}

std::array<float, kHandJoints> joint_radii(const HandProfile& profile) noexcept {
  const float scale = hand_scale(profile);
  std::array<float, kHandJoints> radius_m{};
  for (std::size_t j = 0; j < kHandJoints; ++j) radius_m[j] = 1e-3f * scale * kRadii_mm[j];
  return radius_m;
}

}  // namespace tactus
