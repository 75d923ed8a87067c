// A hand as people have them, open or closed.
//
//   Clocks   none: the caller sets the time.
//   Frames   world.
//   Units    metres; how far it is closed in [0, 1], as the emulator's scripts.
//   Errors   none.
//   Threads  pure.
//   Proof    the tests that use it
#pragma once
#include "tactus/pose/hand_model.h"
#include "tactus/pose/hand_pose.h"

namespace tactus::layer_test {

/// 0 open and relaxed, 33 degrees of flexion in each finger; 1 a fist, 228.
[[nodiscard]] inline HandAngles closed_hand(float closed) {
  HandAngles angles;
  const auto rad = [&](float open_deg, float more_deg) {
    return (open_deg + more_deg * closed) * kRadPerDeg;
  };
  for (FingerAngles& finger : angles.finger) finger = {rad(10, 65), 0, rad(15, 80), rad(8, 50)};
  angles.finger[0] = {rad(5, 30), rad(40, -15), rad(10, 40), rad(10, 50)};
  return angles;
}

/// Measured, and at rest.
[[nodiscard]] inline HandPose shaped_hand(Hand hand, float closed, const Pose& T_world_wrist) {
  HandPose pose;
  pose.hand = hand;
  pose.origin = PoseOrigin::Measured;
  const auto T_wrist_joint = forward_kinematics({}, hand, closed_hand(closed));
  for (std::size_t j = 0; j < tactus::kHandJoints; ++j) {
    pose.T_world_joint[j] = T_world_wrist * T_wrist_joint[j];
    pose.T_world_joint[j].q = normalized(pose.T_world_joint[j].q);
  }
  pose.radius_m = joint_radii({});
  return pose;
}

}  // namespace tactus::layer_test
