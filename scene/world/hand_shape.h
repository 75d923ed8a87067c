// The participant's hand as it is drawn: a soft glove over 26 joints.
//
// Made once, flat, by joining tapered capsules smoothly (surface nets over their distance); then
// the joints that the runtime reports carry it, so it fits whoever wears the gloves.
//
//   Frames   rest: wrist at the origin, fingers along -Z, back of the hand +Y; joints as
//            XR_EXT_hand_tracking, in its order. Left hand: thumb at +X.
//   Units    metres.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/scene/hand_shape_test.cc
#pragma once
#include <array>

#include "scene/world/model.h"

namespace tactus::scene {

inline constexpr std::size_t kHandJoints = 26;

/// A joint at rest, and how thick the hand is there.
struct RestJoint {
  Pose T_rest_joint;
  float radius_m = 0;
};
using RestHand = std::array<RestJoint, kHandJoints>;

/// A medium adult hand, 189 mm from wrist to middle fingertip. side: +1 left, -1 right.
[[nodiscard]] RestHand rest_hand(float side);

/// Its skin, hung on the joints: bone k of a vertex is joint k.
[[nodiscard]] Mesh make_hand(const RestHand& rest);

}  // namespace tactus::scene
