#include "reference.h"

#include <algorithm>
#include <cmath>

namespace tactus::testing {
namespace {

Point minus(const Point& a, const Point& b) { return {a[0] - b[0], a[1] - b[1], a[2] - b[2]}; }
double inner(const Point& a, const Point& b) { return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]; }
Point outer(const Point& a, const Point& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}
double norm(const Point& a) { return std::sqrt(inner(a, a)); }

using Matrix = std::array<Point, 3>;  ///< rows

Matrix matrix(Quat q) {
  const double n =
      std::sqrt(double{q.x} * q.x + double{q.y} * q.y + double{q.z} * q.z + double{q.w} * q.w);
  const double x = q.x / n, y = q.y / n, z = q.z / n, w = q.w / n;
  return {{{1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)},
           {2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)},
           {2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)}}};
}

Point turned(const Matrix& m, const Point& p) {
  return {inner(m[0], p), inner(m[1], p), inner(m[2], p)};
}

Point turned_back(const Matrix& m, const Point& p) {
  Point back{};
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) back[j] += m[i][j] * p[i];
  }
  return back;
}

double to_segment(const Point& p, const Point& a, const Point& b) {
  const Point ab = minus(b, a);
  const double square = inner(ab, ab);
  const double s = square > 0 ? std::clamp(inner(minus(p, a), ab) / square, 0.0, 1.0) : 0.0;
  return norm(minus(p, {a[0] + s * ab[0], a[1] + s * ab[1], a[2] + s * ab[2]}));
}

double to_triangle(const Point& p, const Point& a, const Point& b, const Point& c) {
  const Point n = outer(minus(b, a), minus(c, a));
  const bool above = norm(n) > 0 && inner(outer(minus(b, a), minus(p, a)), n) >= 0 &&
                     inner(outer(minus(c, b), minus(p, b)), n) >= 0 &&
                     inner(outer(minus(a, c), minus(p, c)), n) >= 0;
  if (above) return std::fabs(inner(minus(p, a), n)) / norm(n);
  return std::min({to_segment(p, a, b), to_segment(p, b, c), to_segment(p, c, a)});
}

}  // namespace

Point to_point(Vec3 v) { return {v.x, v.y, v.z}; }

double distance(const Point& a, const Point& b) { return norm(minus(a, b)); }

std::vector<Point> skin_exactly(const Shape& shape, std::span<const Pose> T_world_bone) {
  std::vector<Point> skinned;
  for (const BodyVertex& vertex : shape.vertices) {
    Point sum{};
    for (std::size_t k = 0; k < 4; ++k) {
      const Pose& T_rest_bone = shape.bones[vertex.bone[k]].T_rest_bone;
      const Pose& T_world = T_world_bone[vertex.bone[k]];
      const Point p_bone = turned_back(matrix(T_rest_bone.q),
                                       minus(to_point(vertex.p_rest), to_point(T_rest_bone.p)));
      const Point p_world = turned(matrix(T_world.q), p_bone);
      const Point origin = to_point(T_world.p);
      for (std::size_t i = 0; i < 3; ++i) {
        sum[i] += vertex.weight[k] / 255.0 * (p_world[i] + origin[i]);
      }
    }
    skinned.push_back(sum);
  }
  return skinned;
}

std::vector<Point> blend(const std::vector<Point>& a, const std::vector<Point>& b, double s) {
  std::vector<Point> blended(a.size());
  for (std::size_t v = 0; v < a.size(); ++v) {
    for (std::size_t i = 0; i < 3; ++i) blended[v][i] = (1 - s) * a[v][i] + s * b[v][i];
  }
  return blended;
}

double distance_exactly(const Shape& shape, const std::vector<Point>& vertices, const Point& p) {
  double least = 1e30;
  for (const BodyTriangle& triangle : shape.triangles) {
    const auto& v = triangle.vertex;
    least = std::min(least, to_triangle(p, vertices[v[0]], vertices[v[1]], vertices[v[2]]));
  }
  return least;
}

bool is_inside(const Shape& shape, const std::vector<Point>& vertices, const Point& p) {
  double solid_angle = 0;
  for (const BodyTriangle& triangle : shape.triangles) {
    const auto& v = triangle.vertex;
    const Point a = minus(vertices[v[0]], p), b = minus(vertices[v[1]], p),
                c = minus(vertices[v[2]], p);
    const double la = norm(a), lb = norm(b), lc = norm(c);
    solid_angle += 2 * std::atan2(inner(a, outer(b, c)), la * lb * lc + inner(a, b) * lc +
                                                             inner(b, c) * la + inner(c, a) * lb);
  }
  return solid_angle > 2 * kPi;
}

}  // namespace tactus::testing
