// What the layer knows of one XrInstance and of all that lives in it.
//
// Nothing is shared between instances: neighbours create and leak instances of their own through
// us, and an application may come back with another one.
//
//   Clocks   XrTime in, HostTime for the service; `time_map` relates them.
//   Frames   anchor: the session's STAGE (LOCAL where there is none), which is the service's world
//            until the runtime moves it.
//   Units    SI.
//   Errors   objects that cannot be made are missing; calls about them answer
//            XR_ERROR_HANDLE_INVALID.
//   Threads  fields say their own; `lock` guards the lists and is never held while calling down.
//   Proof    tests/openxr-layer
#pragma once
#include <array>
#include <atomic>
#include <cstdint>

#include "extensions.h"
#include "hand_switch.h"
#include "handle_table.h"
#include "next.h"
#include "owned.h"
#include "profile.h"
#include "service_link.h"
#include "spin_lock.h"
#include "tactus/XR_TACTUSX_touch_preview.h"
#include "tactus/base/geometry.h"
#include "tactus/base/hand.h"
#include "tactus/ipc/sealed_memory.h"
#include "time_map.h"

namespace tactus::layer {

/// Whose input it is (user.h): a hand's, that of whatever has a role, or of one tracker.
using User = std::uint8_t;
inline constexpr User kFirstTracker = kHands + ipc::kTrackerRoles - 1;
inline constexpr User kUsers = kFirstTracker + ipc::kMaxTrackers;
inline constexpr User kNoUser = kUsers;

/// A tracker's serial number as paths have it, NUL ended.
using TrackerName = std::array<char, 17>;

/// A tracker of ours that the application may know.
struct KnownTracker {
  TrackerName name{};    ///< empty: none. Once given it stays
  bool is_told = false;  ///< the application heard of it, as worn so:
  ipc::TrackerRole role{};
  XrViveTrackerPathsHTCX paths{};  ///< of the last event
};

struct Instance;
struct Session;
struct SessionInput;

/// A stream of XR_EXT_haptic_parametric on one haptic element.
struct HapticStream {
  bool is_running = false;  ///< more of it may come
  XrDuration t_begin = 0;   ///< of its newest piece
  XrDuration t_end = 0;     ///< of its last amplitude
  XrDuration t_last = 0;    ///< of its last frequency or transient
  float least_Hz = ipc::kLeastHaptic_Hz;
  float most_Hz = ipc::kMostHaptic_Hz;
};

/// An XrHandTrackerEXT. Its handle is the runtime's where the runtime made one, so that functions
/// of other extensions, which we never see, may be given it.
struct HandTracker {
  Session* session = nullptr;
  Hand hand = Hand::Left;
  XrHandTrackerEXT handle = XR_NULL_HANDLE;
  bool is_runtimes = false;
  bool names_sources = false;             ///< the application said which sources it takes
  bool takes_fingers = true;              ///< … those that see each finger: gloves are one
  HandSwitch hand_switch;                 ///< … or the runtime's own hand, where it has one
  std::atomic<bool> is_held{false};       ///< the runtime was told to hold fingers back
  std::atomic<std::uint8_t> pinching{0};  ///< bits of hand_gestures.h, when last located
  HandTracker* following = nullptr;
};

/// An XrBodyTrackerFB or XrBodyTrackerBD; its handle is the runtime's where the runtime made one.
struct BodyTracker {
  Session* session = nullptr;
  std::uint64_t key = 0;  ///< of its handle
  bool is_runtimes = false;
  std::uint32_t joint_count = 0;  ///< of its joint set; 0: one that only those below know
  BodyTracker* following = nullptr;
};

/// An XrTouchBodyTACTUSX.
struct TouchBody {
  Session* session = nullptr;
  XrTouchBodyTACTUSX handle = XR_NULL_HANDLE;
  std::uint32_t number = 0;  ///< as the service knows it
  std::uint32_t bone_count = 0;
  ipc::SealedMemory data;                      ///< kept, for a service that comes back
  std::atomic<std::uint32_t> announced_to{0};  ///< serial of the connection that has it
  TouchBody* following = nullptr;
};

/// An XrSpace of the application's. Fixed to the session's anchor or to LOCAL it can be located
/// without asking; fixed to a controller's grip it tells where a glove is (seen_wrist.h); one of an
/// action goes where a glove is while that drives the action.
struct AppSpace {
  enum class Kind : std::uint8_t { Other, Anchor, Local, Grip };
  Session* session = nullptr;
  XrSpace handle = XR_NULL_HANDLE;
  Kind kind = Kind::Other;
  Hand hand = Hand::Left;  ///< whose controller's grip it is fixed to
  Pose T_reference_space;
  XrAction action = XR_NULL_HANDLE;  ///< none: a reference space
  XrPath user = XR_NULL_PATH;        ///< the subaction path, if one was given
  bool is_hidden = false;            ///< those below do not know whose it is
  AppSpace* following = nullptr;

