// XR_EXT_hand_tracking from the gloves, and from the runtime's own trackers where no glove is on.
#include "functions.h"
#include "glove.h"
#include "hand_chain.h"
#include "hand_joints.h"
#include "instance.h"
#include "said_enum.h"

namespace tactus::layer {
namespace {

XrResult check(const XrHandTrackerCreateInfoEXT* info, const XrHandTrackerEXT* tracker) noexcept {
  if (info == nullptr || tracker == nullptr || info->type != XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  const std::uint32_t hand = said(info->hand);
  const bool is_hand = hand == XR_HAND_LEFT_EXT || hand == XR_HAND_RIGHT_EXT;
  const bool is_set = said(info->handJointSet) == XR_HAND_JOINT_SET_DEFAULT_EXT;
  return is_hand && is_set ? XR_SUCCESS : XR_ERROR_VALIDATION_FAILURE;
}

/// Which sources of joints the application takes; all, unless it says.
XrResult read_sources(const Instance& instance, const XrHandTrackerCreateInfoEXT& info,
                      HandTracker& tracker) noexcept {
  if (!instance.wants(Extension::DataSource)) return XR_SUCCESS;
  const auto* sources = first_of<XrHandTrackingDataSourceInfoEXT>(
      const_cast<void*>(info.next), XR_TYPE_HAND_TRACKING_DATA_SOURCE_INFO_EXT);
  if (sources == nullptr) return XR_SUCCESS;
  tracker.names_sources = true;
  tracker.takes_fingers = false;
  std::uint32_t seen = 0;
  if (sources->requestedDataSourceCount == 0 || sources->requestedDataSources == nullptr) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  for (std::uint32_t i = 0; i < sources->requestedDataSourceCount; ++i) {
    const std::uint32_t source = said(sources->requestedDataSources[i]);
    if (source != XR_HAND_TRACKING_DATA_SOURCE_UNOBSTRUCTED_EXT &&
        source != XR_HAND_TRACKING_DATA_SOURCE_CONTROLLER_EXT) {
      return XR_ERROR_VALIDATION_FAILURE;
    }
    if ((seen & 1u << source) != 0) return XR_ERROR_VALIDATION_FAILURE;
    seen |= 1u << source;
  }
  tracker.takes_fingers = (seen & 1u << XR_HAND_TRACKING_DATA_SOURCE_UNOBSTRUCTED_EXT) != 0;
  return XR_SUCCESS;
}

/// Some runtimes take an extension by any name and have none of it: the system itself is asked.
bool tracks_hands(const Session& session) noexcept {
  const Instance& instance = *session.instance;
  XrSystemHandTrackingPropertiesEXT hands{XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT, nullptr,
                                          XR_FALSE};
  XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &hands};
  const XrResult result =
      instance.next.xrGetSystemProperties(instance.handle, session.system, &system);
  return XR_SUCCEEDED(result) && hands.supportsHandTracking == XR_TRUE;
}

/// Lets the runtime make its own tracker, whose handle then stands for ours too. A system without
/// hand tracking refuses, which is no matter where a glove has it.
XrResult create_below(HandTracker& tracker, const XrHandTrackerCreateInfoEXT& info) noexcept {
  const Session& session = *tracker.session;
  const Instance& instance = *session.instance;
  tracker.handle = handle_for<XrHandTrackerEXT>(&tracker);
  if (!instance.runtime_has_hands()) return XR_SUCCESS;
  if (instance.is_serving && !tracks_hands(session)) return XR_SUCCESS;
  XrHandTrackerCreateInfoEXT to_next = info;
  const auto* first = static_cast<const XrBaseInStructure*>(info.next);
  if (tracker.names_sources && !instance.below.has(Extension::DataSource) &&
      first->type == XR_TYPE_HAND_TRACKING_DATA_SOURCE_INFO_EXT) {
    to_next.next = first->next;
  }
  XrHandTrackerEXT made = XR_NULL_HANDLE;
  const XrResult result = instance.next.xrCreateHandTrackerEXT(session.handle, &to_next, &made);
  if (result == XR_ERROR_FEATURE_UNSUPPORTED && instance.is_serving) return XR_SUCCESS;
  if (XR_FAILED(result)) return result;
  tracker.handle = made;
  tracker.is_runtimes = true;
  return result;
}

XrResult check(const HandTracker& tracker, const XrHandJointsLocateInfoEXT& info,
               const XrHandJointLocationsEXT& locations, const HandChain& chain) noexcept {
  const bool are_locations_right = info.type == XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT &&
                                   locations.type == XR_TYPE_HAND_JOINT_LOCATIONS_EXT &&
                                   locations.jointCount == XR_HAND_JOINT_COUNT_EXT &&
                                   locations.jointLocations != nullptr;
  const XrHandJointVelocitiesEXT* velocities = chain.velocities;
  const bool are_velocities_right =
      velocities == nullptr ||
      (velocities->jointCount == XR_HAND_JOINT_COUNT_EXT && velocities->jointVelocities != nullptr);
  const auto is_range = [](std::uint32_t range) {
    return range == XR_HAND_JOINTS_MOTION_RANGE_UNOBSTRUCTED_EXT ||
           range == XR_HAND_JOINTS_MOTION_RANGE_CONFORMING_TO_CONTROLLER_EXT;
  };
  const bool is_range_right =
      chain.motion_range == nullptr || is_range(said(chain.motion_range->handJointsMotionRange));
  const bool is_source_right = chain.source == nullptr || tracker.names_sources;
  const bool is_shown_right =
      chain.shown == nullptr || (said(chain.shown->mode) <= XR_TOUCH_SHOWN_MODE_BLENDED_TACTUSX &&
                                 (chain.shown->mode != XR_TOUCH_SHOWN_MODE_BLENDED_TACTUSX ||
                                  (chain.shown->share >= 0 && chain.shown->share <= 1)));
  if (!are_locations_right || !are_velocities_right || !is_range_right || !is_source_right ||
      !is_shown_right) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  return info.time > 0 ? XR_SUCCESS : XR_ERROR_TIME_INVALID;
}

/// Of the way from the tracked hand onto the skin.
float shown_share(const HandChain& chain) noexcept {
  if (chain.shown == nullptr) return 1;
  switch (chain.shown->mode) {
    case XR_TOUCH_SHOWN_MODE_TRACKED_TACTUSX:
      return 0;
    case XR_TOUCH_SHOWN_MODE_BLENDED_TACTUSX:
      return chain.shown->share;
    default:
      return 1;
  }
}

/// The glove's hand as it is to be drawn: on the skin for an application that has said where skin is.
bool shown_glove_at(const HandTracker& tracker, XrTime time, const HandChain& chain,
                    ipc::Parts parts, ipc::SharedHand& shared) noexcept {
  Instance& instance = *tracker.session->instance;
  if (!tracker.takes_fingers || !glove_hand_at(instance, tracker.hand, time, parts, shared)) {
    return false;
  }
  if (instance.wants(Extension::Touch)) {
    rest_on_skin(instance, time, shown_share(chain), parts, shared);
  }
  return true;
}

/// Gloves and what we cannot tell from bare hands are unobstructed.
void write_source(XrHandTrackingDataSourceStateEXT* source, bool is_active) noexcept {
  if (source == nullptr) return;
  source->isActive = is_active ? XR_TRUE : XR_FALSE;
  source->dataSource = XR_HAND_TRACKING_DATA_SOURCE_UNOBSTRUCTED_EXT;
}

/// Without a glove the answer is the runtime's; what else was asked, and it does not say, is ours.
XrResult locate_runtimes(HandTracker& tracker, const XrHandJointsLocateInfoEXT& info,
                         const HandChain& chain, XrHandJointLocationsEXT& locations) noexcept {
  const Instance& instance = *tracker.session->instance;
  const XrResult result = locate_hand_below(instance, tracker.handle, info, locations);
  if (XR_FAILED(result)) return result;
  const bool knows_sources = instance.below.has(Extension::DataSource);
  if (!knows_sources && !tracker.takes_fingers) fill_inactive(locations, chain.velocities);
  if (!knows_sources) write_source(chain.source, locations.isActive == XR_TRUE);
  chain.fill_gestures(instance, locations, true, tracker.pinching);
  return result;
}

XrResult locate_gloves(HandTracker& tracker, const XrHandJointsLocateInfoEXT& info,
                       const ipc::SharedHand* glove, const HandChain& chain,
                       XrHandJointLocationsEXT& locations) noexcept {
  const Session& session = *tracker.session;
  LocatedSpace base;
  const XrResult result = locate(session, info.baseSpace, info.time, base);
  if (XR_FAILED(result)) return result;
  if (glove != nullptr && session.is_focused() && base.is_valid) {
    fill_active(*glove, base, locations, chain.velocities);
  } else {
    fill_inactive(locations, chain.velocities);
  }
  if (chain.source != nullptr) {
    write_source(chain.source,
                 tracker.takes_fingers && is_glove_on(*session.instance, tracker.hand, info.time));
  }
  chain.fill_gestures(*session.instance, locations, false, tracker.pinching);
  return result;
}

/// Between a glove and the runtime's hand: both are asked, and what becomes of them is given.
XrResult locate_either(HandTracker& tracker, const XrHandJointsLocateInfoEXT& info,
                       const HandChain& chain, XrHandJointLocationsEXT& locations) noexcept {
  const Session& session = *tracker.session;
  Instance& instance = *session.instance;
  const XrResult result = locate_runtimes(tracker, info, chain, locations);
  if (XR_FAILED(result)) return result;
  LocatedSpace base;
  if (const XrResult wrong = locate(session, info.baseSpace, info.time, base); XR_FAILED(wrong)) {
    return wrong;
  }
  HostTime t;
  if (!base.is_valid || !instance.time_map.to_host(info.time, t)) return result;
  ipc::SharedHand shared;
  const bool is_gloved = shown_glove_at(tracker, info.time, chain, ipc::Parts::All, shared);
  HandPose glove, runtime;
  if (is_gloved) glove = to_pose(shared, ipc::Parts::All);
  const bool is_seen = read_active(locations, chain.velocities, base, runtime);
  const HandSwitch::Choice choice =
      tracker.hand_switch.choose(is_gloved ? &glove : nullptr, is_seen ? &runtime : nullptr, t);
  const bool is_runtimes = choice.source == HandSource::Runtime;
  if (choice.source == HandSource::None || (is_runtimes && choice.is_as_offered)) return result;
  fill_active(ipc::to_shared(choice.pose), base, locations, chain.velocities);
  if (!is_runtimes) write_source(chain.source, true);
  chain.fill_gestures(instance, locations, false, tracker.pinching);
  return result;
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
  const Instance& instance = *ours->instance;
  if (!instance.wants(Extension::HandTracking)) return XR_ERROR_FUNCTION_UNSUPPORTED;
  if (const XrResult wrong = check(createInfo, handTracker); XR_FAILED(wrong)) return wrong;
  Owned<HandTracker> made = make<HandTracker>();
  if (made == nullptr) return XR_ERROR_OUT_OF_MEMORY;
  made->session = ours;
  made->hand = createInfo->hand == XR_HAND_LEFT_EXT ? Hand::Left : Hand::Right;
  if (const XrResult wrong = read_sources(instance, *createInfo, *made); XR_FAILED(wrong)) {
    return wrong;
  }
  if (!instance.is_serving && !instance.runtime_has_hands()) return XR_ERROR_FEATURE_UNSUPPORTED;
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
  release_fingers(*ending);
  if (!ending->is_runtimes) return XR_SUCCESS;
  return ending->session->instance->next.xrDestroyHandTrackerEXT(handTracker);
}

XRAPI_ATTR XrResult XRAPI_CALL xrLocateHandJointsEXT(XrHandTrackerEXT handTracker,
                                                     const XrHandJointsLocateInfoEXT* locateInfo,
                                                     XrHandJointLocationsEXT* locations) noexcept {
  HandTracker* tracker = hand_trackers.find(key_of(handTracker));
  if (tracker == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (locateInfo == nullptr || locations == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  Instance& instance = *tracker->session->instance;
  const HandChain chain(instance, *locateInfo, *locations);
  const XrResult wrong = check(*tracker, *locateInfo, *locations, chain);
  if (XR_FAILED(wrong)) return wrong;

  ipc::SharedHand shared;
  const auto parts = chain.velocities == nullptr ? ipc::Parts::Places : ipc::Parts::All;
  const bool is_gloved = shown_glove_at(*tracker, locateInfo->time, chain, parts, shared);
  const ipc::SharedHand* glove = is_gloved ? &shared : nullptr;
  if (!tracker->is_runtimes) {
    return locate_gloves(*tracker, *locateInfo, glove, chain, *locations);
  }
  const bool is_focused = tracker->session->is_focused();
  const HandSource settled = tracker->hand_switch.settled(glove);
  if (settled == HandSource::Runtime || (glove == nullptr && !is_focused)) {
    return locate_runtimes(*tracker, *locateInfo, chain, *locations);
  }
  if (settled == HandSource::None && is_focused) {
    return locate_either(*tracker, *locateInfo, chain, *locations);
  }
  if (chain.has_others) {
    // With a glove on, what else was asked is still the runtime's to say.
    const XrResult below = locate_hand_below(instance, handTracker, *locateInfo, *locations);
    if (XR_FAILED(below)) return below;
  }
  if (is_focused) tracker->hand_switch.remember(*glove);
  return locate_gloves(*tracker, *locateInfo, glove, chain, *locations);
}

}  // namespace tactus::layer
