// A hand that gives way: moved and turned at its wrist, its fingers opened at their hinges.
//
// What the drawn hand yields to the skin (`contact/shown_hand.h`) is this small change. It is solved for
// one tracked hand and may be laid on a newer one.
//
//   Frames   world.
//   Units    metres, radians.
//   Errors   none.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/shown_hand_test.cc, tests/openxr-layer/shown_hand_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <type_traits>

#include "tactus/pose/hand_pose.h"

namespace tactus {

inline constexpr std::size_t kHinges = 3;  ///< of a finger that yield, from the palm to the tip

/// What a hand gives way by.
struct HandYield {
  Vec3 move_world;                                              ///< of the wrist ...
  Vec3 turn_world;                                              ///< ... and about it, radians
  std::array<std::array<float, kHinges>, kFingers> open_rad{};  ///< > 0 stretches
};
static_assert(std::is_trivially_copyable_v<HandYield> && sizeof(HandYield) == 84);

/// The joint that a hinge of a finger is at.
[[nodiscard]] std::size_t hinge_joint(std::size_t finger, std::size_t hinge) noexcept;

/// The axis about which it opens.
[[nodiscard]] Vec3 hinge_axis(const HandPose& pose, std::size_t joint) noexcept;

/// On the straight way from one to another; beyond them outside of [0, 1].
[[nodiscard]] HandYield mix(const HandYield& from, const HandYield& to, float share) noexcept;

/// The hand after it has given way. Velocities stay as they were.
[[nodiscard]] HandPose give_way(const HandPose& tracked, const HandYield& yield) noexcept;

}  // namespace tactus
