#include "colors.h"
#include "face.h"
#include "skeleton.h"

namespace tactus::modelling {
namespace {

constexpr float kToeIn_rad = 4.0f * kRadPerDeg;
constexpr float kLidHalf_rad = 1.12f;      ///< how far a lid reaches round the eyeball
constexpr float kOpeningHalf_rad = 0.80f;  ///< corner to centre

float side_sign(Side side) { return side == Side::Left ? 1.0f : -1.0f; }

Vec3 eye_centre(Side side) { return {side_sign(side) * kEye.x, kEye.y, kEye.z}; }

/// A direction from the eye's centre: longitude to +X, latitude to +Y, from +Z.
Vec3 toward(float longitude, float latitude) {
  return {std::cos(latitude) * std::sin(longitude), std::sin(latitude),
          std::cos(latitude) * std::cos(longitude)};
}

/// Latitude of a lid's free edge; both lids share the tilt, so that the corners close.
float lid_edge(const Expression& e, Side side, Lid lid, float u) {
  const float g = side_sign(side);
  const float blink = e.blink[static_cast<std::size_t>(side)];
  const float across = std::min(1.0f, std::fabs(u * kLidHalf_rad - 0.04f * g) / kOpeningHalf_rad);
  const float almond = std::pow(1 - square(across), 0.62f);
  const float tilt = 0.06f * u * g * (1 - blink);
  if (lid == Lid::Upper) {
    const float open = 0.39f + 0.17f * e.lids_up - 0.06f * e.squint;
    return mix(open * almond - 0.02f, -0.33f * std::sqrt(almond) - 0.05f, blink) + tilt;
  }
  const float open = -0.48f + 0.20f * e.squint + 0.04f * std::max(0.0f, e.smile);
  return mix(open * almond - 0.01f, -0.36f * std::sqrt(almond) - 0.04f, blink) + tilt;
}

constexpr int kLidColumns = 17, kLidRows = 7;
constexpr int kLashRow = kLidRows - 3;  ///< the first row of the upper lid's lashes

Vec3 lid_color(Lid lid, int row, float u) {
  const Vec3 skin = srgb(kSkinHex);
  const bool within = std::fabs(u) * kLidHalf_rad < kOpeningHalf_rad + 0.08f;
  if (lid == Lid::Lower) {
    return row == kLidRows - 1 && within ? lerp(skin, srgb(0xC98672), 0.7f) : skin;
  }
  if (row >= kLashRow) return within ? srgb(0x3A2320) : skin;
  return lerp(skin, srgb(0xE3A58C), 0.55f * static_cast<float>(row) / (kLashRow - 1));
}

/// In eye radii: clear of the eyeball at the free edge, under the skin of the face at the rim.
float lid_radius(Lid lid, int row, float u) {
  const float v = static_cast<float>(row) / (kLidRows - 1);
  const float rim = std::max(1 - smooth_step(0, 0.35f, v), smooth_step(0.86f, 1, std::fabs(u)));
  const float lash = lid == Lid::Upper && row == kLidRows - 1 ? 0.020f : 0.0f;
  const float lift = lid == Lid::Upper ? 0.020f * v : 0.0f;
  return mix(1.030f + lift + lash, 0.985f, rim);
}

/// Iris with a lighter lower half, dark limbus, pupil; the white shaded under the upper lid.
Vec3 eye_color(float polar, Vec3 d) {
  constexpr float kPupil_rad = 0.25f, kIris_rad = 0.50f;
  if (polar < kPupil_rad) return srgb(0x1A1210);
  if (polar < kIris_rad - 0.05f) {
    const float low = 0.5f * (1 - d.y / std::max(0.01f, std::sin(polar)));
    return lerp(srgb(0x4A2A1A), srgb(0x9A5E34), clamp01(1.1f * low));
  }
  if (polar < kIris_rad) return srgb(0x2E1A12);
  return lerp(srgb(0xFDFBF7), srgb(0xC9B8B4), 0.8f * smooth_step(0.3f, 0.75f, std::asin(d.y)));
}

/// A painted highlight, a hair above the eyeball.
void add_highlight(Mesh& mesh, Vec3 centre, Vec3 along, float radius_rad) {
  constexpr std::uint32_t kPoints = 10;
  const Vec3 d = normalized(along);
  const Vec3 x = normalized(cross({0, 1, 0}, d));
  const Vec3 y = cross(d, x);
  const auto first = static_cast<std::uint32_t>(mesh.vertices.size());
  const float radius = 1.012f * kEyeRadius_m;
  mesh.vertices.push_back({.p = centre + radius * d, .n = d});
  for (std::uint32_t k = 0; k < kPoints; ++k) {
    const float a = 2 * kPi * static_cast<float>(k) / kPoints;
    const Vec3 rim = normalized(d + radius_rad * (std::cos(a) * x + std::sin(a) * y));
    mesh.vertices.push_back({.p = centre + radius * rim, .n = d});
    mesh.indices.insert(mesh.indices.end(), {first, first + 1 + k, first + 1 + (k + 1) % kPoints});
  }
}

}  // namespace

Mesh lid_mesh(const Expression& e, Side side, Lid lid) {
  const bool upper = lid == Lid::Upper;
  Mesh mesh;
  for (int j = 0; j < kLidRows; ++j) {
    for (int i = 0; i < kLidColumns; ++i) {
      const float u = 2.0f * static_cast<float>(i) / (kLidColumns - 1) - 1.0f;
      const float v = static_cast<float>(j) / (kLidRows - 1);
      const float edge = lid_edge(e, side, lid, u);
      const float lash = 0.085f * (1 - 0.35f * u * u);
      float latitude = mix(-1.15f, edge, v);
      if (upper) {
        const float skin_rows = static_cast<float>(kLashRow);
        latitude = j >= kLashRow ? edge + 0.5f * lash * static_cast<float>(kLidRows - 1 - j)
                                 : mix(1.20f, edge + lash, static_cast<float>(j) / skin_rows);
      }
      const Vec3 d = toward(u * kLidHalf_rad, latitude);
      mesh.vertices.push_back({.p = eye_centre(side) + kEyeRadius_m * lid_radius(lid, j, u) * d,
                               .n = d,
                               .color = lid_color(lid, j, u),
                               .openness = 0.97f});
    }
  }
  for (int j = 0; j + 1 < kLidRows; ++j) {
    for (int i = 0; i + 1 < kLidColumns; ++i) {
      const auto a = static_cast<std::uint32_t>(j * kLidColumns + i);
      add_quad(mesh, a, a + 1, a + kLidColumns, a + kLidColumns + 1, !upper);
    }
  }
  return mesh;
}

Mesh eye_mesh(Side side) {
  constexpr int kAround = 20, kRings = 13;
  const Vec3 centre = eye_centre(side);
  const Quat q_toe = axis_angle({0, 1, 0}, -side_sign(side) * kToeIn_rad);
  Mesh mesh;
  for (int j = 0; j <= kRings; ++j) {
    for (int i = 0; i < kAround; ++i) {
      const float polar = 2.0f * std::pow(static_cast<float>(j) / kRings, 1.25f);
      const float a = 2 * kPi * static_cast<float>(i) / kAround;
      const Vec3 d{std::sin(polar) * std::cos(a), std::sin(polar) * std::sin(a), std::cos(polar)};
      const Vec3 n = rotate(q_toe, d);
      mesh.vertices.push_back(
          {.p = centre + kEyeRadius_m * n, .n = n, .color = eye_color(polar, d)});
    }
  }
  for (int j = 0; j < kRings; ++j) {
    for (int i = 0; i < kAround; ++i) {
      const auto a = static_cast<std::uint32_t>(j * kAround + i);
      const auto b = static_cast<std::uint32_t>(j * kAround + (i + 1) % kAround);
      if (j > 0) mesh.indices.insert(mesh.indices.end(), {a, a + kAround, b});  // the pole
      mesh.indices.insert(mesh.indices.end(), {b, a + kAround, b + kAround});
    }
  }
  add_highlight(mesh, centre, rotate(q_toe, {0.17f, 0.25f, 1}), 0.095f);
  add_highlight(mesh, centre, rotate(q_toe, {-0.15f, -0.22f, 1}), 0.05f);
  return mesh;
}

}  // namespace tactus::modelling
