// Bones at rest, and which of them move a vertex.
//
//   Frames   the model's: +Y up, +Z forward. Bones have no rotation at rest.
//   Units    metres.
//   Errors   find gives -1 for an unknown name.
//   Threads  plain values.
//   Proof    tests/avatar/child_test.cc, tests/avatar/things_test.cc
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mesh.h"

namespace tactus::modelling {

struct Bone {
  std::string name;
  int parent = -1;
  Vec3 p_rest;
};

/// The stretch of flesh that a bone moves.
struct Segment {
  int bone = 0;
  Vec3 a, b;
  float radius_m = 0;
};

/// Parents stand before their children.
struct Skeleton {
  std::vector<Bone> bones;
  std::vector<Segment> segments;

  [[nodiscard]] int find(std::string_view name) const;
};

/// Weights as a soft minimum over bone distances: the kernel that blends the shape also blends
/// its motion, so bulges and weights agree. `softness_m`: how far a bone reaches beyond the
/// nearest. Only bones whose name `allow` accepts take part; at least one must.
void bind_softly(Mesh& mesh, const Skeleton& skeleton, float softness_m,
                 const std::function<bool(std::string_view)>& allow);

/// Every vertex moves with one bone.
void bind_rigidly(Mesh& mesh, int bone);

}  // namespace tactus::modelling
