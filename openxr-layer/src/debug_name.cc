// XR_EXT_debug_utils on handles that nobody below knows: the loader keeps their names.
#include "functions.h"
#include "instance.h"

namespace tactus::layer {
namespace {

/// Ours alone: those below would say that there is no such object.
bool is_only_ours(const XrDebugUtilsObjectNameInfoEXT& info) noexcept {
  if (info.objectType == XR_OBJECT_TYPE_TOUCH_BODY_TACTUSX) {
    return touch_bodies.find(info.objectHandle) != nullptr;
  }
  if (info.objectType != XR_OBJECT_TYPE_HAND_TRACKER_EXT) return false;
  const HandTracker* tracker = hand_trackers.find(info.objectHandle);
  return tracker != nullptr && !tracker->is_runtimes;
}

}  // namespace

XRAPI_ATTR XrResult XRAPI_CALL xrSetDebugUtilsObjectNameEXT(
    XrInstance instance, const XrDebugUtilsObjectNameInfoEXT* nameInfo) noexcept {
  const Instance* ours = instances.find(key_of(instance));
  if (ours == nullptr) return XR_ERROR_HANDLE_INVALID;
  const bool is_named = nameInfo != nullptr &&
                        nameInfo->type == XR_TYPE_DEBUG_UTILS_OBJECT_NAME_INFO_EXT &&
                        is_only_ours(*nameInfo);
  if (is_named) return XR_SUCCESS;
  return ours->next.xrSetDebugUtilsObjectNameEXT(instance, nameInfo);
}

}  // namespace tactus::layer
