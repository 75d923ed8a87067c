#include "tactus/pose/give_way.h"

namespace tactus {

std::size_t hinge_joint(std::size_t finger, std::size_t hinge) noexcept {
  return index(kMetacarpalJoints[finger]) + hinge + (finger == index(Finger::Thumb) ? 0 : 1);
}

Vec3 hinge_axis(const HandPose& pose, std::size_t joint) noexcept {
  return rotate(pose.T_world_joint[joint].q, {1, 0, 0});
}

HandYield mix(const HandYield& from, const HandYield& to, float share) noexcept {
  HandYield mixed;
  mixed.move_world = from.move_world + share * (to.move_world - from.move_world);
  mixed.turn_world = from.turn_world + share * (to.turn_world - from.turn_world);
  for (std::size_t f = 0; f < kFingers; ++f) {
    for (std::size_t h = 0; h < kHinges; ++h) {
      mixed.open_rad[f][h] =
          from.open_rad[f][h] + share * (to.open_rad[f][h] - from.open_rad[f][h]);
    }
  }
  return mixed;
}

HandPose give_way(const HandPose& tracked, const HandYield& yield) noexcept {
  HandPose pose = tracked;
  const Vec3 p_wrist = tracked.T_world_joint[index(HandJoint::Wrist)].p;
  const Quat turn = exp_rotation(yield.turn_world);
  for (Pose& T : pose.T_world_joint) {
    T = {normalized(turn * T.q), p_wrist + yield.move_world + rotate(turn, T.p - p_wrist)};
  }
  for (std::size_t f = 0; f < kFingers; ++f) {
    const std::size_t tip = index(kTipJoints[f]);
    for (std::size_t h = 0; h < kHinges; ++h) {
      if (yield.open_rad[f][h] == 0) continue;
      const std::size_t joint = hinge_joint(f, h);
      const Vec3 centre = pose.T_world_joint[joint].p;
      const Quat open = axis_angle(hinge_axis(pose, joint), yield.open_rad[f][h]);
      for (std::size_t j = joint; j <= tip; ++j) {
        Pose& T = pose.T_world_joint[j];
        T = {normalized(open * T.q), centre + rotate(open, T.p - centre)};
      }
    }
  }
  return pose;
}

}  // namespace tactus
