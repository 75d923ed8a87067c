// XR_MNDX_force_feedback_curl: the runtime's own, made safe to call. Gloves of ours vibrate and
// hold no finger back, so without such a runtime there is none.
//
// What goes down is always the whole hand, each finger once: runtimes are known that keep what was
// not said again, write past their five fingers, and do not look at the focus.
#include <array>
#include <cstddef>

#include "functions.h"
#include "instance.h"
#include "said_enum.h"

namespace tactus::layer {
namespace {

constexpr std::size_t kFingers = 5;
using Fingers = std::array<XrForceFeedbackCurlApplyLocationMNDX, kFingers>;

/// All of them free.
Fingers free_fingers() noexcept {
  return {{{XR_FORCE_FEEDBACK_CURL_LOCATION_THUMB_CURL_MNDX, 0},
           {XR_FORCE_FEEDBACK_CURL_LOCATION_INDEX_CURL_MNDX, 0},
           {XR_FORCE_FEEDBACK_CURL_LOCATION_MIDDLE_CURL_MNDX, 0},
           {XR_FORCE_FEEDBACK_CURL_LOCATION_RING_CURL_MNDX, 0},
           {XR_FORCE_FEEDBACK_CURL_LOCATION_LITTLE_CURL_MNDX, 0}}};
}

/// False: something said is none of the fingers or no value.
bool read(const XrForceFeedbackCurlApplyLocationsMNDX& said_locations, Fingers& fingers) noexcept {
  if (said_locations.locationCount == 0 || said_locations.locations == nullptr) return false;
  for (std::uint32_t i = 0; i < said_locations.locationCount; ++i) {
    const XrForceFeedbackCurlApplyLocationMNDX& one = said_locations.locations[i];
    const std::uint32_t finger = said(one.location);
    if (finger >= kFingers || !(one.value >= 0 && one.value <= 1)) return false;
    fingers[finger].value = one.value;
  }
  return true;
}

XrResult apply_below(const HandTracker& tracker, Fingers& fingers) noexcept {
  const XrForceFeedbackCurlApplyLocationsMNDX whole{
      XR_TYPE_FORCE_FEEDBACK_CURL_APPLY_LOCATIONS_MNDX, nullptr, kFingers, fingers.data()};
  return tracker.session->instance->next.xrApplyForceFeedbackCurlMNDX(tracker.handle, &whole);
}

bool has_force_feedback(const HandTracker& tracker) noexcept {
  return tracker.is_runtimes &&
         tracker.session->instance->next.xrApplyForceFeedbackCurlMNDX != nullptr;
}

}  // namespace

void release_fingers(HandTracker& tracker) noexcept {
  if (!tracker.is_held.exchange(false) || !has_force_feedback(tracker)) return;
  Fingers fingers = free_fingers();
  static_cast<void>(apply_below(tracker, fingers));
}

XRAPI_ATTR XrResult XRAPI_CALL xrApplyForceFeedbackCurlMNDX(
    XrHandTrackerEXT handTracker, const XrForceFeedbackCurlApplyLocationsMNDX* locations) noexcept {
  HandTracker* tracker = hand_trackers.find(key_of(handTracker));
  if (tracker == nullptr) return XR_ERROR_HANDLE_INVALID;
  if (!tracker->session->instance->wants(Extension::ForceFeedback)) {
    return XR_ERROR_FUNCTION_UNSUPPORTED;
  }
  Fingers fingers = free_fingers();
  if (locations == nullptr || locations->type != XR_TYPE_FORCE_FEEDBACK_CURL_APPLY_LOCATIONS_MNDX ||
      !read(*locations, fingers)) {
    return XR_ERROR_VALIDATION_FAILURE;
  }
  if (!has_force_feedback(*tracker)) return XR_ERROR_FEATURE_UNSUPPORTED;
  if (!tracker->session->is_focused()) return XR_SESSION_NOT_FOCUSED;
  const XrResult result = apply_below(*tracker, fingers);
  if (result == XR_SUCCESS) tracker->is_held.store(true);
  return result;
}

}  // namespace tactus::layer
