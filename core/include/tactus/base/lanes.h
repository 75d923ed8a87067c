// Four floats at once, for loops over joints: a quaternion in one register.
//
// Every processor that we run on has registers of four floats; the compiler's own vectors reach
// them without a line for each processor.
//
//   Frames   as geometry.h.
//   Units    none.
//   Errors   none; a NaN stays in its lane, and spreads with `sum`.
//   Threads  pure.
//   Proof    tests/core/base/lanes_test.cc
#pragma once
#include "tactus/base/geometry.h"

namespace tactus {

using Lanes = float __attribute__((vector_size(16)));

[[nodiscard]] inline Lanes lanes(Quat q) noexcept { return Lanes{q.x, q.y, q.z, q.w}; }
[[nodiscard]] inline Lanes lanes(Vec3 v) noexcept { return Lanes{v.x, v.y, v.z, 0}; }
[[nodiscard]] inline Lanes lanes(float s) noexcept { return Lanes{s, s, s, s}; }
[[nodiscard]] inline Quat to_quat(Lanes v) noexcept { return {v[0], v[1], v[2], v[3]}; }
[[nodiscard]] inline Vec3 to_vec(Lanes v) noexcept { return {v[0], v[1], v[2]}; }

/// One lane in all four.
template <int kLane>
[[nodiscard]] inline Lanes splat(Lanes v) noexcept {
  return __builtin_shufflevector(v, v, kLane, kLane, kLane, kLane);
}

/// The sum of the four, in all four.
[[nodiscard]] inline Lanes sum(Lanes v) noexcept {
  v += __builtin_shufflevector(v, v, 1, 0, 3, 2);
  return v + __builtin_shufflevector(v, v, 2, 3, 0, 1);
}

/// A linear map by its columns.
struct LaneMatrix {
  Lanes x, y, z, w;
};

/// What multiplies a quaternion by `q` from the left.
[[nodiscard]] inline LaneMatrix left_product(Quat q) noexcept {
  return {Lanes{q.w, q.z, -q.y, -q.x}, Lanes{-q.z, q.w, q.x, -q.y}, Lanes{q.y, -q.x, q.w, -q.z},
          lanes(q)};
}

[[nodiscard]] inline Lanes operator*(const LaneMatrix& m, Quat q) noexcept {
  return (q.x * m.x + q.y * m.y) + (q.z * m.z + q.w * m.w);
}

/// What rotates a vector by `q`; its fourth column is not used.
[[nodiscard]] inline LaneMatrix rotation(Quat q) noexcept {
  return {lanes(rotate(q, {1, 0, 0})), lanes(rotate(q, {0, 1, 0})), lanes(rotate(q, {0, 0, 1})),
          Lanes{}};
}
[[nodiscard]] inline Lanes operator*(const LaneMatrix& m, Vec3 v) noexcept {
  return v.x * m.x + (v.y * m.y + v.z * m.z);
}

/// Quaternion product a * b.
[[nodiscard]] inline Lanes product(Lanes a, Lanes b) noexcept {
  constexpr Lanes kX{1, -1, 1, -1};
  constexpr Lanes kY{1, 1, -1, -1};
  constexpr Lanes kZ{-1, 1, 1, -1};
  const Lanes by_x = splat<0>(a) * kX * __builtin_shufflevector(b, b, 3, 2, 1, 0);
  const Lanes by_y = splat<1>(a) * kY * __builtin_shufflevector(b, b, 2, 3, 0, 1);
  const Lanes by_z = splat<2>(a) * kZ * __builtin_shufflevector(b, b, 1, 0, 3, 2);
  return (splat<3>(a) * b + by_x) + (by_y + by_z);
}

}  // namespace tactus
