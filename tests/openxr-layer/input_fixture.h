// A focused session with hands of known shape in both gloves, and actions of every type bound to
// them.
//
//   Clocks   virtual: the hands' time is the service's, and moves when a hand does.
//   Frames   stage = world.
//   Units    metres; how far a hand is closed in [0, 1].
//   Errors   what cannot be set up fails the test.
//   Threads  the test's.
//   Proof    the tests that use it
#pragma once
#include "hand_fixture.h"
#include "newer_openxr.h"
#include "shaped_hand.h"

namespace tactus::layer_test {

inline constexpr const char* kHandInteraction = XR_EXT_HAND_INTERACTION_EXTENSION_NAME;
inline constexpr const char* kHandsProfile = "/interaction_profiles/ext/hand_interaction_ext";
inline constexpr const char* kSimpleProfile = "/interaction_profiles/khr/simple_controller";
inline constexpr const char* kLeft = "/user/hand/left";
inline constexpr const char* kRight = "/user/hand/right";
inline constexpr const char* kPinch = "/input/pinch_ext/value";
inline constexpr const char* kGrasp = "/input/grasp_ext/value";
inline constexpr const char* kSelect = "/input/select/click";
inline constexpr auto kBoolean = XR_ACTION_TYPE_BOOLEAN_INPUT;
inline constexpr auto kFloat = XR_ACTION_TYPE_FLOAT_INPUT;
inline constexpr auto kPose = XR_ACTION_TYPE_POSE_INPUT;
inline constexpr float kSame = 1e-5f;

struct Binding {
  XrAction action;
  std::string path;
};

class EXT_hand_interaction : public HandTest {
 protected:
  void begin_input(const std::vector<const char*>& extensions = {kHandInteraction}) {
    start_service();
    begin(extensions);
    stage = runtime.add_space({});
    begin_actions();
    left = shaped_hand(Hand::Left, 0, T_left);
    right = shaped_hand(Hand::Right, 0, {{}, {0.2f, 1.1f, -0.4f}});
    show();
  }
  /// Publishes both hands as they are, a millisecond later.
  void show() {
    now += 1'000'000;
    left.t = right.t = host(now);
    service->beat(host(now), is_left_on, is_right_on);
    ipc::publish(service->published(), left);
    ipc::publish(service->published(), right);
  }
  void close_left(float closed) {
    left = shaped_hand(Hand::Left, closed, T_left);
    show();
  }
  /// Puts a hand's index finger so that this much air is between its skin and the thumb's.
  void pinch(HandPose& hand, float air_m) {
    const auto thumb = index(HandJoint::ThumbTip), tip = index(HandJoint::IndexTip);
    const Vec3 way = normalized(hand.T_world_joint[tip].p - hand.T_world_joint[thumb].p);
    hand.T_world_joint[tip].p =
        hand.T_world_joint[thumb].p + (air_m + hand.radius_m[thumb] + hand.radius_m[tip]) * way;
    show();
  }
  void wear(bool is_left, bool is_right) {
    is_left_on = is_left;
    is_right_on = is_right;
    show();
  }

