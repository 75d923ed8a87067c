#include "hand_gestures.h"

#include <algorithm>

#include "space.h"

namespace tactus::layer {
namespace {

constexpr float kReach_m = 0.030f;  // a relaxed hand's fingertips are further from the thumb's
constexpr float kTouch_m = 0.001f;  // what tracking cannot tell from touch
constexpr float kClosed_m = 0.003f;
constexpr float kOpen_m = 0.012f;

constexpr std::array<XrHandJointEXT, 4> kTips = {
    XR_HAND_JOINT_INDEX_TIP_EXT, XR_HAND_JOINT_MIDDLE_TIP_EXT, XR_HAND_JOINT_RING_TIP_EXT,
    XR_HAND_JOINT_LITTLE_TIP_EXT};

Vec3 position(Joints joints, XrHandJointEXT joint) noexcept {
  return from_xr(joints[joint].pose.position);
}

constexpr std::array<Bone, kBones> make_bones() noexcept {
  std::array<Bone, kBones> bones{};
  std::size_t n = 0;
  for (int j = XR_HAND_JOINT_THUMB_METACARPAL_EXT; j < XR_HAND_JOINT_LITTLE_TIP_EXT; ++j) {
    const bool is_tip = j == XR_HAND_JOINT_THUMB_TIP_EXT || j == XR_HAND_JOINT_INDEX_TIP_EXT ||
                        j == XR_HAND_JOINT_MIDDLE_TIP_EXT || j == XR_HAND_JOINT_RING_TIP_EXT;
    if (is_tip) continue;
    bones[n++] = {static_cast<XrHandJointEXT>(j), static_cast<XrHandJointEXT>(j + 1)};
  }
  return bones;
}

}  // namespace

constinit const std::array<Bone, kBones> kBoneJoints = make_bones();

Pinches find_pinches(Joints joints, std::uint8_t was_pinching) noexcept {
  Pinches pinches;
  const Vec3 p_thumb = position(joints, XR_HAND_JOINT_THUMB_TIP_EXT);
  for (std::size_t f = 0; f < kTips.size(); ++f) {
    const float air_m = length(position(joints, kTips[f]) - p_thumb) - joints[kTips[f]].radius -
                        joints[XR_HAND_JOINT_THUMB_TIP_EXT].radius;
    pinches.strength[f] = std::clamp((kReach_m - air_m) / (kReach_m - kTouch_m), 0.0f, 1.0f);
    const bool was = (was_pinching >> f & 1) != 0;
    if (air_m <= (was ? kOpen_m : kClosed_m)) {
      pinches.pinching = static_cast<std::uint8_t>(pinches.pinching | 1u << f);
    }
  }
  return pinches;
}

Pose find_aim(Joints joints) noexcept {
  const Vec3 p_knuckle = position(joints, XR_HAND_JOINT_INDEX_PROXIMAL_EXT);
  const Vec3 back = p_knuckle - position(joints, XR_HAND_JOINT_WRIST_EXT);
  const Quat q_palm = from_xr(joints[XR_HAND_JOINT_PALM_EXT].pose).q;
  const Vec3 z = length(back) > 1e-4f ? -normalized(back) : rotate(q_palm, {0, 0, 1});
  // Turn the palm's axes by as little as takes its -Z along the ray.
  const Quat q = normalized(rotation_between(rotate(q_palm, {0, 0, 1}), z) * q_palm);
  return {q, 0.5f * (p_knuckle + position(joints, XR_HAND_JOINT_THUMB_TIP_EXT))};
}

}  // namespace tactus::layer
