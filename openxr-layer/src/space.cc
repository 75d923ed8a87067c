#include "space.h"

namespace tactus::layer {
namespace {

bool has_all(XrFlags64 flags, XrFlags64 wanted) noexcept { return (flags & wanted) == wanted; }

/// How the world is seen from there; its origin stands for the anchor's.
LocatedSpace seen_from(const MovingSpace& base) noexcept {
  const Quat q_base_world = conjugate(base.T_world_space.q);
  LocatedSpace located;
  located.T_base_world = inverse(base.T_world_space);
  located.is_valid = base.is_valid;
  located.is_position_tracked = base.is_position_tracked;
  located.is_orientation_tracked = base.is_orientation_tracked;
  located.has_velocity = base.has_velocity;
  located.p_base_anchor = located.T_base_world.p;
  located.v_base_anchor =
      -rotate(q_base_world, base.v_world - cross(base.omega_world, base.T_world_space.p));
  located.omega_base_anchor = -rotate(q_base_world, base.omega_world);
  return located;
}

}  // namespace

XrResult locate(const Session& session, XrSpace base, XrTime time, LocatedSpace& located) noexcept {
  located = {};
  if (session.anchor == XR_NULL_HANDLE || find_fixed(session, base, time, located)) {
    return XR_SUCCESS;
  }
  if (MovingSpace moving; find_driven(session, base, time, moving)) {
    located = seen_from(moving);
    return XR_SUCCESS;
  }
  XrSpaceVelocity velocity{};
  velocity.type = XR_TYPE_SPACE_VELOCITY;
  XrSpaceLocation location{};
  location.type = XR_TYPE_SPACE_LOCATION;
  location.next = &velocity;
  const XrResult result =
      session.instance->next.xrLocateSpace(session.anchor, base, time, &location);
  if (XR_FAILED(result)) return result;
  AnchorInWorld anchor;
  if (!session.anchor_in_world.read(anchor)) return result;

  const XrFlags64 flags = location.locationFlags;
  const Pose T_base_anchor = from_xr(location.pose);
  located.is_valid = has_all(flags, XR_SPACE_LOCATION_POSITION_VALID_BIT |
                                        XR_SPACE_LOCATION_ORIENTATION_VALID_BIT) &&
                     is_valid(T_base_anchor);
  if (!located.is_valid) return result;
  located.is_position_tracked = has_all(flags, XR_SPACE_LOCATION_POSITION_TRACKED_BIT);
  located.is_orientation_tracked = has_all(flags, XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT);
  located.T_base_world = T_base_anchor * inverse(anchor.at(time));
  located.p_base_anchor = T_base_anchor.p;
  located.v_base_anchor = from_xr(velocity.linearVelocity);
  located.omega_base_anchor = from_xr(velocity.angularVelocity);
  located.has_velocity = has_all(velocity.velocityFlags, XR_SPACE_VELOCITY_LINEAR_VALID_BIT |
                                                             XR_SPACE_VELOCITY_ANGULAR_VALID_BIT) &&
                         is_finite(located.v_base_anchor) && is_finite(located.omega_base_anchor);
  return result;
}

MovingSpace in_world(const LocatedSpace& located) noexcept {
  const Quat q_world_space = conjugate(located.T_base_world.q);
  MovingSpace moving;
  moving.T_world_space = inverse(located.T_base_world);
  moving.v_world = -rotate(q_world_space, located.v_base_anchor - cross(located.omega_base_anchor,
                                                                        located.p_base_anchor));
  moving.omega_world = -rotate(q_world_space, located.omega_base_anchor);
  moving.is_valid = located.is_valid;
  moving.is_position_tracked = located.is_position_tracked;
  moving.is_orientation_tracked = located.is_orientation_tracked;
  moving.has_velocity = located.has_velocity;
  return moving;
}

}  // namespace tactus::layer