  XrActionSet make_set(uint32_t priority) {
    XrActionSetCreateInfo info{XR_TYPE_ACTION_SET_CREATE_INFO};
    info.priority = priority;
    XrActionSet set = XR_NULL_HANDLE;
    EXPECT_EQ(get<PFN_xrCreateActionSet>("xrCreateActionSet")(instance, &info, &set), XR_SUCCESS);
    return set;
  }
  XrAction make(XrActionType type, XrActionSet set = XR_NULL_HANDLE) {
    const std::array<XrPath, 2> users = {path(kLeft), path(kRight)};
    XrActionCreateInfo info{XR_TYPE_ACTION_CREATE_INFO};
    info.actionType = type;
    info.countSubactionPaths = users.size();
    info.subactionPaths = users.data();
    XrAction action = XR_NULL_HANDLE;
    EXPECT_EQ(get<PFN_xrCreateAction>("xrCreateAction")(set == XR_NULL_HANDLE ? action_set : set,
                                                        &info, &action),
              XR_SUCCESS);
    return action;
  }
  XrResult try_bind(const std::vector<Binding>& bindings, const char* profile = kHandsProfile) {
    std::vector<XrActionSuggestedBinding> suggested;
    for (const Binding& b : bindings) suggested.push_back({b.action, path(b.path.c_str())});
    const XrInteractionProfileSuggestedBinding all{
        XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING, nullptr, path(profile),
        static_cast<uint32_t>(suggested.size()), suggested.data()};
    return get<PFN_xrSuggestInteractionProfileBindings>("xrSuggestInteractionProfileBindings")(
        instance, &all);
  }
  /// An action of both hands, bound to this input of each.
  XrAction bound(XrActionType type, const std::string& input, const char* profile = kHandsProfile) {
    const XrAction action = make(type);
    EXPECT_EQ(try_bind({{action, kLeft + input}, {action, kRight + input}}, profile), XR_SUCCESS);
    return action;
  }
  XrResult try_attach(const std::vector<XrActionSet>& sets) {
    const XrSessionActionSetsAttachInfo info{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO, nullptr,
                                             static_cast<uint32_t>(sets.size()), sets.data()};
    return get<PFN_xrAttachSessionActionSets>("xrAttachSessionActionSets")(session, &info);
  }
  void attach() { EXPECT_EQ(try_attach({action_set}), XR_SUCCESS); }
  XrResult sync(const std::vector<XrActiveActionSet>& active) {
    const XrActionsSyncInfo info{XR_TYPE_ACTIONS_SYNC_INFO, nullptr,
                                 static_cast<uint32_t>(active.size()), active.data()};
    return get<PFN_xrSyncActions>("xrSyncActions")(session, &info);
  }
  void sync() { EXPECT_EQ(sync({{action_set, XR_NULL_PATH}}), XR_SUCCESS); }
  /// attach, then the first sync.
  void start() {
    attach();
    sync();
  }

  XrActionStateGetInfo of(XrAction action, const char* user) {
    return {XR_TYPE_ACTION_STATE_GET_INFO, nullptr, action,
            user == nullptr ? XR_NULL_PATH : path(user)};
  }
  XrActionStateBoolean boolean(XrAction action, const char* user = kLeft) {
    const XrActionStateGetInfo info = of(action, user);
    XrActionStateBoolean state{XR_TYPE_ACTION_STATE_BOOLEAN};
    EXPECT_EQ(get<PFN_xrGetActionStateBoolean>("xrGetActionStateBoolean")(session, &info, &state),
              XR_SUCCESS);
    return state;
  }
  XrActionStateFloat number(XrAction action, const char* user = kLeft) {
    const XrActionStateGetInfo info = of(action, user);
    XrActionStateFloat state{XR_TYPE_ACTION_STATE_FLOAT};
    EXPECT_EQ(get<PFN_xrGetActionStateFloat>("xrGetActionStateFloat")(session, &info, &state),
              XR_SUCCESS);
    return state;
  }
  bool is_pose_active(XrAction action, const char* user = kLeft) {
    const XrActionStateGetInfo info = of(action, user);
    XrActionStatePose state{XR_TYPE_ACTION_STATE_POSE};
    EXPECT_EQ(get<PFN_xrGetActionStatePose>("xrGetActionStatePose")(session, &info, &state),
              XR_SUCCESS);
    return state.isActive == XR_TRUE;
  }
  /// What the runtime's own controller says of an action.
  void set_below(XrAction action, const char* user, const FakeActionState& state) {
    runtime.state_of[{key(action), user == nullptr ? XR_NULL_PATH : path(user)}] = state;
  }

