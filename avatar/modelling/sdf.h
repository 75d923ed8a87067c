// Signed distances: the shapes that child, park and things are modelled from, and their blends.
//
// A shape is a function of a point: negative inside, positive outside. Parts melt into each other
// with a polynomial smooth minimum, so a finger grows out of a palm without an edge.
//
//   Frames   the model's: +Y up, +Z forward, metres.
//   Units    metres; k is the width of a blend.
//   Errors   none. The ellipsoid is a bound, not a distance, far from its surface.
//   Threads  pure.
//   Proof    tests/avatar/child_test.cc (the meshes that come out of them)
#pragma once
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>

#include "tactus/base/geometry.h"

namespace tactus::modelling {

using Field = std::function<float(Vec3)>;

[[nodiscard]] inline float mix(float a, float b, float s) { return a + (b - a) * s; }
[[nodiscard]] inline float clamp01(float s) { return std::clamp(s, 0.0f, 1.0f); }
[[nodiscard]] inline float square(float x) { return x * x; }

/// 0 below `lo`, 1 above `hi`, a smooth cubic between.
[[nodiscard]] inline float smooth_step(float lo, float hi, float x) {
  const float s = clamp01((x - lo) / (hi - lo));
  return s * s * (3.0f - 2.0f * s);
}

/// Polynomial smooth minimum (I. Quilez, "smooth minimum", quadratic kind).
[[nodiscard]] inline float smooth_min(float a, float b, float k) {
  const float h = std::max(k - std::fabs(a - b), 0.0f) / k;
  return std::min(a, b) - h * h * k * 0.25f;
}
[[nodiscard]] inline float smooth_max(float a, float b, float k) { return -smooth_min(-a, -b, k); }

/// |x| without the crease at zero, which would show as a seam down chin and brow.
[[nodiscard]] inline float soft_abs(float x) { return std::sqrt(x * x + 1.0e-4f); }

/// The left half of a symmetric shape answers for both.
[[nodiscard]] inline Vec3 fold(Vec3 p) { return {std::fabs(p.x), p.y, p.z}; }
[[nodiscard]] inline Vec3 soft_fold(Vec3 p) { return {soft_abs(p.x), p.y, p.z}; }

namespace sdf {

[[nodiscard]] inline float sphere(Vec3 p, Vec3 centre, float radius) {
  return length(p - centre) - radius;
}

[[nodiscard]] inline float ellipsoid(Vec3 p, Vec3 centre, Vec3 radii) {
  const Vec3 q = p - centre;
  const Vec3 a{q.x / radii.x, q.y / radii.y, q.z / radii.z};
  const Vec3 b{a.x / radii.x, a.y / radii.y, a.z / radii.z};
  const float k0 = length(a), k1 = length(b);
  return k1 < 1e-9f ? -std::min({radii.x, radii.y, radii.z}) : k0 * (k0 - 1.0f) / k1;
}

/// Where along the segment (0 at `a`, 1 at `b`) the closest point lies.
[[nodiscard]] inline float closest_on_segment(Vec3 p, Vec3 a, Vec3 b) {
  const Vec3 ab = b - a;
  return clamp01(dot(p - a, ab) / std::max(dot(ab, ab), 1e-12f));
}

/// A bone with flesh: radius `ra` at `a` running to `rb` at `b`.
[[nodiscard]] inline float cone(Vec3 p, Vec3 a, Vec3 b, float ra, float rb) {
  const float s = closest_on_segment(p, a, b);
  return length(p - lerp(a, b, s)) - mix(ra, rb, s);
}

[[nodiscard]] inline float rounded_box(Vec3 p, Vec3 centre, Vec3 half, float round) {
  const Vec3 q{std::fabs(p.x - centre.x) - half.x + round,
               std::fabs(p.y - centre.y) - half.y + round,
               std::fabs(p.z - centre.z) - half.z + round};
  const Vec3 out{std::max(q.x, 0.0f), std::max(q.y, 0.0f), std::max(q.z, 0.0f)};
  return length(out) + std::min(std::max({q.x, q.y, q.z}), 0.0f) - round;
}

/// A disc round the vertical axis, its edges rounded off.
[[nodiscard]] inline float disc(Vec3 p, Vec3 centre, float radius, float half_height, float round) {
  const Vec3 q = p - centre;
  const float a = std::hypot(q.x, q.z) - radius + round;
  const float b = std::fabs(q.y) - half_height + round;
  return std::hypot(std::max(a, 0.0f), std::max(b, 0.0f)) + std::min(std::max(a, b), 0.0f) - round;
}

/// A ring round the vertical axis.
[[nodiscard]] inline float ring(Vec3 p, Vec3 centre, float radius, float thickness) {
  const Vec3 q = p - centre;
  const float a = std::hypot(q.x, q.z) - radius;
  return std::hypot(a, q.y) - thickness;
}

}  // namespace sdf

/// A hash of a lattice point, in [0, 1].
[[nodiscard]] inline float hash01(int x, int y, int z) {
  std::uint32_t h = static_cast<std::uint32_t>(x) * 374761393u +
                    static_cast<std::uint32_t>(y) * 668265263u +
                    static_cast<std::uint32_t>(z) * 2147483647u;
  h = (h ^ (h >> 13)) * 1274126177u;
  return static_cast<float>((h ^ (h >> 16)) & 0xffffffu) / static_cast<float>(0xffffff);
}

/// Smooth value noise in [0, 1], one lattice cell a unit.
[[nodiscard]] float value_noise(Vec3 p);

/// Unit normal of the field by central differences of `step_m`.
[[nodiscard]] Vec3 field_normal(const Field& field, Vec3 p, float step_m = 4e-4f);

}  // namespace tactus::modelling
