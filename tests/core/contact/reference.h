// Skinning and closest point by brute force in double precision: the truth that core's contact is
// held against. Shares the plain types with core, none of its arithmetic.
//
//   Frames   world.
//   Units    metres.
//   Errors   none.
//   Threads  plain functions; they allocate.
//   Proof    the formulas are the textbook's, in the most literal form.
#pragma once
#include <array>
#include <span>
#include <vector>

#include "support/shapes.h"

namespace tactus::testing {

using Point = std::array<double, 3>;

[[nodiscard]] Point to_point(Vec3 v);
[[nodiscard]] double distance(const Point& a, const Point& b);

/// Every vertex of the shape under the bones, in world.
[[nodiscard]] std::vector<Point> skin_exactly(const Shape& shape,
                                              std::span<const Pose> T_world_bone);

/// (1 - s) a + s b, vertex by vertex.
[[nodiscard]] std::vector<Point> blend(const std::vector<Point>& a, const std::vector<Point>& b,
                                       double s);

/// Distance from `p` to the nearest triangle.
[[nodiscard]] double distance_exactly(const Shape& shape, const std::vector<Point>& vertices,
                                      const Point& p);

/// True when `p` is inside the closed shape: the solid angles of its triangles sum to 4 pi
/// (van Oosterom & Strackee 1983).
[[nodiscard]] bool is_inside(const Shape& shape, const std::vector<Point>& vertices,
                             const Point& p);

}  // namespace tactus::testing
