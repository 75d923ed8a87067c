// How much a hand, or two arms and a chest, press against each other with a body in between.
//
// Skin that lies on a body is pushed one way; what is held is pushed from several sides. Of all forces
// the part that pushes against the rest is what holds:
//
//     squeeze = (sum of |f| - |sum of f|) / 2,
//
// F for two forces F that oppose each other, 0 for a palm that rests on what is flat. It needs no names
// of fingers, and does not depend on how finely the skin is divided. On a balloon or a head the palm's
// patches push a little against each other too: so of a grasp it is no more than what pushes against
// others by more than a right angle.
//
//   Frames   world.
//   Units    newtons.
//   Errors   none.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/hold_test.cc
#pragma once
#include <span>

#include "tactus/contact/contact.h"

namespace tactus {

/// Of one hand's contacts with the body of a slot: 0 unless they oppose each other.
[[nodiscard]] float grasp_force(Hand hand, std::uint8_t body,
                                std::span<const Contact> of_hands) noexcept;

/// The part of that body that the hand presses most: what it grasps. None without contact.
[[nodiscard]] Region most_pressed(Hand hand, std::uint8_t body,
                                  std::span<const Contact> of_hands) noexcept;

/// Of both hands, forearms and the chest on a trunk: 0 unless both arms touch it, a hand or a forearm
/// of each, and some part is turned against another by more than a right angle: two palms on a back are
/// not. F for two that oppose each other with F; never more than either arm presses with.
[[nodiscard]] float hug_force(std::span<const Contact> of_hands,
                              std::span<const Contact> of_wearer) noexcept;

/// What the weaker arm presses a trunk with, hand and forearm together, whatever is in front of it.
[[nodiscard]] float arms_force(std::span<const Contact> of_hands,
                               std::span<const Contact> of_wearer) noexcept;

/// Parts that a hug goes around; None is a body whose parts have no names.
[[nodiscard]] bool is_trunk(Region region) noexcept;

}  // namespace tactus
