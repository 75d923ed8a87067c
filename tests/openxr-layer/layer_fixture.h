// The layer as the loader would load it: the real library, between the test and the fake runtime.
//
//   Clocks   XrTime of the fake runtime.
//   Frames   stage = world.
//   Units    SI.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include <gtest/gtest.h>

#include <array>
#include <memory>
#include <string>
#include <vector>

#include "fake_runtime.h"
#include "fake_service.h"
#include "tactus/XR_TACTUSX_touch_preview.h"
#include "tactus/pose/hand_pose.h"

namespace tactus::layer_test {

inline constexpr const char* kHandTracking = XR_EXT_HAND_TRACKING_EXTENSION_NAME;
inline constexpr const char* kTouch = XR_TACTUSX_TOUCH_PREVIEW_EXTENSION_NAME;
inline constexpr const char* kTimespec = XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME;

/// The library, loaded and negotiated with; unloaded with the last of these.
class LoadedLayer {
 public:
  LoadedLayer();
  ~LoadedLayer();
  /// Keeps the library until the program ends, as some loaders do.
  static void pin();
  XrNegotiateApiLayerRequest layer{};
  PFN_xrNegotiateLoaderApiLayerInterface negotiate = nullptr;

 private:
  void* library_ = nullptr;
};

[[nodiscard]] XrNegotiateLoaderInfo loader_info();
[[nodiscard]] XrNegotiateApiLayerRequest layer_request();

/// A service in a folder of its own, named by TACTUS_SOCKET; none unless asked for.
class LayerTest : public ::testing::Test {
 protected:
  LayerTest();
  ~LayerTest() override;

  void start_service(FakeService::Options options = {});
  void stop_service() { service.reset(); }

  /// As an application that enables these; what lies between layer and runtime may be given.
  XrResult create(const std::vector<const char*>& extensions,
                  XrApiLayerNextInfo* between = nullptr);
  /// create, a session, and its state.
  void begin(const std::vector<const char*>& extensions,
             XrSessionState state = XR_SESSION_STATE_FOCUSED);
  void enter(XrSessionState state);
  /// Polls until there is no event left.
  void poll_all();
  /// Polls until `holds`; a machine that takes 10 s for it is said to hang.
  bool poll_until(const std::function<bool()>& holds);

  XrPath path(const char* text);
  /// An action set, then actions of it, suggested for the simple controller.
  void begin_actions();
  XrAction make_action(XrActionType type, const std::vector<const char*>& bindings);

  XrVersion version = XR_MAKE_VERSION(1, 0, 0);  ///< that the application asks for

  template <class Function>
  Function get(const char* name) {
    PFN_xrVoidFunction found = nullptr;
    const XrResult result = loaded.layer.getInstanceProcAddr(instance, name, &found);
    return XR_SUCCEEDED(result) ? reinterpret_cast<Function>(found) : nullptr;
  }
  /// The result of asking for a function; checks that a failure gives no pointer.
  XrResult ask(XrInstance of, const char* name);

  [[nodiscard]] HostTime host(XrTime time) const;

  FakeRuntime runtime;
  TemporaryFolder folder;
  std::unique_ptr<FakeService> service;
  LoadedLayer loaded;
  XrInstance instance = XR_NULL_HANDLE;  ///< the last that was made
  std::vector<XrInstance> made_instances;
  XrSession session = XR_NULL_HANDLE;
  XrActionSet action_set = XR_NULL_HANDLE;
};

/// A hand whose joints are all different, turn and move.
[[nodiscard]] HandPose some_hand(Hand hand, HostTime t);

/// One locate call's memory, filled with a pattern that the layer must overwrite or leave alone.
struct Joints {
  static constexpr XrSpaceLocationFlags kUntouchedFlags = 0x8000;
  static constexpr XrBool32 kUntouchedActive = 99;

  Joints();
  Joints(const Joints&) = delete;
  Joints& operator=(const Joints&) = delete;
  [[nodiscard]] bool is_untouched() const;

  std::array<XrHandJointLocationEXT, XR_HAND_JOINT_COUNT_EXT> location{};
  std::array<XrHandJointVelocityEXT, XR_HAND_JOINT_COUNT_EXT> velocity{};
  XrHandJointVelocitiesEXT velocities{};
  XrHandJointLocationsEXT locations{};
};

[[nodiscard]] inline Vec3 vec(const XrVector3f& v) { return {v.x, v.y, v.z}; }
[[nodiscard]] inline Quat quat(const XrQuaternionf& q) { return {q.x, q.y, q.z, q.w}; }

}  // namespace tactus::layer_test
