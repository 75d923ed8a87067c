#include "crossings.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace tactus::avatar {
namespace {

struct Triangle {
  std::array<std::uint32_t, 3> corner;
  std::array<Vec3, 3> p;
  Vec3 low, high;
};

Triangle triangle_at(std::span<const Vec3> places, std::span<const std::uint32_t> indices,
                     std::size_t i) {
  Triangle t{{indices[i], indices[i + 1], indices[i + 2]}, {}, {}, {}};
  for (std::size_t k = 0; k < 3; ++k) t.p[k] = places[t.corner[k]];
  const auto [ax, bx] = std::minmax({t.p[0].x, t.p[1].x, t.p[2].x});
  const auto [ay, by] = std::minmax({t.p[0].y, t.p[1].y, t.p[2].y});
  const auto [az, bz] = std::minmax({t.p[0].z, t.p[1].z, t.p[2].z});
  t.low = {ax, ay, az};
  t.high = {bx, by, bz};
  return t;
}

/// Does the way from `from` to `to` go through the inside of the triangle? Möller & Trumbore 1997.
bool pierces(Vec3 from, Vec3 to, const Triangle& t) {
  constexpr float kEdge =
      1e-5f;  // of the triangle and of the way: what only touches is no crossing
  constexpr float kPlane_rad = 1e-5f;  // flatter than that is the rounding of flat neighbours
  const Vec3 way = to - from, ab = t.p[1] - t.p[0], ac = t.p[2] - t.p[0];
  const Vec3 h = cross(way, ac);
  const float det = dot(ab, h);
  const bool is_in_plane = std::fabs(det) <= kPlane_rad * length(way) * length(cross(ab, ac));
  if (is_in_plane) return false;
  const Vec3 s = from - t.p[0];
  const Vec3 q = cross(s, ab);
  const float u = dot(s, h) / det, v = dot(way, q) / det, at = dot(ac, q) / det;
  return u > kEdge && v > kEdge && u + v < 1 - kEdge && at > kEdge && at < 1 - kEdge;
}

bool cross_each_other(const Triangle& a, const Triangle& b) {
  for (const std::uint32_t mine : a.corner) {
    if (std::find(b.corner.begin(), b.corner.end(), mine) != b.corner.end()) return false;
  }
  for (std::size_t k = 0; k < 3; ++k) {
    if (pierces(a.p[k], a.p[(k + 1) % 3], b) || pierces(b.p[k], b.p[(k + 1) % 3], a)) return true;
  }
  return false;
}

}  // namespace

Crossings find_crossings(std::span<const Vec3> places, std::span<const std::uint32_t> indices) {
  std::vector<Triangle> triangles;
  for (std::size_t i = 0; i + 2 < indices.size(); i += 3) {
    triangles.push_back(triangle_at(places, indices, i));
  }
  std::ranges::sort(triangles, {}, [](const Triangle& t) { return t.low.y; });
  Crossings found;
  for (std::size_t i = 0; i < triangles.size(); ++i) {
    const Triangle& a = triangles[i];
    for (std::size_t j = i + 1; j < triangles.size() && triangles[j].low.y <= a.high.y; ++j) {
      const Triangle& b = triangles[j];
      if (b.low.x > a.high.x || b.high.x < a.low.x || b.low.z > a.high.z || b.high.z < a.low.z) {
        continue;
      }
      if (!cross_each_other(a, b)) continue;
      if (found.pairs == 0) found.p_first = (1.0f / 3.0f) * (a.p[0] + a.p[1] + a.p[2]);
      ++found.pairs;
    }
  }
  return found;
}

}  // namespace tactus::avatar
