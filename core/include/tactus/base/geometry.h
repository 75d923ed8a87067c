// Points, rotations and rigid transforms as plain data, with the dozen operations the path needs.
//
// Eigen's types are not trivially copyable, so they cannot cross a thread, a process or a disk;
// these can. Eigen stays inside the solvers.
//
//   Frames   right-handed, +Y up, -Z forward (OpenXR). `T_a_b` takes b's coordinates to a's.
//   Units    metres, radians; quaternions Hamilton, unit length, stored x y z w.
//   Errors   a zero vector normalises to the fallback given; a zero quaternion to identity.
//   Threads  plain values, RT-safe.
//   Proof    tests/core/base/base_test.cc
#pragma once
#include <algorithm>
#include <cmath>
#include <numbers>
#include <type_traits>

namespace tactus {

inline constexpr float kPi = std::numbers::pi_v<float>;
inline constexpr float kRadPerDeg = kPi / 180.0f;
inline constexpr float kGravity_m_per_s2 = 9.80665f;  ///< standard gravity, ISO 80000-3

struct Vec3 {
  float x = 0, y = 0, z = 0;
};
static_assert(sizeof(Vec3) == 12 && std::is_trivially_copyable_v<Vec3>);

[[nodiscard]] constexpr Vec3 operator+(Vec3 a, Vec3 b) noexcept {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
[[nodiscard]] constexpr Vec3 operator-(Vec3 a, Vec3 b) noexcept {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
[[nodiscard]] constexpr Vec3 operator-(Vec3 a) noexcept { return {-a.x, -a.y, -a.z}; }
[[nodiscard]] constexpr Vec3 operator*(float s, Vec3 a) noexcept {
  return {s * a.x, s * a.y, s * a.z};
}
[[nodiscard]] constexpr Vec3 operator*(Vec3 a, float s) noexcept { return s * a; }
constexpr Vec3& operator+=(Vec3& a, Vec3 b) noexcept { return a = a + b; }
constexpr Vec3& operator-=(Vec3& a, Vec3 b) noexcept { return a = a - b; }
[[nodiscard]] constexpr float dot(Vec3 a, Vec3 b) noexcept {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
[[nodiscard]] constexpr Vec3 cross(Vec3 a, Vec3 b) noexcept {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
[[nodiscard]] inline float length(Vec3 a) noexcept { return std::sqrt(dot(a, a)); }
[[nodiscard]] inline Vec3 normalized(Vec3 a, Vec3 fallback = {0, 1, 0}) noexcept {
  const float n = length(a);
  return n > 1e-12f ? (1.0f / n) * a : fallback;
}
[[nodiscard]] constexpr Vec3 lerp(Vec3 a, Vec3 b, float s) noexcept { return a + s * (b - a); }
[[nodiscard]] inline bool is_finite(Vec3 a) noexcept {
  return std::isfinite(a.x) && std::isfinite(a.y) && std::isfinite(a.z);
}

struct Quat {
  float x = 0, y = 0, z = 0, w = 1;
};
static_assert(sizeof(Quat) == 16 && std::is_trivially_copyable_v<Quat>);

[[nodiscard]] constexpr Quat operator*(Quat a, Quat b) noexcept {
  return {
      a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y, a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
      a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w, a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z};
}
[[nodiscard]] constexpr Quat conjugate(Quat q) noexcept { return {-q.x, -q.y, -q.z, q.w}; }
[[nodiscard]] constexpr Vec3 rotate(Quat q, Vec3 v) noexcept {
  const Vec3 u{q.x, q.y, q.z};
  const Vec3 t = 2.0f * cross(u, v);
  return v + q.w * t + cross(u, t);
}
[[nodiscard]] inline float norm(Quat q) noexcept {
  return std::sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w);
}
[[nodiscard]] inline Quat normalized(Quat q) noexcept {
  const float n = norm(q);
  if (!(n > 1e-12f)) return {};
  const float s = 1.0f / n;
  return {s * q.x, s * q.y, s * q.z, s * q.w};
}
[[nodiscard]] inline bool is_finite(Quat q) noexcept {
  return std::isfinite(q.x) && std::isfinite(q.y) && std::isfinite(q.z) && std::isfinite(q.w);
}

/// Rotation vector (axis times angle, rad) to quaternion.
[[nodiscard]] inline Quat exp_rotation(Vec3 r) noexcept {
  const float angle = length(r);
  const float s = angle > 1e-6f ? std::sin(0.5f * angle) / angle : 0.5f - angle * angle / 48.0f;
  return {s * r.x, s * r.y, s * r.z, std::cos(0.5f * angle)};
}

/// Quaternion to rotation vector, angle in [0, pi].
[[nodiscard]] inline Vec3 log_rotation(Quat q) noexcept {
  const float sign = q.w < 0 ? -1.0f : 1.0f;
  const Vec3 v{sign * q.x, sign * q.y, sign * q.z};
  const float n = length(v);
  const float scale = n > 1e-6f ? 2.0f * std::atan2(n, sign * q.w) / n : 2.0f;
  return scale * v;
}

[[nodiscard]] inline Quat axis_angle(Vec3 axis, float angle_rad) noexcept {
  return exp_rotation(angle_rad * normalized(axis));
}

/// The shortest rotation that takes unit vector `from` to unit vector `to`.
[[nodiscard]] inline Quat rotation_between(Vec3 from, Vec3 to) noexcept {
  const float c = dot(from, to);
  if (c < -0.99999f) {
    const Vec3 side = std::fabs(from.x) < 0.9f ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
    return axis_angle(cross(from, side), kPi);
  }
  const Vec3 v = cross(from, to);
  return normalized(Quat{v.x, v.y, v.z, 1.0f + c});
}

/// Interpolates the shorter way; `s` in [0, 1].
[[nodiscard]] inline Quat slerp(Quat a, Quat b, float s) noexcept {
  return normalized(a * exp_rotation(s * log_rotation(conjugate(a) * b)));
}

/// Rigid transform: rotation, then translation.
struct Pose {
  Quat q;
  Vec3 p;
};
static_assert(sizeof(Pose) == 28 && std::is_trivially_copyable_v<Pose>);

[[nodiscard]] constexpr Pose operator*(const Pose& T_a_b, const Pose& T_b_c) noexcept {
  return {T_a_b.q * T_b_c.q, T_a_b.p + rotate(T_a_b.q, T_b_c.p)};
}
[[nodiscard]] constexpr Vec3 operator*(const Pose& T_a_b, Vec3 p_b) noexcept {
  return T_a_b.p + rotate(T_a_b.q, p_b);
}
[[nodiscard]] constexpr Pose inverse(const Pose& T_a_b) noexcept {
  const Quat q = conjugate(T_a_b.q);
  return {q, -rotate(q, T_a_b.p)};
}
[[nodiscard]] inline Pose interpolate(const Pose& a, const Pose& b, float s) noexcept {
  return {slerp(a.q, b.q, s), lerp(a.p, b.p, s)};
}
[[nodiscard]] inline bool is_finite(const Pose& T) noexcept {
  return is_finite(T.q) && is_finite(T.p);
}

/// Finite and a rotation within 1 %: what a stranger's pose must be before anything uses it.
[[nodiscard]] inline bool is_valid(const Pose& T) noexcept {
  return is_finite(T) && std::fabs(norm(T.q) - 1.0f) < 0.01f;
}

}  // namespace tactus
