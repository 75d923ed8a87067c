#include "tactus/contact/probe.h"

#include <algorithm>

#include "tactus/contact/deform.h"

namespace tactus {

float hand_scale(const HandPose& pose) noexcept {
  float finger_m = 0;
  for (std::size_t j = index(HandJoint::MiddleMetacarpal); j < index(HandJoint::MiddleTip); ++j) {
    finger_m += length(pose.T_world_joint[j + 1].p - pose.T_world_joint[j].p);
  }
  if (!(finger_m > 1e-3f)) return 1.0f;
  return std::clamp(finger_m / kMediumMiddleFinger_m, 0.5f, 1.5f);
}

bool is_usable(const HandPose& pose) noexcept {
  if (pose.origin == PoseOrigin::None || index(pose.hand) >= kHands) return false;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    if (!is_valid(pose.T_world_joint[j]) || !is_finite(pose.v_world_joint[j]) ||
        !is_finite(pose.omega_world_joint[j]) ||
        !(length(pose.T_world_joint[j].p) < kWorldLimit_m)) {
      return false;
    }
  }
  return true;
}

Probe place_probe(const HandPose& pose, std::size_t patch, float scale) noexcept {
  const ActuatorSite& site = kPatchSites[patch];
  const std::size_t j = index(site.joint);
  const Pose& T_world_joint = pose.T_world_joint[j];
  const Vec3 arm_world = rotate(T_world_joint.q, scale * site.p_joint);
  return {T_world_joint.p + arm_world,
          pose.v_world_joint[j] + cross(pose.omega_world_joint[j], arm_world),
          pose.omega_world_joint[j], scale * site.radius_m};
}

}  // namespace tactus
