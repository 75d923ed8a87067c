#include "face.h"

#include "anatomy.h"
#include "colors.h"
#include "skeleton.h"

namespace tactus::modelling {
namespace {

constexpr float kRestingSmile = 0.30f;

/// Straight back (-Z) onto the face, `offset_m` above its skin.
Vec3 project_on_face(float x, float y, float offset_m) {
  float z = 0.16f;
  for (int i = 0; i < 60; ++i) {
    const float d = head_distance({x, y, z}) - offset_m;
    if (std::fabs(d) < 1e-5f) break;
    z -= 0.8f * d;
  }
  return {x, y, z};
}

float unit(int i, int n) { return static_cast<float>(i) / static_cast<float>(n - 1); }

/// Lip, teeth, dark, tongue, lip: painted in rows from the top.
Vec3 mouth_color(int column, int columns, int row, int rows) {
  const float u = std::fabs(2 * unit(column, columns) - 1);
  const bool rim = row == 0 || row == rows - 1 || column == 0 || column == columns - 1;
  if (rim || row == 1 || row == rows - 2) return srgb(0xB4544F);
  if (row <= 3 && u < 0.72f) return srgb(0xFFF6EE);
  if (row >= rows - 4 && u < 0.6f) return srgb(0xD8696C);
  return srgb(0x5A1F24);
}

/// How far down the mouth a row lies, [0, 1]: the lips keep their thickness, and only what is
/// between them opens.
float mouth_row(int row, int rows, float height_m) {
  const float lip = std::min(0.0009f / height_m, 0.44f);
  if (row <= 1) return lip * static_cast<float>(row);
  if (row >= rows - 2) return 1 - lip * static_cast<float>(rows - 1 - row);
  return mix(1.06f * lip, 1 - 1.06f * lip, unit(row - 2, rows - 4));  // a sharp edge of colour
}

}  // namespace

Expression resting_expression() { return {.smile = kRestingSmile}; }

const std::vector<NamedExpression>& expressions() {
  constexpr float kSmile = kRestingSmile;
  static const std::vector<NamedExpression> all = {
      {"aa", {.open = 1, .wide = 0.1f, .smile = kSmile}},
      {"ih", {.open = 0.35f, .wide = 0.5f, .smile = kSmile}},
      {"ou", {.open = 0.2f, .smile = kSmile, .round = 0.8f}},
      {"ee", {.open = 0.22f, .wide = 0.8f, .smile = kSmile}},
      {"oh", {.open = 0.7f, .smile = kSmile, .round = 0.6f}},
      {"blinkLeft", {.smile = kSmile, .blink = {1, 0}}},
      {"blinkRight", {.smile = kSmile, .blink = {0, 1}}},
      {"happy", {.open = 0.45f, .wide = 0.35f, .smile = 1, .brows_up = 0.35f, .squint = 0.9f}},
      {"smileClosed", {.smile = 0.8f, .squint = 0.35f}},
      {"sad", {.smile = -0.7f, .brows_sad = 1}},
      {"surprised", {.open = 0.5f, .smile = kSmile, .round = 0.6f, .brows_up = 1, .lids_up = 1}}};
  return all;
}

Mesh mouth_mesh(const Expression& e) {
  constexpr int kColumns = 19, kRows = 11;
  constexpr float kCentre_y = 0.9405f;
  const float half = 0.0185f * (1 + 0.35f * e.wide + 0.28f * e.smile - 0.45f * e.round);
  const float smile = std::max(e.smile, 0.0f);
  const float up = (0.0009f + 0.0048f * e.open + 0.0030f * e.round) * (1 - 0.5f * smile);
  const float down =
      0.0009f + 0.0125f * e.open * (1 - 0.25f * e.wide) + 0.0035f * e.round + 0.0006f * e.smile;
  Mesh mesh;
  for (int j = 0; j < kRows; ++j) {
    for (int i = 0; i < kColumns; ++i) {
      const float u = 2 * unit(i, kColumns) - 1;
      const float almond = std::sqrt(std::max(0.0f, 1 - u * u));
      const float corner = e.smile * (0.0075f * u * u - 0.0028f * (1 - u * u));
      const float y =
          kCentre_y + corner + almond * (up - (up + down) * mouth_row(j, kRows, up + down));
      const Vec3 p = project_on_face(u * half, y, 0.0012f);
      mesh.vertices.push_back({.p = p,
                               .n = field_normal(head_distance, p),
                               .color = mouth_color(i, kColumns, j, kRows)});
    }
  }
  for (int j = 0; j + 1 < kRows; ++j) {
    for (int i = 0; i + 1 < kColumns; ++i) {
      const auto a = static_cast<std::uint32_t>(j * kColumns + i), c = a + kColumns;
      if (i > 0) mesh.indices.insert(mesh.indices.end(), {a, c, a + 1});  // a corner is a point
      if (i + 2 < kColumns) mesh.indices.insert(mesh.indices.end(), {a + 1, c, c + 1});
    }
  }
  return mesh;
}

Mesh brow_mesh(const Expression& e, Side side) {
  constexpr int kColumns = 11, kRing = 6;
  const float mirror_x = side == Side::Left ? 1.0f : -1.0f;
  Mesh mesh;
  for (int i = 0; i < kColumns; ++i) {
    const float u = unit(i, kColumns);
    const float x = 0.018f + 0.041f * u;
    const float y = 1.0432f + 0.0065f * std::sin(2.6f * u) - 0.004f * u + 0.007f * e.brows_up +
                    e.brows_sad * (0.007f * (1 - u) - 0.003f * u);
    const Vec3 centre = project_on_face(x, y, 0.0012f);
    const Vec3 along = normalized(project_on_face(x + 0.001f, y, 0.0012f) - centre);
    const Vec3 out = field_normal(head_distance, centre);
    const Vec3 across = cross(along, out);
    const float radius = 0.0034f * std::pow(std::sin(mix(0.25f, 2.95f, u)), 0.6f);
    for (int k = 0; k < kRing; ++k) {
      const float a = 2 * kPi * static_cast<float>(k) / kRing;
      Vec3 p = centre + radius * (0.45f * std::cos(a) * out + std::sin(a) * across);
      Vec3 n = normalized(std::cos(a) * out + std::sin(a) * across);
      p.x *= mirror_x;
      n.x *= mirror_x;
      mesh.vertices.push_back({.p = p, .n = n, .color = srgb(0x5A3A2A)});
    }
  }
  for (int i = 0; i + 1 < kColumns; ++i) {
    for (int k = 0; k < kRing; ++k) {
      const auto a = static_cast<std::uint32_t>(i * kRing + k);
      const auto b = static_cast<std::uint32_t>(i * kRing + (k + 1) % kRing);
      add_quad(mesh, a, a + kRing, b, b + kRing, side == Side::Left);
    }
  }
  return mesh;
}

}  // namespace tactus::modelling
