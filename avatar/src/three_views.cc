#include "three_views.h"

#include <algorithm>
#include <vector>

#include "tactus/avatar/picture.h"

namespace tactus::avatar {
namespace {

/// Each triangle has corners of its own, so that colours meet in sharp lines.
std::vector<PictureVertex> corners_of(const BodyView& body, std::span<const Vec3> colors) {
  std::vector<Vec3> normals(body.vertices.size());
  for (const BodyTriangle& triangle : body.triangles) {
    const Vec3 a = body.vertices[triangle.vertex[0]].p_rest;
    const Vec3 n = cross(body.vertices[triangle.vertex[1]].p_rest - a,
                         body.vertices[triangle.vertex[2]].p_rest - a);
    for (const std::uint32_t v : triangle.vertex) normals[v] += n;
  }
  std::vector<PictureVertex> corners;
  for (std::size_t t = 0; t < body.triangles.size(); ++t) {
    for (const std::uint32_t v : body.triangles[t].vertex) {
      corners.push_back({body.vertices[v].p_rest, normalized(normals[v]), colors[t]});
    }
  }
  return corners;
}

}  // namespace

bool write_three_views(const BodyView& body, std::span<const Vec3> colors,
                       const std::string& path) {
  constexpr int kWidth = 448, kHeight = 600;
  const std::vector<PictureVertex> corners = corners_of(body, colors);
  std::vector<std::uint32_t> indices(corners.size());
  Vec3 lo{1e9f, 1e9f, 1e9f}, hi{-1e9f, -1e9f, -1e9f};
  for (std::size_t i = 0; i < corners.size(); ++i) {
    indices[i] = static_cast<std::uint32_t>(i);
    const Vec3 p = corners[i].p;
    lo = {std::min(lo.x, p.x), std::min(lo.y, p.y), std::min(lo.z, p.z)};
    hi = {std::max(hi.x, p.x), std::max(hi.y, p.y), std::max(hi.z, p.z)};
  }
  const float widest = std::max(hi.x - lo.x, hi.z - lo.z) * kHeight / kWidth;
  View view{.centre = 0.5f * (lo + hi),
            .height_m = 1.06f * std::max(hi.y - lo.y, widest),
            .width = kWidth,
            .height = kHeight};
  Picture picture(3 * kWidth, kHeight);
  picture.draw(corners, indices, view);
  view.x = kWidth;
  view.right = {0, 0, -1};
  picture.draw(corners, indices, view);
  view.x = 2 * kWidth;
  view.right = {-1, 0, 0};
  picture.draw(corners, indices, view);
  return picture.write_png(path);
}

}  // namespace tactus::avatar
