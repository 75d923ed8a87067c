// Points, rotations and rigid transforms of the scene, on Eigen.
//
// The scene is an ordinary application: it shares no code with the engine, only the public header.
//
//   Frames   right-handed, +Y up, metres. `T_a_b` takes b's coordinates to a's. A model faces +Z.
//   Units    metres, radians; quaternions Hamilton, unit length.
//   Errors   a zero direction gives the fallback named.
//   Threads  plain values.
//   Proof    tests/scene/motion_test.cc
#pragma once
#include <Eigen/Geometry>
#include <cmath>

namespace tactus::scene {

using Vec3 = Eigen::Vector3f;
using Quat = Eigen::Quaternionf;
using Mat3 = Eigen::Matrix3f;
using Mat4 = Eigen::Matrix4f;

inline constexpr float kPi = 3.14159265358979f;
inline constexpr float kRadPerDeg = kPi / 180.0f;

/// Rigid transform: rotation, then translation.
struct Pose {
  Quat q = Quat::Identity();
  Vec3 p = Vec3::Zero();
};

[[nodiscard]] inline Pose operator*(const Pose& T_a_b, const Pose& T_b_c) {
  return {(T_a_b.q * T_b_c.q).normalized(), T_a_b.p + T_a_b.q * T_b_c.p};
}
[[nodiscard]] inline Vec3 operator*(const Pose& T_a_b, const Vec3& p_b) {
  return T_a_b.p + T_a_b.q * p_b;
}
[[nodiscard]] inline Pose inverse(const Pose& T_a_b) {
  const Quat q = T_a_b.q.conjugate();
  return {q, -(q * T_a_b.p)};
}

/// Rotation by `angle_rad` about a unit axis.
[[nodiscard]] inline Quat turn(const Vec3& axis, float angle_rad) {
  return Quat(Eigen::AngleAxisf(angle_rad, axis));
}

/// The unit vector along `v`, or `fallback` where `v` is too short to have a direction.
[[nodiscard]] inline Vec3 direction(const Vec3& v, const Vec3& fallback) {
  const float n = v.norm();
  return n > 1e-6f ? Vec3(v / n) : fallback;
}

/// A camera at `eye` that looks at `target`: -Z forward, +Y as near to up as can be.
[[nodiscard]] Pose look_at(const Vec3& eye, const Vec3& target);

/// What an eye sees: tangents of the half angles, left and down negative.
struct Fov {
  float tan_left = -1, tan_right = 1, tan_up = 1, tan_down = -1;
};

/// Projection to Vulkan's clip space: y down, depth 0 at `near_m` and 1 at `far_m`.
[[nodiscard]] Mat4 projection(const Fov& fov, float near_m, float far_m);

/// Orthographic projection of the box ±`half_width_m`, from `near_m` to `far_m` along -Z.
[[nodiscard]] Mat4 box_projection(float half_width_m, float near_m, float far_m);

[[nodiscard]] Mat4 matrix(const Pose& T_a_b);

}  // namespace tactus::scene
