#include "tactus/contact/query.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

/// Below this a direction from the surface to the probe's centre is noise.
constexpr float kLeastDirection_m = 1e-5f;
/// A closest point whose normal turned by more than 107 degrees in a tick lies on the other side.
constexpr float kOtherSide = -0.3f;

/// How one probe stands to one body at a tick.
struct Standing {
  ClosestPoint hit;
  float gap_m = 0;    ///< skin to skin by geometry alone: decides whether there is contact
  float depth_m = 0;  ///< from the side the probe came from
  Vec3 n_world;       ///< outward, on that side
};

/// Side and distance of a closest point, the normal turned to where the probe is or was.
Standing stand(const Surface& surface, const Probe& probe, Vec3 p_surface, const ClosestPoint& hit,
               const ProbeMemory& memory) {
  const Vec3 away = p_surface - hit.p_surface;
  const Vec3 n_geometric = pseudonormal(surface, hit);
  const bool solid = surface.model->solid[hit.triangle] != 0;
  Vec3 n = n_geometric;
  if (!solid) {
    // A sheet has no inside: outward is where the probe came from.
    const Vec3 toward = memory.touching ? memory.n_world : away;
    if (dot(n, toward) < 0) n = -n;
  }
  const Vec3 direction = hit.distance_m > kLeastDirection_m ? away : n;
  const bool inside =
      solid ? dot(away, n) < 0 : memory.touching && dot(direction, memory.n_world) < 0;
  Standing standing;
  standing.hit = hit;
  standing.n_world = normalized(inside && hit.distance_m > kLeastDirection_m ? -away : direction);
  standing.depth_m = probe.radius_m + (inside ? hit.distance_m : -hit.distance_m);
  standing.gap_m = (solid && inside ? -hit.distance_m : hit.distance_m) - probe.radius_m;
  return standing;
}

/// Where the probe stands, on the side it is remembered to have come from. Not found: nowhere near.
Standing find(const Surface& surface, const ContactParams& params, const Probe& probe,
              const ProbeMemory& memory) {
  const Vec3 p_surface = surface.from_world(probe.p_world);
  const ClosestPoint hit = closest_point(surface, p_surface, params.band_m, memory.triangle);
  Standing standing;
  if (hit.found()) standing = stand(surface, probe, p_surface, hit, memory);
  if (!memory.touching || memory.triangle >= surface.model->triangles.size()) return standing;
  const bool leaving = !hit.found() || standing.gap_m > -params.exit_depth_m;
  const bool turned = hit.found() && dot(standing.n_world, memory.n_world) <= kOtherSide;
  if (!leaving && !turned) return standing;

  // The nearest point is behind a thin part, of another shell, or too deep to look for: what counts
  // is the side it came from.
  const ClosestPoint near_side =
      closest_nearby(surface, p_surface, memory.triangle, memory.n_world);
  if (dot(p_surface - near_side.p_surface, memory.n_world) >= 0) return standing;
  if (leaving && is_inside(surface, p_surface)) {
    standing.gap_m = -near_side.distance_m - probe.radius_m;
  } else if (!turned) {
    return standing;
  }
  standing.hit = near_side;
  standing.n_world = normalized(near_side.p_surface - p_surface, memory.n_world);
  standing.depth_m = probe.radius_m + near_side.distance_m;
  return standing;
}

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
    if (!dwelt(memory, depth_m > 0, depth_m > params.enter_at_once_m, params.enter_dwell, t)) {
      return;
    }
    memory.touching = true;
    memory.t_since = t;
    memory.approach_m_per_s = std::max(0.0f, -dot(v_relative, standing.n_world));
    memory.v_slip_world = {};
  } else if (dwelt(memory, depth_m < params.exit_depth_m, depth_m < params.exit_at_once_m,
                   params.exit_dwell, t)) {
    memory.touching = false;
  }
}

