#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tactus/avatar/bake.h"
#include "three_views.h"

namespace tactus::avatar {
namespace {

constexpr float kThin_m = 0.002f, kThick_m = 0.2f;

/// Where the way from `from` along `way` meets the triangle from behind; infinity where it does not.
float meets_from_behind(Vec3 from, Vec3 way, Vec3 a, Vec3 b, Vec3 c) {
  constexpr float kNever = std::numeric_limits<float>::infinity();
  const Vec3 ab = b - a, ac = c - a, h = cross(way, ac);
  const float det = dot(ab, h);  // against its normal where the way leaves the body
  if (!(det < 0)) return kNever;
  const Vec3 s = from - a, q = cross(s, ab);
  const float u = dot(s, h) / det, v = dot(way, q) / det, at = dot(ac, q) / det;
  return u >= 0 && v >= 0 && u + v <= 1 && at > 0 ? at : kNever;
}

/// Red, yellow, white by the logarithm.
Vec3 color_of_thickness(float thickness_m) {
  if (!(thickness_m > 0)) return {0.02f, 0.02f, 0.02f};
  const float part =
      std::clamp(std::log(thickness_m / kThin_m) / std::log(kThick_m / kThin_m), 0.0f, 1.0f);
  return {1, std::min(1.0f, 1.6f * part), std::max(0.0f, 1.6f * part - 0.6f)};
}

}  // namespace

std::vector<float> find_thickness(const BodyView& body) {
  const auto corner = [&body](const BodyTriangle& t, std::size_t k) {
    return body.vertices[t.vertex[k]].p_rest;
  };
  std::vector<float> thickness_m;
  for (const BodyTriangle& triangle : body.triangles) {
    const Vec3 a = corner(triangle, 0), b = corner(triangle, 1), c = corner(triangle, 2);
    const Vec3 inwards = -1.0f * normalized(cross(b - a, c - a));
    const Vec3 middle = (1.0f / 3.0f) * (a + b + c);
    float nearest_m = std::numeric_limits<float>::infinity();
    for (const BodyTriangle& other : body.triangles) {
      if (&other == &triangle) continue;
      nearest_m = std::min(nearest_m, meets_from_behind(middle, inwards, corner(other, 0),
                                                        corner(other, 1), corner(other, 2)));
    }
    thickness_m.push_back(std::isfinite(nearest_m) ? nearest_m : 0);
  }
  return thickness_m;
}

bool write_thickness_picture(const BodyView& body, const std::string& path) {
  std::vector<Vec3> colors;
  for (const float thickness_m : find_thickness(body)) {
    colors.push_back(color_of_thickness(thickness_m));
  }
  return write_three_views(body, colors, path);
}

}  // namespace tactus::avatar
