// XR_EXT_hand_tracking from the gloves, and from the runtime's own trackers where no glove is on.
#include "chain.h"
#include "functions.h"
#include "glove.h"
#include "hand_joints.h"
#include "instance.h"

namespace tactus::layer {
namespace {

XrResult check(const XrHandTrackerCreateInfoEXT* info, const XrHandTrackerEXT* tracker) noexcept {
  if (info == nullptr || tracker == nullptr || info->type != XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const bool is_hand = info->hand == XR_HAND_LEFT_EXT || info->hand == XR_HAND_RIGHT_EXT;
  const bool is_set = info->handJointSet == XR_HAND_JOINT_SET_DEFAULT_EXT;
  return is_hand && is_set ? XR_SUCCESS : XR_ERROR_VALIDATION_FAILURE;
}

/// Lets the runtime make its own tracker, whose handle then stands for ours too. A system without
/// hand tracking refuses, which is no matter: the glove has it.
XrResult create_below(HandTracker& tracker, const XrHandTrackerCreateInfoEXT& info) noexcept {
  const Session& session = *tracker.session;
  const Next& next = session.instance->next;
  tracker.handle = handle_for<XrHandTrackerEXT>(&tracker);
  if (!session.instance->runtime_has_hands) return XR_SUCCESS;
  XrHandTrackerEXT made = XR_NULL_HANDLE;
  const XrResult result = next.xrCreateHandTrackerEXT(session.handle, &info, &made);
  if (result == XR_ERROR_FEATURE_UNSUPPORTED) return XR_SUCCESS;
  if (XR_FAILED(result)) return result;
  tracker.handle = made;
  tracker.is_runtimes = true;
  return result;
}

/// The chained velocities, and whether anything else hangs there.
struct Chained {
  XrHandJointVelocitiesEXT* velocities = nullptr;
  bool has_others = false;
};

Chained chained_to(XrHandJointLocationsEXT& locations) noexcept {
  Chained chained;
  chained.velocities =
      first_of<XrHandJointVelocitiesEXT>(locations.next, XR_TYPE_HAND_JOINT_VELOCITIES_EXT);
  for (auto* at = static_cast<XrBaseOutStructure*>(locations.next); at != nullptr; at = at->next) {
    chained.has_others |= at->type != XR_TYPE_HAND_JOINT_VELOCITIES_EXT;
  }
  return chained;
}

XrResult check(const XrHandJointsLocateInfoEXT& info, const XrHandJointLocationsEXT& locations,
               const XrHandJointVelocitiesEXT* velocities) noexcept {
  const bool are_locations_right = info.type == XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT &&
                                   locations.type == XR_TYPE_HAND_JOINT_LOCATIONS_EXT &&
                                   locations.jointCount == XR_HAND_JOINT_COUNT_EXT &&
                                   locations.jointLocations != nullptr;
  const bool are_velocities_right =
      velocities == nullptr ||
      (velocities->jointCount == XR_HAND_JOINT_COUNT_EXT && velocities->jointVelocities != nullptr);
  if (!are_locations_right || !are_velocities_right) return XR_ERROR_VALIDATION_FAILURE;
  return info.time > 0 ? XR_SUCCESS : XR_ERROR_TIME_INVALID;
}

void unlink(HandTracker& tracker) noexcept {
  const Locked locked(tracker.session->instance->lock);
  HandTracker** at = &tracker.session->trackers;
  while (*at != nullptr && *at != &tracker) at = &(*at)->following;
  if (*at != nullptr) *at = tracker.following;
}

bool enter(Owned<HandTracker> made) noexcept {
  const std::uint64_t key = key_of(made->handle);
  if (Owned<HandTracker> stale{hand_trackers.remove(key)}; stale != nullptr) unlink(*stale);
  if (!hand_trackers.insert(key, made.get())) return false;
  Session& session = *made->session;
  const Locked locked(session.instance->lock);
  made->following = session.trackers;
  session.trackers = made.release();
  return true;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrCreateHandTrackerEXT(XrSession session,
                                                      const XrHandTrackerCreateInfoEXT* createInfo,
                                                      XrHandTrackerEXT* handTracker) noexcept {
  Session* ours = sessions.find(key_of(session));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!ours->instance->wants_hands) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (const XrResult wrong = check(createInfo, handTracker); XR_FAILED(wrong)) return wrong;
  if (!ours->instance->is_serving) return XR_ERROR_FEATURE_UNSUPPORTED;
  Owned<HandTracker> made = make<HandTracker>();
  if (made == nullptr) return XR_ERROR_OUT_OF_MEMORY;
  made->session = ours;
  made->hand = createInfo->hand == XR_HAND_LEFT_EXT ? Hand::Left : Hand::Right;
  const XrResult result = create_below(*made, *createInfo);
  if (XR_FAILED(result)) return result;
  const XrHandTrackerEXT handle = made->handle;
  if (!enter(std::move(made))) return XR_ERROR_OUT_OF_MEMORY;
  *handTracker = handle;
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrDestroyHandTrackerEXT(XrHandTrackerEXT handTracker) noexcept {
  Owned<HandTracker> ending(hand_trackers.remove(key_of(handTracker)));
  if (ending == nullptr) return XR_ERROR_HANDLE_INVALID;
  unlink(*ending);
  if (!ending->is_runtimes) return XR_SUCCESS;
  return ending->session->instance->next.xrDestroyHandTrackerEXT(handTracker);
}

XRAPI_ATTR XrResult XRAPI_CALL xrLocateHandJointsEXT(XrHandTrackerEXT handTracker,
                                                     const XrHandJointsLocateInfoEXT* locateInfo,
                                                     XrHandJointLocationsEXT* locations) noexcept {
  const HandTracker* tracker = hand_trackers.find(key_of(handTracker));
  if (tracker == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (locateInfo == nullptr || locations == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  const Session& session = *tracker->session;
  const Next& next = session.instance->next;
  const Chained chained = chained_to(*locations);
  const XrResult wrong = check(*locateInfo, *locations, chained.velocities);
  if (XR_FAILED(wrong)) return wrong;

  ipc::UnreadPose unread;
  HandPose& pose = unread.pose;
  const auto parts = chained.velocities == nullptr ? ipc::Parts::Places : ipc::Parts::All;
  const bool is_gloved =
      glove_hand_at(*session.instance, tracker->hand, locateInfo->time, parts, pose);
  if (tracker->is_runtimes && (!is_gloved || chained.has_others)) {
    // Without a glove the answer is the runtime's; with one, what else was asked still is.
    const XrResult below = next.xrLocateHandJointsEXT(handTracker, locateInfo, locations);
    if (!is_gloved || XR_FAILED(below)) return below;
  }
  LocatedSpace base;
  const XrResult result = locate(session, locateInfo->baseSpace, locateInfo->time, base);
  if (XR_FAILED(result)) return result;
  if (is_gloved && session.is_focused() && base.is_valid) {
    fill_active(pose, base, *locations, chained.velocities);
  } else {
    fill_inactive(*locations, chained.velocities);
  }
  return result;
}

}  // namespace tactus::layer