/// Advances one probe at one body; true while it touches, with the contact in `out`.
bool touch(ProbeMemory& memory, const ContactParams& params, const Surface& surface,
           const Probe& probe, float dt_s, HostTime t, Contact& out) {
  const Standing standing = find(surface, params, probe, memory);
  memory.triangle = standing.hit.triangle;
  if (!standing.hit.found()) {
    memory = {};
    return false;
  }
  const std::uint32_t triangle = standing.hit.triangle;
  // Of the finger's skin where it touches: a fingertip that rolls does not slip.
  const Vec3 p_world = surface.to_world(standing.hit.p_surface);
  const Vec3 v_finger = probe.v_world + cross(probe.omega_world, p_world - probe.p_world);
  const Vec3 v_relative = v_finger - surface.velocity(triangle, standing.hit.corner);
  decide(memory, params, standing, v_relative, t);
  if (!memory.touching) return false;
  memory.n_world = standing.n_world;
  const Vec3 v_tangential = v_relative - dot(v_relative, standing.n_world) * standing.n_world;
  const bool first = memory.t_since == t;
  const float gain = first ? 1.0f : dt_s / (dt_s + params.slip_filter_s);
  const Vec3 v_slip = memory.v_slip_world + gain * (v_tangential - memory.v_slip_world);
  memory.v_slip_world = v_slip - dot(v_slip, standing.n_world) * standing.n_world;

  const BodyTriangle& face = surface.model->triangles[triangle];
  out.t_since = memory.t_since;
  out.region = face.region;
  out.material = face.material;
  out.triangle = surface.model->source[triangle];
  out.p_world = p_world;
  out.n_world = standing.n_world;
  // Held by hysteresis the surfaces may stand apart by tenths of a millimetre: the lightest touch.
  out.depth_m = std::max(standing.depth_m, 1e-6f);
  out.force_N = pad_force(params, face.material, probe.radius_m, out.depth_m);
  out.v_slip_world = memory.v_slip_world;
  out.approach_m_per_s = memory.approach_m_per_s;
  return true;
}

bool is_usable(const HandPose& pose) {
  if (pose.origin == PoseOrigin::None || index(pose.hand) >= kHands) return false;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    if (!is_valid(pose.T_world_joint[j]) || !is_finite(pose.v_world_joint[j]) ||
        !is_finite(pose.omega_world_joint[j]) ||
        !(length(pose.T_world_joint[j].p) < kWorldLimit_m)) {
      return false;
    }
  }
  return true;
}

}  // namespace

float pad_force(const ContactParams& params, Material material, float radius_m,
                float depth_m) noexcept {
  if (!(depth_m > 0) || !(radius_m > 0)) return 0;
  const auto m = static_cast<std::size_t>(material);
  const float surface_kPa = params.surface_modulus_kPa[m < kMaterials ? m : 0];
  const float modulus_kPa = 1.0f / (1.0f / params.pad_modulus_kPa + 1.0f / surface_kPa);
  const float force_N =
      4.0f / 3.0f * 1e3f * modulus_kPa * std::sqrt(radius_m) * depth_m * std::sqrt(depth_m);
  return std::min(force_N, params.most_force_N);
}

ContactSet query(ContactState& state, const ContactParams& params, std::span<const HandPose> hands,
                 std::span<const BodyInterval> bodies, HostTime t) noexcept {
  const Duration gap = t - state.t;
  if (gap < Duration{} || gap > params.longest_gap) state.probes = {};
  const auto dt_s = static_cast<float>(seconds(std::clamp(gap, Duration{}, params.longest_gap)));
  state.t = t;

  std::array<const HandPose*, kHands> hand_of{};
  for (const HandPose& pose : hands) {
    if (is_usable(pose)) hand_of[index(pose.hand)] = &pose;
  }
  ContactSet contacts;
  for (std::size_t h = 0; h < kHands; ++h) {
    const HandPose* pose = hand_of[h];
    const float scale = pose != nullptr ? hand_scale(*pose) : 0.0f;
    for (std::size_t a = 0; a < kActuators; ++a) {
      Contact deepest;
      for (std::size_t b = 0; b < kMaxBodies; ++b) {
        ProbeMemory& memory = state.probes[b][h][a];
        if (pose == nullptr || b >= bodies.size() || bodies[b].model == nullptr ||
            bodies[b].before == nullptr || bodies[b].after == nullptr ||
            !(bodies[b].presence > 0)) {
          memory = {};
          continue;
        }
        const Surface surface =
            surface_at(*bodies[b].model, *bodies[b].before, *bodies[b].after, t);
        Contact contact;
        if (touch(memory, params, surface, place_probe(*pose, a, scale), dt_s, t, contact) &&
            contact.depth_m > deepest.depth_m) {
          contact.presence = std::min(bodies[b].presence, 1.0f);
          deepest = contact;
        }
      }
      if (deepest.depth_m > 0) {
        deepest.hand = static_cast<Hand>(h);
        deepest.actuator = static_cast<std::uint8_t>(a);
        static_cast<void>(contacts.push_back(deepest));  // one per probe: it always fits
      }
    }
  }
  return contacts;
}

}  // namespace tactus
