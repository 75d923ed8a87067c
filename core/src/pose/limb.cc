#include "limb.h"

namespace tactus {
namespace {

constexpr float kNothing = 1e-6f;

}  // namespace

Quat rotation_of_axes(Vec3 x, Vec3 y, Vec3 z) noexcept {
  // The largest of the four components first: none of the others divides by little then
  // (Shepperd 1978).
  const float trace = x.x + y.y + z.z;
  Quat q;
  if (trace > 0) {
    q = {y.z - z.y, z.x - x.z, x.y - y.x, 1 + trace};
  } else if (x.x > y.y && x.x > z.z) {
    q = {1 + x.x - y.y - z.z, x.y + y.x, z.x + x.z, y.z - z.y};
  } else if (y.y > z.z) {
    q = {x.y + y.x, 1 - x.x + y.y - z.z, y.z + z.y, z.x - x.z};
  } else {
    q = {z.x + x.z, y.z + z.y, 1 - x.x - y.y + z.z, x.y - y.x};
  }
  return normalized(q);
}

LimbLine limb_line(const LimbBones& bones, Vec3 p_root, Vec3 p_target, Vec3 fallback) noexcept {
  const float a = bones.upper_m, b = bones.lower_m;
  const float nearest = std::sqrt(a * a + b * b + 2 * a * b * std::cos(bones.bend_rad));
  const Vec3 line = p_target - p_root;
  const float distance = length(line);
  LimbLine limb;
  limb.p_root = p_root;
  limb.u = distance > kNothing ? (1 / distance) * line : normalized(fallback);
  const float d = std::clamp(distance, nearest, a + b);
  limb.p_end = d == distance ? p_target : p_root + d * limb.u;
  limb.along_m = (a * a - b * b + d * d) / (2 * d);
  limb.radius_m = std::sqrt(std::max(0.0f, a * a - limb.along_m * limb.along_m));
  return limb;
}

Vec3 pole_of(Vec3 sum, Vec3 u, Vec3 fallback) noexcept {
  const Vec3 pole = across(sum, u);
  if (length(pole) > kNothing) return normalized(pole);
  const Vec3 second = across(fallback, u);
  if (length(second) > kNothing) return normalized(second);
  return normalized(across(std::fabs(u.x) < 0.7f ? Vec3{1, 0, 0} : Vec3{0, 1, 0}, u));
}

float angle_about(Vec3 u, Vec3 from, Vec3 to) noexcept {
  return std::atan2(dot(u, cross(from, to)), dot(from, to) - dot(from, u) * dot(to, u));
}

}  // namespace tactus
