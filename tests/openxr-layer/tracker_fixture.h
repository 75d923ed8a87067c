// A focused session with trackers worn, and actions bound to them.
//
//   Clocks   virtual: XrTime `now` is the service's, and each tracker's newest pose is of it.
//   Frames   stage = world.
//   Units    SI.
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include <string_view>

#include "input_fixture.h"

namespace tactus::layer_test {

inline constexpr const char* kTrackers = XR_HTCX_VIVE_TRACKER_INTERACTION_EXTENSION_NAME;
inline constexpr const char* kTrackerProfile = "/interaction_profiles/htc/vive_tracker_htcx";
inline constexpr const char* kChest = "/user/vive_tracker_htcx/role/chest";
inline constexpr const char* kWaist = "/user/vive_tracker_htcx/role/waist";
inline constexpr const char* kWrist = "/user/vive_tracker_htcx/role/left_wrist";
inline constexpr const char* kFirst = "/devices/htc/vive_tracker_htcx/tactus-tt1-0001";
inline constexpr const char* kSecond = "/devices/htc/vive_tracker_htcx/tactus-tt1_0002";

using Texts = std::vector<std::string>;

inline std::string both(const char* persistent, const char* role) {
  return std::string(persistent) + " " + role;
}

class HTCX_vive_tracker_interaction : public EXT_hand_interaction {
 protected:
  using Role = ipc::TrackerRole;

  void begin_trackers(const std::vector<const char*>& extensions = {kTrackers}) {
    is_left_on = is_right_on = false;
    begin_input(extensions);
  }
  /// A tracker of this serial number is there, still at this place for 100 ms.
  void put(std::size_t slot, std::string_view serial, Role role, const Pose& T_world = {},
           Vec3 v_world = {}) {
    ipc::TrackerHistory& tracker = service->published().trackers[slot];
    ipc::WornTracker worn{1, role, {}, {}};
    std::copy(serial.begin(), serial.end(), worn.serial.begin());
    tracker.worn.write(worn);
    ++epoch;
    for (int ms = -100; ms <= 0; ms += 10) {
      const Vec3 p = T_world.p + 1e-3f * static_cast<float>(ms) * v_world;
      const HostTime t = host(now) + std::chrono::milliseconds(ms);
      ipc::publish(tracker, {t, epoch, 1, {T_world.q, p}});
    }
  }
  void take_away(std::size_t slot) { service->published().trackers[slot].worn.write({}); }

  /// An action of these users.
  XrAction make_for(XrActionType type, const std::vector<const char*>& users) {
    XrAction action = XR_NULL_HANDLE;
    EXPECT_EQ(try_make(type, users, action), XR_SUCCESS);
    return action;
  }
  XrResult try_make(XrActionType type, const std::vector<const char*>& users, XrAction& action) {
    std::vector<XrPath> paths;
    for (const char* user : users) paths.push_back(path(user));
    XrActionCreateInfo info{XR_TYPE_ACTION_CREATE_INFO};
    info.actionType = type;
    info.countSubactionPaths = static_cast<uint32_t>(paths.size());
    info.subactionPaths = paths.data();
    return get<PFN_xrCreateAction>("xrCreateAction")(action_set, &info, &action);
  }
  /// A pose of these users, suggested for their grips.
  XrAction grip_of(const std::vector<const char*>& users) {
    const XrAction action = make_for(XR_ACTION_TYPE_POSE_INPUT, users);
    std::vector<Binding> bindings;
    for (const char* user : users) bindings.push_back({action, user + kGrip});
    EXPECT_EQ(try_bind(bindings, kTrackerProfile), XR_SUCCESS);
    return action;
  }

  XrResult enumerate(uint32_t capacity, uint32_t* count, XrViveTrackerPathsHTCX* paths) {
    return get<PFN_xrEnumerateViveTrackerPathsHTCX>("xrEnumerateViveTrackerPathsHTCX")(
        instance, capacity, count, paths);
  }
  /// All of them, as "persistent role".
  std::vector<std::string> enumerate() {
    uint32_t count = 99;
    EXPECT_EQ(enumerate(0, &count, nullptr), XR_SUCCESS);
    std::vector<XrViveTrackerPathsHTCX> paths(count, {XR_TYPE_VIVE_TRACKER_PATHS_HTCX});
    if (count > 0) {
      EXPECT_EQ(enumerate(count, &count, paths.data()), XR_SUCCESS);
    }
    std::vector<std::string> texts;
    for (const auto& one : paths) texts.push_back(text_of(one));
    return texts;
  }
  std::string text_of(const XrViveTrackerPathsHTCX& paths) {
    return runtime.paths[paths.persistentPath] + " " + runtime.paths[paths.rolePath];
  }
  /// What events told of trackers, likewise; other events are forgotten.
  std::vector<std::string> told() {
    std::vector<std::string> texts;
    const auto poll = get<PFN_xrPollEvent>("xrPollEvent");
    for (XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER}; poll(instance, &event) == XR_SUCCESS;
         event = {XR_TYPE_EVENT_DATA_BUFFER}) {
      if (event.type != XR_TYPE_EVENT_DATA_VIVE_TRACKER_CONNECTED_HTCX) continue;
      texts.push_back(
          text_of(*reinterpret_cast<XrEventDataViveTrackerConnectedHTCX&>(event).paths));
    }
    return texts;
  }

  static inline const std::string kGrip = "/input/grip/pose";
  const Pose T_chest{axis_angle({0, 1, 0}, 0.5f), {0.1f, 1.3f, -0.2f}};
  const Pose T_waist{axis_angle({1, 0, 0}, -0.3f), {0, 0.9f, 0.1f}};
  std::uint32_t epoch = 0;
};

}  // namespace tactus::layer_test
