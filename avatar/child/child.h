// The whole child, and the park she stands in, as parts ready to be written.
//
//   Frames   the model's: +Y up, +Z forward (she looks to +Z), soles at the origin; the park shares
//            it, its bench stands behind her.
//   Units    metres.
//   Errors   none.
//   Threads  uses the machine's cores; the same bytes every time.
//   Proof    tests/avatar/child_test.cc
#pragma once
#include <vector>

#include "mesh.h"
#include "skeleton.h"

namespace tactus::modelling {

/// Drawn with some 24 thousand triangles: software rendering pays by the triangle.
[[nodiscard]] std::vector<Part> build_child(const Skeleton& skeleton);

/// Ground with a path, bench, trees and a dome of sky, below 12 thousand triangles.
[[nodiscard]] std::vector<Part> build_park();

}  // namespace tactus::modelling
