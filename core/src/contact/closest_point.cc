#include <algorithm>
#include <cmath>
#include <cstring>

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

using Lanes = std::array<float, kTreeWidth>;
struct Weights {
  float before, after;
};

/// Adds the squared distance along one axis from `p` to each of eight blended intervals. Four at a
/// time in the vectors that every compiler here knows and every processor has.
void add_squares(Lanes& squared_m2, Weights weights, const Lanes& low_before,
                 const Lanes& low_after, const Lanes& high_before, const Lanes& high_after,
                 float p) {
  using Four = float __attribute__((vector_size(16)));
  const auto load = [](const Lanes& lanes, std::size_t k) {
    Four four;
    std::memcpy(&four, &lanes[k], sizeof(four));
    return four;
  };
  for (std::size_t k = 0; k < kTreeWidth; k += 4) {
    const Four low = weights.before * load(low_before, k) + weights.after * load(low_after, k);
    const Four high = weights.before * load(high_before, k) + weights.after * load(high_after, k);
    const Four below = low - p, above = p - high, zero{};
    const Four outside = below > above ? below : above;
    const Four d = outside > zero ? outside : zero;
    const Four sum = load(squared_m2, k) + d * d;
    std::memcpy(&squared_m2[k], &sum, sizeof(sum));
  }
}

void take_nearer(ClosestPoint& best, const ClosestPoint& candidate) {
  if (candidate.distance_m < best.distance_m) best = candidate;
}

}  // namespace

std::array<float, kTreeWidth> squared_distances(const Surface& surface, std::size_t node,
                                                Vec3 p_surface) noexcept {
  const Boxes& before = surface.before->boxes[node];
  const Boxes& after = surface.after->boxes[node];
  const Weights weights{surface.weight_before, surface.weight_after};
  const bool turned = weights.before < 0;  // a negative weight turns the earlier box around
  const auto& low = turned ? before.high : before.low;
  const auto& high = turned ? before.low : before.high;
  std::array<float, kTreeWidth> squared_m2{};
  add_squares(squared_m2, weights, low[0], after.low[0], high[0], after.high[0], p_surface.x);
  add_squares(squared_m2, weights, low[1], after.low[1], high[1], after.high[1], p_surface.y);
  add_squares(squared_m2, weights, low[2], after.low[2], high[2], after.high[2], p_surface.z);
  return squared_m2;
}

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

ClosestPoint closest_point(const Surface& surface, Vec3 p_surface, float radius_m,
                           std::uint32_t hint) noexcept {
  const BodyModel& model = *surface.model;
  ClosestPoint best;
  best.distance_m = radius_m;
  if (hint < model.triangles.size()) {
    take_nearer(best, closest_on_triangle(surface, hint, p_surface));
  }
  struct Entry {
    float squared_m2;
    std::uint32_t child;
    std::uint32_t triangles;
  };
  // Each level leaves at most all children but one waiting.
  std::array<Entry, kMaxTreeDepth*(kTreeWidth - 1) + 1> stack;
  std::size_t waiting = 0;
  std::uint32_t leaves = 0;
  stack[waiting++] = {0, 0, 0};
  while (waiting > 0 && leaves < kMostLeaves) {
    const Entry entry = stack[--waiting];
    if (entry.squared_m2 >= best.distance_m * best.distance_m) continue;
    if (entry.triangles > 0) {
      for (std::uint32_t t = entry.child; t < entry.child + entry.triangles; ++t) {
        take_nearer(best, closest_on_triangle(surface, t, p_surface));
      }
      ++leaves;
      continue;
    }
    const TreeNode& node = model.nodes[entry.child];
    const auto squared_m2 = squared_distances(surface, entry.child, p_surface);
    const std::size_t begin = waiting;
    for (std::size_t k = 0; k < node.width; ++k) {
      if (squared_m2[k] >= best.distance_m * best.distance_m) continue;
      // The nearest goes on top.
      std::size_t place = waiting++;
      for (; place > begin && stack[place - 1].squared_m2 < squared_m2[k]; --place) {
        stack[place] = stack[place - 1];
      }
      stack[place] = {squared_m2[k], node.child[k], node.triangles[k]};
    }
  }
  return best;
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
