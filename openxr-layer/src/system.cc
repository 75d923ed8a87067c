// What the system can, and what our structs are called.
#include <cstdio>

#include "chain.h"
#include "functions.h"
#include "instance.h"
#include "newer_openxr.h"

namespace tactus::layer {
namespace {

struct TypeName {
  XrStructureType type;
  Extension extension;
  const char* name;
};

/// The structs of what we provide; null for any other, and for those of extensions not enabled.
const char* name_of(const Instance& instance, XrStructureType type) noexcept {
  const TypeName names[] = {
      {XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT, Extension::HandTracking,
       "XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT"},
      {XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT, Extension::HandTracking,
       "XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT"},
      {XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, Extension::HandTracking,
       "XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT"},
      {XR_TYPE_HAND_JOINT_LOCATIONS_EXT, Extension::HandTracking,
       "XR_TYPE_HAND_JOINT_LOCATIONS_EXT"},
      {XR_TYPE_HAND_JOINT_VELOCITIES_EXT, Extension::HandTracking,
       "XR_TYPE_HAND_JOINT_VELOCITIES_EXT"},
      {XR_TYPE_HAND_TRACKING_DATA_SOURCE_INFO_EXT, Extension::DataSource,
       "XR_TYPE_HAND_TRACKING_DATA_SOURCE_INFO_EXT"},
      {XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT, Extension::DataSource,
       "XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT"},
      {XR_TYPE_HAND_JOINTS_MOTION_RANGE_INFO_EXT, Extension::MotionRange,
       "XR_TYPE_HAND_JOINTS_MOTION_RANGE_INFO_EXT"},
      {XR_TYPE_HAND_TRACKING_AIM_STATE_FB, Extension::Aim, "XR_TYPE_HAND_TRACKING_AIM_STATE_FB"},
      {XR_TYPE_HAND_TRACKING_CAPSULES_STATE_FB, Extension::Capsules,
       "XR_TYPE_HAND_TRACKING_CAPSULES_STATE_FB"},
      {XR_TYPE_SYSTEM_FORCE_FEEDBACK_CURL_PROPERTIES_MNDX, Extension::ForceFeedback,
       "XR_TYPE_SYSTEM_FORCE_FEEDBACK_CURL_PROPERTIES_MNDX"},
      {XR_TYPE_FORCE_FEEDBACK_CURL_APPLY_LOCATIONS_MNDX, Extension::ForceFeedback,
       "XR_TYPE_FORCE_FEEDBACK_CURL_APPLY_LOCATIONS_MNDX"},
      {XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_FB, Extension::BodyFb,
       "XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_FB"},
      {XR_TYPE_BODY_TRACKER_CREATE_INFO_FB, Extension::BodyFb,
       "XR_TYPE_BODY_TRACKER_CREATE_INFO_FB"},
      {XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB, Extension::BodyFb, "XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB"},
      {XR_TYPE_BODY_JOINT_LOCATIONS_FB, Extension::BodyFb, "XR_TYPE_BODY_JOINT_LOCATIONS_FB"},
      {XR_TYPE_BODY_SKELETON_FB, Extension::BodyFb, "XR_TYPE_BODY_SKELETON_FB"},
      {XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_BD, Extension::BodyBd,
       "XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_BD"},
      {XR_TYPE_BODY_TRACKER_CREATE_INFO_BD, Extension::BodyBd,
       "XR_TYPE_BODY_TRACKER_CREATE_INFO_BD"},
      {XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD, Extension::BodyBd, "XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD"},
      {XR_TYPE_BODY_JOINT_LOCATIONS_BD, Extension::BodyBd, "XR_TYPE_BODY_JOINT_LOCATIONS_BD"},
      {XR_TYPE_VIVE_TRACKER_PATHS_HTCX, Extension::ViveTracker, "XR_TYPE_VIVE_TRACKER_PATHS_HTCX"},
      {XR_TYPE_EVENT_DATA_VIVE_TRACKER_CONNECTED_HTCX, Extension::ViveTracker,
       "XR_TYPE_EVENT_DATA_VIVE_TRACKER_CONNECTED_HTCX"},
      {XR_TYPE_HAPTIC_PCM_VIBRATION_FB, Extension::HapticPcm, "XR_TYPE_HAPTIC_PCM_VIBRATION_FB"},
      {XR_TYPE_DEVICE_PCM_SAMPLE_RATE_STATE_FB, Extension::HapticPcm,
       "XR_TYPE_DEVICE_PCM_SAMPLE_RATE_STATE_FB"},
      {XR_TYPE_HAPTIC_AMPLITUDE_ENVELOPE_VIBRATION_FB, Extension::HapticEnvelope,
       "XR_TYPE_HAPTIC_AMPLITUDE_ENVELOPE_VIBRATION_FB"},
      {XR_TYPE_HAPTIC_PARAMETRIC_VIBRATION_EXT, Extension::HapticParametric,
       "XR_TYPE_HAPTIC_PARAMETRIC_VIBRATION_EXT"},
      {XR_TYPE_HAPTIC_PARAMETRIC_PROPERTIES_EXT, Extension::HapticParametric,
       "XR_TYPE_HAPTIC_PARAMETRIC_PROPERTIES_EXT"},
      {XR_TYPE_SYSTEM_HAPTIC_PARAMETRIC_PROPERTIES_EXT, Extension::HapticParametric,
       "XR_TYPE_SYSTEM_HAPTIC_PARAMETRIC_PROPERTIES_EXT"},
      {XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX, Extension::Touch,
       "XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX"},
      {XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX, Extension::Touch,
       "XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX"},
      {XR_TYPE_TOUCH_BODY_POSES_TACTUSX, Extension::Touch, "XR_TYPE_TOUCH_BODY_POSES_TACTUSX"},
      {XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX, Extension::Touch,
       "XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX"},
      {XR_TYPE_TOUCH_CONTACTS_TACTUSX, Extension::Touch, "XR_TYPE_TOUCH_CONTACTS_TACTUSX"},
      {XR_TYPE_TOUCH_MESH_TACTUSX, Extension::Touch, "XR_TYPE_TOUCH_MESH_TACTUSX"},
      {XR_TYPE_TOUCH_MATERIAL_SET_INFO_TACTUSX, Extension::Touch,
       "XR_TYPE_TOUCH_MATERIAL_SET_INFO_TACTUSX"},
      {XR_TYPE_TOUCH_PATTERN_PLAY_INFO_TACTUSX, Extension::Touch,
       "XR_TYPE_TOUCH_PATTERN_PLAY_INFO_TACTUSX"},
      {XR_TYPE_TOUCH_SHOWN_HAND_TACTUSX, Extension::Touch, "XR_TYPE_TOUCH_SHOWN_HAND_TACTUSX"},
      {XR_TYPE_TOUCH_GLOVE_STATE_TACTUSX, Extension::Touch, "XR_TYPE_TOUCH_GLOVE_STATE_TACTUSX"},
      {XR_TYPE_TOUCH_GLOVE_GET_INFO_TACTUSX, Extension::Touch,
       "XR_TYPE_TOUCH_GLOVE_GET_INFO_TACTUSX"},
      {XR_TYPE_EVENT_DATA_TOUCH_STATE_CHANGED_TACTUSX, Extension::Touch,
       "XR_TYPE_EVENT_DATA_TOUCH_STATE_CHANGED_TACTUSX"},
  };
  for (const TypeName& known : names) {
    if (known.type != type) continue;
    const bool is_ours = instance.wants(known.extension) && !instance.below.has(known.extension);
    return is_ours ? known.name : nullptr;
  }
  return nullptr;
}

/// Calls down without the structs of extensions that those below do not have.
XrResult properties_below(const Instance& ours, XrSystemId system,
                          XrSystemProperties& properties) noexcept {
  const auto lacking = [&](Extension extension, XrStructureType type) {
    return ours.below.has(extension) ? XR_TYPE_UNKNOWN : type;
  };
  const ChainCut without_touch(properties, XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX);
  const ChainCut without_hands(
      properties, lacking(Extension::HandTracking, XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT));
  const ChainCut without_force(
      properties,
      lacking(Extension::ForceFeedback, XR_TYPE_SYSTEM_FORCE_FEEDBACK_CURL_PROPERTIES_MNDX));
  const ChainCut without_body_fb(
      properties, lacking(Extension::BodyFb, XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_FB));
  const ChainCut without_body_bd(
      properties, lacking(Extension::BodyBd, XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_BD));
  const ChainCut without_curves(
      properties,
      lacking(Extension::HapticParametric, XR_TYPE_SYSTEM_HAPTIC_PARAMETRIC_PROPERTIES_EXT));
  return ours.next.xrGetSystemProperties(ours.handle, system, &properties);
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrGetSystemProperties(XrInstance instance, XrSystemId systemId,
                                                     XrSystemProperties* properties) noexcept {
  const Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (properties == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  const XrResult result = properties_below(*ours, systemId, *properties);
  if (XR_FAILED(result)) return result;
  const XrBool32 supports = ours->is_serving ? XR_TRUE : XR_FALSE;
  auto* hands = first_of<XrSystemHandTrackingPropertiesEXT>(
      properties->next, XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT);
  if (hands != nullptr && ours->gives_hands()) hands->supportsHandTracking = supports;
  auto* body_fb = first_of<XrSystemBodyTrackingPropertiesFB>(
      properties->next, XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_FB);
  if (body_fb != nullptr && ours->gives_body(Extension::BodyFb)) {
    body_fb->supportsBodyTracking = supports;
  }
  auto* body_bd = first_of<XrSystemBodyTrackingPropertiesBD>(
      properties->next, XR_TYPE_SYSTEM_BODY_TRACKING_PROPERTIES_BD);
  if (body_bd != nullptr && ours->gives_body(Extension::BodyBd)) {
    body_bd->supportsBodyTracking = supports;
  }
  auto* curves = first_of<XrSystemHapticParametricPropertiesEXT>(
      properties->next, XR_TYPE_SYSTEM_HAPTIC_PARAMETRIC_PROPERTIES_EXT);
  const bool says_curves = ours->wants(Extension::HapticParametric) &&
                           (ours->is_serving || !ours->below.has(Extension::HapticParametric));
  if (curves != nullptr && says_curves) curves->supportsParametricHaptics = supports;
  auto* force = first_of<XrSystemForceFeedbackCurlPropertiesMNDX>(
      properties->next, XR_TYPE_SYSTEM_FORCE_FEEDBACK_CURL_PROPERTIES_MNDX);
  const bool says_force =
      ours->wants(Extension::ForceFeedback) && !ours->below.has(Extension::ForceFeedback);
  if (force != nullptr && says_force) force->supportsForceFeedbackCurl = XR_FALSE;
  auto* touch = first_of<XrSystemTouchPropertiesTACTUSX>(properties->next,
                                                         XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX);
  if (touch != nullptr && ours->wants(Extension::Touch)) touch->supportsTouch = supports;
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrStructureTypeToString(
    XrInstance instance, XrStructureType value, char buffer[XR_MAX_STRUCTURE_NAME_SIZE]) noexcept {
  const Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (buffer == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  const char* name = name_of(*ours, value);
  if (name == nullptr) return ours->next.xrStructureTypeToString(instance, value, buffer);
  std::snprintf(buffer, XR_MAX_STRUCTURE_NAME_SIZE, "%s", name);
  return XR_SUCCESS;
}

}  // namespace tactus::layer
