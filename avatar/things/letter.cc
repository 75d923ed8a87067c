#include "sdf.h"
#include "thin_shell.h"
#include "things.h"

namespace tactus::modelling {
namespace {

constexpr float kWide_m = 0.148f, kDeep_m = 0.105f, kThick_m = 0.0005f;
constexpr float kFold_m = 0.006f;  ///< the outer edges stand this much above the fold
constexpr int kPaperHex = 0xFFF6E3, kInkHex = 0x5B6C9A, kHeartHex = 0xD9605F;

/// Folded once along its middle, soft at the crease.
Vec3 middle(float u, float v) {
  const float x = u - 0.5f;
  return {kWide_m * x, 0.5f * kThick_m + 2 * kFold_m * (soft_abs(x) - 0.01f), kDeep_m * (0.5f - v)};
}

/// Lines of writing above, a heart below.
Vec3 paint_paper(Vec3 p, Vec3 n) {
  const float x = p.x / (0.5f * kWide_m), z = p.z / (0.5f * kDeep_m);
  if (n.y < 0) {
    const float hx = 2.4f * x + 1.2f, hz = -2.4f * z + 0.1f;
    const float heart = std::pow(hx * hx + hz * hz - 0.25f, 3.0f) - hx * hx * hz * hz * hz;
    return srgb(heart < 0 ? kHeartHex : kPaperHex);
  }
  const float row = std::fabs(std::fmod(z + 2.0f, 0.25f) - 0.125f);
  const bool is_margin = std::fabs(x) > 0.82f || std::fabs(z) > 0.8f || std::fabs(x) < 0.08f;
  const bool is_gap = value_noise({14 * x, 9 * z, 0}) < 0.3f;
  return srgb(!is_margin && !is_gap && row < 0.035f ? kInkHex : kPaperHex);
}

}  // namespace

Asset build_letter() {
  Mesh mesh = thin_shell({middle, 48, 34, kThick_m});
  paint(mesh, paint_paper);
  return {"letter", {{"letter", Look::Hard, std::move(mesh), {}}}};
}

}  // namespace tactus::modelling
