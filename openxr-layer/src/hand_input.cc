#include "hand_input.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "hand_gestures.h"
#include "space.h"

namespace tactus::layer {
namespace {

// A hand at rest is flexed by some 60 degrees a finger, one that holds a tube by 100 to 150, a fist
// by 230 (kFingerLimits allow 280).
constexpr float kOpen_rad = 120 * kRadPerDeg;
constexpr float kFist_rad = 210 * kRadPerDeg;
constexpr float kPress = 0.7f;
constexpr float kRelease = 0.5f;

using XrJoints = std::array<XrHandJointLocationEXT, kHandJoints>;

XrJoints in_world(const HandPose& hand) noexcept {
  XrJoints joints;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    joints[j] = {0, to_xr(hand.T_world_joint[j]), hand.radius_m[j]};
  }
  return joints;
}

const Pose& at(const HandPose& hand, HandJoint joint) noexcept {
  return hand.T_world_joint[index(joint)];
}

/// How far a finger is bent from its metacarpal to its tip.
float flexion_rad(const HandPose& hand, HandJoint metacarpal) noexcept {
  const std::size_t first = index(metacarpal);
  const auto bone = [&](std::size_t n) {
    return normalized(hand.T_world_joint[first + n + 1].p - hand.T_world_joint[first + n].p);
  };
  float sum_rad = 0;
  for (std::size_t n = 0; n < 3; ++n) {
    sum_rad += std::acos(std::clamp(dot(bone(n), bone(n + 1)), -1.0f, 1.0f));
  }
  return sum_rad;
}

float grasp_of(const HandPose& hand) noexcept {
  float sum_rad = 0;
  for (std::size_t f = 1; f < kFingers; ++f) sum_rad += flexion_rad(hand, kMetacarpalJoints[f]);
  const float mean_rad = sum_rad / static_cast<float>(kFingers - 1);
  return std::clamp((mean_rad - kOpen_rad) / (kFist_rad - kOpen_rad), 0.0f, 1.0f);
}

/// Towards the thumb's side.
Vec3 thumbwards(const HandPose& hand) noexcept {
  const float side = hand.hand == Hand::Left ? 1.0f : -1.0f;
  return rotate(at(hand, HandJoint::Palm).q, {side, 0, 0});
}

/// The axes as columns, from two that are at right angles.
Quat axes(Vec3 y, Vec3 z) noexcept {
  const Quat q_z = rotation_between({0, 0, 1}, z);
  const Vec3 y_before = rotate(q_z, {0, 1, 0});
  const float angle_rad = std::atan2(dot(cross(y_before, y), z), dot(y_before, y));
  return normalized(exp_rotation(angle_rad * z) * q_z);
}

Vec3 across(Vec3 v, Vec3 axis) noexcept { return normalized(v - dot(v, axis) * axis); }

Vec3 back_of(const HandPose& hand) noexcept {
  return rotate(at(hand, HandJoint::Palm).q, {0, 1, 0});
}

/// On the skin in the middle of the palm; X is out of the left palm and into the right.
Pose on_palm(const HandPose& hand, Vec3 z) noexcept {
  const Vec3 x = hand.hand == Hand::Left ? -back_of(hand) : back_of(hand);
  const float to_skin_m = hand.radius_m[index(HandJoint::Palm)];
  return {axes(cross(z, x), z), at(hand, HandJoint::Palm).p - to_skin_m * back_of(hand)};
}

/// -Z runs through the curled fingers, from the little one to the index.
Pose find_grip(const HandPose& hand) noexcept {
  const Vec3 knuckles =
      at(hand, HandJoint::IndexProximal).p - at(hand, HandJoint::LittleProximal).p;
  const Vec3 way = length(knuckles) > 1e-4f ? normalized(knuckles) : thumbwards(hand);
  return on_palm(hand, -across(way, back_of(hand)));
}

/// -Z runs along the palm to where straight fingers point.
Pose find_grip_surface(const HandPose& hand) noexcept {
  return on_palm(hand, rotate(at(hand, HandJoint::Palm).q, {0, 0, 1}));
}

Vec3 between(const HandPose& hand, HandJoint a, HandJoint b) noexcept {
  return 0.5f * (at(hand, a).p + at(hand, b).p);
}

/// +Z from where the tips meet to between the knuckles of thumb and index finger; +Y on the
/// thumb's side.
Pose find_pinch(const HandPose& hand) noexcept {
  const Vec3 p = between(hand, HandJoint::ThumbTip, HandJoint::IndexTip);
  const Vec3 back = between(hand, HandJoint::ThumbProximal, HandJoint::IndexProximal) - p;
  const Vec3 z =
      length(back) > 1e-4f ? normalized(back) : rotate(at(hand, HandJoint::Palm).q, {0, 0, 1});
  return {axes(across(thumbwards(hand), z), z), p};
}

/// The skin of the index finger's tip, a radius ahead of its joint.
Pose find_poke(const HandPose& hand) noexcept {
  const Pose& T = at(hand, HandJoint::IndexTip);
  return T * Pose{{}, {0, 0, -hand.radius_m[index(HandJoint::IndexTip)]}};
}

/// Where it is, and the joints that it moves with: turned by the first, carried by both.
struct Found {
  Pose T_world;
  HandJoint turns, carries[2];
};
Found find(const HandPose& hand, HandInput input) noexcept {
  using enum HandJoint;
  switch (input) {
    case HandInput::GripSurface:
      return {find_grip_surface(hand), Palm, {Palm, Palm}};
    case HandInput::AimAt:
      return {find_aim(in_world(hand).data()), Palm, {ThumbTip, IndexProximal}};
    case HandInput::PinchAt:
      return {find_pinch(hand), Palm, {ThumbTip, IndexTip}};
    case HandInput::PokeAt:
      return {find_poke(hand), IndexTip, {IndexTip, IndexTip}};
    default:
      return {find_grip(hand), Palm, {Palm, Palm}};
  }
}

}  // namespace

