// Where a mesh passes through itself: skin that is folded into skin is felt twice, or from inside.
//
//   Frames   rest.
//   Units    metres.
//   Errors   none: triangles without area cross nothing, those that share a corner neither.
//   Threads  pure.
//   Proof    tests/avatar/crossings_test.cc
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>

#include "tactus/base/geometry.h"

namespace tactus::avatar {

struct Crossings {
  std::size_t pairs = 0;  ///< of triangles
  Vec3 p_first;           ///< where one of the first pair is, its middle
};

/// `indices` three a triangle, each below places.size(); places that coincide have one index. Time
/// grows with the square of how many triangles are at one height.
[[nodiscard]] Crossings find_crossings(std::span<const Vec3> places,
                                       std::span<const std::uint32_t> indices);

}  // namespace tactus::avatar
