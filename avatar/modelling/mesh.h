// Triangles with what a drawn vertex needs, and the few operations that modelling takes.
//
//   Frames   the model's: +Y up, +Z forward.
//   Units    metres; colour linear RGB in [0, 1]; weights sum to 1.
//   Errors   none.
//   Threads  plain values.
//   Proof    tests/avatar/child_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tactus/base/geometry.h"

namespace tactus::modelling {

struct Vertex {
  Vec3 p;
  Vec3 n{0, 1, 0};
  Vec3 color{1, 1, 1};
  float openness = 1;  ///< ambient: 1 sees the whole sky, 0 none of it
  std::array<std::uint8_t, 4> bone{};
  std::array<float, 4> weight{1, 0, 0, 0};
};

struct Mesh {
  std::vector<Vertex> vertices;
  std::vector<std::uint32_t> indices;  ///< three a triangle, counter-clockwise from outside
};

/// What a surface is drawn with; the name in the file. The order is the file's.
enum class Look : std::uint8_t { Skin, Cloth, Hair, Eye, Emissive, Hard, Foam, Rubber };

/// The same triangles with other vertices: one expression.
struct Morph {
  std::string name;
  Mesh mesh;
};

struct Part {
  std::string name;
  Look look = Look::Skin;
  Mesh mesh;
  std::vector<Morph> morphs;
};

void append(Mesh& mesh, const Mesh& more);

/// Two triangles for the corners a b / c d (a above c, b above d), seen counter-clockwise.
void add_quad(Mesh& mesh, std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d,
              bool flip = false);

/// Scales, turns about +Y, then moves.
void place(Mesh& mesh, float scale, float yaw_rad, Vec3 offset);

/// Area-weighted vertex normals from the triangles.
void compute_normals(Mesh& mesh);

/// 0xRRGGBB as painters write it, to linear light.
[[nodiscard]] Vec3 srgb(int hex);
/// Linear RGB at a point of the surface.
using Paint = std::function<Vec3(Vec3 p, Vec3 n)>;
void paint(Mesh& mesh, const Paint& color_at);

/// Fewer triangles, the shape kept (meshoptimizer); vertices that nobody uses are dropped.
void simplify(Mesh& mesh, std::size_t triangles);

}  // namespace tactus::modelling
