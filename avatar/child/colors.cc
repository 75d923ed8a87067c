#include "colors.h"

#include "skeleton.h"

namespace tactus::modelling {
namespace {

/// 1 at the centre, falling off like a bell.
float bell(float a, float b = 0) { return std::exp(-(square(a) + square(b))); }

}  // namespace

Vec3 paint_head(Vec3 p, Vec3) {
  const float side = std::fabs(p.x);
  Vec3 c = srgb(kSkinHex);
  if (p.z > 0) {
    c = lerp(c, srgb(0xE98D7C), 0.55f * bell((side - 0.056f) / 0.022f, (p.y - 0.958f) / 0.017f));
  }
  if (p.z > 0.08f) {
    c = lerp(c, srgb(0xDB7E74), 0.55f * bell(p.x / 0.015f, (p.y - 0.9395f) / 0.0052f));
  }
  if (p.z > 0.09f) {
    c = lerp(c, srgb(0xEB9C86), 0.35f * bell(p.x / 0.012f, (p.y - 0.972f) / 0.010f));
  }
  if (p.z < 0.03f) c = lerp(c, srgb(0xE9957F), 0.4f * smooth_step(0.100f, 0.112f, side));
  return c;
}

Vec3 paint_hair(Vec3 p, Vec3) {
  const float around = std::atan2(p.x, p.z);
  const float waver = value_noise({30 * p.x, 10 * p.y, 30 * p.z});
  const float strand = 0.5f + 0.5f * std::sin(40 * around + 6 * waver);
  const Vec3 c = lerp(srgb(0x4B2E22), srgb(0x6E4630), 0.6f * strand);
  const float sheen = bell((p.y - 1.085f - 0.01f * std::sin(7 * around)) / 0.012f);
  return lerp(c, srgb(0xA87350), 0.45f * sheen);
}

Vec3 paint_hand(Vec3 p, Vec3 n) {
  Vec3 c = srgb(kSkinHex);
  const Vec3 q = fold(p);
  if (q.x < kWrist.x) return c;
  for (const FingerShape& finger : kFingerShapes) {
    c = lerp(c, srgb(0xEFA48C), 0.45f * bell(length(q - finger.tip()) / 0.012f));
    if (n.y > 0) c = lerp(c, srgb(0xEBA58D), 0.30f * bell(length(q - finger.base) / 0.009f));
  }
  return c;
}

Vec3 paint_trim(Vec3 p, Vec3) { return srgb(p.y > 0.60f && p.y < 0.70f ? kYellowHex : 0xF7EBDD); }

Vec3 paint_shoe(Vec3 p, Vec3) { return srgb(p.y < 0.009f ? 0xEAD9C4 : 0xB5483F); }

}  // namespace tactus::modelling
