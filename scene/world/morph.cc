#include "scene/world/morph.h"

#include <algorithm>
#include <cmath>

namespace tactus::scene {
namespace {

bool is_blink(const Morph& morph) { return morph.name.starts_with("blink"); }

}  // namespace

void blend_morphs(const Mesh& mesh, std::span<const float> weights, std::span<Vertex> blended) {
  float closed = 0;
  for (std::size_t k = 0; k < mesh.morphs.size(); ++k)
    if (is_blink(mesh.morphs[k])) closed = std::max(closed, std::clamp(weights[k], 0.0f, 1.0f));
  for (std::size_t i = 0; i < mesh.vertices.size(); ++i) {
    const Vertex& rest = mesh.vertices[i];
    Vec3 p(rest.p[0], rest.p[1], rest.p[2]);
    Vec3 n = Vec3(rest.n[0], rest.n[1], rest.n[2]) / 32767.0f;
    for (std::size_t k = 0; k < mesh.morphs.size(); ++k) {
      const Morph& morph = mesh.morphs[k];
      const float w = is_blink(morph) ? weights[k] : weights[k] * (1.0f - closed);
      if (w == 0.0f) continue;
      p += w * morph.p_offset[i];
      n += w * morph.n_offset[i];
    }
    blended[i] = rest;
    blended[i].p = {p.x(), p.y(), p.z()};
    blended[i].n = packed_normal(n);
  }
}

}  // namespace tactus::scene
