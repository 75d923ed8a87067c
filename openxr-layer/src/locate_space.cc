// Spaces of actions that gloves and trackers drive: located in others, others in them, and one in another.
#include "chain.h"
#include "functions.h"
#include "glove.h"
#include "session_input.h"
#include "space.h"
#include "tracker.h"

namespace tactus::layer {
namespace {

/// The space as base sees it, which may move itself; in the axes of base.
struct Seen {
  XrSpaceLocationFlags flags = 0;
  XrPosef pose{};
  XrSpaceVelocityFlags moving = 0;
  XrVector3f v{};
  XrVector3f omega{};
};

Seen see(const MovingSpace& base, const MovingSpace& space) noexcept {
  Seen seen;
  if (!base.is_valid || !space.is_valid) return seen;
  seen.flags = XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  if (base.is_position_tracked && space.is_position_tracked) {
    seen.flags |= XR_SPACE_LOCATION_POSITION_TRACKED_BIT;
  }
  if (base.is_orientation_tracked && space.is_orientation_tracked) {
    seen.flags |= XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
  }
  const Quat q_base_world = conjugate(base.T_world_space.q);
  seen.pose = to_xr(inverse(base.T_world_space) * space.T_world_space);
  if (!base.has_velocity || !space.has_velocity) return seen;
  const Vec3 p_apart = space.T_world_space.p - base.T_world_space.p;
  const Vec3 v_world = space.v_world - base.v_world - cross(base.omega_world, p_apart);
  seen.moving = XR_SPACE_VELOCITY_LINEAR_VALID_BIT | XR_SPACE_VELOCITY_ANGULAR_VALID_BIT;
  seen.v = to_xr(rotate(q_base_world, v_world));
  seen.omega = to_xr(rotate(q_base_world, space.omega_world - base.omega_world));
  return seen;
}

/// What is not valid is not written.
template <class Location>
void write_place(const Seen& seen, Location& location) noexcept {
  location.locationFlags = seen.flags;
  if (seen.flags != 0) location.pose = seen.pose;
}
template <class Velocity>
void write_motion(const Seen& seen, Velocity& velocity) noexcept {
  velocity.velocityFlags = seen.moving;
  if (seen.moving == 0) return;
  velocity.linearVelocity = seen.v;
  velocity.angularVelocity = seen.omega;
}

/// Of an action that a source of ours drives since the last sync, or of a user whom only we know.
bool read_space(const Session& session, XrSpace space, const AppSpace*& ours,
                DrivenState& driven) noexcept {
  ours = app_spaces.find(key_of(space));
  const bool is_actions =
      ours != nullptr && ours->session == &session && ours->action != XR_NULL_HANDLE;
  if (!is_actions) return false;
  if (!read_driven(session, ours->action, ours->user, driven)) driven = {};
  return driven.has_source || ours->is_hidden;
}

MovingSpace place_hand(const Session& session, const DrivenState& driven, XrTime time) noexcept {
  ipc::SharedHand shared;
  const Hand side = hand_of(driven.user);
  if (!glove_hand_at(*session.instance, side, time, ipc::Parts::All, shared)) return {};
  const HandPose hand = to_pose(shared, ipc::Parts::All);
  const MovingPose pose = find_pose(hand, driven.input);
  const bool is_turning = hand.origin != PoseOrigin::Held;
  const bool is_placed = hand.origin == PoseOrigin::Measured || hand.origin == PoseOrigin::Filled;
  return {pose.T_world, pose.v_world, pose.omega_world, true, is_placed, is_turning, is_turning};
}

MovingSpace place_tracker(const Session& session, User user, XrTime time) noexcept {
  ipc::TrackerAt at;
  if (!tracker_at(*session.instance, user, time, at)) return {};
  return {at.T_world_tracker, at.v_world,    at.omega_world, true,
          at.is_tracked,      at.is_tracked, at.is_tracked};
}

bool is_driven(const Session& session, XrSpace space) noexcept {
  const AppSpace* ours = nullptr;
  DrivenState driven;
  return read_space(session, space, ours, driven);
}

/// Where it is in the world, whoever says so.
XrResult place(const Session& session, XrSpace space, XrTime time, MovingSpace& moving) noexcept {
  if (find_driven(session, space, time, moving)) return XR_SUCCESS;
  LocatedSpace located;
  const XrResult result = locate(session, space, time, located);
  if (XR_SUCCEEDED(result)) moving = in_world(located);
  return result;
}

/// Spaces made by functions that go past us: whoever has sessions may know them.
XrResult locate_below(XrSpace space, XrSpace base, XrTime time,
                      XrSpaceLocation* location) noexcept {
  XrResult result = XR_ERROR_HANDLE_INVALID;
  instances.for_each([&](const Instance& instance) {
    if (result != XR_ERROR_HANDLE_INVALID || instance.next.xrLocateSpace == nullptr) return;
    result = instance.next.xrLocateSpace(space, base, time, location);
  });
  return result;
}

/// xrLocateSpaces by either name.
XrResult locate_all(XrSession session, const XrSpacesLocateInfo* info, XrSpaceLocations* locations,
                    PFN_xrLocateSpaces Next::*below) noexcept {
  const Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const XrResult result = (ours->instance->next.*below)(session, info, locations);
  if (XR_FAILED(result)) return result;
  auto* velocities = first_of<XrSpaceVelocities>(locations->next, XR_TYPE_SPACE_VELOCITIES);
  const bool is_base_driven = is_driven(*ours, info->baseSpace);
  for (std::uint32_t i = 0; i < info->spaceCount; ++i) {
    if (!is_base_driven && !is_driven(*ours, info->spaces[i])) continue;
    MovingSpace moving, base;
    const XrResult bad = place(*ours, info->spaces[i], info->time, moving);
    if (XR_FAILED(bad)) return bad;
    const XrResult bad_base = place(*ours, info->baseSpace, info->time, base);
    if (XR_FAILED(bad_base)) return bad_base;
    const Seen seen = see(base, moving);
    write_place(seen, locations->locations[i]);
    if (velocities != nullptr) write_motion(seen, velocities->velocities[i]);
  }
  return result;
}

}  // namespace

bool find_driven(const Session& session, XrSpace space, XrTime time, MovingSpace& moving) noexcept {
  const AppSpace* ours = nullptr;
  DrivenState driven;
  if (!read_space(session, space, ours, driven)) return false;
  moving = {};
  if (!driven.has_source) return true;
  moving = is_tracker(driven.user) ? place_tracker(session, driven.user, time)
                                   : place_hand(session, driven, time);
  const Vec3 p_world_offset = rotate(moving.T_world_space.q, ours->T_reference_space.p);
  moving.T_world_space = moving.T_world_space * ours->T_reference_space;
  moving.v_world += cross(moving.omega_world, p_world_offset);
  return true;
}

XRAPI_ATTR XrResult XRAPI_CALL xrLocateSpace(XrSpace space, XrSpace baseSpace, XrTime time,
                                             XrSpaceLocation* location) noexcept {
  const AppSpace* ours = app_spaces.find(key_of(space));
  if (ours == nullptr) ours = app_spaces.find(key_of(baseSpace));
  if (ours == nullptr) return locate_below(space, baseSpace, time, location);
  const Session& session = *ours->session;
  // Its verdict on handles, time and structs is ours.
  const XrResult result = session.instance->next.xrLocateSpace(space, baseSpace, time, location);
  if (XR_FAILED(result)) return result;
  if (!is_driven(session, space) && !is_driven(session, baseSpace)) return result;
  MovingSpace moving, base;
  if (const XrResult bad = place(session, space, time, moving); XR_FAILED(bad)) return bad;
  if (const XrResult bad = place(session, baseSpace, time, base); XR_FAILED(bad)) return bad;
  const Seen seen = see(base, moving);
  write_place(seen, *location);
  auto* velocity = first_of<XrSpaceVelocity>(location->next, XR_TYPE_SPACE_VELOCITY);
  if (velocity != nullptr) write_motion(seen, *velocity);
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrLocateSpaces(XrSession session,
                                              const XrSpacesLocateInfo* locateInfo,
                                              XrSpaceLocations* spaceLocations) noexcept {
  return locate_all(session, locateInfo, spaceLocations, &Next::xrLocateSpaces);
}

XRAPI_ATTR XrResult XRAPI_CALL xrLocateSpacesKHR(XrSession session,
                                                 const XrSpacesLocateInfo* locateInfo,
                                                 XrSpaceLocations* spaceLocations) noexcept {
  return locate_all(session, locateInfo, spaceLocations, &Next::xrLocateSpacesKHR);
}

}  // namespace tactus::layer
