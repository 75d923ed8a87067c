// A skeleton at rest, and the poses that come of turning its bones.
//
// Bones are turned about the model's own axes as they stand at rest (VRM calls that a normalised
// rig): the same motion fits any model in T-pose, whichever way its bones' frames lie.
//
//   Frames   model: +Y up, +Z the way she faces, +X her left; metres.
//   Units    metres, radians.
//   Errors   a bone that is not there has index kNoBone; turning it does nothing.
//   Threads  plain values; pose_bones allocates nothing.
//   Proof    tests/scene/motion_test.cc
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scene/world/geometry.h"

namespace tactus::scene {

inline constexpr int kNoBone = -1;
inline constexpr std::size_t kMaxBones = 128;

struct Skeleton {
  std::vector<std::string> name;
  std::vector<int> parent;         ///< less than the bone's own index, or kNoBone
  std::vector<Pose> T_model_rest;  ///< bind pose

  [[nodiscard]] std::size_t size() const { return name.size(); }
  /// Index of the bone so named (VRM 1.0 names), or kNoBone.
  [[nodiscard]] int find(std::string_view bone) const;
};

/// What is done to one bone: a turn about the model's axes at rest and a shift along them.
struct Motion {
  Quat q_turn = Quat::Identity();
  Vec3 p_shift_m = Vec3::Zero();
};

/// Poses of all bones in the model's frame. All three spans are as long as the skeleton.
/// `q_model_turn` receives how far each bone has turned from rest, in the model's frame.
void pose_bones(const Skeleton& skeleton, std::span<const Motion> motion,
                std::span<Pose> T_model_bone, std::span<Quat> q_model_turn);

}  // namespace tactus::scene
