#include "support/shapes.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <functional>

#include "tactus/base/crc32.h"

namespace tactus::testing {
namespace {

BodyBone bone_at(Vec3 p_rest, int parent) {
  BodyBone bone;
  std::memcpy(bone.name.data(), parent < 0 ? "root" : "tip", 4);
  bone.parent = parent;
  bone.T_rest_bone.p = p_rest;
  return bone;
}

BodyVertex vertex_at(Vec3 p_rest, float second_bone_weight = 0) {
  BodyVertex vertex;
  vertex.p_rest = p_rest;
  const auto second = static_cast<std::uint8_t>(std::lround(255.0f * second_bone_weight));
  vertex.bone = {0, static_cast<std::uint8_t>(second > 0 ? 1 : 0), 0, 0};
  vertex.weight = {static_cast<std::uint8_t>(255 - second), second, 0, 0};
  return vertex;
}

void add_triangle(Shape& shape, std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  BodyTriangle triangle;
  triangle.vertex = {a, b, c};
  triangle.region = Region::CheekLeft;
  shape.triangles.push_back(triangle);
}

/// Closes a stack of circles with a pole below the first and above the last. `vertex(u, angle)`
/// gives a point, u in [0, 1] from pole to pole upwards, angle turning from +Z to +X.
void add_lathe(Shape& shape, int rings, int segments,
               const std::function<BodyVertex(float, float)>& vertex) {
  shape.vertices.push_back(vertex(0, 0));
  for (int i = 1; i < rings; ++i) {
    for (int j = 0; j < segments; ++j) {
      const float angle = 2 * kPi * static_cast<float>(j) / static_cast<float>(segments);
      shape.vertices.push_back(vertex(static_cast<float>(i) / static_cast<float>(rings), angle));
    }
  }
  shape.vertices.push_back(vertex(1, 0));
  const auto n = static_cast<std::uint32_t>(segments);
  const auto top = static_cast<std::uint32_t>(shape.vertices.size() - 1);
  for (std::uint32_t j = 0; j < n; ++j) {
    const std::uint32_t k = (j + 1) % n;
    add_triangle(shape, 0, 1 + k, 1 + j);
    for (std::uint32_t i = 0; i + 2 < static_cast<std::uint32_t>(rings); ++i) {
      const std::uint32_t low = 1 + i * n, high = low + n;
      add_triangle(shape, low + j, low + k, high + k);
      add_triangle(shape, low + j, high + k, high + j);
    }
    add_triangle(shape, top, top - n + j, top - n + k);
  }
}

}  // namespace

std::vector<std::byte> to_bytes(const Shape& shape) {
  BodyHeader header;
  header.bone_count = static_cast<std::uint32_t>(shape.bones.size());
  header.vertex_count = static_cast<std::uint32_t>(shape.vertices.size());
  header.triangle_count = static_cast<std::uint32_t>(shape.triangles.size());
  header.total_bytes = static_cast<std::uint32_t>(
      sizeof(header) + shape.bones.size() * sizeof(BodyBone) +
      shape.vertices.size() * sizeof(BodyVertex) + shape.triangles.size() * sizeof(BodyTriangle));
  std::vector<std::byte> bytes(header.total_bytes);
  std::size_t at = sizeof(header);
  const auto append = [&](const auto& items) {
    const auto raw = std::as_bytes(std::span(items));
    std::copy(raw.begin(), raw.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
    at += raw.size();
  };
  append(shape.bones);
  append(shape.vertices);
  append(shape.triangles);
  header.crc32 = crc32({reinterpret_cast<const std::uint8_t*>(bytes.data()) + sizeof(header),
                        bytes.size() - sizeof(header)});
  std::memcpy(bytes.data(), &header, sizeof(header));
  return bytes;
}

Shape make_tube(float length_m, float radius_m, int rings, int segments) {
  Shape shape;
  shape.bones = {bone_at({}, -1), bone_at({0, length_m / 2, 0}, 0)};
  add_lathe(shape, rings, segments, [&](float u, float angle) {
    // The first and last tenth round off to the poles.
    const float end = std::min({u, 1 - u, 0.1f}) / 0.1f;
    const float r = radius_m * std::sqrt(std::max(0.0f, 1 - (1 - end) * (1 - end)));
    const float y = u * length_m;
    const float blend = std::clamp((y - length_m / 2) / (2 * radius_m) + 0.5f, 0.0f, 1.0f);
    return vertex_at({r * std::sin(angle), y, r * std::cos(angle)},
                     blend * blend * (3 - 2 * blend));
  });
  return shape;
}

Shape make_ellipsoid(Vec3 radii_m, int rings, int segments) {
  Shape shape;
  shape.bones = {bone_at({}, -1)};
  add_lathe(shape, rings, segments, [&](float u, float angle) {
    const float r = std::sin(kPi * u);
    return vertex_at({radii_m.x * r * std::sin(angle), -radii_m.y * std::cos(kPi * u),
                      radii_m.z * r * std::cos(angle)});
  });
  return shape;
}

Shape make_sheet(float size_m, int cells) {
  Shape shape;
  shape.bones = {bone_at({}, -1)};
  const auto n = static_cast<std::uint32_t>(cells) + 1;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      const auto place = [&](std::uint32_t k) {
        return size_m * (static_cast<float>(k) / static_cast<float>(cells) - 0.5f);
      };
      shape.vertices.push_back(vertex_at({place(j), place(i), 0}));
      if (i + 1 == n || j + 1 == n) continue;
      const std::uint32_t a = i * n + j;
      add_triangle(shape, a, a + 1, a + n + 1);
      add_triangle(shape, a, a + n + 1, a + n);
    }
  }
  return shape;
}

}  // namespace tactus::testing
