#include "space.h"

namespace tactus::layer {
namespace {

bool has_all(XrFlags64 flags, XrFlags64 wanted) noexcept { return (flags & wanted) == wanted; }

}  // namespace

XrResult locate(const Session& session, XrSpace base, XrTime time, LocatedSpace& located) noexcept {
  located = {};
  if (session.anchor == XR_NULL_HANDLE || find_fixed(session, base, time, located)) {
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

}  // namespace tactus::layer
