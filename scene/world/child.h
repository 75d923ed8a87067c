// The child: how she stands, looks, breathes, smiles, holds out her hand and embraces.
//
// What moves her bones is time, the story, where the participant's head is, and whether she is still
// hugged; contacts only show in her face, which is not touched through bones. So the body that is felt
// at a display time can be worked out by anyone who knows those four.
//
//   Clocks   seconds since the scene began, never backwards.
//   Frames   model: +Z the way she faces.
//   Units    metres, radians, newtons.
//   Errors   bones or expressions that a model lacks are left out.
//   Threads  one owner; animate allocates nothing.
//   Proof    tests/scene/motion_test.cc
#pragma once
#include <array>
#include <optional>
#include <span>

#include "scene/world/curves.h"
#include "scene/world/embrace.h"
#include "scene/world/ik.h"
#include "scene/world/model.h"
#include "scene/world/story.h"

namespace tactus::scene {

enum class Expression : std::uint8_t { BlinkLeft, BlinkRight, Smile, Happy };
inline constexpr std::array<const char*, 4> kExpressionNames = {"blinkLeft", "blinkRight",
                                                                "smileClosed", "happy"};
/// Weights, 0 to 1; a blink below 0 opens the eye wider.
using Expressions = std::array<float, kExpressionNames.size()>;

/// Bones of one arm and the limb that they make at rest.
struct Arm {
  int shoulder = kNoBone, upper = kNoBone, lower = kNoBone, hand = kNoBone;
  std::array<std::array<int, 3>, 5> finger{};  ///< thumb first, from the palm outwards
  Limb rest;
  float side = 1;  ///< +1 left, -1 right
  [[nodiscard]] bool complete() const { return upper >= 0 && lower >= 0 && hand >= 0; }
};
struct Leg {
  int upper = kNoBone, lower = kNoBone, foot = kNoBone;
  Limb rest;
  [[nodiscard]] bool complete() const { return upper >= 0 && lower >= 0 && foot >= 0; }
};

/// Fixed for the life of the child.
struct ChildRig {
  Skeleton skeleton;
  int hips = kNoBone, spine = kNoBone, chest = kNoBone, neck = kNoBone, head = kNoBone;
  std::array<int, 2> eye{kNoBone, kNoBone};
  std::array<Arm, 2> arm;
  std::array<Leg, 2> leg;
  Vec3 p_rest_eyes;  ///< between the eyes
};
[[nodiscard]] ChildRig make_rig(const Skeleton& skeleton);

/// What the child perceives at one moment.
struct Percept {
  double t_s = 0;
  std::optional<Pose> T_model_head;  ///< the participant's, between the eyes, -Z the way they look;
                                     ///< nothing: she looks ahead
  bool cheek_touched = false, hand_touched = false;
  bool hugged = false;  ///< the participant's arms are around her
};

/// All that she remembers. Copy it to snapshot, zero it to restart.
struct ChildState {
  Follower<Vec3> gaze{Vec3::Zero(), Vec3::Zero()};
  Follower<float> smile{0, 0};
  EmbraceState embrace;
  double t_s = 0;
  bool started = false;
};

struct ChildPose {
  std::array<Pose, kMaxBones> T_model_bone;
  std::size_t bones = 0;
  Expressions expressions{};
};

/// Moves the child on to `percept.t_s` and says how she stands then.
void animate(ChildState& state, const ChildRig& rig, const Story& story, const Percept& percept,
             ChildPose& pose);

}  // namespace tactus::scene
