#include "tactus/contact/deform.h"

#include <algorithm>

namespace tactus {
namespace {

using Blend = DeformedBody::Blend;

Blend columns(const Pose& T) {
  return {rotate(T.q, {1, 0, 0}), rotate(T.q, {0, 1, 0}), rotate(T.q, {0, 0, 1}), T.p};
}

Vec3 blend_vertex(const BodyVertex& vertex, const std::vector<Blend>& bones) {
  Vec3 p;
  for (std::size_t k = 0; k < 4; ++k) {
    if (vertex.weight[k] == 0) continue;
    const Blend& bone = bones[vertex.bone[k]];
    const Vec3 v = vertex.p_rest;
    const float w = static_cast<float>(vertex.weight[k]) * (1.0f / 255.0f);
    p += w * (bone.origin + v.x * bone.x + v.y * bone.y + v.z * bone.z);
  }
  return p;
}

void grow(Box& box, Vec3 low, Vec3 high) {
  box.low = {std::min(box.low.x, low.x), std::min(box.low.y, low.y), std::min(box.low.z, low.z)};
  box.high = {std::max(box.high.x, high.x), std::max(box.high.y, high.y),
              std::max(box.high.z, high.z)};
}

void refit(const BodyModel& model, DeformedBody& out) {
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    const TreeNode node = model.nodes[i];
    if (node.count == 0) {
      out.boxes[i] = out.boxes[i + 1];
      grow(out.boxes[i], out.boxes[node.first].low, out.boxes[node.first].high);
      continue;
    }
    const Vec3 p = out.p_root_vertex[model.triangles[node.first].vertex[0]];
    Box box{p, p};
    for (std::uint32_t t = node.first; t < node.first + node.count; ++t) {
      for (const std::uint32_t v : model.triangles[t].vertex) {
        grow(box, out.p_root_vertex[v], out.p_root_vertex[v]);
      }
    }
    out.boxes[i] = box;
  }
}

}  // namespace

DeformedBody::DeformedBody(const BodyModel& model)
    : p_root_vertex(model.vertices.size()),
      boxes(model.nodes.size()),
      bones(model.T_bone_rest.size()) {}

bool skin(const BodyModel& model, HostTime t, std::span<const Pose> T_world_bone,
          DeformedBody& out) noexcept {
  if (T_world_bone.size() != model.T_bone_rest.size()) return false;
  for (const Pose& T : T_world_bone) {
    if (!is_valid(T) || !(length(T.p) < kWorldLimit_m)) return false;
  }
  out.t = t;
  out.p_world_root = T_world_bone[0].p;
  for (std::size_t b = 0; b < T_world_bone.size(); ++b) {
    const Pose T_root_bone{normalized(T_world_bone[b].q), T_world_bone[b].p - out.p_world_root};
    out.bones[b] = columns(T_root_bone * model.T_bone_rest[b]);
  }
  for (std::size_t v = 0; v < model.vertices.size(); ++v) {
    out.p_root_vertex[v] = blend_vertex(model.vertices[v], out.bones);
  }
  refit(model, out);
  return true;
}

}  // namespace tactus
