// A sheet of some thickness as one closed shell: paper, a blanket.
//
//   Frames   the model's: +Y up.
//   Units    metres.
//   Errors   none. A middle surface that folds onto itself makes a shell that does too.
//   Threads  pure.
//   Proof    tests/avatar/things_test.cc
#pragma once
#include <functional>

#include "mesh.h"

namespace tactus::modelling {

struct Sheet {
  /// The middle surface over u, v in [0, 1]; its front is where u to v turns counter-clockwise.
  std::function<Vec3(float u, float v)> middle;
  std::uint32_t across = 1, along = 1;  ///< cells in u and in v
  float thick_m = 0;
};

/// Front and back are half the thickness from the middle; a bevelled rim joins them.
[[nodiscard]] Mesh thin_shell(const Sheet& sheet);

}  // namespace tactus::modelling