HandValues read_values(const HandPose& hand, const HandValues& before) noexcept {
  HandValues values;
  if (hand.origin == PoseOrigin::None || hand.origin == PoseOrigin::Held) return values;
  const Pinches pinches = find_pinches(in_world(hand).data(), before.is_pinching ? 1 : 0);
  values.pinch = pinches.strength[0];
  values.is_pinching = (pinches.pinching & 1) != 0;
  values.grasp = grasp_of(hand);
  values.is_grasping = values.grasp >= (before.is_grasping ? kRelease : kPress);
  values.is_grasp_ready = true;
  // A fist is not about to pinch.
  values.is_pinch_ready = values.pinch > 0 || !values.is_grasping;
  return values;
}

float value_of(const HandValues& values, const Component& component) noexcept {
  if (component.is_button) return is_pressed(values, component) ? 1.0f : 0.0f;
  switch (component.input) {
    case HandInput::Pinch:
      return values.pinch;
    case HandInput::Grasp:
      return values.grasp;
    default:
      return is_pressed(values, component) ? 1.0f : 0.0f;
  }
}

bool is_pressed(const HandValues& values, const Component& component) noexcept {
  switch (component.input) {
    case HandInput::Pinch:
      return values.is_pinching;
    case HandInput::Grasp:
      return values.is_grasping;
    case HandInput::PinchReady:
      return values.is_pinch_ready;
    case HandInput::GraspReady:
      return values.is_grasp_ready;
    default:
      return false;
  }
}

MovingPose find_pose(const HandPose& hand, HandInput input) noexcept {
  const Found found = find(hand, input);
  const std::size_t turns = index(found.turns);
  MovingPose moving{found.T_world, {}, hand.omega_world_joint[turns]};
  for (const HandJoint joint : found.carries) {
    moving.v_world += 0.5f * hand.v_world_joint[index(joint)];
  }
  // A point that is fixed to one joint, beside it.
  if (found.carries[0] == found.turns) {
    moving.v_world += cross(moving.omega_world, found.T_world.p - hand.T_world_joint[turns].p);
  }
  return moving;
}

}  // namespace tactus::layer
