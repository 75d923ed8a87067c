#include "sdf.h"
#include "thin_shell.h"
#include "things.h"

namespace tactus::modelling {
namespace {

constexpr float kWide_m = 0.90f, kDeep_m = 0.70f, kThick_m = 0.012f;
constexpr int kColumns = 3, kRows = 3;  ///< of bones, the outer ones on the border
constexpr const char* kNames[kRows][kColumns] = {{"southWest", "south", "southEast"},
                                                 {"west", "centre", "east"},
                                                 {"northWest", "north", "northEast"}};

Vec3 middle(float u, float v) {
  return {kWide_m * (u - 0.5f), 0.5f * kThick_m, kDeep_m * (0.5f - v)};
}

/// The middle first: all others hang on it.
Skeleton build_bones() {
  Skeleton skeleton;
  skeleton.bones.push_back({kNames[1][1], -1, middle(0.5f, 0.5f)});
  for (int row = 0; row < kRows; ++row) {
    for (int column = 0; column < kColumns; ++column) {
      if (row == 1 && column == 1) continue;
      const Vec3 p = middle(static_cast<float>(column) / (kColumns - 1),
                            static_cast<float>(row) / (kRows - 1));
      skeleton.bones.push_back({kNames[row][column], 0, p});
    }
  }
  return skeleton;
}

/// Between four bones each vertex follows them by how near it is, smoothly from field to field.
void bind(Mesh& mesh, const Skeleton& skeleton) {
  for (Vertex& vertex : mesh.vertices) {
    const float u = (kColumns - 1) * clamp01(vertex.p.x / kWide_m + 0.5f);
    const float v = (kRows - 1) * clamp01(0.5f - vertex.p.z / kDeep_m);
    const int column = std::min(static_cast<int>(u), kColumns - 2);
    const int row = std::min(static_cast<int>(v), kRows - 2);
    const float s = smooth_step(0, 1, u - static_cast<float>(column));
    const float t = smooth_step(0, 1, v - static_cast<float>(row));
    for (int k = 0; k < 4; ++k) {
      const int i = k % 2, j = k / 2;
      const auto corner = static_cast<std::size_t>(k);
      vertex.bone[corner] = static_cast<std::uint8_t>(skeleton.find(kNames[row + j][column + i]));
      vertex.weight[corner] = (i == 1 ? s : 1 - s) * (j == 1 ? t : 1 - t);
    }
  }
}

/// Checks of two blues with a linen hem.
Vec3 paint_checks(Vec3 p, Vec3) {
  const float x = std::fabs(p.x) / (0.5f * kWide_m), z = std::fabs(p.z) / (0.5f * kDeep_m);
  if (x > 0.95f || z > 0.94f) return srgb(0xFBF6EE);
  const auto stripe = [](float along_m) { return std::sin(2 * kPi * along_m / 0.15f) > 0 ? 1 : 0; };
  const int both = stripe(p.x) + stripe(p.z);
  return srgb(both == 2 ? 0x5F8FB0 : both == 1 ? 0x93B9CC : 0xDDEAEC);
}

}  // namespace

Asset build_blanket() {
  const Skeleton skeleton = build_bones();
  Mesh mesh = thin_shell({middle, 48, 38, kThick_m});
  bind(mesh, skeleton);
  paint(mesh, paint_checks);
  return {"blanket", {{"blanket", Look::Cloth, std::move(mesh), {}}}, skeleton};
}

}  // namespace tactus::modelling
