// What follows from a hand's joints alone, whoever tracks it: pinches, where it aims, its capsules.
//
//   Frames   the joints' own; what comes out is in the same.
//   Units    metres; strengths in [0, 1].
//   Errors   none: joints are valid.
//   Threads  pure; `pinching` is the caller's memory from call to call.
//   Proof    tests/openxr-layer/must_aim_test.cc, must_capsules_test.cc
#pragma once
#include <openxr/openxr.h>

#include <array>
#include <cstdint>

#include "tactus/base/geometry.h"
#include "tactus/base/hand.h"

namespace tactus::layer {

using Joints = const XrHandJointLocationEXT*;  ///< XR_HAND_JOINT_COUNT_EXT of them, valid

/// Index to little against the thumb.
struct Pinches {
  std::array<float, 4> strength{};  ///< 0: 30 mm of air between the skins or more; 1: they touch
  std::uint8_t pinching = 0;        ///< bit by finger: closed at 3 mm, open again at 12 mm
};
[[nodiscard]] Pinches find_pinches(Joints joints, std::uint8_t was_pinching) noexcept;

/// Where a hand points at far things: from between thumb and index, along the line from wrist to
/// the index knuckle, which a pinch does not move. +Y is out of the back of the hand.
[[nodiscard]] Pose find_aim(Joints joints) noexcept;

/// The bones of thumb and fingers, from the palm outwards; driven by the joint nearer the palm.
struct Bone {
  XrHandJointEXT joint, next;
};
inline constexpr std::size_t kBones = 19;
extern const std::array<Bone, kBones> kBoneJoints;

}  // namespace tactus::layer
