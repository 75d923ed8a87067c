// A child's head and neck made of formulas: what contact is measured on at any number of triangles.
//
// Real scans may not stand in the repository, and a tube has neither nose nor ears. This head has a
// nose, a chin, eye sockets and two ears 3 mm thin, and nods, turns and opens its mouth.
//
//   Frames   rest: +Y up, the face towards +Z, the origin between the ears. Metres, seconds.
//   Units    metres, radians.
//   Errors   none.
//   Threads  plain functions; they allocate.
//   Proof    tests/simulator/head/generated_head_test.cc
#pragma once
#include <array>
#include <vector>

#include "tactus/contact/body.h"

namespace tactus::simulator {

/// Bones of the head: chest, skull, jaw.
inline constexpr std::size_t kHeadBones = 3;
using HeadPose = std::array<Pose, kHeadBones>;  ///< T_world_bone

struct GeneratedHead {
  std::vector<BodyBone> bones;
  std::vector<BodyVertex> vertices;
  std::vector<BodyTriangle> triangles;

  [[nodiscard]] BodyView view() const { return {bones, vertices, triangles}; }
};

/// A closed head and two closed ears with about `triangles` triangles in all (within 2 % from 5000
/// on), evenly spread.
[[nodiscard]] GeneratedHead generate_head(int triangles);

/// How it is held: bent forwards, turned to its left, mouth open; the chest stands at `p_world`
/// below the origin of the rest pose.
struct HeadPosture {
  float nod_rad = 0, turn_rad = 0, jaw_rad = 0;
  Vec3 p_world;  ///< of the rest pose's origin, were the head held straight
};
[[nodiscard]] HeadPose pose_head(const HeadPosture& posture);

}  // namespace tactus::simulator
