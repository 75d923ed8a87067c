// Four of a thing at once, for loops over joints: each of the three or four numbers of a vector or a
// rotation in a register of its own, the same number of four joints beside each other.
//
// Every processor that we run on has registers of four floats; the compiler's own vectors reach
// them without a line for each processor. The formulas are those of geometry.h.
//
//   Frames   as geometry.h.
//   Units    none.
//   Errors   none; a NaN stays in its lane.
//   Threads  pure.
//   Proof    tests/core/base/lanes_test.cc
#pragma once
#include <cstddef>
#include <cstdint>

#include "tactus/base/geometry.h"

namespace tactus {

inline constexpr std::size_t kLanes = 4;
using Lanes = float __attribute__((vector_size(16)));

/// What a comparison of lanes gives: all bits of a lane, or none.
using LaneMask = std::int32_t __attribute__((vector_size(16)));
inline constexpr LaneMask kAllLanes{-1, -1, -1, -1};

[[nodiscard]] inline bool is_all(LaneMask mask) noexcept {
  return (mask[0] & mask[1] & mask[2] & mask[3]) != 0;
}

/// The sum of the four, in all four.
[[nodiscard]] inline Lanes sum(Lanes v) noexcept {
  v += __builtin_shufflevector(v, v, 1, 0, 3, 2);
  return v + __builtin_shufflevector(v, v, 2, 3, 0, 1);
}

struct LaneVec {
  Lanes x, y, z;
};
struct LaneQuat {
  Lanes x, y, z, w;
};

/// One number in every lane.
[[nodiscard]] inline Lanes lanes(float s) noexcept { return Lanes{s, s, s, s}; }
[[nodiscard]] inline LaneVec lanes(Vec3 v) noexcept { return {lanes(v.x), lanes(v.y), lanes(v.z)}; }
[[nodiscard]] inline LaneQuat lanes(Quat q) noexcept {
  return {lanes(q.x), lanes(q.y), lanes(q.z), lanes(q.w)};
}

/// What one lane holds, and setting it.
[[nodiscard]] inline Vec3 at(const LaneVec& v, std::size_t lane) noexcept {
  return {v.x[lane], v.y[lane], v.z[lane]};
}
[[nodiscard]] inline Quat at(const LaneQuat& q, std::size_t lane) noexcept {
  return {q.x[lane], q.y[lane], q.z[lane], q.w[lane]};
}
inline void set(LaneVec& v, std::size_t lane, Vec3 value) noexcept {
  v.x[lane] = value.x, v.y[lane] = value.y, v.z[lane] = value.z;
}
inline void set(LaneQuat& q, std::size_t lane, Quat value) noexcept {
  q.x[lane] = value.x, q.y[lane] = value.y, q.z[lane] = value.z, q.w[lane] = value.w;
}

[[nodiscard]] inline LaneVec operator+(const LaneVec& a, const LaneVec& b) noexcept {
  return {a.x + b.x, a.y + b.y, a.z + b.z};
}
[[nodiscard]] inline LaneVec operator-(const LaneVec& a, const LaneVec& b) noexcept {
  return {a.x - b.x, a.y - b.y, a.z - b.z};
}
[[nodiscard]] inline LaneVec operator*(Lanes s, const LaneVec& v) noexcept {
  return {s * v.x, s * v.y, s * v.z};
}
[[nodiscard]] inline Lanes dot(const LaneVec& a, const LaneVec& b) noexcept {
  return a.x * b.x + a.y * b.y + a.z * b.z;
}
[[nodiscard]] inline LaneVec cross(const LaneVec& a, const LaneVec& b) noexcept {
  return {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x};
}

[[nodiscard]] inline LaneQuat operator+(const LaneQuat& a, const LaneQuat& b) noexcept {
  return {a.x + b.x, a.y + b.y, a.z + b.z, a.w + b.w};
}
[[nodiscard]] inline LaneQuat operator*(Lanes s, const LaneQuat& q) noexcept {
  return {s * q.x, s * q.y, s * q.z, s * q.w};
}
[[nodiscard]] inline Lanes dot(const LaneQuat& a, const LaneQuat& b) noexcept {
  return (a.x * b.x + a.y * b.y) + (a.z * b.z + a.w * b.w);
}
[[nodiscard]] inline LaneQuat operator*(const LaneQuat& a, const LaneQuat& b) noexcept {
  return {
      a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y, a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x,
      a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w, a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z};
}

/// A rotation that many vectors go through, by its columns.
struct LaneRotation {
  explicit LaneRotation(Quat q) noexcept
      : x(lanes(rotate(q, {1, 0, 0}))),
        y(lanes(rotate(q, {0, 1, 0}))),
        z(lanes(rotate(q, {0, 0, 1}))) {}
  [[nodiscard]] LaneVec operator*(const LaneVec& v) const noexcept {
    return v.x * x + (v.y * y + v.z * z);
  }
  LaneVec x, y, z;
};

/// From four numbers of each of four joints to each joint's four numbers, and back.
inline void transpose(Lanes& a, Lanes& b, Lanes& c, Lanes& d) noexcept {
  const Lanes ab_low = __builtin_shufflevector(a, b, 0, 4, 1, 5);
  const Lanes ab_high = __builtin_shufflevector(a, b, 2, 6, 3, 7);
  const Lanes cd_low = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  const Lanes cd_high = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  a = __builtin_shufflevector(ab_low, cd_low, 0, 1, 4, 5);
  b = __builtin_shufflevector(ab_low, cd_low, 2, 3, 6, 7);
  c = __builtin_shufflevector(ab_high, cd_high, 0, 1, 4, 5);
  d = __builtin_shufflevector(ab_high, cd_high, 2, 3, 6, 7);
}

}  // namespace tactus
