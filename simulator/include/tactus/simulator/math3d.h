// Double-precision vectors, rotations and rigid transforms of the simulator's truth.
//
// Written apart from core's geometry on purpose: a truth that shares code with what it judges would
// share its mistakes.
//
//   Frames   right-handed, +Y up, -Z forward. `T_a_b` takes b's coordinates to a's.
//   Units    metres, radians; quaternions Hamilton, x y z w.
//   Errors   a zero quaternion normalises to identity, a zero vector stays zero.
//   Threads  plain values.
//   Proof    tests/simulator/sensors/true_hand_test.cc (against core's, on random poses)
#pragma once
#include <cmath>

namespace tactus::simulator {

struct V3d {
  double x = 0, y = 0, z = 0;
};

inline V3d operator+(const V3d& a, const V3d& b) { return {a.x + b.x, a.y + b.y, a.z + b.z}; }
inline V3d operator-(const V3d& a, const V3d& b) { return {a.x - b.x, a.y - b.y, a.z - b.z}; }
inline V3d operator*(double s, const V3d& a) { return {s * a.x, s * a.y, s * a.z}; }
inline double dot(const V3d& a, const V3d& b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
inline V3d cross(const V3d& a, const V3d& b) {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}
inline double norm(const V3d& a) { return std::sqrt(dot(a, a)); }
inline V3d normalized(const V3d& a) {
  const double n = norm(a);
  return n > 0 ? (1.0 / n) * a : a;
}

struct Q4d {
  double x = 0, y = 0, z = 0, w = 1;
};

inline Q4d operator*(const Q4d& a, const Q4d& b) {
  return {
      a.w * b.x + b.w * a.x + a.y * b.z - a.z * b.y, a.w * b.y + b.w * a.y + a.z * b.x - a.x * b.z,
      a.w * b.z + b.w * a.z + a.x * b.y - a.y * b.x, a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z};
}
inline Q4d conjugate(const Q4d& q) { return {-q.x, -q.y, -q.z, q.w}; }
inline Q4d normalized(const Q4d& q) {
  const double n = std::sqrt(q.x * q.x + q.y * q.y + q.z * q.z + q.w * q.w);
  return n > 0 ? Q4d{q.x / n, q.y / n, q.z / n, q.w / n} : Q4d{};
}

/// By the rotation matrix, row by row.
inline V3d rotate(const Q4d& q, const V3d& v) {
  return {(1 - 2 * (q.y * q.y + q.z * q.z)) * v.x + 2 * (q.x * q.y - q.w * q.z) * v.y +
              2 * (q.x * q.z + q.w * q.y) * v.z,
          2 * (q.x * q.y + q.w * q.z) * v.x + (1 - 2 * (q.x * q.x + q.z * q.z)) * v.y +
              2 * (q.y * q.z - q.w * q.x) * v.z,
          2 * (q.x * q.z - q.w * q.y) * v.x + 2 * (q.y * q.z + q.w * q.x) * v.y +
              (1 - 2 * (q.x * q.x + q.y * q.y)) * v.z};
}

/// A turn of `angle_rad` about `axis`, which need not be of unit length.
inline Q4d turn(const V3d& axis, double angle_rad) {
  const V3d n = normalized(axis);
  const double s = std::sin(angle_rad / 2);
  return {s * n.x, s * n.y, s * n.z, std::cos(angle_rad / 2)};
}

/// Axis times angle of a rotation, angle in [0, pi].
inline V3d rotation_vector(const Q4d& q) {
  const V3d v = q.w < 0 ? V3d{-q.x, -q.y, -q.z} : V3d{q.x, q.y, q.z};
  const double n = norm(v);
  return n > 1e-15 ? (2 * std::atan2(n, std::fabs(q.w)) / n) * v : V3d{};
}

/// Along the shorter arc; `s` in [0, 1].
inline Q4d between(const Q4d& a, const Q4d& b, double s) {
  const V3d r = rotation_vector(conjugate(a) * b);
  return normalized(a * turn(r, s * norm(r)));
}

struct Pose3d {
  Q4d q;
  V3d p;
};

inline Pose3d operator*(const Pose3d& T_a_b, const Pose3d& T_b_c) {
  return {T_a_b.q * T_b_c.q, T_a_b.p + rotate(T_a_b.q, T_b_c.p)};
}
inline V3d operator*(const Pose3d& T_a_b, const V3d& p_b) { return T_a_b.p + rotate(T_a_b.q, p_b); }
inline Pose3d inverse(const Pose3d& T_a_b) {
  const Q4d q = conjugate(T_a_b.q);
  return {q, -1.0 * rotate(q, T_a_b.p)};
}

}  // namespace tactus::simulator
