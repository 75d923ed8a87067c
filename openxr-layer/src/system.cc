// What the system can, and what our structs are called.
#include <cstdio>

#include "chain.h"
#include "functions.h"
#include "instance.h"

namespace tactus::layer {
namespace {

const char* name_of_hand_type(XrStructureType type) noexcept {
  switch (type) {
    case XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT:
      return "XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT";
    case XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT:
      return "XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT";
    case XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT:
      return "XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT";
    case XR_TYPE_HAND_JOINT_LOCATIONS_EXT:
      return "XR_TYPE_HAND_JOINT_LOCATIONS_EXT";
    case XR_TYPE_HAND_JOINT_VELOCITIES_EXT:
      return "XR_TYPE_HAND_JOINT_VELOCITIES_EXT";
    default:
      return nullptr;
  }
}

const char* name_of_touch_type(XrStructureType type) noexcept {
  if (type == XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX) {
    return "XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX";
  }
  if (type == XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX) {
    return "XR_TYPE_TOUCH_BODY_CREATE_INFO_TACTUSX";
  }
  if (type == XR_TYPE_TOUCH_BODY_POSES_TACTUSX) return "XR_TYPE_TOUCH_BODY_POSES_TACTUSX";
  if (type == XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX) {
    return "XR_TYPE_TOUCH_CONTACTS_GET_INFO_TACTUSX";
  }
  if (type == XR_TYPE_TOUCH_CONTACTS_TACTUSX) return "XR_TYPE_TOUCH_CONTACTS_TACTUSX";
  return nullptr;
}

/// Calls down without the structs of extensions that those below do not have.
XrResult properties_below(const Instance& ours, XrSystemId system,
                          XrSystemProperties& properties) noexcept {
  const ChainCut without_touch(properties, XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX);
  if (ours.runtime_has_hands) {
    return ours.next.xrGetSystemProperties(ours.handle, system, &properties);
  }
  const ChainCut without_hands(properties, XR_TYPE_SYSTEM_HAND_TRACKING_PROPERTIES_EXT);
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
  if (hands != nullptr && ours->emulates_hands()) hands->supportsHandTracking = supports;
  auto* touch = first_of<XrSystemTouchPropertiesTACTUSX>(properties->next,
                                                         XR_TYPE_SYSTEM_TOUCH_PROPERTIES_TACTUSX);
  if (touch != nullptr && ours->wants_touch) touch->supportsTouch = supports;
  return result;
}

XRAPI_ATTR XrResult XRAPI_CALL xrStructureTypeToString(
    XrInstance instance, XrStructureType value, char buffer[XR_MAX_STRUCTURE_NAME_SIZE]) noexcept {
  const Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (buffer == nullptr) return XR_ERROR_VALIDATION_FAILURE;
  const char* name = ours->emulates_hands() ? name_of_hand_type(value) : nullptr;
  if (name == nullptr && ours->wants_touch) name = name_of_touch_type(value);
  if (name == nullptr) return ours->next.xrStructureTypeToString(instance, value, buffer);
  std::snprintf(buffer, XR_MAX_STRUCTURE_NAME_SIZE, "%s", name);
  return XR_SUCCESS;
}

}  // namespace tactus::layer