  [[nodiscard]] bool is_fixed() const noexcept {
    return kind == Kind::Anchor || kind == Kind::Local;
  }
};

/// Where LOCAL is in the anchor, as last seen.
struct LocalInAnchor {
  Pose T_anchor_local;
  XrSpaceLocationFlags flags = 0;  ///< 0: not known
  XrTime t_since = 0;              ///< it was moved then; before, it was elsewhere
};

/// An XrActionSet of the application's.
struct ActionSet {
  Instance* instance = nullptr;
  XrActionSet handle = XR_NULL_HANDLE;
  std::uint32_t priority = 0;
  std::atomic<bool> is_attached{false};  ///< to any session: it does not change any more
  ActionSet* following = nullptr;
};

/// An XrAction of the application's.
struct Action {
  Instance* instance = nullptr;
  XrAction handle = XR_NULL_HANDLE;
  XrActionSet set = XR_NULL_HANDLE;
  XrActionType type = XR_ACTION_TYPE_BOOLEAN_INPUT;
  std::uint32_t subactions = 0;  ///< bits by user: its subaction paths
  /// Under instance->lock: bits by component, what of each profile was suggested for each user.
  std::array<std::array<std::uint16_t, kUsers>, kProfiles> suggested{};
  std::atomic<std::uint8_t> hands{0};  ///< bit 0 left, bit 1 right: suggested for these; of a pose
                                       ///< action: for their grip
  Action* following = nullptr;

  [[nodiscard]] bool is_haptic() const noexcept { return type == XR_ACTION_TYPE_VIBRATION_OUTPUT; }
  [[nodiscard]] bool is_pose() const noexcept { return type == XR_ACTION_TYPE_POSE_INPUT; }
};

/// T_world_anchor, which changes when the runtime moves the anchor; then a new epoch begins.
struct AnchorInWorld {
  Pose before;
  Pose after;
  XrTime t_change = 0;      ///< `after` from here on
  std::uint32_t epoch = 0;  ///< of `after`; `before` is one less

  [[nodiscard]] const Pose& at(XrTime t) const noexcept { return t < t_change ? before : after; }
  [[nodiscard]] std::uint32_t epoch_at(XrTime t) const noexcept {
    return t < t_change ? epoch - 1 : epoch;
  }
};

/// What a session's application was told of the facilitator.
struct TouchState {
  XrTouchAllowedTACTUSX allowed = XR_TOUCH_ALLOWED_FULL_TACTUSX;
  std::uint32_t step = 0;
  bool operator==(const TouchState&) const noexcept = default;
};

struct Session {
  Instance* instance = nullptr;
  XrSession handle = XR_NULL_HANDLE;
  XrSystemId system = XR_NULL_SYSTEM_ID;
  XrSpace anchor = XR_NULL_HANDLE;  ///< ours; dies with the runtime's session
  XrSpace local = XR_NULL_HANDLE;   ///< ours too; none where the anchor is LOCAL
  XrSpace view = XR_NULL_HANDLE;    ///< ours too: the headset
  XrReferenceSpaceType anchor_type = XR_REFERENCE_SPACE_TYPE_STAGE;
  std::atomic<XrSessionState> state{XR_SESSION_STATE_UNKNOWN};
  ipc::Cell<AnchorInWorld> anchor_in_world;   ///< written under instance->lock
  ipc::Cell<LocalInAnchor> local_in_anchor;   ///< written under instance->lock
  HandTracker* trackers = nullptr;            ///< under instance->lock
  BodyTracker* fb_bodies = nullptr;           ///< under instance->lock
  BodyTracker* bd_bodies = nullptr;           ///< under instance->lock
  TouchBody* bodies = nullptr;                ///< under instance->lock
  AppSpace* spaces = nullptr;                 ///< under instance->lock
  TouchState told;                            ///< under instance->lock
  std::atomic<SessionInput*> input{nullptr};  ///< ours, once action sets are attached
  Session* following = nullptr;

  ~Session();
  [[nodiscard]] bool is_focused() const noexcept {
    return state.load(std::memory_order_relaxed) == XR_SESSION_STATE_FOCUSED;
  }
};

struct Instance {
  XrInstance handle = XR_NULL_HANDLE;
  Next next;
  /// The next one's, learnt when the application asks for it.
  std::atomic<PFN_xrDestroyInstance> destroy{nullptr};

  // Decided when the instance was made, constant afterwards.
  ExtensionSet wishes;             ///< what the application enabled
  ExtensionSet below;              ///< what is enabled below
  bool is_serving = false;         ///< a service is there, or one was named
  bool plays_controllers = false;  ///< gloves press the buttons of controllers
  bool is_1_1 = false;             ///< the application asked for OpenXR 1.1

