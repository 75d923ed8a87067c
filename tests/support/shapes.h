// Small bodies with known shape: what contact is tested and benchmarked on.
//
//   Frames   rest, +Y up.
//   Units    metres.
//   Errors   none.
//   Threads  plain functions; they allocate.
//   Proof    tests/core/contact/deform_test.cc
#pragma once
#include <cstddef>
#include <vector>

#include "tactus/contact/body.h"

namespace tactus::testing {

struct Shape {
  std::vector<BodyBone> bones;
  std::vector<BodyVertex> vertices;
  std::vector<BodyTriangle> triangles;

  [[nodiscard]] BodyView view() const { return {bones, vertices, triangles}; }
};

/// The bytes of a .tbody file.
[[nodiscard]] std::vector<std::byte> to_bytes(const Shape& shape);

/// A closed tube along +Y from the origin, two bones: the second starts at half length and blends
/// in over a diameter. 2 * rings * segments triangles.
[[nodiscard]] Shape make_tube(float length_m, float radius_m, int rings, int segments);

/// A closed ellipsoid around the origin with one bone.
[[nodiscard]] Shape make_ellipsoid(Vec3 radii_m, int rings, int segments);

/// An open square sheet in the plane z = 0, facing +Z, around the origin, with one bone.
[[nodiscard]] Shape make_sheet(float size_m, int cells);

}  // namespace tactus::testing
