// A mesh around the zero of a distance field.
//
// Naive surface nets (Gibson 1998): one vertex per cell that the surface crosses, at the mean of
// its edge crossings, then drawn onto the surface by two Newton steps along the gradient.
//
//   Frames   the field's own.
//   Units    metres.
//   Errors   a surface that leaves the box is open where it leaves.
//   Threads  pure.
//   Proof    tests/scene/hand_shape_test.cc
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "scene/world/geometry.h"

namespace tactus::scene {

using DistanceField = std::function<float(const Vec3&)>;

struct NetMesh {
  std::vector<Vec3> p, n;
  std::vector<std::uint32_t> indices;  ///< counter-clockwise seen from outside
};

/// The gradient of the field, unit.
[[nodiscard]] Vec3 gradient(const DistanceField& field, const Vec3& p);

[[nodiscard]] NetMesh surface_nets(const DistanceField& field, const Vec3& low, const Vec3& high,
                                   float cell_m);

}  // namespace tactus::scene
