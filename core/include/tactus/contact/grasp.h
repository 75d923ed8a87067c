// What each hand grasps: which body, and which part of it.
//
// Of each body by itself the forces that push against each other hold it; a palm on one body and a
// thumb on another hold neither. What is grasped stays so until it is let go, whatever else the hand
// comes to press meanwhile.
//
//   Clocks   HostTime, not decreasing from call to call.
//   Units    newtons.
//   Errors   as hold.h; a slot without a body holds nothing, at once.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/contact/grasp_test.cc; tactus eval touch
#pragma once
#include <array>
#include <span>
#include <type_traits>

#include "tactus/contact/contact.h"
#include "tactus/contact/hold.h"
#include "tactus/contact/query.h"

namespace tactus {

/// What a hand holds.
struct Grasp : Hold {
  std::uint8_t body = kNoBody;  ///< the slot of what is grasped, or would first be
  Region region =
      Region::None;  ///< the part it presses most: of HandLeft and HandRight, hand in hand
};
static_assert(std::is_trivially_copyable_v<Grasp>);

/// Plain memory of one hand. A zeroed one holds nothing.
struct GraspState {
  std::array<HoldState, kMaxBodies> holds{};  ///< by slot
  std::array<Region, kMaxBodies> pressed{};   ///< most, when it was pressed last
};
static_assert(std::is_trivially_copyable_v<GraspState>);

/// The grasp at `t` of `hand`, from what query gave for it and the same bodies. Of several bodies that
/// are held the one that was first; of none, the one that is nearest to being held.
[[nodiscard]] Grasp tell_grasp(GraspState& state, Hand hand, std::span<const Contact> of_hands,
                               std::span<const BodyInterval> bodies, HostTime t) noexcept;

}  // namespace tactus
