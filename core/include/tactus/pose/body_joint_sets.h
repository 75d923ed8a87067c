// A body in the joint sets that applications ask for: 70 joints or 24, in OpenXR's order.
//
// Orders and counts are those of XR_FB_body_tracking and XR_BD_body_tracking (OpenXR registry,
// 1.1), named again here because core sees no OpenXR header; the layer copies the arrays.
//
//   Clocks   the poses'. Frames: world. Body joints keep body_model.h's axes (X right, Y up, Z back
//            in the T-pose, as XR_BD_body_tracking's), hand joints XR_EXT_hand_tracking's.
//   Units    metres.
//   Errors   a hand that is not known is relaxed, on the body's wrist, and its origin is Filled.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/body_joint_sets_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "tactus/pose/body_pose.h"
#include "tactus/pose/hand_pose.h"

namespace tactus {

/// XrBodyJointFB; each hand's 26 joints follow in HandJoint's order, left then right.
enum class FbJoint : std::uint8_t {
  Root,  ///< under the hips, on the floor, turned as they are
  Hips,
  SpineLower,
  SpineMiddle,
  SpineUpper,
  Chest,
  Neck,
  Head,
  LeftShoulder,  ///< the inner end of the collar bone
  LeftScapula,
  LeftArmUpper,
  LeftArmLower,
  LeftHandWristTwist,
  RightShoulder,
  RightScapula,
  RightArmUpper,
  RightArmLower,
  RightHandWristTwist,
  LeftHandPalm,
  RightHandPalm = LeftHandPalm + kHandJoints,
};
inline constexpr std::size_t kFbJoints = 70;
static_assert(static_cast<std::size_t>(FbJoint::RightHandPalm) + kHandJoints == kFbJoints);
[[nodiscard]] constexpr std::size_t index(FbJoint joint) noexcept {
  return static_cast<std::size_t>(joint);
}
[[nodiscard]] constexpr FbJoint fb_hand_joint(Hand hand, HandJoint joint) noexcept {
  const FbJoint palm = hand == Hand::Left ? FbJoint::LeftHandPalm : FbJoint::RightHandPalm;
  return static_cast<FbJoint>(index(palm) + index(joint));
}

/// XrBodyJointBD.
enum class BdJoint : std::uint8_t {
  Pelvis,
  LeftHip,
  RightHip,
  Spine1,
  LeftKnee,
  RightKnee,
  Spine2,
  LeftAnkle,
  RightAnkle,
  Spine3,
  LeftFoot,
  RightFoot,
  Neck,
  LeftCollar,
  RightCollar,
  Head,
  LeftShoulder,
  RightShoulder,
  LeftElbow,
  RightElbow,
  LeftWrist,
  RightWrist,
  LeftHand,
  RightHand,
};
inline constexpr std::size_t kBdJoints = 24;
[[nodiscard]] constexpr std::size_t index(BdJoint joint) noexcept {
  return static_cast<std::size_t>(joint);
}

template <std::size_t N>
struct JointSet {
  std::array<Pose, N> T_world_joint{};
  std::array<PoseOrigin, N> origin{};
  std::array<bool, N> is_tracked{};  ///< as BodyPose::is_tracked; of fingers: a glove tells them
};

/// The two hands beside a body; one whose origin is None is not known.
using HandPair = std::array<HandPose, kHands>;

[[nodiscard]] JointSet<kFbJoints> fb_joints(const BodyPose& body, const HandPair& hands,
                                            float floor_m) noexcept;
[[nodiscard]] JointSet<kBdJoints> bd_joints(const BodyPose& body, const HandPair& hands) noexcept;

/// The skeleton that xrGetBodySkeletonFB asks for: the T-pose above the origin.
[[nodiscard]] JointSet<kFbJoints> fb_skeleton(const BodyProportions& body) noexcept;
/// The joint that carries each joint; the root carries itself.
[[nodiscard]] FbJoint fb_parent(FbJoint joint) noexcept;

}  // namespace tactus
