#include "hand_joints.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

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

/// Rotation, then place and radius, as they stand in memory.
template <std::size_t kCount>
void write(const LaneQuat& q, const LaneVec& p, Lanes radius, XrSpaceLocationFlags flags,
           XrHandJointLocationEXT* joints) noexcept {
  constexpr std::size_t kRotation = offsetof(XrHandJointLocationEXT, pose);
  constexpr std::size_t kPlace = kRotation + sizeof(XrQuaternionf);
  static_assert(offsetof(XrHandJointLocationEXT, radius) == kPlace + sizeof(XrVector3f));
  std::array<Lanes, kLanes> rotations{q.x, q.y, q.z, q.w};
  std::array<Lanes, kLanes> places{p.x, p.y, p.z, radius};
  transpose(rotations[0], rotations[1], rotations[2], rotations[3]);
  transpose(places[0], places[1], places[2], places[3]);
  for (std::size_t i = 0; i < kCount; ++i) {
    auto* bytes = reinterpret_cast<std::byte*>(&joints[i]);
    joints[i].locationFlags = flags;
    std::memcpy(bytes + kRotation, &rotations[i], sizeof(Lanes));
    std::memcpy(bytes + kPlace, &places[i], sizeof(Lanes));
  }
}

/// The joints relative to base: their own motion, and what base's motion makes of the world.
void write_velocities(const ipc::SharedHand& hand, const LocatedSpace& base,
                      const XrHandJointLocationsEXT& locations,
                      XrHandJointVelocitiesEXT& velocities) noexcept {
  constexpr XrSpaceVelocityFlags kValid =
      XR_SPACE_VELOCITY_LINEAR_VALID_BIT | XR_SPACE_VELOCITY_ANGULAR_VALID_BIT;
  const LaneRotation q_base_world(base.T_base_world.q);
  const bool is_turning = length(base.omega_base_anchor) > 0;
  for (std::size_t g = 0; g < ipc::kJointGroups; ++g) {
    const LaneVec v_base = lanes(base.v_base_anchor) + q_base_world * hand.v_world_joint[g];
    const LaneVec omega_base =
        lanes(base.omega_base_anchor) + q_base_world * hand.omega_world_joint[g];
    for (std::size_t j = g * kLanes; j < std::min((g + 1) * kLanes, kHandJoints); ++j) {
      const std::size_t i = j % kLanes;
      Vec3 v = at(v_base, i);
      if (is_turning) {
        v += cross(base.omega_base_anchor,
                   from_xr(locations.jointLocations[j].pose.position) - base.p_base_anchor);
      }
      velocities.jointVelocities[j] = {kValid, to_xr(v), to_xr(at(omega_base, i))};
    }
  }
}

}  // namespace

void fill_active(const ipc::SharedHand& hand, const LocatedSpace& base,
                 XrHandJointLocationsEXT& locations,
                 XrHandJointVelocitiesEXT* velocities) noexcept {
  const XrSpaceLocationFlags flags = location_flags(hand.head.origin, base);
  const LaneQuat q_base_world = lanes(base.T_base_world.q);
  const LaneRotation turn(base.T_base_world.q);
  const LaneVec p_base_world = lanes(base.T_base_world.p);
  locations.isActive = XR_TRUE;
  const auto place = [&]<std::size_t kCount>(std::size_t g) {
    write<kCount>(q_base_world * hand.q_world_joint[g], p_base_world + turn * hand.p_world_joint[g],
                  hand.radius_m[g], flags, locations.jointLocations + g * kLanes);
  };
  constexpr std::size_t kWhole = kHandJoints / kLanes;
  for (std::size_t g = 0; g < kWhole; ++g) place.operator()<kLanes>(g);
  place.operator()<kHandJoints % kLanes>(kWhole);
  if (velocities == nullptr) return;
  if (base.has_velocity && hand.head.origin != PoseOrigin::Held) {
    write_velocities(hand, base, locations, *velocities);
  } else {
    std::fill_n(velocities->jointVelocities, kHandJoints, XrHandJointVelocityEXT{});
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
