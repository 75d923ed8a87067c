// How a hand is held: where its wrist is, which way elbow, palm and fingers point.
//
//   Frames   as the child stands at rest, model axes; carried by the turn of her chest.
//   Units    metres, radians.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/scene/motion_test.cc, tests/scene/embrace_test.cc
#pragma once
#include <array>

#include "scene/world/child.h"

namespace tactus::scene {

struct HandGoal {
  Vec3 p_wrist;
  Vec3 n_elbow;
  Quat q_hand;
  std::array<float, 5> curl_rad;
};

/// Hanging by her side.
[[nodiscard]] HandGoal resting(const Arm& arm);

/// Held out, palm up, a little inward and tilted to the one who is to take it.
[[nodiscard]] HandGoal offering(const Arm& arm);

/// Opened wide for somebody to come.
[[nodiscard]] HandGoal opening(const Arm& arm);

/// Laid around a neck that is at `p_neck`, over the shoulder of her own side.
[[nodiscard]] HandGoal embracing(const Arm& arm, const Vec3& p_neck);

/// `u` of the way from one to the other.
[[nodiscard]] HandGoal blend(const HandGoal& a, const HandGoal& b, float u);

}  // namespace tactus::scene
