// How one probe stands to one body: side, gap and depth, with a memory of where it came from.
//
//   Frames   world, and `surface` as in surface.h.
//   Units    metres, seconds.
//   Errors   none; a probe that is nowhere near has no hit.
//   Threads  one owner of the memory; RT-safe.
//   Proof    tests/core/contact/query_test.cc; docs/notes/contact.md
#pragma once
#include "tactus/contact/query.h"

namespace tactus {

/// How one probe stands to one body at a tick.
struct Standing {
  ClosestPoint hit;
  float gap_m = 0;       ///< skin to skin by geometry alone: decides whether there is contact
  float depth_m = 0;     ///< from the side the probe came from
  Vec3 n_world;          ///< outward, on that side
  bool crossed = false;  ///< came through a surface since the last tick
};

/// Where the probe stands, on the side it is remembered to have come from. Not found: nowhere near.
/// `memory` learns the neighbourhood and where the probe was; contact is the caller's to decide.
[[nodiscard]] Standing find_standing(const Surface& surface, const ContactParams& params,
                                     const Probe& probe, ProbeMemory& memory) noexcept;

}  // namespace tactus
