#include "fake_runtime.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <sstream>

#include "fake_actions.h"
#include "fake_bodies.h"
#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

FakeRuntime* the_one = nullptr;

Pose at(const FakeSpace& space, double t_s) {
  if (t_s * 1e9 >= static_cast<double>(space.t_moved)) return space.T_stage_moved;
  const auto t = static_cast<float>(t_s);
  return {exp_rotation(t * space.omega_stage) * space.T_stage_space.q,
          space.T_stage_space.p + t * space.v_stage};
}

Pose relative(const FakeSpace& space, const FakeSpace& base, double t_s) {
  return inverse(at(base, t_s)) * at(space, t_s);
}

/// By differences: nothing of the layer's own reasoning is repeated here.
XrSpaceVelocity motion_of(const FakeSpace& space, const FakeSpace& base, double t_s) {
  constexpr double kStep_s = 0.01;
  const Pose before = relative(space, base, t_s - kStep_s);
  const Pose after = relative(space, base, t_s + kStep_s);
  const auto per_s = static_cast<float>(0.5 / kStep_s);
  const Vec3 v = per_s * (after.p - before.p);
  const Vec3 omega = per_s * log_rotation(after.q * conjugate(before.q));
  XrSpaceVelocity motion{};
  motion.velocityFlags = space.tells_velocity && base.tells_velocity ? 3 : 0;
  motion.linearVelocity = {v.x, v.y, v.z};
  motion.angularVelocity = {omega.x, omega.y, omega.z};
  return motion;
}

XrPosef to_xr(const Pose& T) { return {{T.q.x, T.q.y, T.q.z, T.q.w}, {T.p.x, T.p.y, T.p.z}}; }

XrResult XRAPI_CALL enumerate_extensions(const char* layer, uint32_t capacity, uint32_t* count,
                                         XrExtensionProperties* properties) {
  if (layer != nullptr) return XR_ERROR_API_LAYER_NOT_PRESENT;
  *count = static_cast<uint32_t>(fake().offered.size());
  if (capacity == 0) return XR_SUCCESS;
  if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
  for (const std::string& name : fake().offered) {
    assert(properties->type == XR_TYPE_EXTENSION_PROPERTIES);
    std::strncpy(properties->extensionName, name.c_str(), XR_MAX_EXTENSION_NAME_SIZE - 1);
    ++properties;
  }
  return XR_SUCCESS;
}

XrResult XRAPI_CALL destroy_instance(XrInstance instance) {
  const std::scoped_lock lock(fake().mutex);
  if (fake().destroy_instance_result != XR_SUCCESS) return fake().destroy_instance_result;
  return fake().instances.erase(key(instance)) != 0 ? XR_SUCCESS : XR_ERROR_HANDLE_INVALID;
}

XrResult XRAPI_CALL get_system_properties(XrInstance, XrSystemId, XrSystemProperties* properties) {
  fake().system_chain.clear();
  const bool knows_hands = fake().offered.contains(XR_EXT_HAND_TRACKING_EXTENSION_NAME);
  for (auto* at = static_cast<XrBaseOutStructure*>(properties->next); at != nullptr;
       at = at->next) {
    fake().system_chain.push_back(at->type);
    if (at->type == XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT && knows_hands) {
      reinterpret_cast<XrSystemHandTrackingPropertiesEXT*>(at)->supportsHandTracking =
          fake().supports_hands ? XR_TRUE : XR_FALSE;
    } else if (at->type == XR_TYPE_SYSTEM_FORCE_FEEDBACK_CURL_PROPERTIES_MNDX &&
               fake().offered.contains(XR_MNDX_FORCE_FEEDBACK_CURL_EXTENSION_NAME)) {
      reinterpret_cast<XrSystemForceFeedbackCurlPropertiesMNDX*>(at)->supportsForceFeedbackCurl =
          XR_TRUE;
    } else if (at->type == XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_FB &&
               fake().offered.contains(XR_FB_BODY_TRACKING_EXTENSION_NAME)) {
      reinterpret_cast<XrSystemBodyTrackingPropertiesFB*>(at)->supportsBodyTracking =
          fake().supports_bodies ? XR_TRUE : XR_FALSE;
    } else if (at->type == XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_BD &&
               fake().offered.contains(XR_BD_BODY_TRACKING_EXTENSION_NAME)) {
      reinterpret_cast<XrSystemBodyTrackingPropertiesBD*>(at)->supportsBodyTracking =
          fake().supports_bodies ? XR_TRUE : XR_FALSE;
    } else if (fake().refuses_unknown_chains) {
      return XR_ERROR_VALIDATION_FAILURE;
    }
  }
  properties->systemId = 7;
  return XR_SUCCESS;
}

