#include "anatomy.h"

#include "skeleton.h"

namespace tactus::modelling {
namespace {

/// Skull, cheeks, chin and forehead, without nose, ears and sockets.
float face_base(Vec3 p) {
  const Vec3 q = soft_fold(p);
  float d = sdf::ellipsoid(p, {0, 1.016f, -0.006f}, {0.1035f, 0.120f, 0.108f});
  d = smooth_min(d, sdf::sphere(q, {0.039f, 0.957f, 0.046f}, 0.049f), 0.055f);  // cheeks
  d = smooth_min(d, sdf::sphere(p, {0, 0.914f, 0.056f}, 0.022f), 0.055f);       // chin
  return smooth_min(d, sdf::ellipsoid(p, {0, 1.058f, 0.062f}, {0.066f, 0.034f, 0.036f}), 0.05f);
}

float ear(Vec3 q) {
  const float shell = sdf::ellipsoid(q, {0.107f, 0.985f, -0.012f}, {0.011f, 0.026f, 0.018f});
  const float bowl = sdf::ellipsoid(q, {0.115f, 0.987f, -0.006f}, {0.006f, 0.016f, 0.010f});
  return smooth_max(shell, -bowl, 0.006f);
}

/// A soft socket, in it the swell of the lids over the eyeball, open where the lids part. The
/// lids themselves are sheets that move (face.h); their rims dive into this swell.
float eye_region(float d, Vec3 q) {
  const Vec3 eye{std::hypot(kEye.x, soft_abs(0)), kEye.y, kEye.z};  // where soft_fold puts it
  const Vec3 socket{eye.x, eye.y - 0.001f, 0.112f};
  d = smooth_max(d, -sdf::ellipsoid(q, socket, {0.033f, 0.031f, 0.013f}), 0.022f);
  d = smooth_min(d, sdf::sphere(q, eye, 1.012f * kEyeRadius_m), 0.010f);
  const Vec3 opening = eye + Vec3{0, -0.001f, 0.038f};
  return smooth_max(d, -sdf::ellipsoid(q, opening, {0.0310f, 0.0235f, 0.022f}), 0.003f);
}

/// A palm of four metacarpals, heel and thenar, with the wrist it grows from.
float palm(Vec3 p) {
  constexpr float kMetacarpal_z[4] = {0.0195f, 0.0065f, -0.0070f, -0.0190f};
  float d = 1e3f;
  for (int i = 0; i < 4; ++i) {
    const Vec3 root{kWrist.x + 0.006f, kWrist.y, 0.55f * kMetacarpal_z[i]};
    const Vec3 knuckle = kFingerShapes[i + 1].base + Vec3{-0.003f, -0.001f, 0};
    const float ray = sdf::cone(p, root, knuckle, 0.0115f, 0.0092f);
    d = i > 0 ? smooth_min(d, ray, 0.010f) : ray;
  }
  d = smooth_min(d, sdf::ellipsoid(p, kWrist + Vec3{0.030f, -0.005f, 0}, {0.030f, 0.0115f, 0.022f}),
                 0.008f);
  d = smooth_min(
      d, sdf::ellipsoid(p, kWrist + Vec3{0.020f, -0.009f, 0.013f}, {0.018f, 0.011f, 0.012f}),
      0.010f);
  return smooth_min(
      d, sdf::cone(p, kWrist + Vec3{-0.035f, 0, 0}, kWrist + Vec3{0.008f, 0, 0}, 0.0185f, 0.0150f),
      0.012f);
}

float finger(Vec3 p, const FingerShape& shape) {
  const Vec3 along = shape.direction();
  float d = 1e3f;
  float radius = shape.radius_base_m;
  Vec3 a = shape.base;
  for (int k = 0; k < 3; ++k) {
    const Vec3 b = a + shape.length_m[k] * along;
    const float next =
        mix(shape.radius_base_m, shape.radius_tip_m, static_cast<float>(k + 1) / 3.0f);
    const Vec3 end = k == 2 ? b - 0.9f * next * along : b;
    const float segment = sdf::cone(p, a, end, radius, 1.02f * next);
    d = k > 0 ? smooth_min(d, segment, 0.004f) : segment;
    if (k < 2) d = smooth_min(d, sdf::sphere(p, b, 1.03f * next), 0.003f);
    radius = next;
    a = b;
  }
  return d;
}

float hand(Vec3 p) {
  float fingers = finger(p, kFingerShapes[0]);
  for (int i = 1; i < 5; ++i) {
    fingers = smooth_min(fingers, finger(p, kFingerShapes[i]), 0.0022f);
  }
  return smooth_min(palm(p), fingers, 0.0085f);
}

}  // namespace

float head_distance(Vec3 p) {
  const Vec3 q = soft_fold(p);
  float d = face_base(p);
  d = smooth_min(d, sdf::ellipsoid(p, {0, 0.9685f, 0.1050f}, {0.0095f, 0.0078f, 0.0100f}), 0.016f);
  d = smooth_min(d, sdf::cone(p, {0, 0.985f, 0.097f}, {0, 0.972f, 0.102f}, 0.004f, 0.006f), 0.02f);
  d = smooth_min(d, ear(q), 0.012f);
  d = eye_region(d, q);
  d = smooth_min(d, sdf::ellipsoid(p, {0, 0.9405f, 0.0945f}, {0.017f, 0.0055f, 0.006f}), 0.014f);
  return smooth_min(d, sdf::cone(p, {0, 0.90f, -0.012f}, {0, 0.84f, -0.012f}, 0.040f, 0.036f),
                    0.03f);
}

float arms_distance(Vec3 p) {
  const Vec3 q = fold(p);
  const float upper = sdf::cone(q, {0.10f, 0.795f, 0}, {0.225f, 0.795f, 0}, 0.029f, 0.0235f);
  const float lower =
      sdf::cone(q, {0.225f, 0.795f, 0}, kWrist + Vec3{-0.02f, 0, 0}, 0.0240f, 0.0180f);
  const float d = smooth_min(upper, lower, 0.02f);
  return q.x > kWrist.x - 0.09f ? smooth_min(d, hand(q), 0.012f) : d;
}

float legs_distance(Vec3 p) {
  const Vec3 q = fold(p);
  float d = sdf::cone(q, {0.052f, 0.50f, 0}, {0.054f, 0.275f, 0.002f}, 0.050f, 0.036f);
  d = smooth_min(
      d, sdf::cone(q, {0.054f, 0.275f, 0.002f}, {0.055f, 0.075f, -0.008f}, 0.037f, 0.026f), 0.02f);
  return smooth_min(d, sdf::ellipsoid(q, {0.054f, 0.215f, -0.010f}, {0.030f, 0.055f, 0.030f}),
                    0.03f);
}

float child_distance(Vec3 p) {
  return std::min({head_distance(p), hair_distance(p), dress_distance(p), arms_distance(p),
                   legs_distance(p), shoes_distance(p), collar_distance(p)});
}

}  // namespace tactus::modelling
