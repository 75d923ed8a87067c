#include "decals.h"

#include "anatomy.h"
#include "colors.h"
#include "skeleton.h"

namespace tactus::modelling {
namespace {

/// A rim round a centre, each point settled on `field` and lifted off it.
struct Decal {
  Vec3 centre, u, v;  ///< half axes, metres
  Vec3 color;
  int points = 8;
  float petals = 0;  ///< > 0: how deep the rim is notched
  float lift_m = 0.001f;
};

void add_decal(Mesh& mesh, const Field& field, const Decal& decal) {
  const auto settle = [&](Vec3 p) {
    for (int i = 0; i < 4; ++i) p -= field(p) * field_normal(field, p);
    const Vec3 n = field_normal(field, p);
    mesh.vertices.push_back({.p = p + decal.lift_m * n, .n = n, .color = decal.color});
  };
  const auto first = static_cast<std::uint32_t>(mesh.vertices.size());
  const auto count = static_cast<std::uint32_t>(decal.points);
  settle(decal.centre);
  for (std::uint32_t k = 0; k < count; ++k) {
    const float a = 2 * kPi * static_cast<float>(k) / static_cast<float>(count);
    const float reach = k % 2 == 0 ? 1.0f : 1.0f - decal.petals;
    settle(decal.centre + reach * (std::cos(a) * decal.u + std::sin(a) * decal.v));
    mesh.indices.insert(mesh.indices.end(), {first, first + 1 + k, first + 1 + (k + 1) % count});
  }
}

/// Straight in from the side onto the skirt's outer face.
Vec3 on_skirt(float around, float y) {
  const Vec3 in{-std::sin(around), 0, -std::cos(around)};
  Vec3 p = Vec3{0, y, 0} - 0.3f * in;
  for (int i = 0; i < 80; ++i) p += 0.6f * dress_distance(p) * in;
  return p;
}

}  // namespace

Mesh daisies() {
  constexpr int kRows = 5;
  Mesh mesh;
  for (int row = 0; row < kRows; ++row) {
    const float y = 0.425f + 0.041f * static_cast<float>(row);
    const int count = 15 - 2 * row;
    for (int i = 0; i < count; ++i) {
      const float around = 2 * kPi * (static_cast<float>(i) + 0.5f * static_cast<float>(row & 1)) /
                           static_cast<float>(count);
      const Vec3 p = on_skirt(around, y);
      const Vec3 n = field_normal(dress_distance, p);
      const Vec3 u = normalized(cross({0, 1, 0}, n)), v = cross(n, u);
      constexpr float kPetals_m = 0.0125f, kHeart_m = 0.0048f;
      add_decal(mesh, dress_distance,
                {p, kPetals_m * u, kPetals_m * v, srgb(kLinenHex), 10, 0.42f, 0.0012f});
      add_decal(mesh, dress_distance,
                {p, kHeart_m * u, kHeart_m * v, srgb(kYellowHex), 5, 0, 0.0019f});
    }
  }
  return mesh;
}

Mesh nails() {
  Mesh mesh;
  for (const FingerShape& finger : kFingerShapes) {
    const bool thumb = &finger == &kFingerShapes[0];
    const Vec3 along = finger.direction();
    const Vec3 back = thumb ? Vec3{0.1f, 0.75f, -0.5f} : Vec3{0, 1, 0};
    const Vec3 up = normalized(back - dot(back, along) * along);
    const Vec3 side = cross(up, along);
    const Vec3 bed = finger.tip() - 0.0075f * along + finger.radius_tip_m * up;
    const float half_m = 0.62f * finger.radius_tip_m;
    add_decal(mesh, arms_distance,
              {bed, half_m * side, -0.0046f * along, srgb(0xFCE0D2), 10, 0, 0.0003f});
  }
  return mesh;
}

}  // namespace tactus::modelling
