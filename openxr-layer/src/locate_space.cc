// Spaces of actions that gloves drive: located in others, others in them, and one in another.
#include "chain.h"
#include "functions.h"
#include "glove.h"
#include "session_input.h"
#include "space.h"

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

/// Of an action that a glove drives since the last sync.
bool read_space(const Session& session, XrSpace space, const AppSpace*& ours,
                DrivenState& driven) noexcept {
  ours = app_spaces.find(key_of(space));
  return ours != nullptr && ours->session == &session && ours->action != XR_NULL_HANDLE &&
         read_driven(session, ours->action, ours->user, driven) && driven.has_glove;
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
  ipc::SharedHand shared;
  if (!glove_hand_at(*session.instance, driven.hand, time, ipc::Parts::All, shared)) return true;
  const HandPose hand = to_pose(shared, ipc::Parts::All);
  const MovingPose pose = find_pose(hand, driven.input);
  const Vec3 p_world_offset = rotate(pose.T_world.q, ours->T_reference_space.p);
  moving.T_world_space = pose.T_world * ours->T_reference_space;
  moving.v_world = pose.v_world + cross(pose.omega_world, p_world_offset);
  moving.omega_world = pose.omega_world;
  moving.is_valid = true;
  moving.is_orientation_tracked = hand.origin != PoseOrigin::Held;
  moving.is_position_tracked =
      hand.origin == PoseOrigin::Measured || hand.origin == PoseOrigin::Filled;
  moving.has_velocity = moving.is_orientation_tracked;
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
