// How far a point of a finger moves with each of its angles: the chain's Jacobian.
//
//   Frames   wrist.
//   Units    metres, radians.
//   Errors   none.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/confidence_test.cc (against differences)
#pragma once
#include <array>
#include <cstddef>

#include "tactus/pose/finger_filter.h"

namespace tactus {

/// About what each of a finger's four angles turns, and at which joint.
struct FingerTurning {
  std::array<Vec3, 4> axis;
  std::array<std::size_t, 4> joint;
};

/// `T` are T_wrist_joint of `hand` at `angle`.
[[nodiscard]] FingerTurning finger_turning(Finger finger, Hand hand,
                                           const std::array<double, 4>& angle,
                                           const std::array<Pose, kHandJoints>& T) noexcept;

/// Metres per radian of each angle, of the point `p_wrist` that is fixed to `joint`.
[[nodiscard]] std::array<Vec3, 4> moved_by_angles(const FingerTurning& turning,
                                                  const std::array<Pose, kHandJoints>& T,
                                                  std::size_t joint, Vec3 p_wrist) noexcept;

}  // namespace tactus
