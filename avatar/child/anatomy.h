// The child's shapes: what is skin, what is hair, what is cloth; each a signed distance in T-pose.
//
// The numbers are a sculpture: 1.16 m tall, some four and a half heads, invented. The left half is
// authored and folded, so that she is symmetric but for her hair, its bow and her smile.
//
//   Frames   the model's: +Y up, +Z forward, soles at y = 0.
//   Units    metres.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/avatar/child_test.cc; docs/regions.md shows the picture
#pragma once
#include "sdf.h"

namespace tactus::modelling {

[[nodiscard]] float head_distance(Vec3 p);
[[nodiscard]] float hair_distance(Vec3 p);
[[nodiscard]] float bow_distance(Vec3 p);
[[nodiscard]] float arms_distance(Vec3 p);  ///< with the hands
[[nodiscard]] float legs_distance(Vec3 p);
[[nodiscard]] float socks_distance(Vec3 p);
[[nodiscard]] float shoes_distance(Vec3 p);
[[nodiscard]] float dress_distance(Vec3 p);
[[nodiscard]] float collar_distance(Vec3 p);
/// Sash, hem and cuffs: pieces of their own, because a colour edge between the vertices of a
/// simplified mesh would be ragged.
[[nodiscard]] float trim_distance(Vec3 p);

/// All of her but the small things: what light must pass to reach a point.
[[nodiscard]] float child_distance(Vec3 p);

}  // namespace tactus::modelling
