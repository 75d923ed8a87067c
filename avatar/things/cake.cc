#include "surface_nets.h"
#include "things.h"

namespace tactus::modelling {
namespace {

constexpr int kCandles = 5;
constexpr float kTop_m = 0.088f, kRadius_m = 0.088f;

/// Icing has run down to here.
float drip(Vec3 p) {
  const float around = std::atan2(p.x, p.z);
  return kTop_m - 0.022f - 0.008f * std::sin(5 * around + 0.7f) - 0.005f * std::sin(9 * around);
}

float sponge_distance(Vec3 p) {
  const float sponge = sdf::disc(p, {0, 0.047f, 0}, kRadius_m, 0.041f, 0.012f);
  const float below_m = drip(p) - p.y;
  const float icing = smooth_max(sponge - 0.004f, below_m, 0.006f);
  return smooth_min(sponge, icing, 0.004f);
}

float plate_distance(Vec3 p) {
  return smooth_min(sdf::disc(p, {0, 0.0035f, 0}, 0.115f, 0.0035f, 0.003f),
                    sdf::ring(p, {0, 0.009f, 0}, 0.119f, 0.004f), 0.010f);
}

Vec3 candle(int i) {
  const float around = 2 * kPi * static_cast<float>(i) / kCandles;
  return {0.05f * std::sin(around), kTop_m, 0.05f * std::cos(around)};
}

float candles_distance(Vec3 p) {
  float d = 1e3f;
  for (int i = 0; i < kCandles; ++i) {
    const Vec3 foot = candle(i);
    d = std::min(d, sdf::disc(p, foot + Vec3{0, 0.029f, 0}, 0.0045f, 0.031f, 0.002f));
  }
  return d;
}

float flames_distance(Vec3 p) {
  float d = 1e3f;
  for (int i = 0; i < kCandles; ++i) {
    d = std::min(d, sdf::ellipsoid(p, candle(i) + Vec3{0, 0.070f, 0}, {0.005f, 0.011f, 0.005f}));
  }
  return d;
}

Part cut(const char* name, Look look, const Field& field, const Box& box, float grid_m,
         std::size_t triangles, const Paint& color_at) {
  Mesh mesh = surface_nets(field, box, grid_m);
  simplify(mesh, triangles);
  paint(mesh, color_at);
  return {name, look, std::move(mesh), {}};
}

Vec3 paint_sponge(Vec3 p, Vec3) { return srgb(p.y > drip(p) ? 0xF6B9C4 : 0xE2B06C); }

float cream_distance(Vec3 p) {
  return sdf::disc(p, {0, 0.040f, 0}, kRadius_m + 0.002f, 0.005f, 0.004f);
}

}  // namespace

Asset build_cake() {
  const Box whole{{-0.14f, -0.01f, -0.14f}, {0.14f, 0.12f, 0.14f}};
  const Box above{{-0.065f, 0.065f, -0.065f}, {0.065f, 0.18f, 0.065f}};
  const auto plain = [](int hex) { return [color = srgb(hex)](Vec3, Vec3) { return color; }; };
  return {"cake",
          {cut("plate", Look::Hard, plate_distance, whole, 0.0024f, 2000, plain(0xF5F1E8)),
           cut("sponge", Look::Foam, sponge_distance, whole, 0.0032f, 3200, paint_sponge),
           cut("cream", Look::Foam, cream_distance, whole, 0.0032f, 800, plain(0xFFF4DF)),
           cut("candles", Look::Hard, candles_distance, above, 0.0016f, 900, plain(0xBFDCEA)),
           cut("flames", Look::Emissive, flames_distance, above, 0.0022f, 400, plain(0xFFD27A))},
          {},
          true,
          {"flames", "cream"}};
}

}  // namespace tactus::modelling