XrResult XRAPI_CALL create_session(XrInstance, const XrSessionCreateInfo*, XrSession* session) {
  const std::scoped_lock lock(fake().mutex);
  *session = mint<XrSession>(fake().sessions);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL destroy_session(XrSession session) {
  const std::scoped_lock lock(fake().mutex);
  return fake().sessions.erase(key(session)) != 0 ? XR_SUCCESS : XR_ERROR_HANDLE_INVALID;
}

XrResult XRAPI_CALL poll_event(XrInstance, XrEventDataBuffer* event) {
  const std::scoped_lock lock(fake().mutex);
  if (fake().events.empty()) return XR_EVENT_UNAVAILABLE;
  *event = fake().events.front();
  fake().events.pop_front();
  return XR_SUCCESS;
}

XrResult XRAPI_CALL wait_frame(XrSession, const XrFrameWaitInfo*, XrFrameState* state) {
  state->predictedDisplayTime = fake().predicted;
  state->predictedDisplayPeriod = 11'111'111;
  return XR_SUCCESS;
}

XrResult XRAPI_CALL end_frame(XrSession, const XrFrameEndInfo* frame) {
  if (fake().on_frame) fake().on_frame(*frame);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL create_reference_space(XrSession, const XrReferenceSpaceCreateInfo* info,
                                           XrSpace* space) {
  const std::scoped_lock lock(fake().mutex);
  if (info->referenceSpaceType == XR_REFERENCE_SPACE_TYPE_STAGE && !fake().has_stage) {
    return XR_ERROR_REFERENCE_SPACE_UNSUPPORTED;
  }
  fake().made_spaces.push_back(info->referenceSpaceType);
  const std::uint64_t value = fake().next_handle++;
  FakeSpace made;
  const XrPosef& T = info->poseInReferenceSpace;
  if (info->referenceSpaceType == XR_REFERENCE_SPACE_TYPE_LOCAL) {
    made = fake().local;
    fake().is_local.insert(value);
  }
  if (info->referenceSpaceType == XR_REFERENCE_SPACE_TYPE_VIEW) made = fake().head;
  const Pose T_reference_space{{T.orientation.x, T.orientation.y, T.orientation.z, T.orientation.w},
                               {T.position.x, T.position.y, T.position.z}};
  made.T_stage_space = made.T_stage_space * T_reference_space;
  made.T_stage_moved = made.T_stage_moved * T_reference_space;
  fake().spaces[value] = made;
  *space = reinterpret_cast<XrSpace>(value);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL create_action_space(XrSession, const XrActionSpaceCreateInfo* info,
                                        XrSpace* space) {
  if (const std::scoped_lock lock(fake().mutex);
      info->subactionPath != XR_NULL_PATH && !knows_user(info->subactionPath)) {
    return XR_ERROR_PATH_UNSUPPORTED;
  }
  const auto [q, p] = info->poseInActionSpace;
  FakeSpace made = fake().grip;
  made.T_stage_space = made.T_stage_space * Pose{{q.x, q.y, q.z, q.w}, {p.x, p.y, p.z}};
  *space = fake().add_space(made);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL destroy_space(XrSpace space) {
  const std::scoped_lock lock(fake().mutex);
  return fake().spaces.erase(key(space)) != 0 ? XR_SUCCESS : XR_ERROR_HANDLE_INVALID;
}

XrResult XRAPI_CALL locate_space(XrSpace space, XrSpace base, XrTime time,
                                 XrSpaceLocation* location) {
  ++fake().locate_space_calls;
  const std::scoped_lock lock(fake().mutex);
  const auto found = fake().spaces.find(key(space));
  const auto found_base = fake().spaces.find(key(base));
  if (found == fake().spaces.end() || found_base == fake().spaces.end()) {
    return XR_ERROR_HANDLE_INVALID;
  }
  const FakeSpace& a = found->second;
  const FakeSpace& b = found_base->second;
  const double t_s = static_cast<double>(time) * 1e-9;
  const Pose T = relative(a, b, t_s);
  location->locationFlags = a.flags & b.flags;
  location->pose = to_xr(T);
  auto* velocity = static_cast<XrSpaceVelocity*>(location->next);
  if (velocity == nullptr || velocity->type != XR_TYPE_SPACE_VELOCITY) return XR_SUCCESS;
  const XrSpaceVelocity motion = motion_of(a, b, t_s);
  velocity->velocityFlags = motion.velocityFlags;
  velocity->linearVelocity = motion.linearVelocity;
  velocity->angularVelocity = motion.angularVelocity;
  return XR_SUCCESS;
}

/// [spec] one xrLocateSpace for each.
XrResult XRAPI_CALL locate_spaces(XrSession, const XrSpacesLocateInfo* info,
                                  XrSpaceLocations* locations) {
  if (info->spaceCount != locations->locationCount) return XR_ERROR_VALIDATION_FAILURE;
  auto* velocities = static_cast<XrSpaceVelocities*>(locations->next);
  for (uint32_t i = 0; i < info->spaceCount; ++i) {
    XrSpaceVelocity velocity{XR_TYPE_SPACE_VELOCITY};
    XrSpaceLocation location{XR_TYPE_SPACE_LOCATION, &velocity, 0, {}};
    const XrResult result = locate_space(info->spaces[i], info->baseSpace, info->time, &location);
    if (XR_FAILED(result)) return result;
    locations->locations[i] = {location.locationFlags, location.pose};
    if (velocities == nullptr) continue;
    velocities->velocities[i] = {velocity.velocityFlags, velocity.linearVelocity,
                                 velocity.angularVelocity};
  }
  return XR_SUCCESS;
}

/// Two eyes, 6 cm apart.
XrResult XRAPI_CALL locate_views(XrSession, const XrViewLocateInfo* info, XrViewState* state,
                                 uint32_t capacity, uint32_t* count, XrView* views) {
  const std::scoped_lock lock(fake().mutex);
  const auto found = fake().spaces.find(key(info->space));
  if (found == fake().spaces.end()) return XR_ERROR_HANDLE_INVALID;
  *count = 2;
  if (capacity == 0) return XR_SUCCESS;
  const Pose T_space_head = relative(fake().head, found->second, 1e-9 * double(info->displayTime));
  state->viewStateFlags = fake().head.flags & found->second.flags;  // the same four bits
  for (uint32_t i = 0; i < 2; ++i) {
    views[i].pose = to_xr(T_space_head * Pose{{}, {i == 0 ? -0.03f : 0.03f, 0, 0}});
  }
  return XR_SUCCESS;
}

XrResult XRAPI_CALL string_to_path(XrInstance, const char* text, XrPath* path) {
  const std::scoped_lock lock(fake().mutex);
  auto& paths = fake().paths;
  *path = static_cast<XrPath>(std::find(paths.begin(), paths.end(), text) - paths.begin());
  if (*path == paths.size()) paths.emplace_back(text);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL path_to_string(XrInstance, XrPath path, uint32_t capacity, uint32_t* count,
                                   char* text) {
  const std::scoped_lock lock(fake().mutex);
  if (path == 0 || path >= fake().paths.size()) return XR_ERROR_PATH_INVALID;
  *count = static_cast<uint32_t>(fake().paths[path].size()) + 1;
  if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
  std::memcpy(text, fake().paths[path].c_str(), *count);
  return XR_SUCCESS;
}

XrResult haptic(const XrHapticActionInfo* info, const XrHapticBaseHeader* haptic) {
  const std::scoped_lock lock(fake().mutex);
  if (!fake().actions.contains(key(info->action))) return XR_ERROR_HANDLE_INVALID;
  fake().applied.push_back(haptic == nullptr ? XR_TYPE_UNKNOWN : haptic->type);
  if (haptic != nullptr && haptic->type == XR_TYPE_HAPTIC_VIBRATION) {
    fake().last_vibration = *reinterpret_cast<const XrHapticVibration*>(haptic);
  }
  return fake().haptic_result;
}

XrResult XRAPI_CALL apply_haptic(XrSession, const XrHapticActionInfo* info,
                                 const XrHapticBaseHeader* effect) {
  return haptic(info, effect);
}

XrResult XRAPI_CALL stop_haptic(XrSession, const XrHapticActionInfo* info) {
  return haptic(info, nullptr);
}

XrResult XRAPI_CALL structure_name(XrInstance, XrStructureType value, char* buffer) {
  std::snprintf(buffer, XR_MAX_STRUCTURE_NAME_SIZE, "XR_UNKNOWN_STRUCTURE_TYPE_%d", value);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL create_hand_tracker(XrSession, const XrHandTrackerCreateInfoEXT*,
                                        XrHandTrackerEXT* tracker) {
  const std::scoped_lock lock(fake().mutex);
  ++fake().create_hand_calls;
  if (!fake().supports_hands) return XR_ERROR_FEATURE_UNSUPPORTED;
  *tracker = mint<XrHandTrackerEXT>(fake().trackers);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL destroy_hand_tracker(XrHandTrackerEXT tracker) {
  const std::scoped_lock lock(fake().mutex);
  return fake().trackers.erase(key(tracker)) != 0 ? XR_SUCCESS : XR_ERROR_HANDLE_INVALID;
}

/// As a runtime that has the extension; one that has not does not look.
void answer_chained(XrBaseOutStructure& chained, const XrSpaceVelocity& motion) {
  if (chained.type == XR_TYPE_HAND_JOINT_VELOCITIES_EXT) {
    auto& velocities = reinterpret_cast<XrHandJointVelocitiesEXT&>(chained);
    for (uint32_t j = 0; j < velocities.jointCount; ++j) {
      velocities.jointVelocities[j] = {motion.velocityFlags, motion.linearVelocity,
                                       motion.angularVelocity};
    }
  }
  if (chained.type == XR_TYPE_HAND_TRACKING_AIM_STATE_FB) {
    reinterpret_cast<XrHandTrackingAimStateFB&>(chained).status = 1;
    fake().saw_aim = true;
  } else if (chained.type == XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT) {
    auto& source = reinterpret_cast<XrHandTrackingDataSourceStateEXT&>(chained);
    source.isActive = XR_TRUE;
    source.dataSource = XR_HAND_TRACKING_DATA_SOURCE_CONTROLLER_EXT;
  }
}

XrResult XRAPI_CALL locate_hand_joints(XrHandTrackerEXT tracker,
                                       const XrHandJointsLocateInfoEXT* info,
                                       XrHandJointLocationsEXT* locations) {
  ++fake().locate_hand_calls;
  const std::scoped_lock lock(fake().mutex);
  if (!fake().trackers.contains(key(tracker))) return XR_ERROR_HANDLE_INVALID;
  const auto base = fake().spaces.find(key(info->baseSpace));
  if (base == fake().spaces.end()) return XR_ERROR_HANDLE_INVALID;
  const FakeSpace& hand = fake().hand;
  const double t_s = 1e-9 * static_cast<double>(info->time);
  const XrPosef T_base_hand = to_xr(relative(hand, base->second, t_s));
  locations->isActive = hand.flags != 0 ? XR_TRUE : XR_FALSE;
  for (uint32_t j = 0; j < locations->jointCount; ++j) {
    locations->jointLocations[j] = {hand.flags, T_base_hand, kRuntimeHandMark_m};
  }
  const XrSpaceVelocity motion = motion_of(hand, base->second, t_s);
  for (auto* at = static_cast<XrBaseOutStructure*>(locations->next); at != nullptr; at = at->next) {
    answer_chained(*at, motion);
  }
  const auto* range = static_cast<const XrHandJointsMotionRangeInfoEXT*>(info->next);
  const bool is_range =
      range != nullptr && range->type == XR_TYPE_HAND_JOINTS_MOTION_RANGE_INFO_EXT;
  fake().last_motion_range = is_range ? range->handJointsMotionRange : 0;
  return XR_SUCCESS;
}

/// As runtimes are known to: no look at the focus, and what is not said stays.
XrResult XRAPI_CALL apply_curl(XrHandTrackerEXT,
                               const XrForceFeedbackCurlApplyLocationsMNDX* said) {
  const std::scoped_lock lock(fake().mutex);
  for (std::uint32_t i = 0; i < said->locationCount; ++i) {
    fake().curl.at(said->locations[i].location) = said->locations[i].value;
  }
  ++fake().curl_calls;
  return XR_SUCCESS;
}

XrResult XRAPI_CALL name_object(XrInstance, const XrDebugUtilsObjectNameInfoEXT* info) {
  const std::scoped_lock lock(fake().mutex);
  const std::uint64_t handle = info->objectHandle;
  if (!fake().sessions.contains(handle) && !fake().trackers.contains(handle)) {
    return XR_ERROR_HANDLE_INVALID;
  }
  fake().named_objects.push_back(handle);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL submit_message(XrInstance, XrDebugUtilsMessageSeverityFlagsEXT,
                                   XrDebugUtilsMessageTypeFlagsEXT,
                                   const XrDebugUtilsMessengerCallbackDataEXT* data) {
  const std::scoped_lock lock(fake().mutex);
  std::ostringstream text;
  text << data->functionName << ": " << data->message;
  for (std::uint32_t i = 0; i < data->objectCount; ++i) {
    text << " [" << std::hex << data->objects[i].objectHandle << "]";
  }
  fake().messages.push_back(text.str());
  return XR_SUCCESS;
}

XrResult XRAPI_CALL to_timespec(XrInstance, XrTime time, timespec* out) {
  ++fake().convert_calls;
  const std::int64_t host_ns = time + fake().offset_ns;
  *out = {host_ns / 1'000'000'000, host_ns % 1'000'000'000};
  return XR_SUCCESS;
}

XrResult XRAPI_CALL from_timespec(XrInstance, const timespec*, XrTime*) {
  return XR_ERROR_RUNTIME_FAILURE;
}

struct Entry {
  const char* name;
  PFN_xrVoidFunction function;
  const char* extension;
};

template <class F>
PFN_xrVoidFunction any(F* function) {
  return reinterpret_cast<PFN_xrVoidFunction>(function);
}

const std::vector<Entry>& entries() {
  static const std::vector<Entry> all = {
      {"xrGetInstanceProcAddr", any(FakeRuntime::get_proc_addr), nullptr},
      {"xrDestroyInstance", any(destroy_instance), nullptr},
      {"xrGetSystemProperties", any(get_system_properties), nullptr},
      {"xrCreateSession", any(create_session), nullptr},
      {"xrDestroySession", any(destroy_session), nullptr},
      {"xrPollEvent", any(poll_event), nullptr},
      {"xrWaitFrame", any(wait_frame), nullptr},
      {"xrEndFrame", any(end_frame), nullptr},
      {"xrLocateViews", any(locate_views), nullptr},
      {"xrSyncActions", any(sync_actions), nullptr},
      {"xrCreateReferenceSpace", any(create_reference_space), nullptr},
      {"xrCreateActionSpace", any(create_action_space), nullptr},
      {"xrDestroySpace", any(destroy_space), nullptr},
      {"xrStringToPath", any(string_to_path), nullptr},
      {"xrPathToString", any(path_to_string), nullptr},
      {"xrCreateActionSet", any(create_action_set), nullptr},
      {"xrDestroyActionSet", any(destroy_action_set), nullptr},
      {"xrCreateAction", any(create_action), nullptr},
      {"xrDestroyAction", any(destroy_action), nullptr},
      {"xrSuggestInteractionProfileBindings", any(suggest), nullptr},
      {"xrAttachSessionActionSets", any(attach), nullptr},
      {"xrGetActionStateBoolean", any(get_boolean), nullptr},
      {"xrGetActionStateFloat", any(get_float), nullptr},
      {"xrGetActionStateVector2f", any(get_vector), nullptr},
      {"xrGetActionStatePose", any(get_pose), nullptr},
      {"xrGetCurrentInteractionProfile", any(get_profile), nullptr},
      {"xrEnumerateBoundSourcesForAction", any(enumerate_sources), nullptr},
      {"xrGetInputSourceLocalizedName", any(get_source_name), nullptr},
      {"xrApplyHapticFeedback", any(apply_haptic), nullptr},
      {"xrStopHapticFeedback", any(stop_haptic), nullptr},
      {"xrLocateSpace", any(locate_space), nullptr},
      {"xrLocateSpaces", any(locate_spaces), nullptr},
      {"xrLocateSpacesKHR", any(locate_spaces), "XR_KHR_locate_spaces"},
      {"xrStructureTypeToString", any(structure_name), nullptr},
      {"xrCreateHandTrackerEXT", any(create_hand_tracker), "XR_EXT_hand_tracking"},
      {"xrDestroyHandTrackerEXT", any(destroy_hand_tracker), "XR_EXT_hand_tracking"},
      {"xrLocateHandJointsEXT", any(locate_hand_joints), "XR_EXT_hand_tracking"},
      {"xrCreateBodyTrackerFB", any(create_body_fb), "XR_FB_body_tracking"},
      {"xrDestroyBodyTrackerFB", any(destroy_body_fb), "XR_FB_body_tracking"},
      {"xrLocateBodyJointsFB", any(locate_body_fb), "XR_FB_body_tracking"},
      {"xrGetBodySkeletonFB", any(skeleton_fb), "XR_FB_body_tracking"},
      {"xrCreateBodyTrackerBD", any(create_body_bd), "XR_BD_body_tracking"},
      {"xrDestroyBodyTrackerBD", any(destroy_body_bd), "XR_BD_body_tracking"},
      {"xrLocateBodyJointsBD", any(locate_body_bd), "XR_BD_body_tracking"},
      {"xrApplyForceFeedbackCurlMNDX", any(apply_curl), "XR_MNDX_force_feedback_curl"},
      {"xrEnumerateViveTrackerPathsHTCX", any(enumerate_trackers),
       "XR_HTCX_vive_tracker_interaction"},
      {"xrSetDebugUtilsObjectNameEXT", any(name_object), "XR_EXT_debug_utils"},
      {"xrSubmitDebugUtilsMessageEXT", any(submit_message), "XR_EXT_debug_utils"},
      {"xrConvertTimeToTimespecTimeKHR", any(to_timespec), "XR_KHR_convert_timespec_time"},
      {"xrConvertTimespecTimeToTimeKHR", any(from_timespec), "XR_KHR_convert_timespec_time"},
  };
  return all;
}

bool is_enabled(const char* extension) {
  if (extension == nullptr) return true;
  for (const std::string& name : fake().creates.back()) {
    if (name == extension) return true;
  }
  return false;
}

}  // namespace

FakeRuntime& fake() {
  assert(the_one != nullptr);
  return *the_one;
}

FakeRuntime::FakeRuntime() { the_one = this; }
FakeRuntime::~FakeRuntime() { the_one = nullptr; }

XrResult XRAPI_CALL FakeRuntime::create_instance(const XrInstanceCreateInfo* info,
                                                 const XrApiLayerCreateInfo*,
                                                 XrInstance* instance) {
  const std::scoped_lock lock(fake().mutex);
  auto& names = fake().creates.emplace_back();
  for (uint32_t i = 0; i < info->enabledExtensionCount; ++i) {
    names.emplace_back(info->enabledExtensionNames[i]);
  }
  for (const std::string& name : names) {
    if (!fake().offered.contains(name)) return XR_ERROR_EXTENSION_NOT_PRESENT;
  }
  *instance = mint<XrInstance>(fake().instances);
  return XR_SUCCESS;
}

XrResult XRAPI_CALL FakeRuntime::get_proc_addr(XrInstance instance, const char* name,
                                               PFN_xrVoidFunction* function) {
  const std::scoped_lock lock(fake().mutex);
  fake().asked.emplace_back(name);
  *function = nullptr;
  if (instance == XR_NULL_HANDLE) {
    if (std::strcmp(name, "xrEnumerateInstanceExtensionProperties") != 0) {
      return XR_ERROR_HANDLE_INVALID;
    }
    *function = any(enumerate_extensions);
    return XR_SUCCESS;
  }
  if (!fake().instances.contains(key(instance))) return XR_ERROR_HANDLE_INVALID;
  if (fake().lacks_name_function && std::strcmp(name, "xrStructureTypeToString") == 0) {
    return XR_ERROR_FUNCTION_UNSUPPORTED;
  }
  for (const Entry& entry : entries()) {
    if (std::strcmp(entry.name, name) != 0 || !is_enabled(entry.extension)) continue;
    *function = entry.function;
    return XR_SUCCESS;
  }
  return XR_ERROR_FUNCTION_UNSUPPORTED;
}

void FakeRuntime::post_state(XrSession session, XrSessionState state) {
  const std::scoped_lock lock(mutex);
  auto& event = reinterpret_cast<XrEventDataSessionStateChanged&>(events.emplace_back());
  event.type = XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED;
  event.session = session;
  event.state = state;
}

void FakeRuntime::post_space_change(XrSession session, XrReferenceSpaceType type, XrTime t_change,
                                    bool is_known, const Pose& T_before_after) {
  const std::scoped_lock lock(mutex);
  auto& event = reinterpret_cast<XrEventDataReferenceSpaceChangePending&>(events.emplace_back());
  event.type = XR_TYPE_EVENT_DATA_REFERENCE_SPACE_CHANGE_PENDING;
  event.session = session;
  event.referenceSpaceType = type;
  event.changeTime = t_change;
  event.poseValid = is_known ? XR_TRUE : XR_FALSE;
  event.poseInPreviousSpace = to_xr(T_before_after);
}

XrSpace FakeRuntime::add_space(const FakeSpace& space) {
  const std::scoped_lock lock(mutex);
  const std::uint64_t value = next_handle++;
  spaces[value] = space;
  return reinterpret_cast<XrSpace>(value);
}

}  // namespace tactus::layer_test
