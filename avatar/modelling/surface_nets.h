// Triangles from a signed distance: naive surface nets, each vertex then walked onto the surface.
//
// One vertex in every grid cell that the surface crosses, one quad for every grid edge that it
// crosses: even triangles without slivers, closed wherever the box holds the whole shape
// (S. Gibson, "Constrained elastic surface nets", 1998).
//
//   Frames   the field's own.
//   Units    metres.
//   Errors   a surface that leaves the box is left open there.
//   Threads  uses the machine's cores; the result does not depend on how many.
//   Proof    tests/avatar/child_test.cc
#pragma once
#include "mesh.h"
#include "sdf.h"

namespace tactus::modelling {

struct Box {
  Vec3 lo, hi;
};

/// Meshes the zero set of `field` in `box` on a grid of `grid_m`; normals are the field's.
[[nodiscard]] Mesh surface_nets(const Field& field, const Box& box, float grid_m);

}  // namespace tactus::modelling
