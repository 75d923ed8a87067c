// What hands give way by, to be drawn on the skin of the focused application's bodies.
//
// Not the drawn hand is shared but its difference from the tracked one: an application may ask for any
// time, and gets it with what is known of the hand by then.
//
//   Clocks   HostTime of displays. Frames: world.
//   Units    metres, radians.
//   Errors   numbers that no hand gives way by are nothing.
//   Threads  plain values; yield_at is pure.
//   Proof    tests/ipc/published_test.cc
#pragma once
#include "tactus/ipc/cell.h"
#include "tactus/pose/give_way.h"

namespace tactus::ipc {

/// Of one hand.
struct ShownYield {
  HostTime t;         ///< the display that was solved last ...
  HostTime t_before;  ///< ... and the one before
  HandYield yield;
  HandYield yield_before;
};

/// At `t`: between the two displays the mean, then the last one's, which fades when no other comes.
/// Nothing where nothing was solved.
[[nodiscard]] HandYield yield_at(const Cell<ShownYield>& shown, HostTime t) noexcept;

}  // namespace tactus::ipc
