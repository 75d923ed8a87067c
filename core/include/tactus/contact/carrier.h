// What a body's bones are given in: the world, or a hand that carries it.
//
// A thing that is shown with a hand is posed 90 times a second, from where the hand was thought to be a
// frame or two later: in the fingers it would tremble by what that was wrong by. Given in the hand's own
// frame it lies still in them, however the hand moves and whatever is thought of it.
//
//   Frames   hand: the palm's axes, the origin in the middle of the joints that hold. world.
//   Units    metres, m/s, rad/s.
//   Errors   bits that name no joint of a hand are no carrier's; a hand that is not usable carries
//            nothing: what it held cannot be touched.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/carrier_test.cc; tactus eval touch
#pragma once
#include <cstdint>
#include <span>

#include "tactus/base/geometry.h"
#include "tactus/base/hand.h"
#include "tactus/pose/hand_pose.h"

namespace tactus {

struct Carrier {
  std::uint32_t joints = 0;  ///< bit j: HandJoint j holds; 0: no hand does, the world
  Hand hand = Hand::Left;

  [[nodiscard]] constexpr bool is_hand() const noexcept { return joints != 0; }
  bool operator==(const Carrier&) const noexcept = default;
};

/// As messages and recordings have it: the joints, and bit 31 for the right hand.
[[nodiscard]] std::uint32_t to_bits(const Carrier& carrier) noexcept;
[[nodiscard]] bool is_carrier(std::uint32_t bits) noexcept;
/// Of bits that are one's.
[[nodiscard]] Carrier carrier_of(std::uint32_t bits) noexcept;

struct MovingFrame {
  Pose T_world_frame;
  Vec3 v_world;  ///< of its origin
  Vec3 omega_world;
};

/// Where the carrying hand's frame is, and how it moves.
[[nodiscard]] MovingFrame frame_of(const Carrier& carrier, const HandPose& pose) noexcept;

}  // namespace tactus
