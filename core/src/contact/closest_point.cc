#include <algorithm>
#include <cmath>

#include "tactus/contact/surface.h"

namespace tactus {
namespace {

float ratio(float part, float whole) { return whole > 0 ? std::min(part / whole, 1.0f) : 0.0f; }

/// Barycentric weights of the triangle's point nearest the origin; corners a, b, c. Regions in the
/// order of Ericson, Real-Time Collision Detection, 2005, section 5.1.5.
std::array<float, 3> nearest_weights(Vec3 a, Vec3 b, Vec3 c) {
  const Vec3 ab = b - a, ac = c - a;
  const float d1 = -dot(ab, a), d2 = -dot(ac, a);
  if (d1 <= 0 && d2 <= 0) return {1, 0, 0};
  const float d3 = -dot(ab, b), d4 = -dot(ac, b);
  if (d3 >= 0 && d4 <= d3) return {0, 1, 0};
  const float vc = d1 * d4 - d3 * d2;
  if (vc <= 0 && d1 >= 0 && d3 <= 0) {
    const float v = ratio(d1, d1 - d3);
    return {1 - v, v, 0};
  }
  const float d5 = -dot(ab, c), d6 = -dot(ac, c);
  if (d6 >= 0 && d5 <= d6) return {0, 0, 1};
  const float vb = d5 * d2 - d1 * d6;
  if (vb <= 0 && d2 >= 0 && d6 <= 0) {
    const float w = ratio(d2, d2 - d6);
    return {1 - w, 0, w};
  }
  const float va = d3 * d6 - d5 * d4;
  if (va <= 0 && d4 >= d3 && d5 >= d6) {
    const float w = ratio(d4 - d3, (d4 - d3) + (d5 - d6));
    return {0, 1 - w, w};
  }
  const float sum = va + vb + vc;
  if (!(sum > 0)) return {1, 0, 0};  // no area
  const float v = vb / sum, w = vc / sum;
  return {1 - v - w, v, w};
}

void take_nearer(ClosestPoint& best, const ClosestPoint& candidate) {
  if (candidate.distance_m < best.distance_m) best = candidate;
}

}  // namespace

ClosestPoint closest_on_triangle(const Surface& surface, std::uint32_t triangle,
                                 Vec3 p_surface) noexcept {
  const auto& v = surface.model->triangles[triangle].vertex;
  const Vec3 a = surface.vertex(v[0]) - p_surface;
  const Vec3 b = surface.vertex(v[1]) - p_surface;
  const Vec3 c = surface.vertex(v[2]) - p_surface;
  const auto corner = nearest_weights(a, b, c);
  const Vec3 offset = corner[0] * a + corner[1] * b + corner[2] * c;
  return {triangle, length(offset), p_surface + offset, corner};
}

ClosestPoint closest_nearby(const Surface& surface, Vec3 p_surface, std::uint32_t from,
                            Vec3 n_world) noexcept {
  constexpr int kMostSteps = 4;  // a probe hardly moves one triangle a tick
  const BodyModel& model = *surface.model;
  ClosestPoint best = closest_on_triangle(surface, from, p_surface);
  for (int step = 0; step < kMostSteps; ++step) {
    const std::uint32_t centre = best.triangle;
    for (const std::uint32_t v : model.triangles[centre].vertex) {
      for (std::uint32_t i = model.ring_begin[v]; i < model.ring_begin[v + 1]; ++i) {
        const std::uint32_t t = model.ring[i];
        if (t == centre || dot(surface.face_normal(t), n_world) <= 0) continue;
        take_nearer(best, closest_on_triangle(surface, t, p_surface));
      }
    }
    if (best.triangle == centre) break;
  }
  return best;
}

Vec3 pseudonormal(const Surface& surface, const ClosestPoint& hit) noexcept {
  const BodyModel& model = *surface.model;
  const auto& v = model.triangles[hit.triangle].vertex;
  std::size_t corner = 3, zeros = 0;  // the corner with weight, and how many have none
  for (std::size_t k = 0; k < 3; ++k) {
    if (hit.corner[k] > 0) {
      corner = k;
    } else {
      ++zeros;
    }
  }
  if (zeros == 0 || corner == 3) return surface.face_normal(hit.triangle);
  // On an edge the neighbours that share both ends count, at a corner all, by their angle there.
  const std::uint32_t pivot = v[corner];
  const std::uint32_t other = hit.corner[(corner + 1) % 3] > 0   ? v[(corner + 1) % 3]
                              : hit.corner[(corner + 2) % 3] > 0 ? v[(corner + 2) % 3]
                                                                 : pivot;
  Vec3 sum;
  for (std::uint32_t i = model.ring_begin[pivot]; i < model.ring_begin[pivot + 1]; ++i) {
    const auto& w = model.triangles[model.ring[i]].vertex;
    const auto k = static_cast<std::size_t>(std::find(w.begin(), w.end(), pivot) - w.begin());
    if (zeros == 1) {
      if (std::find(w.begin(), w.end(), other) == w.end()) continue;
      sum += surface.face_normal(model.ring[i]);
      continue;
    }
    const Vec3 p = surface.vertex(pivot);
    const Vec3 a = normalized(surface.vertex(w[(k + 1) % 3]) - p);
    const Vec3 b = normalized(surface.vertex(w[(k + 2) % 3]) - p);
    sum += std::acos(std::clamp(dot(a, b), -1.0f, 1.0f)) * surface.face_normal(model.ring[i]);
  }
  return sum;
}

}  // namespace tactus
