#include "seen_wrist.h"

#include "space.h"

namespace tactus::layer {
namespace {

// A camera's hand is some 45 ms late (Quest 2, Abdlkarim et al. 2023), a controller, which has
// inertial units of its own, less than a frame. A runtime keeps 50 ms of the past at least.
constexpr Duration kHandLate = 45ms;
constexpr Duration kGripLate = 15ms;

constexpr XrSpaceLocationFlags kTracked =
    XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT |
    XR_SPACE_LOCATION_POSITION_TRACKED_BIT | XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;

/// What the application has of one hand. Copies: it may be destroyed while we ask.
struct Known {
  XrSpace grip = XR_NULL_HANDLE;
  Pose T_grip_space;
  XrHandTrackerEXT tracker = XR_NULL_HANDLE;
};

Known find(const Session& session, Hand hand) noexcept {
  Known known;
  const Locked locked(session.instance->lock);
  for (const AppSpace* space = session.spaces; space != nullptr; space = space->following) {
    if (space->kind != AppSpace::Kind::Grip || space->hand != hand) continue;
    known.grip = space->handle;
    known.T_grip_space = space->T_reference_space;
  }
  for (const HandTracker* t = session.trackers; t != nullptr; t = t->following) {
    if (t->is_runtimes && t->hand == hand) known.tracker = t->handle;
  }
  return known;
}

bool see_grip(const Session& session, const Known& known, XrTime time, Pose& T_anchor) noexcept {
  if (known.grip == XR_NULL_HANDLE) return false;
  XrSpaceLocation location{};
  location.type = XR_TYPE_SPACE_LOCATION;
  const XrResult result =
      session.instance->next.xrLocateSpace(known.grip, session.anchor, time, &location);
  if (XR_FAILED(result) || (location.locationFlags & kTracked) != kTracked) return false;
  T_anchor = from_xr(location.pose) * inverse(known.T_grip_space);
  return is_valid(T_anchor);
}

bool see_hand(const Session& session, const Known& known, XrTime time, Pose& T_anchor) noexcept {
  if (known.tracker == XR_NULL_HANDLE) return false;
  XrHandJointsLocateInfoEXT info{};
  info.type = XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT;
  info.baseSpace = session.anchor;
  info.time = time;
  std::array<XrHandJointLocationEXT, XR_HAND_JOINT_COUNT_EXT> joints{};
  XrHandJointLocationsEXT locations{};
  locations.type = XR_TYPE_HAND_JOINT_LOCATIONS_EXT;
  locations.jointCount = XR_HAND_JOINT_COUNT_EXT;
  locations.jointLocations = joints.data();
  const XrResult result =
      session.instance->next.xrLocateHandJointsEXT(known.tracker, &info, &locations);
  const XrHandJointLocationEXT& wrist = joints[XR_HAND_JOINT_WRIST_EXT];
  if (XR_FAILED(result) || locations.isActive != XR_TRUE ||
      (wrist.locationFlags & kTracked) != kTracked) {
    return false;
  }
  T_anchor = from_xr(wrist.pose);
  return is_valid(T_anchor);
}

}  // namespace

void tell_wrists(Session& session) noexcept {
  Instance& instance = *session.instance;
  const ServiceLink::Lease lease(instance.link);
  ipc::PublishedState state;
  AnchorInWorld anchor;
  if (!lease || !session.is_focused() || session.anchor == XR_NULL_HANDLE ||
      !lease.published().state.read(state) || !session.anchor_in_world.read(anchor)) {
    return;
  }
  const HostTime now{Duration(state.heartbeat_ns)};
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    const ipc::LinkHealth& link = state.links[index(hand)];
    if (link.connected == 0 || link.tracker_connected != 0) continue;
    const Known known = find(session, hand);
    ipc::WristSeen seen;
    seen.hand = static_cast<std::uint32_t>(hand);
    seen.as = ipc::SeenAs::Controller;
    Pose T_anchor;
    HostTime t = now - kGripLate;
    bool is_seen = see_grip(session, known, instance.time_map.to_xr(t), T_anchor);
    if (!is_seen) {
      seen.as = ipc::SeenAs::Hand;
      t = now - kHandLate;
      is_seen = see_hand(session, known, instance.time_map.to_xr(t), T_anchor);
    }
    if (!is_seen) continue;
    seen.t_ns = t.time_since_epoch().count();
    seen.tracked = 1;
    seen.T_world_seen = anchor.at(instance.time_map.to_xr(t)) * T_anchor;
    lease.send(ipc::Kind::WristSeen, seen);
  }
}

}  // namespace tactus::layer
