#include "scene/world/morph.h"

#include <algorithm>
#include <cmath>

namespace tactus::scene {
namespace {

bool is_blink(const Morph& morph) { return morph.name.starts_with("blink"); }

// A lid swings about the eye's centre. The straight way from open to closed would cut through the
// eyeball, so its middle is raised to the arc whose ends have these normals.
Vec3 arc_over_chord(const Vec3& n, const Vec3& chord, const Vec3& n_offset, float w) {
  const Vec3 n_closed = direction(n + n_offset, n);
  const float angle_rad = std::acos(std::clamp(n.dot(n_closed), -1.0f, 1.0f));
  const float rise_m = 0.5f * chord.norm() * std::tan(0.25f * angle_rad);
  return 4.0f * w * (1.0f - w) * rise_m * direction(n + n_closed, n);
}

}  // namespace

void blend_morphs(const Mesh& mesh, std::span<const float> weights, std::span<Vertex> blended) {
  float closed = 0;
  for (std::size_t k = 0; k < mesh.morphs.size(); ++k)
    if (is_blink(mesh.morphs[k])) closed = std::max(closed, std::clamp(weights[k], 0.0f, 1.0f));
  for (std::size_t i = 0; i < mesh.vertices.size(); ++i) {
    const Vertex& rest = mesh.vertices[i];
    Vec3 p(rest.p[0], rest.p[1], rest.p[2]);
    const Vec3 n_rest = Vec3(rest.n[0], rest.n[1], rest.n[2]) / 32767.0f;
    Vec3 n = n_rest;
    for (std::size_t k = 0; k < mesh.morphs.size(); ++k) {
      const Morph& morph = mesh.morphs[k];
      const float w = is_blink(morph) ? weights[k] : weights[k] * (1.0f - closed);
      if (w == 0.0f) continue;
      p += w * morph.p_offset[i];
      n += w * morph.n_offset[i];
      if (is_blink(morph)) p += arc_over_chord(n_rest, morph.p_offset[i], morph.n_offset[i], w);
    }
    blended[i] = rest;
    blended[i].p = {p.x(), p.y(), p.z()};
    blended[i].n = packed_normal(n);
  }
}

}  // namespace tactus::scene
