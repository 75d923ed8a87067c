// OpenXR as the scene uses it: the headers in their order, and what a failed call throws.
//
//   Frames   XrPosef and Pose are the same thing in two types.
//   Units    metres, seconds; XrTime in nanoseconds.
//   Errors   check throws SceneError with the call and its result.
//   Threads  plain.
//   Proof    tests/scene/headset_test.py
#pragma once
#include <volk.h>
#define XR_USE_GRAPHICS_API_VULKAN
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include <string>

#include "scene/world/geometry.h"
#include "scene/world/model.h"

namespace tactus::scene {

inline void check(XrResult result, const char* call) {
  if (XR_FAILED(result))
    throw SceneError(std::string(call) + " failed with XrResult " + std::to_string(result));
}

/// A function of an extension; throws when the runtime says it has the extension but not this.
template <class Function>
[[nodiscard]] Function find_function(XrInstance instance, const char* name) {
  PFN_xrVoidFunction found = nullptr;
  check(xrGetInstanceProcAddr(instance, name, &found), name);
  return reinterpret_cast<Function>(found);
}

[[nodiscard]] inline Pose from_xr(const XrPosef& pose) {
  const XrQuaternionf& q = pose.orientation;
  const XrVector3f& p = pose.position;
  return {Quat(q.w, q.x, q.y, q.z), {p.x, p.y, p.z}};
}
[[nodiscard]] inline XrPosef to_xr(const Pose& pose) {
  return {{pose.q.x(), pose.q.y(), pose.q.z(), pose.q.w()}, {pose.p.x(), pose.p.y(), pose.p.z()}};
}
inline constexpr XrPosef kXrIdentity = {{0, 0, 0, 1}, {0, 0, 0}};

inline constexpr XrSpaceLocationFlags kWholePose =
    XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;

}  // namespace tactus::scene