  ServiceLink link;
  TimeMap time_map;
  SpinLock lock;
  Session* sessions = nullptr;                           ///< under lock
  ActionSet* action_sets = nullptr;                      ///< under lock
  Action* actions = nullptr;                             ///< under lock
  std::array<HapticStream, 3> streams;                   ///< under lock: left hand, right, all else
  std::array<KnownTracker, ipc::kMaxTrackers> trackers;  ///< under lock
  std::atomic<std::int64_t> samples_end_ns{0};  ///< steady_clock, when the gloves have played all
  std::atomic<std::int64_t> signed_ns{0};       ///< steady_clock, of our last sign of life
  std::uint32_t bodies_made = 0;                ///< under lock
  std::uint32_t announced_to = 0;               ///< under lock: whom the two below were told
  bool announced_focus = false;                 ///< under lock
  const Session* plays_pattern = nullptr;       ///< under lock
  enum class Stop : std::uint8_t { Unsaid, Stopped, Resumed } stop = Stop::Unsaid;  ///< under lock
  bool is_stop_announced = true;                                                    ///< under lock

  ~Instance();
  /// Destroys all that we keep of sessions, as the runtime does of its own.
  void forget_sessions() noexcept;
  [[nodiscard]] bool wants(Extension e) const noexcept { return wishes.has(e); }
  /// Those below track hands too.
  [[nodiscard]] bool runtime_has_hands() const noexcept {
    return below.has(Extension::HandTracking);
  }
  /// Whether there are hands is ours to say: the runtime has none, or a glove may be on.
  [[nodiscard]] bool gives_hands() const noexcept {
    return wants(Extension::HandTracking) && (is_serving || !runtime_has_hands());
  }
  /// Calls about hands come through us, were it only for what the runtime does not say of its own.
  [[nodiscard]] bool answers_hands() const noexcept {
    return gives_hands() ||
           (wants(Extension::HandTracking) && !((wishes & kOfHands) - below).is_empty());
  }
  /// Whether there is a body is ours to say, by this extension: the runtime does not have it, or a
  /// glove may be on.
  [[nodiscard]] bool gives_body(Extension extension) const noexcept {
    return wants(extension) && (is_serving || !below.has(extension));
  }
  /// Whether there are trackers is ours to say.
  [[nodiscard]] bool gives_trackers() const noexcept {
    return wants(Extension::ViveTracker) && (is_serving || !below.has(Extension::ViveTracker));
  }
  /// Whether effects of curves are felt is ours to say.
  [[nodiscard]] bool gives_parametric_haptics() const noexcept {
    return wants(Extension::HapticParametric) && is_serving;
  }
  /// Gloves drive actions, or the runtime does not know the profile that they play.
  [[nodiscard]] bool gives_input() const noexcept {
    return (is_serving && (plays_controllers || wants(Extension::HandInteraction))) ||
           (wants(Extension::HandInteraction) && !below.has(Extension::HandInteraction)) ||
           gives_trackers();
  }
  /// The application knows of something that is ours to answer.
  [[nodiscard]] bool is_asked() const noexcept {
    return answers_hands() || gives_body(Extension::BodyFb) || gives_body(Extension::BodyBd) ||
           gives_trackers() || !(wishes & kSeenAlways).is_empty();
  }
  /// False: every call goes past us.
  [[nodiscard]] bool is_active() const noexcept {
    return is_serving || is_asked() || gives_input();
  }
};

// Every live object by its handle.
extern HandleTable<Instance> instances;
extern HandleTable<Session> sessions;
extern HandleTable<HandTracker> hand_trackers;
extern HandleTable<BodyTracker> fb_body_trackers;
extern HandleTable<BodyTracker> bd_body_trackers;
extern HandleTable<TouchBody> touch_bodies;
extern HandleTable<AppSpace> app_spaces;
extern HandleTable<ActionSet> action_sets;
extern HandleTable<Action> actions;

/// touch_pattern.cc: what the session plays with xrPlayTouchPatternTACTUSX ends.
void end_pattern(const Session& session) noexcept;

/// Ends what the runtime holds back, if it does.
void release_fingers(HandTracker& tracker) noexcept;

/// A path as text; empty when it is none.
struct PathText {
  PathText(const Instance& instance, XrPath path) noexcept;
  char chars[XR_MAX_PATH_LENGTH] = {};
};

/// Bit 0: the path is of the left hand, bit 1: of the right; 0: of neither.
[[nodiscard]] std::uint8_t hands_of(Instance& instance, XrPath path) noexcept;

/// Tells the service what it does not know yet: focus, STOP, bodies. Any time, any thread.
void announce(Instance& instance) noexcept;

/// Keeps up the link, announces, and tells the service that the application goes on. With every
/// xrPollEvent, xrSyncActions, xrWaitFrame and xrEndFrame.
void keep_up(Instance& instance) noexcept;

}  // namespace tactus::layer
