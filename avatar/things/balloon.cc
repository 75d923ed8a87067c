#include "surface_nets.h"
#include "things.h"

namespace tactus::modelling {
namespace {

constexpr Vec3 kMiddle{0, 0.165f, 0};

float distance(Vec3 p) {
  const float round =
      smooth_min(sdf::ellipsoid(p, kMiddle, {0.122f, 0.132f, 0.122f}),
                 sdf::cone(p, {0, 0.09f, 0}, {0, 0.016f, 0}, 0.055f, 0.010f), 0.06f);
  const float lip = sdf::cone(p, {0, 0.004f, 0}, {0, -0.012f, 0}, 0.006f, 0.013f);
  return smooth_min(std::min(round, sdf::ring(p, {0, 0.006f, 0}, 0.006f, 0.005f)), lip, 0.006f);
}

}  // namespace

Asset build_balloon() {
  Mesh mesh = surface_nets(distance, {{-0.14f, -0.04f, -0.14f}, {0.14f, 0.32f, 0.14f}}, 0.004f);
  simplify(mesh, 3600);
  paint(mesh, [](Vec3 p, Vec3 n) {
    const Vec3 c = lerp(srgb(0xE4574F), srgb(0xC23B43), clamp01(0.5f - 0.6f * n.y));
    const float gleam = std::exp(-square(length(p - Vec3{0.07f, 0.24f, 0.08f}) / 0.03f));
    return lerp(c, srgb(0xFFE3D8), 0.7f * gleam);
  });
  return {"balloon", {{"balloon", Look::Rubber, std::move(mesh), {}}}};
}

}  // namespace tactus::modelling
