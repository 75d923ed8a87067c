#include "tactus/contact/query.h"

#include <algorithm>
#include <cmath>

#include "standing.h"
#include "touch_bodies.h"

namespace tactus {
namespace {

/// True once `crossed` has held for `dwell`, or at once.
bool dwelt(ProbeMemory& memory, bool crossed, bool at_once, Duration dwell, HostTime t) {
  if (!crossed) {
    memory.waiting = false;
    return false;
  }
  if (!memory.waiting) {
    memory.waiting = true;
    memory.t_crossed = t;
  }
  if (!at_once && t - memory.t_crossed < dwell) return false;
  memory.waiting = false;
  return true;
}

/// Begins or ends the contact.
void decide(ProbeMemory& memory, const ContactParams& params, const Standing& standing,
            Vec3 v_relative, HostTime t) {
  const float depth_m = -standing.gap_m;
  if (!memory.touching) {
    const bool at_once = depth_m > params.enter_at_once_m || standing.crossed;
    if (!dwelt(memory, depth_m > 0 || standing.crossed, at_once, params.enter_dwell, t)) return;
    memory.touching = true;
    memory.t_since = t;
    memory.approach_m_per_s = std::max(0.0f, -dot(v_relative, standing.n_world));
    memory.v_slip_world = {};
    memory.friction = {};
    memory.layer_N = 0;
  } else if (dwelt(memory, depth_m < params.exit_depth_m, depth_m < params.exit_at_once_m,
                   params.exit_dwell, t)) {
    memory.touching = false;
  }
}

float touches_in_s(const ProbeMemory& memory, const Standing& standing, Vec3 v_relative) {
  if (memory.touching || standing.gap_m <= 0) return 0;
  const float approach_m_per_s = -dot(v_relative, standing.n_world);
  return approach_m_per_s > 0 ? standing.gap_m / approach_m_per_s
                              : std::numeric_limits<float>::infinity();
}

FrictionFrame frame_of(const Surface& surface, std::uint32_t triangle, Vec3 n_world) {
  const auto& v = surface.model->triangles[triangle].vertex;
  const Vec3 a = surface.vertex(v[0]);
  return {surface.vertex(v[1]) - a, surface.vertex(v[2]) - a, n_world};
}

/// Sticks or slips; the reported slip is smoothed, but begins and ends at once.
Friction rub(ProbeMemory& memory, const ContactParams& params, const Surface& surface,
             const Standing& standing, const Contact& contact, std::uint32_t last_triangle,
             Vec3 v_relative, float dt_s) {
  const Vec3 n = standing.n_world;
  const std::uint32_t triangle = standing.hit.triangle;
  const bool slipped = memory.friction.slips;
  const FrictionFrame now = frame_of(surface, triangle, n);
  const bool moved = last_triangle != triangle && last_triangle < surface.model->triangles.size();
  Friction friction = slide(memory.friction, params.friction, contact.material,
                            moved ? frame_of(surface, last_triangle, n) : now, now, contact.force_N,
                            v_relative - dot(v_relative, n) * n, dt_s);
  if (slipped && memory.friction.slips) {
    const float gain = dt_s / (dt_s + params.slip_filter_s);
    const Vec3 v = memory.v_slip_world + gain * (friction.v_slip - memory.v_slip_world);
    friction.v_slip = v - dot(v, n) * n;
  }
  memory.v_slip_world = friction.v_slip;
  return friction;
}

/// The force felt. What lies beneath a layer adds to that of the layer which was gone through, of which
/// no more is told and which fades.
float press(ProbeMemory& memory, const ContactParams& params, Material material, float radius_m,
            float depth_m, float dt_s) {
  const Layer& layer = params.layers[static_cast<std::size_t>(material)];
  const float force_N = pad_force(params, material, radius_m, depth_m);
  if (layer.thick_m > 0) {
    memory.layer_N = layer_force(layer, depth_m);
    return force_N;
  }
  memory.layer_N *= params.layer_fade_s / (params.layer_fade_s + dt_s);
  return std::min(memory.layer_N + force_N, params.most_force_N);
}

/// Of a hand or a body that is not there.
void forget(ContactState& state, std::size_t body, std::size_t hand) {
  if (!state.remembers[body][hand]) return;
  for (ProbeMemory& memory : state.probes[body][hand]) memory.forget();
  state.remembers[body][hand] = false;
}

}  // namespace

bool touch(ProbeMemory& memory, const ContactParams& params, const Surface& surface,
           const Probe& probe, float dt_s, HostTime t, Contact& out) noexcept {
  const std::uint32_t last_triangle = memory.triangle;
  const Standing standing = find_standing(surface, params, probe, memory);
  if (!standing.hit.found()) {
    memory.forget();
    return false;
  }
  const std::uint32_t triangle = standing.hit.triangle;
  // Of the finger's skin where it touches: a fingertip that rolls does not slip.
  const Vec3 p_world = surface.to_world(standing.hit.p_surface);
  const Vec3 v_finger = probe.v_world + cross(probe.omega_world, p_world - probe.p_world);
  const Vec3 v_relative = v_finger - surface.velocity(triangle, standing.hit.corner);
  decide(memory, params, standing, v_relative, t);
  memory.touches_in_s = touches_in_s(memory, standing, v_relative);
  if (!memory.touching) return false;
  memory.n_world = standing.n_world;

  const BodyTriangle& face = surface.model->triangles[triangle];
  out.t_since = memory.t_since;
  out.region = face.region;
  out.material = face.material;
  out.triangle = surface.model->source[triangle];
  out.p_world = p_world;
  out.n_world = standing.n_world;
  // Held by hysteresis the surfaces may stand apart by tenths of a millimetre: the lightest touch.
  out.depth_m = std::max(standing.depth_m, 1e-6f);
  out.force_N = press(memory, params, face.material, probe.radius_m, out.depth_m, dt_s);
  const Friction friction =
      rub(memory, params, surface, standing, out, last_triangle, v_relative, dt_s);
  out.v_slip_world = friction.v_slip;
  out.drag_world_N = friction.drag_N;
  out.sticks = !memory.friction.slips;
  out.approach_m_per_s = memory.approach_m_per_s;
  return true;
}

float pad_force(const ContactParams& params, Material material, float radius_m,
                float depth_m) noexcept {
  if (!(depth_m > 0) || !(radius_m > 0)) return 0;
  const auto m = static_cast<std::size_t>(material);
  const float surface_kPa = params.surface_modulus_kPa[m < kMaterials ? m : 0];
  const float modulus_kPa = 1.0f / (1.0f / params.pad_modulus_kPa + 1.0f / surface_kPa);
  const Layer& layer = params.layers[m < kMaterials ? m : 0];
  const float pressed_m = std::max(0.0f, depth_m - layer.thick_m);
  const float force_N =
      4.0f / 3.0f * 1e3f * modulus_kPa * std::sqrt(radius_m) * pressed_m * std::sqrt(pressed_m);
  return std::min(layer_force(layer, depth_m) + force_N, params.most_force_N);
}

void place_carried(std::span<BodyInterval> bodies, std::span<const HandPose> hands) noexcept {
  for (BodyInterval& body : bodies) {
    if (!body.carrier.is_hand()) continue;
    const auto by = std::ranges::find_if(hands, [&](const HandPose& pose) {
      return pose.hand == body.carrier.hand && is_usable(pose);
    });
    if (by == hands.end()) {
      body.model = nullptr;
    } else {
      body.frame = frame_of(body.carrier, *by);
    }
  }
}

ContactSet query(ContactState& state, const ContactParams& params, std::span<const HandPose> hands,
                 std::span<const BodyInterval> bodies, HostTime t) noexcept {
  const Duration gap = t - state.t;
  const bool goes_on = gap >= Duration{} && gap <= params.longest_gap;
  const float dt_s = goes_on ? static_cast<float>(seconds(gap)) : 0.0f;
  state.t = t;

  std::array<const HandPose*, kHands> hand_of{};
  for (const HandPose& pose : hands) {
    if (is_usable(pose)) hand_of[index(pose.hand)] = &pose;
  }
  const Surfaces surfaces = surfaces_at(bodies, t);
  for (std::size_t b = 0; b < kMaxBodies; ++b) {
    const Carrier carrier = b < bodies.size() ? bodies[b].carrier : Carrier{};
    const bool is_same_frame = carrier == state.carriers[b];
    state.carriers[b] = carrier;
    for (std::size_t h = 0; h < kHands; ++h) {
      const bool is_there = hand_of[h] != nullptr && surfaces[b].model != nullptr;
      if (!goes_on || !is_there || !is_same_frame) forget(state, b, h);
      state.remembers[b][h] = is_there;
    }
  }
  ContactSet contacts;
  for (std::size_t h = 0; h < kHands; ++h) {
    const HandPose* pose = hand_of[h];
    if (pose == nullptr) continue;
    const float scale = hand_scale(*pose);
    for (std::size_t a = 0; a < kPatches; ++a) {
      const Probe probe = place_probe(*pose, a, scale);
      const auto memory_of = [&](std::size_t body) -> ProbeMemory& {
        return state.probes[body][h][a];
      };
      Contact contact;
      if (!touch_bodies(memory_of, params, surfaces, bodies, probe, dt_s, t, contact)) continue;
      contact.hand = static_cast<Hand>(h);
      contact.actuator = static_cast<std::uint8_t>(a);
      static_cast<void>(contacts.push_back(contact));  // one per probe: it always fits
    }
  }
  return contacts;
}

TimeToTouch time_to_touch(const ContactState& state, Hand hand) noexcept {
  TimeToTouch soonest = kNeverTouches;
  for (const auto& body : state.probes) {
    for (std::size_t a = 0; a < kActuators; ++a) {
      soonest[a] = std::min(soonest[a], body[index(hand)][a].touches_in_s);
    }
  }
  return soonest;
}

}  // namespace tactus
