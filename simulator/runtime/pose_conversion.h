// Between OpenXR's poses and the project's.
//
//   Clocks   none. Frames: the caller's.
//   Units    metres; unit quaternions x y z w
//   Errors   none
//   Threads  plain functions.
//   Proof    tests/simulator/runtime/space_test.cc
#pragma once
#include "tactus/base/geometry.h"
#include "xr.h"

namespace tactus::runtime {

[[nodiscard]] constexpr XrVector3f to_xr(Vec3 v) { return {v.x, v.y, v.z}; }

[[nodiscard]] constexpr XrPosef to_xr(const Pose& T) {
  return {{T.q.x, T.q.y, T.q.z, T.q.w}, {T.p.x, T.p.y, T.p.z}};
}

[[nodiscard]] constexpr Pose to_pose(const XrPosef& pose) {
  const XrQuaternionf& q = pose.orientation;
  const XrVector3f& p = pose.position;
  return {{q.x, q.y, q.z, q.w}, {p.x, p.y, p.z}};
}

}  // namespace tactus::runtime
