// Inside or outside by rays: right where shells overlap and a nearest point says little.
#include <algorithm>
#include <array>

#include "tactus/contact/surface.h"

namespace tactus {
namespace {

/// A point seen along one axis: two coordinates across, one along.
struct Seen {
  float along, across, beside;
};

Seen seen(Vec3 v, int axis) {
  if (axis == 0) return {v.x, v.y, v.z};
  if (axis == 1) return {v.y, v.z, v.x};
  return {v.z, v.x, v.y};
}

/// Twice the area of the triangle that the line's foot makes with an edge. The two faces of an edge
/// compute the same number with opposite signs, so no line slips between them.
float edge_area(Seen a, Seen b) { return a.across * b.beside - a.beside * b.across; }

/// +1 where the ray from the origin leaves through the triangle, -1 where it enters, else 0.
int crossing(Seen a, Seen b, Seen c) {
  const float u = edge_area(b, c), v = edge_area(c, a), w = edge_area(a, b);
  const bool leaves = u > 0 && v > 0 && w > 0;
  const bool enters = u < 0 && v < 0 && w < 0;
  if (!leaves && !enters) return 0;
  const float ahead = u * a.along + v * b.along + w * c.along;
  if (leaves) return ahead > 0 ? 1 : 0;
  return ahead < 0 ? -1 : 0;
}

/// True when the ray from `p` along +axis can meet child `k` of the node.
bool may_meet(const Surface& surface, std::size_t node, std::size_t k, Vec3 p, int axis) {
  const Boxes& before = surface.before->boxes[node];
  const Boxes& after = surface.after->boxes[node];
  const bool turned = surface.weight_before < 0;
  const float at[3] = {p.x, p.y, p.z};
  for (std::size_t i = 0; i < 3; ++i) {
    const float low = turned ? before.high[i][k] : before.low[i][k];
    const float high = turned ? before.low[i][k] : before.high[i][k];
    if (at[i] > surface.weight_before * high + surface.weight_after * after.high[i][k]) {
      return false;
    }
    if (static_cast<int>(i) == axis) continue;  // ahead is enough
    if (at[i] < surface.weight_before * low + surface.weight_after * after.low[i][k]) return false;
  }
  return true;
}

/// How many solid shells are around `p`, counted along +axis.
int winding(const Surface& surface, Vec3 p, int axis) {
  const BodyModel& model = *surface.model;
  std::array<std::uint32_t, kMaxTreeDepth*(kTreeWidth - 1) + 1> stack;
  std::size_t waiting = 0;
  std::uint32_t leaves = 0;
  int sum = 0;
  stack[waiting++] = 0;
  while (waiting > 0) {
    const std::uint32_t i = stack[--waiting];
    const TreeNode& node = model.nodes[i];
    for (std::size_t k = 0; k < node.width; ++k) {
      if (!may_meet(surface, i, k, p, axis)) continue;
      if (!node.is_leaf(k)) {
        stack[waiting++] = node.child[k];
        continue;
      }
      if (++leaves > kMostLeaves) return sum;
      const std::uint32_t first = node.child[k] * kLeafTriangles;
      const std::size_t end = std::min<std::size_t>(first + kLeafTriangles, model.solid.size());
      for (std::uint32_t t = first; t < end; ++t) {
        if (model.solid[t] == 0) continue;
        const auto& v = model.triangles[t].vertex;
        sum += crossing(seen(surface.vertex(v[0]) - p, axis), seen(surface.vertex(v[1]) - p, axis),
                        seen(surface.vertex(v[2]) - p, axis));
      }
    }
  }
  return sum;
}

}  // namespace

bool is_inside(const Surface& surface, Vec3 p_surface) noexcept {
  // Meshes like to put their edges in planes of symmetry; a hair's breadth beside them there are
  // none.
  const Vec3 p = p_surface + Vec3{3.7e-6f, 5.3e-6f, 7.1e-6f};
  const bool by_x = winding(surface, p, 0) > 0;
  const bool by_y = winding(surface, p, 1) > 0;
  if (by_x == by_y) return by_x;
  return winding(surface, p, 2) > 0;  // one of them went through an open rim
}

}  // namespace tactus
