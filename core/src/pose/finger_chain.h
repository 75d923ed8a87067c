// The joint chain of one finger as a filter needs it: vectors carried from the wrist into its
// segments, with their derivatives by the four angles and rates.
//
//   Clocks   none. Frames: a right hand's wrist and segments.
//   Units    radians; vectors keep the unit they come in.
//   Errors   none.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/finger_filter_test.cc (against differences of forward kinematics)
#pragma once
#include "linear.h"
#include "tactus/pose/finger_filter.h"

namespace tactus {

using Matrix34 = Eigen::Matrix<double, 3, 4>;

/// A vector seen from a segment.
struct Carried {
  Vector3d value;
  Matrix34 by_angle = Matrix34::Zero();  ///< d value / d angle
  Matrix34 by_rate =
      Matrix34::Zero();  ///< d value / d rate: the joints' axes, for angular velocity
};

/// Orientations and places of one finger at given angles, in the wrist frame.
struct Chain {
  std::array<Quaterniond, 3> q_wrist_segment;  ///< base, inner, distal
  std::array<Vector3d, kFingerUnits> p_wrist_unit;
  std::array<Vector3d, kFingerUnits> v_wrist_unit;  ///< of the units against the wrist
};

[[nodiscard]] Chain chain(const FingerGeometry& geometry, const std::array<double, 4>& angle,
                          const std::array<double, 4>& rate) noexcept;

/// `v_wrist` seen from the base, the inner and the distal segment; with `rate`, what the joints' own turning
/// adds to an angular velocity.
[[nodiscard]] Carried carry_to_base(const FingerGeometry& geometry,
                                    const std::array<double, 4>& angle,
                                    const std::array<double, 4>& rate,
                                    const Vector3d& v_wrist) noexcept;
[[nodiscard]] Carried carry_to_inner(const Carried& base, const std::array<double, 4>& angle,
                                     const std::array<double, 4>& rate) noexcept;
[[nodiscard]] Carried carry_to_distal(const Carried& inner, const std::array<double, 4>& angle,
                                      const std::array<double, 4>& rate) noexcept;

}  // namespace tactus
