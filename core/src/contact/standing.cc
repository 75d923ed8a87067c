#include "standing.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

/// Below this a direction from the surface to the probe's centre is noise.
constexpr float kLeastDirection_m = 1e-5f;
/// A closest point whose normal turned by more than 107 degrees in a tick lies on the other side.
constexpr float kOtherSide = -0.3f;
/// A path that comes this near to the surface meets it.
constexpr float kMeets_m = 5e-5f;
/// Steps along one tick's path. Each goes as far as nothing can be in the way; before a surface at a
/// slant they shrink by a constant factor.
constexpr int kMostSteps = 24;

/// The last millisecond's way of the probe's centre as the skin sees it: from where it would be, had it
/// been carried with the skin.
struct Way {
  bool known = false;
  Vec3 from;
  float length_m = 0;
};

Way way_of(const Surface& surface, const ProbeMemory& memory, Vec3 p_surface) {
  if (memory.triangle >= surface.model->triangles.size()) return {};
  const auto& v = surface.model->triangles[memory.triangle].vertex;
  const Vec3 from = memory.corner[0] * surface.vertex(v[0]) +
                    memory.corner[1] * surface.vertex(v[1]) +
                    memory.corner[2] * surface.vertex(v[2]) + memory.away_surface;
  return {true, from, length(p_surface - from)};
}

/// Whether the probe's centre is inside the shell of its closest point. On a way shorter than both
/// distances nothing was crossed, and it is where it was; else the normal decides.
bool is_inside_shell(const Surface& surface, const ClosestPoint& hit, Vec3 away, const Way& way,
                     const ProbeMemory& memory) {
  const bool same_shell = memory.closest_shell == surface.model->shell[hit.triangle];
  if (way.known && same_shell && memory.closest_m + hit.distance_m > way.length_m + kMeets_m) {
    return memory.closest_inside;
  }
  return dot(away, pseudonormal(surface, hit)) < 0;
}

/// Side and distance of a closest point, the normal turned to where the probe is or was.
Standing stand(const Surface& surface, const Probe& probe, Vec3 p_surface, const ClosestPoint& hit,
               const Way& way, ProbeMemory& memory) {
  const Vec3 away = p_surface - hit.p_surface;
  const bool on_skin = hit.distance_m <= kLeastDirection_m;
  const bool solid = surface.model->solid[hit.triangle] != 0;
  const bool inside = solid && is_inside_shell(surface, hit, away, way, memory);
  Vec3 outward = on_skin ? pseudonormal(surface, hit) : away;
  // A sheet has no inside: on it outward is where the probe came from, behind it keep_side knows.
  if (!solid && on_skin && memory.touching && dot(outward, memory.n_world) < 0) outward = -outward;
  memory.closest_m = hit.distance_m;
  memory.closest_shell = surface.model->shell[hit.triangle];
  memory.closest_inside = inside;
  Standing standing;
  standing.hit = hit;
  standing.n_world = normalized(inside && !on_skin ? -outward : outward);
  standing.depth_m = probe.radius_m + (inside ? hit.distance_m : -hit.distance_m);
  standing.gap_m = -standing.depth_m;
  return standing;
}

/// The standing of a probe that is below or behind `near_side`.
void put_behind(Standing& standing, const ClosestPoint& near_side, const Probe& probe,
                Vec3 p_surface, Vec3 n_world) {
  standing.hit = near_side;
  standing.n_world = normalized(near_side.p_surface - p_surface, n_world);
  standing.depth_m = probe.radius_m + near_side.distance_m;
}

/// True when the probe's centre came through the surface since the last tick, with where. The way is
/// walked in steps of the distance to the surface, which cannot tunnel.
bool came_through(const Surface& surface, const ProbeMemory& memory, const Way& way, Vec3 p_surface,
                  float distance_m, ClosestPoint& where) {
  const float last_m = length(memory.away_surface);
  if (!way.known || last_m < kMeets_m || last_m + distance_m > way.length_m + kMeets_m) {
    return false;
  }
  float walked_m = 0;
  std::uint32_t hint = memory.triangle;
  for (int step = 0; step < kMostSteps; ++step) {
    const Vec3 p = way.from + walked_m / way.length_m * (p_surface - way.from);
    where = closest_point(surface, p, way.length_m + last_m, hint);
    if (!where.found()) return false;
    if (where.distance_m < kMeets_m) return true;
    walked_m += where.distance_m;
    if (walked_m >= way.length_m) return false;
    hint = where.triangle;
  }
  return false;
}

/// A probe that came through faster than it could be seen touching: it stands behind where it entered.
void stand_behind(Standing& standing, const Surface& surface, const Probe& probe, const Way& way,
                  Vec3 p_surface, const ClosestPoint& entry) {
  Vec3 n = surface.face_normal(entry.triangle);
  if (dot(n, way.from - entry.p_surface) < 0) {
    if (surface.model->solid[entry.triangle] != 0) return;  // on its way out
    n = -n;
  }
  const ClosestPoint near_side = closest_nearby(surface, p_surface, entry.triangle, n);
  if (dot(p_surface - near_side.p_surface, n) >= 0) return;
  put_behind(standing, near_side, probe, p_surface, n);
  standing.crossed = true;
}

/// Of a probe in contact whose nearest point may be behind a thin part, of another shell, or too deep
/// to look for: what counts is the side it came from.
void keep_side(Standing& standing, const Surface& surface, const ContactParams& params,
               const Probe& probe, const ProbeMemory& memory, Vec3 p_surface) {
  const bool leaving = !standing.hit.found() || standing.gap_m > -params.exit_depth_m;
  const bool turned = standing.hit.found() && dot(standing.n_world, memory.n_world) <= kOtherSide;
  if (!leaving && !turned) return;
  const ClosestPoint near_side =
      closest_nearby(surface, p_surface, memory.triangle, memory.n_world);
  const Vec3 behind = near_side.p_surface - p_surface;
  if (dot(behind, memory.n_world) <= 0) return;
  // Around a rim the walk may end on skin that faces the probe: then it is on that side by now.
  const bool solid = surface.model->solid[near_side.triangle] != 0;
  if (solid && dot(behind, surface.face_normal(near_side.triangle)) <= 0) return;
  if (leaving && is_inside(surface, p_surface)) {
    standing.gap_m = -near_side.distance_m - probe.radius_m;
  } else if (!turned) {
    return;
  }
  put_behind(standing, near_side, probe, p_surface, memory.n_world);
}

}  // namespace

Standing find_standing(const Surface& surface, const ContactParams& params, const Probe& probe,
                       ProbeMemory& memory) noexcept {
  const Vec3 p_surface = surface.from_world(probe.p_world);
  const ClosestPoint hit = closest_point(surface, p_surface, params.band_m, memory.around);
  const Way way = way_of(surface, memory, p_surface);
  Standing standing;
  if (hit.found()) standing = stand(surface, probe, p_surface, hit, way, memory);
  ClosestPoint entry;
  if (way.known && memory.touching) {
    keep_side(standing, surface, params, probe, memory, p_surface);
  } else if (came_through(surface, memory, way, p_surface,
                          hit.found() ? hit.distance_m : params.band_m, entry)) {
    stand_behind(standing, surface, probe, way, p_surface, entry);
  }
  memory.triangle = standing.hit.triangle;
  memory.corner = standing.hit.corner;
  memory.away_surface = p_surface - standing.hit.p_surface;
  return standing;
}

}  // namespace tactus
