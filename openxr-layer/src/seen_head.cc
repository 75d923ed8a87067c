#include "seen_head.h"

#include "glove.h"
#include "space.h"

namespace tactus::layer {
namespace {

// What a headset says of now is its inertial units' already; this much past is no prediction.
constexpr Duration kHeadLate = 5ms;

constexpr XrSpaceLocationFlags kTracked =
    XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT |
    XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;

bool see(const Session& session, XrTime time, const Pose& T_world_anchor,
         ipc::HeadSeen& seen) noexcept {
  XrSpaceVelocity velocity{};
  velocity.type = XR_TYPE_SPACE_VELOCITY;
  XrSpaceLocation location{};
  location.type = XR_TYPE_SPACE_LOCATION;
  location.next = &velocity;
  const XrResult result =
      session.instance->next.xrLocateSpace(session.view, session.anchor, time, &location);
  const Pose T_anchor_head = from_xr(location.pose);
  if (XR_FAILED(result) || (location.locationFlags & kTracked) != kTracked ||
      !is_valid(T_anchor_head)) {
    return false;
  }
  seen.T_world_head = T_world_anchor * T_anchor_head;
  const Vec3 v = from_xr(velocity.linearVelocity), omega = from_xr(velocity.angularVelocity);
  if ((velocity.velocityFlags & XR_SPACE_VELOCITY_LINEAR_VALID_BIT) != 0 && is_finite(v)) {
    seen.v_world_head = rotate(T_world_anchor.q, v);
  }
  if ((velocity.velocityFlags & XR_SPACE_VELOCITY_ANGULAR_VALID_BIT) != 0 && is_finite(omega)) {
    seen.omega_world_head = rotate(T_world_anchor.q, omega);
  }
  return true;
}

}  // namespace

void tell_head(const Session& session) noexcept {
  Instance& instance = *session.instance;
  constexpr std::uint8_t kEitherHand = 3;
  if (!session.is_focused() || session.view == XR_NULL_HANDLE || session.anchor == XR_NULL_HANDLE ||
      !is_any_glove_on(instance, kEitherHand)) {
    return;
  }
  const ServiceLink::Lease lease(instance.link);
  ipc::PublishedState state;
  AnchorInWorld anchor;
  if (!lease || !lease.published().state.read(state) || !session.anchor_in_world.read(anchor)) {
    return;
  }
  const HostTime t = HostTime{Duration(state.heartbeat_ns)} - kHeadLate;
  const XrTime time = instance.time_map.to_xr(t);
  ipc::HeadSeen seen;
  seen.t_ns = t.time_since_epoch().count();
  seen.tracked = 1;
  if (time > 0 && see(session, time, anchor.at(time), seen)) lease.send(ipc::Kind::HeadSeen, seen);
}

}  // namespace tactus::layer
