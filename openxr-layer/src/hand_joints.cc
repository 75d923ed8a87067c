#include "hand_joints.h"

namespace tactus::layer {
namespace {

XrSpaceLocationFlags location_flags(PoseOrigin origin, const LocatedSpace& base) noexcept {
  XrSpaceLocationFlags flags =
      XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  if (origin == PoseOrigin::Held) return flags;
  if (base.is_orientation_tracked) flags |= XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
  // Predicted by inertia: the orientation is still measured, the place is a guess.
  const bool is_placed = origin == PoseOrigin::Measured || origin == PoseOrigin::Filled;
  if (is_placed && base.is_position_tracked) flags |= XR_SPACE_LOCATION_POSITION_TRACKED_BIT;
  return flags;
}

/// The joint relative to base: its own motion, less what base's motion makes of the world.
XrHandJointVelocityEXT velocity_of(const HandPose& pose, std::size_t j, const LocatedSpace& base,
                                   Vec3 p_base_joint) noexcept {
  const Quat q_base_world = base.T_base_world.q;
  const Vec3 v_base_joint = base.v_base_anchor +
                            cross(base.omega_base_anchor, p_base_joint - base.p_base_anchor) +
                            rotate(q_base_world, pose.v_world_joint[j]);
  const Vec3 omega_base_joint =
      base.omega_base_anchor + rotate(q_base_world, pose.omega_world_joint[j]);
  return {XR_SPACE_VELOCITY_LINEAR_VALID_BIT | XR_SPACE_VELOCITY_ANGULAR_VALID_BIT,
          to_xr(v_base_joint), to_xr(omega_base_joint)};
}

}  // namespace

void fill_active(const HandPose& pose, const LocatedSpace& base, XrHandJointLocationsEXT& locations,
                 XrHandJointVelocitiesEXT* velocities) noexcept {
  const XrSpaceLocationFlags flags = location_flags(pose.origin, base);
  const bool is_moving_known = base.has_velocity && pose.origin != PoseOrigin::Held;
  locations.isActive = XR_TRUE;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const Pose T_base_joint = base.T_base_world * pose.T_world_joint[j];
    locations.jointLocations[j] = {flags, to_xr(T_base_joint), pose.radius_m[j]};
    if (velocities == nullptr) continue;
    velocities->jointVelocities[j] =
        is_moving_known ? velocity_of(pose, j, base, T_base_joint.p) : XrHandJointVelocityEXT{};
  }
}

void fill_inactive(XrHandJointLocationsEXT& locations,
                   XrHandJointVelocitiesEXT* velocities) noexcept {
  locations.isActive = XR_FALSE;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    locations.jointLocations[j].locationFlags = 0;
    if (velocities != nullptr) velocities->jointVelocities[j].velocityFlags = 0;
  }
}

}  // namespace tactus::layer
