// xrLocateSpace where a glove drives an action: from its space, to it, and between two of them.
#include "chain.h"
#include "functions.h"
#include "glove.h"
#include "session_input.h"
#include "space.h"

namespace tactus::layer {
namespace {

/// The space's motion in base, which may move itself; in the axes of base.
void write(const MovingSpace& base, const MovingSpace& space, XrSpaceLocation& location) noexcept {
  auto* velocity = first_of<XrSpaceVelocity>(location.next, XR_TYPE_SPACE_VELOCITY);
  location.locationFlags = 0;
  if (velocity != nullptr) velocity->velocityFlags = 0;
  if (!base.is_valid || !space.is_valid) return;
  location.locationFlags =
      XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  if (base.is_position_tracked && space.is_position_tracked) {
    location.locationFlags |= XR_SPACE_LOCATION_POSITION_TRACKED_BIT;
  }
  if (base.is_orientation_tracked && space.is_orientation_tracked) {
    location.locationFlags |= XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
  }
  const Quat q_base_world = conjugate(base.T_world_space.q);
  location.pose = to_xr(inverse(base.T_world_space) * space.T_world_space);
  if (velocity == nullptr || !base.has_velocity || !space.has_velocity) return;
  const Vec3 p_apart = space.T_world_space.p - base.T_world_space.p;
  const Vec3 v_world = space.v_world - base.v_world - cross(base.omega_world, p_apart);
  velocity->velocityFlags =
      XR_SPACE_VELOCITY_LINEAR_VALID_BIT | XR_SPACE_VELOCITY_ANGULAR_VALID_BIT;
  velocity->linearVelocity = to_xr(rotate(q_base_world, v_world));
  velocity->angularVelocity = to_xr(rotate(q_base_world, space.omega_world - base.omega_world));
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

}  // namespace

bool find_driven(const Session& session, XrSpace space, XrTime time, MovingSpace& moving) noexcept {
  const AppSpace* ours = app_spaces.find(key_of(space));
  if (ours == nullptr || ours->session != &session || ours->action == XR_NULL_HANDLE) return false;
  DrivenState driven;
  if (!read_driven(session, ours->action, ours->user, driven) || !driven.has_glove) return false;
  moving = {};
  ipc::UnreadPose unread;
  if (!glove_hand_at(*session.instance, driven.hand, time, ipc::Parts::All, unread.pose)) {
    return true;
  }
  const HandPose& hand = unread.pose;
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
  MovingSpace moving, base;
  const bool is_driven = find_driven(session, space, time, moving);
  const bool is_base_driven = find_driven(session, baseSpace, time, base);
  if (!is_driven && !is_base_driven) return result;
  LocatedSpace located;
  if (!is_driven) {
    if (const XrResult wrong = locate(session, space, time, located); XR_FAILED(wrong))
      return wrong;
    moving = in_world(located);
  }
  if (!is_base_driven) {
    if (const XrResult wrong = locate(session, baseSpace, time, located); XR_FAILED(wrong)) {
      return wrong;
    }
    base = in_world(located);
  }
  write(base, moving, *location);
  return result;
}

}  // namespace tactus::layer
