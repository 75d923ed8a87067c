#include "tactus/pose/predict.h"

namespace tactus {

HandPose predict(const HandEstimatorState& state, const HandEstimatorParams&,
                 const HandProfile& profile, HostTime t) noexcept {
  HandPose pose;
  pose.t = t;
  pose.hand = state.hand;
  pose.epoch = state.wrist.reanchored;
  pose.radius_m = joint_radii(profile);
  if (!state.started || !state.wrist.anchored) return pose;
  pose.origin = PoseOrigin::Measured;
  const auto& p = state.wrist.now.p_world_imu;
  const auto& q = state.wrist.now.q_world_wrist;
  Pose T_world_wrist{{float(q[0]), float(q[1]), float(q[2]), float(q[3])},
                     {float(p[0]), float(p[1]), float(p[2])}};
  T_world_wrist.p = T_world_wrist * (hand_scale(profile) * Vec3{0, -0.014f, 0.060f});
  const auto T_wrist_joint = forward_kinematics(profile, state.hand, angles_of(state));
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    pose.T_world_joint[j] = T_world_wrist * T_wrist_joint[j];
  }
  return pose;
}

}  // namespace tactus
