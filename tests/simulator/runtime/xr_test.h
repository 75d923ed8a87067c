// An OpenXR client for the tests: the real loader, a headless session.
#pragma once
#include <gtest/gtest.h>
#include <time.h>

#define XR_USE_TIMESPEC
#define XR_USE_GRAPHICS_API_VULKAN
#include <vulkan/vulkan.h>
// After Vulkan, whose types it uses.
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include "openxr_1_1.h"

#include <cstring>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tactus::test {

inline constexpr XrPosef kIdentity{{0, 0, 0, 1}, {0, 0, 0}};

#define EXPECT_XR(call) EXPECT_EQ(call, XR_SUCCESS)
#define ASSERT_XR(call) ASSERT_EQ(call, XR_SUCCESS)

class XrTest : public ::testing::Test {
 protected:
  void TearDown() override {
    if (instance_) {
      EXPECT_XR(xrDestroyInstance(instance_));
    }
  }

  static XrResult try_instance(const std::vector<const char*>& extensions, XrInstance* made) {
    XrInstanceCreateInfo create{XR_TYPE_INSTANCE_CREATE_INFO};
    std::strcpy(create.applicationInfo.applicationName, "test");
    create.applicationInfo.apiVersion = XR_CURRENT_API_VERSION;
    create.enabledExtensionCount = static_cast<std::uint32_t>(extensions.size());
    create.enabledExtensionNames = extensions.data();
    return xrCreateInstance(&create, made);
  }

  void make_instance(std::vector<const char*> extensions = {
                         XR_MND_HEADLESS_EXTENSION_NAME,
                         XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME}) {
    ASSERT_XR(try_instance(extensions, &instance_)) << "is $XR_RUNTIME_JSON set, as ctest sets it?";
    XrSystemGetInfo get{XR_TYPE_SYSTEM_GET_INFO};
    get.formFactor = XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY;
    ASSERT_XR(xrGetSystem(instance_, &get, &system_));
  }

  void make_session() {
    XrSessionCreateInfo create{XR_TYPE_SESSION_CREATE_INFO};
    create.systemId = system_;
    ASSERT_XR(xrCreateSession(instance_, &create, &session_));
  }

  void begin_session() {
    XrSessionBeginInfo begin{XR_TYPE_SESSION_BEGIN_INFO};
    begin.primaryViewConfigurationType = XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
    ASSERT_XR(xrBeginSession(session_, &begin));
  }

  /// An instance with a running, focused, headless session.
  void make_running_session() {
    make_instance();
    make_session();
    begin_session();
  }

  [[nodiscard]] XrPath path(const char* text) const {
    XrPath made = XR_NULL_PATH;
    EXPECT_XR(xrStringToPath(instance_, text, &made)) << text;
    return made;
  }

  [[nodiscard]] XrSpace make_space(XrReferenceSpaceType type, XrPosef pose = kIdentity) const {
    XrReferenceSpaceCreateInfo create{XR_TYPE_REFERENCE_SPACE_CREATE_INFO};
    create.referenceSpaceType = type;
    create.poseInReferenceSpace = pose;
    XrSpace made = XR_NULL_HANDLE;
    EXPECT_XR(xrCreateReferenceSpace(session_, &create, &made));
    return made;
  }

  [[nodiscard]] std::optional<XrEventDataBuffer> poll() const {
    XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
    const XrResult result = xrPollEvent(instance_, &event);
    if (result == XR_SUCCESS) return event;
    EXPECT_EQ(result, XR_EVENT_UNAVAILABLE);
    return std::nullopt;
  }

  /// The session states told since the last call.
  [[nodiscard]] std::vector<XrSessionState> states() const {
    std::vector<XrSessionState> told;
    while (const std::optional<XrEventDataBuffer> event = poll()) {
      if (event->type != XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED) continue;
      XrEventDataSessionStateChanged change;
      std::memcpy(&change, &*event, sizeof(change));
      EXPECT_EQ(change.session, session_);
      EXPECT_GT(change.time, 0);
      told.push_back(change.state);
    }
    return told;
  }

  [[nodiscard]] XrTime now() const {
    PFN_xrConvertTimespecTimeToTimeKHR convert = nullptr;
    EXPECT_XR(xrGetInstanceProcAddr(instance_, "xrConvertTimespecTimeToTimeKHR",
                                    reinterpret_cast<PFN_xrVoidFunction*>(&convert)));
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    XrTime time = 0;
    EXPECT_XR(convert(instance_, &t, &time));
    return time;
  }

  XrResult end_frame(XrTime display_time, std::vector<XrCompositionLayerBaseHeader*> layers = {}) {
    XrFrameEndInfo end{XR_TYPE_FRAME_END_INFO};
    end.displayTime = display_time;
    end.environmentBlendMode = XR_ENVIRONMENT_BLEND_MODE_OPAQUE;
    end.layerCount = static_cast<std::uint32_t>(layers.size());
    end.layers = layers.data();
    return xrEndFrame(session_, &end);
  }

  /// One frame that shows nothing.
  XrFrameState run_frame() {
    XrFrameState state{XR_TYPE_FRAME_STATE};
    EXPECT_XR(xrWaitFrame(session_, nullptr, &state));
    EXPECT_XR(xrBeginFrame(session_, nullptr));
    EXPECT_XR(end_frame(state.predictedDisplayTime));
    return state;
  }

  XrInstance instance_ = XR_NULL_HANDLE;
  XrSystemId system_ = XR_NULL_SYSTEM_ID;
  XrSession session_ = XR_NULL_HANDLE;
};

}  // namespace tactus::test
