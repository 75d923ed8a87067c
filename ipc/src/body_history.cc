#include "tactus/ipc/body_history.h"

#include "around.h"

namespace tactus::ipc {
namespace {

constexpr Duration kSpeedOver = 20ms;  // of which a body's speed is taken: less is its tremor
constexpr float kLongest_m = 3;        // of a bone

/// `pose` is the later one and becomes the one at `t`, `s` of the way from `before`, or further.
void blend(const BodyPose& before, float s, BodyPose& pose) noexcept {
  for (std::size_t j = 0; j < kBodyJoints; ++j) {
    Pose& T = pose.T_world_joint[j];
    T = interpolate(before.T_world_joint[j], T, s);
  }
}

bool is_part(float share) noexcept { return share >= 0 && share <= 1; }

bool is_sound(const BodyPose& pose) noexcept {
  bool is_right = is_part(pose.confidence) && is_time(pose.t);
  for (std::size_t j = 0; j < kBodyJoints; ++j) {
    is_right = is_right && is_valid(pose.T_world_joint[j]) && pose.origin[j] <= PoseOrigin::Held &&
               is_part(pose.joint_confidence[j]);
  }
  return is_right;
}

}  // namespace

void publish(BodyHistory& history, const BodyPose& pose) noexcept { add(history, pose); }

bool body_at(const BodyHistory& history, HostTime t, BodyPose& pose) noexcept {
  Around<BodyPose> around;
  if (!find_around(history, t, kSpeedOver, is_sound, around)) return false;
  pose = around.after;
  if (around.has_before) blend(around.before, around.share(t, kMaxBodyExtrapolation), pose);
  pose.t = t;
  return is_sound(pose);
}

bool is_sound(const BodyProportions& body) noexcept {
  const auto is_bone = [](float length_m) { return length_m > 0 && length_m < kLongest_m; };
  const auto is_point = [&](Vec3 p) { return is_finite(p) && is_bone(length(p)); };
  return is_bone(body.height_m) && is_point(body.p_pelvis_hip) && is_point(body.p_pelvis_neck) &&
         is_point(body.p_neck_head) && is_point(body.p_neck_collar) &&
         is_point(body.p_collar_shoulder) && is_bone(body.upper_arm_m) && is_bone(body.forearm_m) &&
         is_bone(body.thigh_m) && is_bone(body.shank_m) && is_bone(body.ankle_height_m) &&
         is_point(body.p_ankle_toe);
}

}  // namespace tactus::ipc
