// One probe at all bodies: where it is deepest.
//
//   Clocks   HostTime. Frames: world.
//   Units    metres, seconds.
//   Errors   none; a slot without a body, or with one that cannot be touched, touches nothing.
//   Threads  one owner of the memories; RT-safe.
//   Proof    tests/core/contact/query_test.cc, query_wearer_test.cc
#pragma once
#include <algorithm>
#include <array>
#include <span>

#include "tactus/contact/query.h"

namespace tactus {

/// By slot; without a model where nothing can be touched.
using Surfaces = std::array<Surface, kMaxBodies>;

inline Surfaces surfaces_at(std::span<const BodyInterval> bodies, HostTime t) noexcept {
  Surfaces surfaces;
  for (std::size_t b = 0; b < std::min(bodies.size(), kMaxBodies); ++b) {
    const BodyInterval& body = bodies[b];
    if (body.model == nullptr || body.before == nullptr || body.after == nullptr) continue;
    if (body.presence > 0) surfaces[b] = surface_at(*body.model, *body.before, *body.after, t);
  }
  return surfaces;
}

/// What one probe does to all surfaces. `memory_of` gives its memory at the body of a slot. True
/// while it touches, with the deepest contact, and whose, in `out` but for hand and actuator.
template <class MemoryOf>
bool touch_bodies(const MemoryOf& memory_of, const ContactParams& params, const Surfaces& surfaces,
                  std::span<const BodyInterval> bodies, const Probe& probe, float dt_s, HostTime t,
                  Contact& out) noexcept {
  out.depth_m = 0;
  for (std::size_t b = 0; b < kMaxBodies; ++b) {
    if (surfaces[b].model == nullptr) continue;
    Contact contact;
    if (touch(memory_of(b), params, surfaces[b], probe, dt_s, t, contact) &&
        contact.depth_m > out.depth_m) {
      contact.presence = std::min(bodies[b].presence, 1.0f);
      contact.body = static_cast<std::uint8_t>(b);
      out = contact;
    }
  }
  return out.depth_m > 0;
}

}  // namespace tactus
