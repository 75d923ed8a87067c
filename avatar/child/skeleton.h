// The child's bones: VRM 1.0 names, T-pose, parents first; and which bones move a vertex.
//
//   Frames   the model's: +Y up, +Z forward, her left is +X. Bones have no rotation at rest.
//   Units    metres.
//   Errors   find gives -1 for an unknown name.
//   Threads  plain values.
//   Proof    tests/avatar/child_test.cc
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "mesh.h"

namespace tactus::child {

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

struct Skeleton {
  std::vector<Bone> bones;
  std::vector<Segment> segments;

  [[nodiscard]] int find(std::string_view name) const;
};

/// One finger of the left hand at rest: palm down, thumb forward.
struct FingerShape {
  const char* name;
  Vec3 base;
  Vec3 toward;  ///< not unit length
  float length_m[3];
  float radius_base_m, radius_tip_m;
  const char* segment[3];

  [[nodiscard]] Vec3 direction() const { return normalized(toward); }
  [[nodiscard]] Vec3 tip() const {
    return base + (length_m[0] + length_m[1] + length_m[2]) * direction();
  }
};

inline constexpr Vec3 kWrist{0.355f, 0.795f, 0.0f};
inline constexpr Vec3 kEye{0.0425f, 1.000f, 0.0585f};
inline constexpr float kEyeRadius_m = 0.0405f;
extern const FingerShape kFingerShapes[5];

[[nodiscard]] Skeleton build_skeleton();

/// Weights as a soft minimum over bone distances: the kernel that blends the shape also blends
/// its motion, so bulges and weights agree. `softness_m`: how far a bone reaches beyond the
/// nearest. Only bones whose name `allow` accepts take part; at least one must.
void bind_softly(Mesh& mesh, const Skeleton& skeleton, float softness_m,
                 const std::function<bool(std::string_view)>& allow);

/// Every vertex moves with one bone.
void bind_rigidly(Mesh& mesh, int bone);

/// The other side: positions, normals, winding and the names of the bones.
[[nodiscard]] Mesh mirror(const Mesh& left, const Skeleton& skeleton);

}  // namespace tactus::child
