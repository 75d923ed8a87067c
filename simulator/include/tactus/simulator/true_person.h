// A whole person whose every joint is known, in double precision: the truth that body estimates are
// judged by.
//
// A chain of rigid bones with the names and the rest pose of core's body model and none of its
// code: limbs are posed by anatomical angles or by a sagittal construction of their own, the spine
// is rigid links, and nothing knows what a solver presumes.
//
//   Clocks   none. Frames: world; joints as core/pose/body_model.h names them, at rest (T-pose,
//            palms down) along the body's axes, wrists as XR_EXT_hand_tracking.
//   Units    metres, radians.
//   Errors   none; angles are taken as they are.
//   Threads  pure.
//   Proof    tests/simulator/person/true_person_test.cc
#pragma once
#include <array>
#include <cstdint>

#include "tactus/pose/body_model.h"
#include "tactus/simulator/math3d.h"

namespace tactus::simulator {

using PersonJoints = std::array<Pose3d, kBodyJoints>;

/// Bones at rest, of both sides, and the person's own way of bending.
struct PersonBones {
  double height_m = 1.7;
  std::array<V3d, kBodyJoints> p_parent_joint{};
  double ankle_height_m = 0;
  V3d p_head_eyes;
  std::array<double, 3> spine_share{};  ///< of a bend that each spine joint takes; sums to 1
  double head_share = 0.5;  ///< of a turn of the head that is above the neck's upper end
  double toe_out_rad = 0;   ///< of the foot against the plane in which the knee bends
};

/// A person of this height whose bones deviate from the average by `deviation` (one sigma, a
/// share), left from right by a quarter of it.
[[nodiscard]] PersonBones random_bones(std::uint64_t seed, double height_m, double deviation);

/// One arm by its angles, right side; the left is its mirror image. All zero: out to the side.
struct ArmAngles {
  double plane = 0;      ///< forward of the side, about +Y
  double elevation = 0;  ///< above the horizontal
  double axial = 0;      ///< about the upper arm; brings the elbow down when the arm is ahead
  double elbow = 0;
  double pronation = 0;  ///< palm down further than halfway
  double wrist_flexion = 0, wrist_deviation = 0;
  double collar_raise = 0, collar_forward = 0;
};

/// One foot in the world; the leg follows.
struct FootPlace {
  V3d p_world_ankle;
  double yaw = 0, pitch = 0;  ///< toes down is negative
  double knee_out = 0;        ///< of the knee's plane against the foot's
  /// From 0, standing, to 1, hanging from the hip by the angles that follow.
  double hangs = 0;
  double thigh = 0, out = 0, knee = 0;  ///< forward, to the side, bent
};

struct Posture {
  V3d p_world_pelvis;
  double yaw = 0, pitch = 0, roll = 0;  ///< of the pelvis; leaning forward is negative pitch
  double spine_bend = 0, spine_side = 0, spine_twist = 0;
  double head_nod = 0, head_side = 0, head_turn = 0;
  std::array<ArmAngles, kHands> arm;
  std::array<FootPlace, kHands> foot;
};

/// T_world_joint of all joints. A pelvis too high for the feet comes down.
[[nodiscard]] PersonJoints person_joints(const PersonBones& bones, const Posture& posture);

}  // namespace tactus::simulator
