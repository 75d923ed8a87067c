#include "tactus/contact/deform.h"

#include <algorithm>
#include <limits>

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

void refit_leaf(const BodyModel& model, DeformedBody& out, std::size_t i, std::size_t k) {
  const TreeNode& node = model.nodes[i];
  constexpr float kFar_m = std::numeric_limits<float>::max();
  Vec3 low{kFar_m, kFar_m, kFar_m}, high = -low;
  for (std::uint32_t t = node.child[k]; t < node.child[k] + node.triangles[k]; ++t) {
    for (const std::uint32_t v : model.triangles[t].vertex) {
      const Vec3 p = out.p_root_vertex[v];
      low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
    }
  }
  Boxes& boxes = out.boxes[i];
  boxes.low[0][k] = low.x, boxes.low[1][k] = low.y, boxes.low[2][k] = low.z;
  boxes.high[0][k] = high.x, boxes.high[1][k] = high.y, boxes.high[2][k] = high.z;
}

void refit_inner(const BodyModel& model, DeformedBody& out, std::size_t i, std::size_t k) {
  const std::uint32_t child = model.nodes[i].child[k];
  const Boxes& inner = out.boxes[child];
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const auto low = inner.low[axis].begin(), high = inner.high[axis].begin();
    const auto width = model.nodes[child].width;
    out.boxes[i].low[axis][k] = *std::min_element(low, low + width);
    out.boxes[i].high[axis][k] = *std::max_element(high, high + width);
  }
}

/// Children stand after their parents, so backwards each finds its children done.
void refit(const BodyModel& model, DeformedBody& out) {
  for (std::size_t i = model.nodes.size(); i-- > 0;) {
    for (std::size_t k = 0; k < model.nodes[i].width; ++k) {
      if (model.nodes[i].triangles[k] > 0) {
        refit_leaf(model, out, i, k);
      } else {
        refit_inner(model, out, i, k);
      }
    }
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
