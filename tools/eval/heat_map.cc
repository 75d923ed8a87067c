#include "heat_map.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "tactus/avatar/picture.h"

namespace tactus::tools {
namespace {

constexpr int kSide = 480;

/// [0, 1] to a colour.
Vec3 glow(float heat) {
  constexpr std::array<Vec3, 5> kSteps = {{{0.30f, 0.29f, 0.28f},
                                           {0.45f, 0.05f, 0.03f},
                                           {0.9f, 0.25f, 0.02f},
                                           {1, 0.75f, 0.1f},
                                           {1, 1, 0.9f}}};
  const float at = std::clamp(heat, 0.0f, 1.0f) * (kSteps.size() - 1);
  const auto i = std::min(static_cast<std::size_t>(at), kSteps.size() - 2);
  return lerp(kSteps[i], kSteps[i + 1], at - static_cast<float>(i));
}

}  // namespace

bool write_heat_map(const BodyView& body, std::span<const float> heat, const std::string& path) {
  std::vector<avatar::PictureVertex> vertices;
  std::vector<float> warmth(body.vertices.size());
  std::vector<std::uint32_t> indices;
  Vec3 low = body.vertices.front().p_rest, high = low;
  for (const BodyVertex& vertex : body.vertices) {
    const Vec3 p = vertex.p_rest;
    vertices.push_back({p, {}, {}});
    low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
  }
  for (std::size_t t = 0; t < body.triangles.size(); ++t) {
    const auto& v = body.triangles[t].vertex;
    const Vec3 a = vertices[v[0]].p;
    const Vec3 n = cross(vertices[v[1]].p - a, vertices[v[2]].p - a);
    for (const std::uint32_t corner : v) {
      vertices[corner].n += n;
      warmth[corner] += heat[t];
      indices.push_back(corner);
    }
  }
  const float most = std::max(1e-9f, *std::ranges::max_element(warmth));
  for (std::size_t i = 0; i < vertices.size(); ++i) {
    vertices[i].n = normalized(vertices[i].n);
    vertices[i].color = glow(std::sqrt(warmth[i] / most));
  }
  avatar::Picture picture(3 * kSide, kSide);
  constexpr std::array<Vec3, 3> kRight = {{{1, 0, 0}, {0, 0, -1}, {-1, 0, 0}}};
  for (std::size_t i = 0; i < kRight.size(); ++i) {
    avatar::View view;
    view.right = kRight[i];
    view.centre = 0.5f * (low + high);
    view.height_m = 1.05f * std::max({high.x - low.x, high.y - low.y, high.z - low.z});
    view.x = static_cast<int>(i) * kSide;
    view.width = view.height = kSide;
    picture.draw(vertices, indices, view);
  }
  return picture.write_png(path);
}

}  // namespace tactus::tools