  std::string profile(const char* user = kLeft) {
    XrInteractionProfileState state{XR_TYPE_INTERACTION_PROFILE_STATE};
    EXPECT_EQ(get<PFN_xrGetCurrentInteractionProfile>("xrGetCurrentInteractionProfile")(
                  session, path(user), &state),
              XR_SUCCESS);
    return runtime.paths[state.interactionProfile];
  }
  /// How many times the application is told that a profile has changed.
  int told_changes() {
    int count = 0;
    XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
    while (get<PFN_xrPollEvent>("xrPollEvent")(instance, &event) == XR_SUCCESS) {
      if (event.type == XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED) ++count;
      event = {XR_TYPE_EVENT_DATA_BUFFER};
    }
    return count;
  }
  std::vector<std::string> sources(XrAction action) {
    const XrBoundSourcesForActionEnumerateInfo info{XR_TYPE_BOUND_SOURCES_FOR_ACTION_ENUMERATE_INFO,
                                                    nullptr, action};
    const auto enumerate =
        get<PFN_xrEnumerateBoundSourcesForAction>("xrEnumerateBoundSourcesForAction");
    uint32_t count = 99;
    EXPECT_EQ(enumerate(session, &info, 0, &count, nullptr), XR_SUCCESS);
    std::vector<XrPath> paths(count);
    if (count > 1) {
      EXPECT_EQ(enumerate(session, &info, count - 1, &count, paths.data()),
                XR_ERROR_SIZE_INSUFFICIENT);
    }
    EXPECT_EQ(enumerate(session, &info, count, &count, paths.data()), XR_SUCCESS);
    std::vector<std::string> texts;
    for (const XrPath one : paths) texts.push_back(runtime.paths[one]);
    return texts;
  }
  XrResult name_of(const char* source, XrInputSourceLocalizedNameFlags parts, std::string& name) {
    const XrInputSourceLocalizedNameGetInfo info{XR_TYPE_INPUT_SOURCE_LOCALIZED_NAME_GET_INFO,
                                                 nullptr, path(source), parts};
    char text[64] = {};
    uint32_t count = 0;
    const XrResult result = get<PFN_xrGetInputSourceLocalizedName>("xrGetInputSourceLocalizedName")(
        session, &info, sizeof(text), &count, text);
    name = text;
    return result;
  }

  /// A space at the action's pose, as the application makes it.
  XrSpace make_action_space(XrAction action, const char* user = kLeft, const Pose& T = {}) {
    const XrActionSpaceCreateInfo info{XR_TYPE_ACTION_SPACE_CREATE_INFO,
                                       nullptr,
                                       action,
                                       user == nullptr ? XR_NULL_PATH : path(user),
                                       {{T.q.x, T.q.y, T.q.z, T.q.w}, {T.p.x, T.p.y, T.p.z}}};
    XrSpace space = XR_NULL_HANDLE;
    EXPECT_EQ(get<PFN_xrCreateActionSpace>("xrCreateActionSpace")(session, &info, &space),
              XR_SUCCESS);
    return space;
  }
  struct Located {
    XrSpaceLocationFlags flags = 0;
    XrSpaceVelocityFlags moving = 0;
    Pose T;
    Vec3 v, omega;
  };
  Located where(XrSpace space, XrSpace base, XrTime time) {
    XrSpaceVelocity velocity{XR_TYPE_SPACE_VELOCITY};
    XrSpaceLocation location{XR_TYPE_SPACE_LOCATION, &velocity, 0, {}};
    EXPECT_EQ(get<PFN_xrLocateSpace>("xrLocateSpace")(space, base, time, &location), XR_SUCCESS);
    EXPECT_EQ(location.next, &velocity);
    return {location.locationFlags,
            velocity.velocityFlags,
            {quat(location.pose.orientation), vec(location.pose.position)},
            vec(velocity.linearVelocity),
            vec(velocity.angularVelocity)};
  }
  Located where(XrSpace space) { return where(space, stage, now); }

  const Pose T_left{axis_angle({0, 1, 0}, 0.4f), {-0.2f, 1.2f, -0.3f}};
  XrTime now = kNow;
  bool is_left_on = true, is_right_on = true;
};

}  // namespace tactus::layer_test
