// The child's bones: VRM 1.0 names, T-pose, parents first.
//
//   Frames   the model's: +Y up, +Z forward, her left is +X. Bones have no rotation at rest.
//   Units    metres.
//   Errors   none.
//   Threads  plain values.
//   Proof    tests/avatar/child_test.cc
#pragma once
#include "bones.h"

namespace tactus::modelling {

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

/// The other side: positions, normals, winding and the names of the bones.
[[nodiscard]] Mesh mirror(const Mesh& left, const Skeleton& skeleton);

}  // namespace tactus::modelling
