// Where the wearer's own two hands touch each other: clapped, folded, one in the other.
//
// Bones with skin around them, capsule against capsule; no body is asked. The hands meet in many places
// at once and real skin feels them all; what a glove adds is told once for each hand, by the actuator
// nearest to where they first met, until they part.
//
//   Clocks   HostTime, not decreasing from call to call. Frames: world.
//   Units    metres, m/s, newtons.
//   Errors   none: with less than two hands that were seen and are finite nothing touches.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/contact/own_hands_test.cc
#pragma once
#include <array>
#include <span>
#include <type_traits>

#include "tactus/contact/query.h"

namespace tactus {

/// Deeper than this the hands touch, and with a wider gap than that they part: two trackers tremble
/// against each other, and the skin over a bone is not quite as thick as it is taken to be.
inline constexpr float kHandsMeet_m = 0.001f, kHandsPart_m = 0.004f;

/// Plain memory of a pair of hands. A zeroed one is apart.
struct OwnHandsState {
  HostTime t;
  HostTime t_since;                             ///< together: since when
  std::array<std::uint8_t, kHands> actuator{};  ///< together: where each hand feels it
  float approach_m_per_s = 0;                   ///< along the normal as they met, >= 0
  bool together = false;
};
static_assert(std::is_trivially_copyable_v<OwnHandsState>);

/// None, or one for each hand; its region is the other hand, its triangle kNoTriangle.
using OwnContacts = InlineVector<Contact, kHands>;

/// The deepest place in which the hands (at most one per side counts) are in each other at `t`.
[[nodiscard]] OwnContacts touch_own_hands(OwnHandsState& state, const ContactParams& params,
                                          std::span<const HandPose> hands, HostTime t) noexcept;

}  // namespace tactus
