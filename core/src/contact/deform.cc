#include "tactus/contact/deform.h"

#include <algorithm>

#include "tactus/base/hash.h"

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

void fill_packets(const BodyModel& model, DeformedBody& out) {
  const std::size_t count = model.triangles.size();
  for (std::size_t i = 0; i < out.packets.size(); ++i) {
    for (std::size_t k = 0; k < kLeafTriangles; ++k) {
      const auto& v = model.triangles[std::min(i * kLeafTriangles + k, count - 1)].vertex;
      const Vec3 a = out.p_root_vertex[v[0]];
      const Vec3 ab = out.p_root_vertex[v[1]] - a, ac = out.p_root_vertex[v[2]] - a;
      auto& at = out.packets[i].at;
      at[0][0][k] = a.x, at[0][1][k] = a.y, at[0][2][k] = a.z;
      at[1][0][k] = ab.x, at[1][1][k] = ab.y, at[1][2][k] = ab.z;
      at[2][0][k] = ac.x, at[2][1][k] = ac.y, at[2][2][k] = ac.z;
    }
  }
}

void refit_leaf(const BodyModel& model, DeformedBody& out, std::size_t i, std::size_t k) {
  const Packet& packet = out.packets[model.nodes[i].child[k]];
  for (std::size_t axis = 0; axis < 3; ++axis) {
    std::array<float, kLeafTriangles> low, high;
    for (std::size_t l = 0; l < kLeafTriangles; ++l) {
      const float a = packet.at[0][axis][l], ab = packet.at[1][axis][l], ac = packet.at[2][axis][l];
      const float least = ab < ac ? ab : ac, most = ab > ac ? ab : ac;
      low[l] = a + (least < 0 ? least : 0);
      high[l] = a + (most > 0 ? most : 0);
    }
    for (std::size_t half = kLeafTriangles / 2; half > 0; half /= 2) {
      for (std::size_t l = 0; l < half; ++l) {
        low[l] = low[l] < low[l + half] ? low[l] : low[l + half];
        high[l] = high[l] > high[l + half] ? high[l] : high[l + half];
      }
    }
    out.boxes[i].low[axis][k] = low[0];
    out.boxes[i].high[axis][k] = high[0];
  }
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
      if (model.nodes[i].is_leaf(k)) {
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
      packets((model.triangles.size() + kLeafTriangles - 1) / kLeafTriangles),
      boxes(model.nodes.size()),
      bones(model.T_bone_rest.size()) {
  // Of children that a node does not have: far from everything, also when blended beyond 1.
  constexpr float kNowhere_m = 1e6f;
  for (Boxes& box : boxes) {
    for (auto& low : box.low) low.fill(kNowhere_m);
    for (auto& high : box.high) high.fill(-kNowhere_m);
  }
}

bool skin(const BodyModel& model, HostTime t, std::span<const Pose> T_world_bone,
          DeformedBody& out) noexcept {
  if (T_world_bone.size() != model.T_bone_rest.size()) return false;
  for (const Pose& T : T_world_bone) {
    if (!is_valid(T) || !(length(T.p) < kWorldLimit_m)) return false;
  }
  out.t = t;
  const std::array<std::int64_t, 1> time{t.time_since_epoch().count()};
  out.identity =
      hash(std::as_bytes(T_world_bone), hash(std::as_bytes(std::span(time)), model.identity)) | 1u;
  out.p_world_root = T_world_bone[0].p;
  for (std::size_t b = 0; b < T_world_bone.size(); ++b) {
    const Pose T_root_bone{normalized(T_world_bone[b].q), T_world_bone[b].p - out.p_world_root};
    out.bones[b] = columns(T_root_bone * model.T_bone_rest[b]);
  }
  for (std::size_t v = 0; v < model.vertices.size(); ++v) {
    out.p_root_vertex[v] = blend_vertex(model.vertices[v], out.bones);
  }
  fill_packets(model, out);
  refit(model, out);
  return true;
}

}  // namespace tactus
