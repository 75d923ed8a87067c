#include "hand_joints.h"

#include "tactus/base/lanes.h"

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

/// Base as linear maps.
struct Maps {
  explicit Maps(const LocatedSpace& base) noexcept
      : product(left_product(base.T_base_world.q)),
        rotation(tactus::rotation(base.T_base_world.q)),
        p_base_world(lanes(base.T_base_world.p)),
        omega_base_anchor(lanes(base.omega_base_anchor)),
        is_turning(length(base.omega_base_anchor) > 0) {}
  LaneMatrix product;
  LaneMatrix rotation;
  Lanes p_base_world;
  Lanes omega_base_anchor;
  bool is_turning;
};

XrVector3f to_xr(Lanes v) noexcept { return {v[0], v[1], v[2]}; }

/// The joint relative to base: its own motion, and what base's motion makes of the world.
XrHandJointVelocityEXT velocity_of(const HandPose& pose, std::size_t j, const LocatedSpace& base,
                                   const Maps& maps, Lanes p_base_joint) noexcept {
  Lanes v_base_anchor = lanes(base.v_base_anchor);
  if (maps.is_turning) {
    v_base_anchor +=
        lanes(cross(base.omega_base_anchor, to_vec(p_base_joint) - base.p_base_anchor));
  }
  return {XR_SPACE_VELOCITY_LINEAR_VALID_BIT | XR_SPACE_VELOCITY_ANGULAR_VALID_BIT,
          to_xr(v_base_anchor + maps.rotation * pose.v_world_joint[j]),
          to_xr(maps.omega_base_anchor + maps.rotation * pose.omega_world_joint[j])};
}

}  // namespace

void fill_active(const HandPose& pose, const LocatedSpace& base, XrHandJointLocationsEXT& locations,
                 XrHandJointVelocitiesEXT* velocities) noexcept {
  const XrSpaceLocationFlags flags = location_flags(pose.origin, base);
  const bool is_moving_known = base.has_velocity && pose.origin != PoseOrigin::Held;
  const Maps maps(base);
  locations.isActive = XR_TRUE;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const Pose& T_world_joint = pose.T_world_joint[j];
    const Quat q = to_quat(maps.product * T_world_joint.q);
    const Lanes p = maps.p_base_world + maps.rotation * T_world_joint.p;
    locations.jointLocations[j] = {flags, {{q.x, q.y, q.z, q.w}, to_xr(p)}, pose.radius_m[j]};
    if (velocities == nullptr) continue;
    velocities->jointVelocities[j] =
        is_moving_known ? velocity_of(pose, j, base, maps, p) : XrHandJointVelocityEXT{};
  }
}

bool read_active(const XrHandJointLocationsEXT& locations,
                 const XrHandJointVelocitiesEXT* velocities, const LocatedSpace& base,
                 HandPose& pose) noexcept {
  constexpr XrSpaceLocationFlags kValid =
      XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  constexpr XrSpaceLocationFlags kTracked =
      XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
  constexpr XrSpaceVelocityFlags kMoving =
      XR_SPACE_VELOCITY_LINEAR_VALID_BIT | XR_SPACE_VELOCITY_ANGULAR_VALID_BIT;
  if (locations.isActive != XR_TRUE) return false;
  const Pose T_world_base = inverse(base.T_base_world);
  pose.origin = PoseOrigin::Measured;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const XrHandJointLocationEXT& joint = locations.jointLocations[j];
    const Pose T_base_joint = from_xr(joint.pose);
    if ((joint.locationFlags & kValid) != kValid || !is_valid(T_base_joint)) return false;
    if ((joint.locationFlags & kTracked) != kTracked) pose.origin = PoseOrigin::Held;
    pose.T_world_joint[j] = T_world_base * T_base_joint;
    pose.radius_m[j] = joint.radius;
    pose.v_world_joint[j] = pose.omega_world_joint[j] = {};
    if (velocities == nullptr || !base.has_velocity) continue;
    const XrHandJointVelocityEXT& velocity = velocities->jointVelocities[j];
    if ((velocity.velocityFlags & kMoving) != kMoving) continue;
    const Vec3 v_base = from_xr(velocity.linearVelocity) - base.v_base_anchor -
                        cross(base.omega_base_anchor, T_base_joint.p - base.p_base_anchor);
    const Vec3 omega_base = from_xr(velocity.angularVelocity) - base.omega_base_anchor;
    pose.v_world_joint[j] = rotate(T_world_base.q, v_base);
    pose.omega_world_joint[j] = rotate(T_world_base.q, omega_base);
  }
  return true;
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
