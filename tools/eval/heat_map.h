// Where a body was touched, as a picture.
//
//   Frames   the body's rest pose: front, side and back.
//   Units    any: the hottest triangle is white.
//   Errors   write_heat_map is false when the file could not be written.
//   Threads  pure.
//   Proof    tests/tools/heat_map_test.cc
#pragma once
#include <span>
#include <string>

#include "tactus/contact/body.h"

namespace tactus::tools {

/// Draws each triangle of `body` by its `heat` (one number a triangle, in the file's order; spread
/// over its corners, by the square root): grey, red, yellow, white.
[[nodiscard]] bool write_heat_map(const BodyView& body, std::span<const float> heat,
                                  const std::string& path);

}  // namespace tactus::tools
