// Eigen beside the states' plain arrays: the few conversions and rotations the pose filters share.
//
//   Clocks   none. Frames: the caller's.
//   Units    radians; quaternions as Eigen's (stored x y z w, as ours).
//   Errors   none.
//   Threads  pure, RT-safe: fixed sizes only.
//   Proof    tests/core/pose (through the filters)
#pragma once
#include <Eigen/Core>
#include <Eigen/Geometry>
#include <array>
#include <cmath>
#include <cstddef>

#include "tactus/base/geometry.h"

namespace tactus {

using Eigen::Matrix3d;
using Eigen::Quaterniond;
using Eigen::Vector3d;

[[nodiscard]] inline Vector3d vector(const std::array<double, 3>& a) noexcept {
  return {a[0], a[1], a[2]};
}
[[nodiscard]] inline Vector3d vector(Vec3 a) noexcept {
  return {double(a.x), double(a.y), double(a.z)};
}
[[nodiscard]] inline Quaterniond rotation(const std::array<double, 4>& a) noexcept {
  return {a[3], a[0], a[1], a[2]};
}
[[nodiscard]] inline Quaterniond rotation(Quat q) noexcept {
  return {double(q.w), double(q.x), double(q.y), double(q.z)};
}
[[nodiscard]] inline std::array<double, 3> array(const Vector3d& v) noexcept {
  return {v.x(), v.y(), v.z()};
}
[[nodiscard]] inline std::array<double, 4> array(const Quaterniond& q) noexcept {
  return {q.x(), q.y(), q.z(), q.w()};
}
[[nodiscard]] inline Vec3 as_vec3(const Vector3d& v) noexcept {
  return {float(v.x()), float(v.y()), float(v.z())};
}
[[nodiscard]] inline Quat as_quat(const Quaterniond& q) noexcept {
  return {float(q.x()), float(q.y()), float(q.z()), float(q.w())};
}

/// [v]x: skew(v) * u is the cross product of v and u.
[[nodiscard]] inline Matrix3d skew(const Vector3d& v) noexcept {
  Matrix3d m;
  m << 0, -v.z(), v.y(), v.z(), 0, -v.x(), -v.y(), v.x(), 0;
  return m;
}

[[nodiscard]] inline Quaterniond exp_so3(const Vector3d& r) noexcept {
  const double angle2 = r.squaredNorm();
  if (angle2 < 0.01) {  // series: the next terms are below 1e-11
    const double s = 0.5 - angle2 * (1.0 / 48 - angle2 / 3840);
    return {1 - angle2 * (1.0 / 8 - angle2 / 384), s * r.x(), s * r.y(), s * r.z()};
  }
  const double angle = std::sqrt(angle2);
  const double s = std::sin(0.5 * angle) / angle;
  return {std::cos(0.5 * angle), s * r.x(), s * r.y(), s * r.z()};
}

[[nodiscard]] inline Vector3d log_so3(const Quaterniond& q) noexcept {
  const double sign = q.w() < 0 ? -1.0 : 1.0;
  const double n = q.vec().norm();
  const double scale = n > 1e-9 ? 2.0 * std::atan2(n, sign * q.w()) / n : 2.0;
  return sign * scale * q.vec();
}

}  // namespace tactus
