#include "child.h"
#include "colors.h"
#include "surface_nets.h"

namespace tactus::modelling {
namespace {

float bench_distance(Vec3 p) {
  float d = 1e3f;
  for (int i = 0; i < 4; ++i) {
    const float z = -0.16f + 0.105f * static_cast<float>(i);
    d = std::min(d, sdf::rounded_box(p, {0, 0.40f, z}, {0.62f, 0.016f, 0.044f}, 0.012f));
  }
  for (int i = 0; i < 3; ++i) {
    const auto k = static_cast<float>(i);
    d = std::min(d, sdf::rounded_box(p, {0, 0.53f + 0.115f * k, -0.235f - 0.03f * k},
                                     {0.62f, 0.046f, 0.014f}, 0.012f));
  }
  const Vec3 q = fold(p);
  d = std::min(d, sdf::rounded_box(q, {0.52f, 0.20f, 0.12f}, {0.022f, 0.20f, 0.024f}, 0.012f));
  d = std::min(d, sdf::cone(q, {0.52f, 0, -0.20f}, {0.52f, 0.80f, -0.30f}, 0.022f, 0.020f));
  return std::min(d, sdf::rounded_box(q, {0.52f, 0.375f, -0.03f}, {0.022f, 0.016f, 0.18f}, 0.010f));
}

float trunk_distance(Vec3 p) {
  float d = sdf::cone(p, {0, -0.05f, 0}, {0.05f, 1.3f, 0.03f}, 0.13f, 0.075f);
  d = smooth_min(d, sdf::cone(p, {0.04f, 1.0f, 0.02f}, {0.35f, 1.6f, 0.1f}, 0.06f, 0.035f), 0.08f);
  return smooth_min(d, sdf::cone(p, {0.04f, 1.1f, 0.02f}, {-0.35f, 1.7f, -0.1f}, 0.06f, 0.035f),
                    0.08f);
}

float crown_distance(Vec3 p, int seed) {
  float d = 1e3f;
  for (int i = 0; i < 13; ++i) {
    const Vec3 c{1.3f * (hash01(i, seed, 1) - 0.5f), 1.75f + 0.9f * hash01(i, seed, 2),
                 1.2f * (hash01(i, seed, 3) - 0.5f)};
    d = smooth_min(d, sdf::sphere(p, c, 0.30f + 0.18f * hash01(i, seed, 4)), 0.18f);
  }
  return d + 0.035f * (value_noise(7.0f * p) - 0.5f);
}

Part ground() {
  constexpr std::uint32_t kCells = 44;
  constexpr float kHalf_m = 9.0f;
  Part part{"ground", Look::Cloth, {}, {}};
  for (std::uint32_t j = 0; j <= kCells; ++j) {
    for (std::uint32_t i = 0; i <= kCells; ++i) {
      const auto place_m = [](std::uint32_t k) {  // finer near the child
        const float s = 2.0f * static_cast<float>(k) / kCells - 1.0f;
        return kHalf_m * s * (0.35f + 0.65f * std::fabs(s));
      };
      const float x = place_m(i), z = place_m(j), r = std::hypot(x, z);
      const float hills =
          0.5f * value_noise({0.35f * x, 0, 0.35f * z}) + 0.35f * smooth_step(5, 9, r);
      const float path = std::exp(-square(square((x - 1.1f * std::sin(0.5f * z)) / 0.9f)));
      const Vec3 grass = lerp(srgb(0x6E9B57), srgb(0x8DB868), value_noise({3 * x, 0, 3 * z}));
      part.mesh.vertices.push_back({.p = {x, -0.002f + smooth_step(2.5f, 8, r) * hills, z},
                                    .color = lerp(grass, srgb(0xD9C3A0), 0.9f * path)});
    }
  }
  for (std::uint32_t j = 0; j < kCells; ++j) {
    for (std::uint32_t i = 0; i < kCells; ++i) {
      const std::uint32_t a = j * (kCells + 1) + i;
      add_quad(part.mesh, a, a + 1, a + kCells + 1, a + kCells + 2);
    }
  }
  compute_normals(part.mesh);
  return part;
}

/// A dome seen from inside: warm haze at the horizon, soft blue above.
Part sky() {
  constexpr std::uint32_t kAround = 24, kRings = 10;
  constexpr float kRadius_m = 30.0f;
  Part part{"sky", Look::Emissive, {}, {}};
  for (std::uint32_t j = 0; j <= kRings; ++j) {
    for (std::uint32_t i = 0; i < kAround; ++i) {
      const float around = 2 * kPi * static_cast<float>(i) / kAround;
      const float up = mix(-0.15f, 0.5f * kPi, static_cast<float>(j) / kRings);
      const Vec3 d{std::cos(up) * std::sin(around), std::sin(up), std::cos(up) * std::cos(around)};
      const Vec3 color =
          lerp({0.93f, 0.90f, 0.82f}, {0.50f, 0.70f, 0.90f}, clamp01(1.4f * d.y + 0.08f));
      part.mesh.vertices.push_back({.p = kRadius_m * d, .n = -d, .color = color});
    }
  }
  for (std::uint32_t j = 0; j < kRings; ++j) {
    for (std::uint32_t i = 0; i < kAround; ++i) {
      const std::uint32_t a = j * kAround + i, b = j * kAround + (i + 1) % kAround;
      add_quad(part.mesh, a, b, a + kAround, b + kAround);
    }
  }
  return part;
}

Part bench() {
  Mesh mesh = surface_nets(bench_distance, {{-0.7f, -0.03f, -0.4f}, {0.7f, 0.86f, 0.24f}}, 0.013f);
  simplify(mesh, 1800);
  paint(mesh, [](Vec3 p, Vec3) {
    return lerp(srgb(0xA9744A), srgb(0x8A5A38), value_noise({6 * p.x, 60 * p.y, 60 * p.z}));
  });
  place(mesh, 1, 0.15f, {0.1f, 0, -0.75f});
  return {"bench", Look::Cloth, std::move(mesh), {}};
}

Mesh tree(int seed) {
  Mesh crown = surface_nets([seed](Vec3 p) { return crown_distance(p, seed + 1); },
                            {{-1.4f, 1.0f, -1.4f}, {1.4f, 3.4f, 1.4f}}, 0.085f);
  simplify(crown, 800);
  const float blossom = seed == 1 ? 0.75f : 0.0f;
  paint(crown, [blossom](Vec3 p, Vec3) {
    const Vec3 leaf = lerp(srgb(0x4F8A4B), srgb(0x9CC26A), clamp01((p.y - 1.3f) / 1.5f));
    return lerp(leaf, srgb(0xF0C5C8), blossom * value_noise(5.0f * p));
  });
  for (Vertex& vertex : crown.vertices) {
    vertex.openness = clamp01(0.55f + 0.45f * (vertex.p.y - 1.4f) / 1.3f);
  }
  Mesh trunk = surface_nets(trunk_distance, {{-0.6f, -0.3f, -0.5f}, {0.6f, 1.9f, 0.5f}}, 0.05f);
  simplify(trunk, 240);
  paint(trunk, [](Vec3 p, Vec3) {
    return lerp(srgb(0x7A5640), srgb(0x5F4231), value_noise({20 * p.x, 4 * p.y, 20 * p.z}));
  });
  append(crown, trunk);
  return crown;
}

}  // namespace

std::vector<Part> build_park() {
  constexpr Vec3 kPlaces[] = {{-2.2f, 0, -2.6f},
                              {2.0f, 0, -3.4f},
                              {-4.2f, 0.1f, -4.8f},
                              {4.4f, 0.2f, -5.2f},
                              {0.3f, 0.2f, -6.4f}};
  constexpr int kKinds = 3;
  std::vector<Part> parts;
  parts.push_back(ground());
  parts.push_back(sky());
  parts.push_back(bench());
  Mesh kinds[kKinds];
  for (int k = 0; k < kKinds; ++k) kinds[k] = tree(k);
  for (std::size_t i = 0; i < std::size(kPlaces); ++i) {
    Mesh mesh = kinds[i % kKinds];
    place(mesh, 1.15f, 1.3f * static_cast<float>(i), kPlaces[i]);
    parts.push_back({"tree" + std::to_string(i), Look::Cloth, std::move(mesh), {}});
  }
  return parts;
}

}  // namespace tactus::modelling
