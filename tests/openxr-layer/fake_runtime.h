// A runtime inside the test: as much of OpenXR as the layer calls, strict where runtimes and
// neighbours are strict, and able to move its spaces.
//
//   Clocks   XrTime = host time − offset_ns.
//   Frames   stage; a space is a pose in it that may move with constant velocities.
//   Units    SI.
//   Errors   as a strict runtime's: unknown chained structs are refused.
//   Threads  calls may overlap; the test sets it up before.
//   Proof    the tests that use it
#pragma once
#include <time.h>

#define XR_USE_TIMESPEC
#include <openxr/openxr.h>
#include <openxr/openxr_platform.h>

#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "loader_contract.h"
#include "tactus/base/geometry.h"

namespace tactus::layer_test {

/// Where the runtime's own hand tracker puts every joint unless it is told otherwise, and the radius
/// of each: a mark that tests recognise.
inline constexpr float kRuntimeHandMark_m = 77.0f;

/// Likewise of its own bodies.
inline constexpr float kRuntimeBodyMark_m = 55.0f;

struct FakeSpace {
  Pose T_stage_space;          ///< at XrTime 0
  Vec3 v_stage;                ///< m/s
  Vec3 omega_stage;            ///< rad/s
  XrTime t_moved = INT64_MAX;  ///< from then on it is elsewhere:
  Pose T_stage_moved;
  XrSpaceLocationFlags flags = 0xF;
  bool tells_velocity = true;
};

struct FakeAction {
  std::uint64_t set = 0;
  XrActionType type = XR_ACTION_TYPE_BOOLEAN_INPUT;
  std::set<XrPath> users;  ///< its subaction paths
};

struct FakeActionState {
  bool is_active = false;
  float value = 0;
  bool has_changed = false;
  XrTime t_changed = 0;
};

class FakeRuntime {
 public:
  FakeRuntime();  ///< becomes the one that the functions below speak for
  ~FakeRuntime();

  std::set<std::string> offered = {"XR_KHR_convert_timespec_time", "XR_MND_headless"};
  std::int64_t offset_ns = 5'000'000'000;  ///< host − XrTime
  bool has_stage = true;
  FakeSpace local;             ///< where LOCAL is, for spaces made after
  FakeSpace head;              ///< likewise VIEW
  bool supports_hands = true;  ///< of the system, if the extension is offered
  bool lacks_name_function = false;
  bool refuses_unknown_chains = true;
  XrResult destroy_instance_result = XR_SUCCESS;
  XrTime predicted = 1'000'000'000;
  std::function<void(const XrFrameEndInfo&)> on_frame;  ///< looks at each frame that ends

  // What it saw.
  std::vector<std::vector<std::string>> creates;  ///< the extensions of each attempt
  std::vector<XrStructureType> system_chain;
  std::vector<std::string> asked;  ///< names given to xrGetInstanceProcAddr
  std::set<std::uint64_t> instances;
  std::set<std::uint64_t> sessions;
  std::set<std::uint64_t> trackers;
  std::map<std::uint64_t, FakeSpace> spaces;
  std::set<std::uint64_t> is_local;  ///< the spaces made of LOCAL
  std::vector<XrReferenceSpaceType> made_spaces;
  std::atomic<int> locate_space_calls{0};
  std::atomic<int> locate_hand_calls{0};
  std::atomic<int> create_hand_calls{0};
  std::atomic<int> convert_calls{0};
  /// Every joint of its own hands; with flags 0 it sees none.
  FakeSpace hand{.T_stage_space = {{}, {kRuntimeHandMark_m, 0, 0}}};
  int last_motion_range = 0;    ///< of the last located hand; 0: none was chained
  bool saw_aim = false;         ///< an aim state was chained
  bool supports_bodies = true;  ///< of the system, if the extension is offered
  std::set<std::uint64_t> body_trackers;
  std::atomic<int> locate_body_calls{0};
  std::array<float, 5> curl{};  ///< of the fingers, as last held back
  int curl_calls = 0;
  FakeSpace grip;  ///< of a controller, for action spaces made after
  std::deque<XrEventDataBuffer> events;
  std::set<std::uint64_t> action_sets;
  std::map<std::uint64_t, FakeAction> actions;
  std::map<std::string, std::vector<std::string>> suggested;  ///< by profile, what came down
  std::map<std::uint64_t, std::set<std::uint64_t>> attached;  ///< action sets by session
  std::map<std::pair<std::uint64_t, XrPath>, FakeActionState> state_of;  ///< by action and user
  std::map<XrPath, XrPath> profile_of;                      ///< by user: the current one
  std::map<std::uint64_t, std::vector<XrPath>> sources_of;  ///< by action
  std::vector<std::pair<XrPath, XrPath>> trackers_worn;     ///< of its own: persistent, role
  XrResult sync_result = XR_SUCCESS;
  std::vector<std::string> paths = {""};     ///< by XrPath
  std::vector<std::string> messages;         ///< of debug utils: function, message, object in hex
  std::vector<std::uint64_t> named_objects;  ///< that were given a name
  XrResult haptic_result = XR_SUCCESS;
  std::vector<XrStructureType> applied;  ///< types of haptics, XR_TYPE_UNKNOWN for a stop
  XrHapticVibration last_vibration{};
  std::uint64_t next_handle = 1;
  std::mutex mutex;  ///< of all that is not atomic

  void post_state(XrSession session, XrSessionState state);
  void post_space_change(XrSession session, XrReferenceSpaceType type, XrTime t_change,
                         bool is_known, const Pose& T_before_after);
  XrSpace add_space(const FakeSpace& space);

  static XrResult XRAPI_CALL get_proc_addr(XrInstance instance, const char* name,
                                           PFN_xrVoidFunction* function);
  static XrResult XRAPI_CALL create_instance(const XrInstanceCreateInfo* info,
                                             const XrApiLayerCreateInfo* layer_info,
                                             XrInstance* instance);
};

/// The one that is alive.
FakeRuntime& fake();

inline std::uint64_t key(const void* handle) { return reinterpret_cast<std::uint64_t>(handle); }

template <class Handle>
Handle mint(std::set<std::uint64_t>& live) {
  const std::uint64_t value = fake().next_handle++;
  live.insert(value);
  return reinterpret_cast<Handle>(value);
}

}  // namespace tactus::layer_test
