#include "fake_bodies.h"

namespace tactus::layer_test {
namespace {

XrResult create_body(std::uint64_t& tracker) {
  const std::scoped_lock lock(fake().mutex);
  if (!fake().supports_bodies) return XR_ERROR_FEATURE_UNSUPPORTED;
  tracker = fake().next_handle++;
  fake().body_trackers.insert(tracker);
  return XR_SUCCESS;
}

XrResult destroy_body(std::uint64_t tracker) {
  const std::scoped_lock lock(fake().mutex);
  return fake().body_trackers.erase(tracker) != 0 ? XR_SUCCESS : XR_ERROR_HANDLE_INVALID;
}

/// Every joint in the one place.
template <class Joint>
void place_body(Joint* joints, std::uint32_t count) {
  ++fake().locate_body_calls;
  for (std::uint32_t j = 0; j < count; ++j) {
    joints[j] = {0xF, {{0, 0, 0, 1}, {kRuntimeBodyMark_m, 0, 0}}};
  }
}

}  // namespace

XrResult XRAPI_CALL create_body_fb(XrSession, const XrBodyTrackerCreateInfoFB*,
                                   XrBodyTrackerFB* tracker) {
  std::uint64_t value = 0;
  const XrResult result = create_body(value);
  *tracker = reinterpret_cast<XrBodyTrackerFB>(value);
  return result;
}
XrResult XRAPI_CALL destroy_body_fb(XrBodyTrackerFB tracker) { return destroy_body(key(tracker)); }
XrResult XRAPI_CALL locate_body_fb(XrBodyTrackerFB, const XrBodyJointsLocateInfoFB* info,
                                   XrBodyJointLocationsFB* locations) {
  place_body(locations->jointLocations, locations->jointCount);
  locations->isActive = XR_TRUE;
  locations->confidence = 1;
  locations->skeletonChangedCount = 1;
  locations->time = info->time;
  return XR_SUCCESS;
}
XrResult XRAPI_CALL skeleton_fb(XrBodyTrackerFB, XrBodySkeletonFB* skeleton) {
  for (std::uint32_t j = 0; j < skeleton->jointCount; ++j) {
    skeleton->joints[j].pose.position.x = kRuntimeBodyMark_m;
  }
  return XR_SUCCESS;
}
XrResult XRAPI_CALL create_body_bd(XrSession, const XrBodyTrackerCreateInfoBD*,
                                   XrBodyTrackerBD* tracker) {
  std::uint64_t value = 0;
  const XrResult result = create_body(value);
  *tracker = reinterpret_cast<XrBodyTrackerBD>(value);
  return result;
}
XrResult XRAPI_CALL destroy_body_bd(XrBodyTrackerBD tracker) { return destroy_body(key(tracker)); }
XrResult XRAPI_CALL locate_body_bd(XrBodyTrackerBD, const XrBodyJointsLocateInfoBD*,
                                   XrBodyJointLocationsBD* locations) {
  place_body(locations->jointLocations, locations->jointLocationCount);
  locations->allJointPosesTracked = XR_TRUE;
  return XR_SUCCESS;
}

}  // namespace tactus::layer_test
