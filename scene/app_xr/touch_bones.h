// Which bones a baked body (.tbody) wants, in its order, and how they stand at rest.
//
// The file begins with 32 bytes (8 "TACTBODY", then 32-bit little endian: version 1, total bytes,
// bones, vertices, triangles, checksum); then 64 bytes a bone: name[32], parent, rotation x y z w
// and position at rest. docs/scene.md
//
//   Frames   model at rest.
//   Units    metres.
//   Errors   SceneError when the file is another kind, or of another figure.
//   Threads  pure.
//   Proof    tests/scene/touch_test.cc
#pragma once
#include <cstddef>
#include <span>
#include <vector>

#include "scene/world/skeleton.h"

namespace tactus::scene {

struct TouchBone {
  int bone = kNoBone;  ///< in the skeleton
  Pose T_bone_baked;   ///< from the baked bone's frame to the skeleton's; fixed
};

[[nodiscard]] std::vector<TouchBone> match_bones(std::span<const std::byte> body,
                                                 const Skeleton& skeleton);

}  // namespace tactus::scene
