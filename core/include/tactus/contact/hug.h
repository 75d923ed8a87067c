// Whether the wearer hugs somebody: from what hands, forearms and chest press against each other.
//
// What is felt of forearms and chest is only what is sure of them; a hug is told from where they likely
// are, and of a chest that is solved for only when it begins: it lasts until an arm opens. Where trackers
// tell them both are the same, and nothing is asked for twice.
//
//   Clocks   HostTime, not decreasing from call to call. Frames: world.
//   Units    metres, newtons.
//   Errors   as query_wearer and hold.h.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/contact/hug_test.cc; tactus eval touch
#pragma once
#include <span>
#include <type_traits>

#include "tactus/contact/hold.h"
#include "tactus/contact/query_wearer.h"

namespace tactus {

/// A hug is wide and soft.
inline constexpr HoldParams kHug = {
    .begin_N = 1.0f, .begin_dwell = 100ms, .end_N = 0.3f, .end_dwell = 150ms, .full_N = 15};

struct HugState {
  WearerContactState likely;
  HoldState hold;
};
static_assert(std::is_trivially_copyable_v<HugState>);

/// The hug at `t`: `of_hands` and `of_wearer` are what query and query_wearer, which is sure, gave for
/// the same instant, bodies and wearer.
[[nodiscard]] Hold tell_hug(HugState& state, const ContactParams& params,
                            std::span<const Contact> of_hands, std::span<const Contact> of_wearer,
                            const BodyPose& wearer, std::span<const BodyInterval> bodies,
                            HostTime t) noexcept;

}  // namespace tactus
