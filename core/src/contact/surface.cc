#include "tactus/contact/surface.h"

#include <algorithm>

namespace tactus {
namespace {

double seconds_between(HostTime from, HostTime to) {
  return seconds(to.time_since_epoch()) - seconds(from.time_since_epoch());
}

}  // namespace

Surface surface_at(const BodyModel& model, const DeformedBody& before, const DeformedBody& after,
                   HostTime t, float furthest) noexcept {
  Surface surface{&model, &before, &after, 0.0f, 1.0f, 0.0f};
  // In double, where an application's absurd times cannot overflow.
  const double interval_s = seconds_between(before.t, after.t);
  if (!(interval_s > 0)) return surface;
  const double s = seconds_between(before.t, t) / interval_s;
  surface.weight_after = static_cast<float>(std::clamp(s, 0.0, double{furthest}));
  surface.weight_before = 1.0f - surface.weight_after;
  if (s >= 0 && s <= furthest) surface.rate_Hz = static_cast<float>(1.0 / interval_s);
  return surface;
}

// The roots differ by centimetres, so the difference is taken first: no digit of a far world is
// lost twice.
Vec3 Surface::from_world(Vec3 p_world) const noexcept {
  return (p_world - before->p_world_root) -
         weight_after * (after->p_world_root - before->p_world_root);
}

Vec3 Surface::to_world(Vec3 p_surface) const noexcept {
  return before->p_world_root +
         (p_surface + weight_after * (after->p_world_root - before->p_world_root));
}

Vec3 Surface::velocity(std::uint32_t triangle, const std::array<float, 3>& corner) const noexcept {
  Vec3 moved = after->p_world_root - before->p_world_root;
  for (std::size_t k = 0; k < 3; ++k) {
    const std::uint32_t v = model->triangles[triangle].vertex[k];
    moved += corner[k] * (after->p_root_vertex[v] - before->p_root_vertex[v]);
  }
  return rate_Hz * moved;
}

Vec3 Surface::face_normal(std::uint32_t triangle) const noexcept {
  const auto& v = model->triangles[triangle].vertex;
  const Vec3 a = vertex(v[0]);
  return normalized(cross(vertex(v[1]) - a, vertex(v[2]) - a));
}

}  // namespace tactus
