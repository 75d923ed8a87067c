// Writes parts and a skeleton as one binary glTF 2.0.
//
// One mesh and one node a part; COLOR_0 is linear RGB with the openness to the sky in alpha;
// expressions are morph targets named in extras.targetNames, as VRM and most engines read them.
//
//   Frames   the model's: +Y up, +Z forward, as glTF has it.
//   Units    metres.
//   Errors   none: memory in, memory out.
//   Threads  pure; the same parts give the same bytes.
//   Proof    tests/avatar/child_test.cc
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "bones.h"

namespace tactus::modelling {

/// `skeleton` null: nothing is skinned.
[[nodiscard]] std::vector<std::byte> write_glb(std::span<const Part> parts,
                                               const Skeleton* skeleton);

}  // namespace tactus::modelling
