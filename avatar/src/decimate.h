// Fewer triangles in the same shape: hands and face keep theirs longest.
//
//   Frames   rest.
//   Units    metres.
//   Errors   none; fewer triangles than asked for never come out of a closed shape's collapse.
//   Threads  pure.
//   Proof    tests/avatar/bake_test.cc
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "tactus/contact/body.h"

namespace tactus::avatar {

struct DecimationPart {
  std::vector<std::uint32_t> indices;  ///< into the vertices, three a triangle
  float importance = 1;                ///< 1 ordinary, 2 all hand or face
  float keep = 0;                      ///< > 0: this share exactly, whatever the target
  bool shares_border = false;          ///< another part of the same mesh touches it: keep the rim
};

/// Brings all parts together to `target` triangles where their shape allows it.
void decimate(std::vector<DecimationPart>& parts, std::span<const BodyVertex> vertices,
              std::size_t target);

}  // namespace tactus::avatar
