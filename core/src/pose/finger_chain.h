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

using Matrix34 = Eigen::Matrix<double, 3, 4, Eigen::RowMajor>;

/// A vector seen from a segment.
struct Carried {
  Vector3d value;
  Matrix34 by_angle = Matrix34::Zero();  ///< d value / d angle
  Matrix34 by_rate =
      Matrix34::Zero();  ///< d value / d rate: the joints' axes, for angular velocity
};

/// One axis of the chain as it stands: `share` of the finger's four angles turn about it.
struct Axis {
  int axis = 0;  ///< 0 X, 1 Y, 2 Z of the frame it turns
  Eigen::Vector4d share = Eigen::Vector4d::Zero();
  double sine = 0, cosine = 1;
  double rate = 0;
};

/// Base flexion, abduction, axial turn (the thumb's), middle, distal.
using Axes = std::array<Axis, 5>;
[[nodiscard]] Axes axes_of(Finger finger, const std::array<double, 4>& angle,
                           const std::array<double, 4>& rate) noexcept;

/// Orientations and places of one finger in the wrist frame.
struct Chain {
  std::array<Matrix3d, 3> R_wrist_segment;  ///< base, inner, distal
  std::array<Vector3d, kFingerUnits> p_wrist_unit;
  std::array<Vector3d, kFingerUnits> v_wrist_unit;  ///< of the units against the wrist
};
[[nodiscard]] Chain chain(const FingerGeometry& geometry, const Axes& axes) noexcept;

/// Whether what is carried is an angular velocity, to which the joints' own turning adds.
enum class Carry : std::uint8_t { Vector, AngularVelocity };

/// `v_wrist` seen from the base, the inner and the distal segment.
[[nodiscard]] Carried carry_to_base(const FingerGeometry& geometry, const Axes& axes, Carry what,
                                    const Vector3d& v_wrist) noexcept;
[[nodiscard]] Carried carry_to_inner(const Carried& base, const Axes& axes, Carry what) noexcept;
[[nodiscard]] Carried carry_to_distal(const Carried& inner, const Axes& axes, Carry what) noexcept;

}  // namespace tactus
