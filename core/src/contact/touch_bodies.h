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

/// The probe as what moves with the frame sees it.
inline Probe seen_from(const MovingFrame& frame, const Probe& probe) noexcept {
  const Vec3 arm = probe.p_world - frame.T_world_frame.p;
  const Quat q_frame_world = conjugate(frame.T_world_frame.q);
  return {rotate(q_frame_world, arm),
          rotate(q_frame_world, probe.v_world - frame.v_world - cross(frame.omega_world, arm)),
          rotate(q_frame_world, probe.omega_world - frame.omega_world), probe.radius_m};
}

/// A contact in the frame, as the world has it.
inline void bring_to_world(const Pose& T_world_frame, Contact& contact) noexcept {
  contact.p_world = T_world_frame * contact.p_world;
  contact.n_world = rotate(T_world_frame.q, contact.n_world);
  contact.v_slip_world = rotate(T_world_frame.q, contact.v_slip_world);
  contact.drag_world_N = rotate(T_world_frame.q, contact.drag_world_N);
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
    const bool is_carried = bodies[b].carrier.is_hand();
    const Probe seen = is_carried ? seen_from(bodies[b].frame, probe) : probe;
    Contact contact;
    if (touch(memory_of(b), params, surfaces[b], seen, dt_s, t, contact) &&
        contact.depth_m > out.depth_m) {
      if (is_carried) bring_to_world(bodies[b].frame.T_world_frame, contact);
      contact.presence = std::min(bodies[b].presence, 1.0f);
      contact.body = static_cast<std::uint8_t>(b);
      out = contact;
    }
  }
  return out.depth_m > 0;
}

}  // namespace tactus
