// Which hand, which finger, which joint: the names OpenXR gave them, in its order.
//
//   Frames   joint frames as XR_EXT_hand_tracking: -Z along the bone to the tip, +Y out of the back
//            of the hand, X by the right-hand rule, for both hands alike.
//   Units    none.
//   Errors   none.
//   Threads  constants.
//   Proof    tests/core/base/base_test.cc; tests/openxr-layer compares with XrHandJointEXT
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace tactus {

enum class Hand : std::uint8_t { Left, Right };
inline constexpr std::size_t kHands = 2;
[[nodiscard]] constexpr std::size_t index(Hand hand) noexcept {
  return static_cast<std::size_t>(hand);
}

enum class Finger : std::uint8_t { Thumb, Index, Middle, Ring, Little };
inline constexpr std::size_t kFingers = 5;
[[nodiscard]] constexpr std::size_t index(Finger finger) noexcept {
  return static_cast<std::size_t>(finger);
}

enum class HandJoint : std::uint8_t {
  Palm,
  Wrist,
  ThumbMetacarpal,
  ThumbProximal,
  ThumbDistal,
  ThumbTip,
  IndexMetacarpal,
  IndexProximal,
  IndexIntermediate,
  IndexDistal,
  IndexTip,
  MiddleMetacarpal,
  MiddleProximal,
  MiddleIntermediate,
  MiddleDistal,
  MiddleTip,
  RingMetacarpal,
  RingProximal,
  RingIntermediate,
  RingDistal,
  RingTip,
  LittleMetacarpal,
  LittleProximal,
  LittleIntermediate,
  LittleDistal,
  LittleTip,
};
inline constexpr std::size_t kHandJoints = 26;
[[nodiscard]] constexpr std::size_t index(HandJoint joint) noexcept {
  return static_cast<std::size_t>(joint);
}

/// The tip joint of each finger, thumb first.
inline constexpr std::array<HandJoint, kFingers> kTipJoints = {
    HandJoint::ThumbTip, HandJoint::IndexTip, HandJoint::MiddleTip, HandJoint::RingTip,
    HandJoint::LittleTip};

/// The metacarpal joint of each finger, thumb first: where its chain starts.
inline constexpr std::array<HandJoint, kFingers> kMetacarpalJoints = {
    HandJoint::ThumbMetacarpal, HandJoint::IndexMetacarpal, HandJoint::MiddleMetacarpal,
    HandJoint::RingMetacarpal, HandJoint::LittleMetacarpal};

}  // namespace tactus
