#include "mesh.h"

#include <meshoptimizer.h>

#include <cmath>

namespace tactus::modelling {

void append(Mesh& mesh, const Mesh& more) {
  const auto first = static_cast<std::uint32_t>(mesh.vertices.size());
  mesh.vertices.insert(mesh.vertices.end(), more.vertices.begin(), more.vertices.end());
  for (const std::uint32_t index : more.indices) mesh.indices.push_back(first + index);
}

void add_quad(Mesh& mesh, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d,
              bool flip) {
  if (flip) {
    std::swap(a, b);
    std::swap(c, d);
  }
  mesh.indices.insert(mesh.indices.end(), {a, c, b, b, c, d});
}

void place(Mesh& mesh, float scale, float yaw_rad, Vec3 offset) {
  const Quat q = axis_angle({0, 1, 0}, yaw_rad);
  for (Vertex& vertex : mesh.vertices) {
    vertex.p = rotate(q, scale * vertex.p) + offset;
    vertex.n = rotate(q, vertex.n);
  }
}

void compute_normals(Mesh& mesh) {
  for (Vertex& vertex : mesh.vertices) vertex.n = {};
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3) {
    Vertex& a = mesh.vertices[mesh.indices[i]];
    Vertex& b = mesh.vertices[mesh.indices[i + 1]];
    Vertex& c = mesh.vertices[mesh.indices[i + 2]];
    const Vec3 n = cross(b.p - a.p, c.p - a.p);
    a.n += n;
    b.n += n;
    c.n += n;
  }
  for (Vertex& vertex : mesh.vertices) vertex.n = normalized(vertex.n);
}

Vec3 srgb(int hex) {
  const auto linear = [](int byte) {
    const float c = static_cast<float>(byte & 255) / 255.0f;
    return c <= 0.04045f ? c / 12.92f : std::pow((c + 0.055f) / 1.055f, 2.4f);
  };
  return {linear(hex >> 16), linear(hex >> 8), linear(hex)};
}

void paint(Mesh& mesh, const Paint& color_at) {
  for (Vertex& vertex : mesh.vertices) vertex.color = color_at(vertex.p, vertex.n);
}

void simplify(Mesh& mesh, std::size_t triangles) {
  if (mesh.indices.size() <= 3 * triangles) return;
  constexpr float kNoErrorLimit = 1.0f;  // relative to the mesh: the count alone decides
  std::vector<std::uint32_t> kept(mesh.indices.size());
  kept.resize(meshopt_simplify(kept.data(), mesh.indices.data(), mesh.indices.size(),
                               &mesh.vertices[0].p.x, mesh.vertices.size(), sizeof(Vertex),
                               3 * triangles, kNoErrorLimit, 0, nullptr));
  std::vector<std::uint32_t> remap(mesh.vertices.size());
  const std::size_t count = meshopt_optimizeVertexFetchRemap(remap.data(), kept.data(), kept.size(),
                                                             mesh.vertices.size());
  std::vector<Vertex> vertices(count);
  for (std::size_t i = 0; i < remap.size(); ++i) {
    if (remap[i] != ~0u) vertices[remap[i]] = mesh.vertices[i];
  }
  for (std::uint32_t& index : kept) index = remap[index];
  mesh.vertices = std::move(vertices);
  mesh.indices = std::move(kept);
}

}  // namespace tactus::modelling
