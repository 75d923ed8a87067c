#include "anatomy.h"

namespace tactus::modelling {
namespace {

constexpr float kSkirtTop_m = 0.655f;
constexpr float kHem_m = 0.375f;

/// How far the skirt's cloth is from a point, and how far down the skirt (0 waist, 1 hem).
struct Skirt {
  float radial_m;
  float scallop_m;
};

Skirt skirt(Vec3 p) {
  const float around = std::atan2(p.x, p.z);
  const float down = clamp01((0.64f - p.y) / 0.27f);
  const float radius = mix(0.084f, 0.195f, std::pow(down, 0.85f));
  const float folds = 0.013f * std::cos(9 * around + 0.6f * std::sin(2 * around)) * square(down);
  const float out = std::sqrt(p.x * p.x + 1.25f * p.z * p.z);
  return {0.80f * (out - radius - folds), 0.006f * std::cos(9 * around)};
}

float sleeves(Vec3 p) {
  const Vec3 q = fold(p);
  float d = sdf::ellipsoid(q, {0.118f, 0.797f, 0}, {0.044f, 0.046f, 0.046f});
  d -= 0.0016f * std::cos(12 * std::atan2(q.y - 0.797f, q.z)) * smooth_step(0.11f, 0.15f, q.x);
  return smooth_max(d, q.x - 0.158f, 0.01f);
}

float bodice(Vec3 p) {
  float d = sdf::ellipsoid(p, {0, 0.70f, -0.002f}, {0.094f, 0.13f, 0.076f});
  d = smooth_min(
      d, sdf::cone(p, {-0.062f, 0.79f, -0.002f}, {0.062f, 0.79f, -0.002f}, 0.040f, 0.040f), 0.05f);
  d = smooth_max(d, 0.645f - p.y, 0.02f);
  return smooth_max(d, -sdf::ellipsoid(p, {0, 0.858f, 0.004f}, {0.047f, 0.035f, 0.050f}), 0.012f);
}

}  // namespace

float dress_distance(Vec3 p) {
  const Skirt cloth = skirt(p);
  float d = std::fabs(cloth.radial_m) - 0.0045f;
  d = smooth_max(d, p.y - kSkirtTop_m, 0.01f);
  d = smooth_max(d, kHem_m + cloth.scallop_m - p.y, 0.006f);
  return smooth_min(smooth_min(d, bodice(p), 0.022f), sleeves(p), 0.014f);
}

float trim_distance(Vec3 p) {
  const float sash = sdf::ring({p.x, p.y, 1.12f * p.z}, {0, 0.642f, 0}, 0.088f, 0.0115f);
  const Skirt cloth = skirt(p);
  const float edge = p.y - kHem_m - cloth.scallop_m;
  const float hem =
      smooth_max(std::fabs(cloth.radial_m) - 0.0075f, std::fabs(edge - 0.008f) - 0.011f, 0.004f);
  const Vec3 q = fold(p);
  const Vec3 turned{q.y - 0.797f, q.x - 0.153f, q.z};  // the sleeve's axis stood upright
  const float cuff = sdf::ring(turned, {}, 0.0325f, 0.0068f);
  return std::min({sash, hem, cuff});
}

float collar_distance(Vec3 p) {
  const float band =
      sdf::ring({p.x, p.y + 0.22f * p.z, p.z}, {0, 0.832f, -0.006f}, 0.049f, 0.0085f);
  const float flaps =
      std::max(sdf::ellipsoid(soft_fold(p), {0.030f, 0.806f, 0.050f}, {0.030f, 0.022f, 0.020f}),
               -sdf::ellipsoid(p, {0, 0.77f, 0}, {0.085f, 0.070f, 0.058f}));
  return smooth_min(band, flaps, 0.008f);
}

float socks_distance(Vec3 p) {
  const Vec3 q = fold(p);
  float d = std::max(legs_distance(p) - 0.0025f, q.y - 0.150f);
  d = smooth_min(d, sdf::ring(q, {0.0545f, 0.150f, -0.006f}, 0.0335f, 0.0065f), 0.004f);
  return std::max(d, 0.03f - q.y);
}

float shoes_distance(Vec3 p) {
  const Vec3 q = fold(p);
  float d = sdf::cone(q, {0.055f, 0.038f, -0.022f}, {0.060f, 0.031f, 0.062f}, 0.033f, 0.032f);
  d = smooth_min(d, sdf::sphere(q, {0.060f, 0.036f, 0.068f}, 0.032f), 0.02f);
  d = smooth_min(
      d, sdf::cone(q, {0.055f, 0.06f, -0.012f}, {0.055f, 0.045f, -0.015f}, 0.03f, 0.034f), 0.02f);
  d = smooth_max(d, -p.y, 0.008f);
  d = smooth_max(d, -sdf::ellipsoid(q, {0.056f, 0.088f, 0.018f}, {0.022f, 0.032f, 0.035f}), 0.008f);
  const float strap =
      sdf::cone(q, {0.025f, 0.062f, 0.016f}, {0.088f, 0.062f, 0.016f}, 0.006f, 0.006f);
  return smooth_min(d, strap, 0.006f);
}

float bow_distance(Vec3 p) {
  constexpr Vec3 kCentre{0.098f, 1.083f, 0.076f};
  constexpr float kScale = 0.85f;
  Vec3 q = (1.0f / kScale) * (p - kCentre);
  q = {0.80f * q.x - 0.60f * q.z, q.y, 0.60f * q.x + 0.80f * q.z};  // turned to the temple
  q = {0.94f * q.x + 0.34f * q.y, -0.34f * q.x + 0.94f * q.y, q.z};
  q = fold(q);
  float d = sdf::ellipsoid(q, {0.026f, 0.004f, 0}, {0.022f, 0.015f, 0.009f});
  d = smooth_min(d, sdf::sphere(q, {0, 0, 0.003f}, 0.010f), 0.006f);
  d = smooth_min(d, sdf::cone(q, {0.004f, -0.004f, 0}, {0.020f, -0.036f, 0.002f}, 0.006f, 0.010f),
                 0.006f);
  return kScale * d;
}

}  // namespace tactus::modelling
