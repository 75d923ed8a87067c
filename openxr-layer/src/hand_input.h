// What a hand in a glove says as input: where it grips, aims, pinches and pokes, and how far it has
// closed for it.
//
//   Frames   world. Grip and the others as OpenXR and XR_EXT_hand_interaction define their axes.
//   Units    metres, m/s, rad/s; values in [0, 1].
//   Errors   none: the hand is sound. One that is held only is not ready, and says nothing.
//   Threads  pure.
//   Proof    tests/openxr-layer/must_hand_interaction_hand_test.cc
#pragma once
#include "profile.h"
#include "tactus/pose/hand_pose.h"

namespace tactus::layer {

struct HandValues {
  float pinch = 0;  ///< of thumb and index finger, as find_pinches
  float grasp = 0;  ///< 0: 120 degrees of flexion in each finger or less; 1: 210, a fist
  bool is_pinching = false;
  bool is_grasping = false;  ///< from 0.7 on until below 0.5
  bool is_pinch_ready = false;
  bool is_grasp_ready = false;
};

/// `before` is what it said last: buttons are held a little longer than it takes to press them.
[[nodiscard]] HandValues read_values(const HandPose& hand, const HandValues& before) noexcept;

[[nodiscard]] float value_of(const HandValues& values, const Component& component) noexcept;
[[nodiscard]] bool is_pressed(const HandValues& values, const Component& component) noexcept;

struct MovingPose {
  Pose T_world;
  Vec3 v_world;
  Vec3 omega_world;
};
/// Where the hand's pose of that name is; `input` is a pose.
[[nodiscard]] MovingPose find_pose(const HandPose& hand, HandInput input) noexcept;

}  // namespace tactus::layer
