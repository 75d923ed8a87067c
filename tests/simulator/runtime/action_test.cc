#include "xr_test.h"

namespace tactus::test {
namespace {

constexpr const char* kSimple = "/interaction_profiles/khr/simple_controller";
constexpr const char* kTouch = "/interaction_profiles/oculus/touch_controller";

class ActionTest : public XrTest {
 protected:
  void SetUp() override {
    make_running_session();
    left_ = path("/user/hand/left");
    right_ = path("/user/hand/right");
    set_ = make_set("game");
  }

  XrActionSet make_set(const std::string& name, std::uint32_t priority = 0) {
    XrActionSetCreateInfo create{XR_TYPE_ACTION_SET_CREATE_INFO};
    std::strcpy(create.actionSetName, name.c_str());
    std::strcpy(create.localizedActionSetName, name.c_str());
    create.priority = priority;
    XrActionSet made = XR_NULL_HANDLE;
    EXPECT_XR(xrCreateActionSet(instance_, &create, &made));
    return made;
  }

  XrResult try_action(XrActionSet set, const std::string& name, XrActionType type,
                      const std::vector<XrPath>& subactions, XrAction* made) {
    XrActionCreateInfo create{XR_TYPE_ACTION_CREATE_INFO};
    create.actionType = type;
    std::strcpy(create.actionName, name.c_str());
    std::strcpy(create.localizedActionName, name.c_str());
    create.countSubactionPaths = static_cast<std::uint32_t>(subactions.size());
    create.subactionPaths = subactions.data();
    return xrCreateAction(set, &create, made);
  }

  XrAction make_action(const std::string& name, XrActionType type,
                       const std::vector<XrPath>& subactions = {}) {
    XrAction made = XR_NULL_HANDLE;
    EXPECT_XR(try_action(set_, name, type, subactions, &made)) << name;
    return made;
  }

  XrResult suggest(const char* profile,
                   const std::vector<std::pair<XrAction, const char*>>& bindings) {
    std::vector<XrActionSuggestedBinding> list;
    for (const auto& [action, source] : bindings) list.push_back({action, path(source)});
    XrInteractionProfileSuggestedBinding all{XR_TYPE_INTERACTION_PROFILE_SUGGESTED_BINDING};
    all.interactionProfile = path(profile);
    all.countSuggestedBindings = static_cast<std::uint32_t>(list.size());
    all.suggestedBindings = list.data();
    return xrSuggestInteractionProfileBindings(instance_, &all);
  }

  XrResult attach(std::vector<XrActionSet> sets) {
    XrSessionActionSetsAttachInfo all{XR_TYPE_SESSION_ACTION_SETS_ATTACH_INFO};
    all.countActionSets = static_cast<std::uint32_t>(sets.size());
    all.actionSets = sets.data();
    return xrAttachSessionActionSets(session_, &all);
  }

  XrResult sync(std::vector<XrActiveActionSet> active) {
    XrActionsSyncInfo all{XR_TYPE_ACTIONS_SYNC_INFO};
    all.countActiveActionSets = static_cast<std::uint32_t>(active.size());
    all.activeActionSets = active.data();
    return xrSyncActions(session_, &all);
  }

  [[nodiscard]] bool pose_is_active(XrAction action, XrPath subaction) const {
    XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO};
    get.action = action;
    get.subactionPath = subaction;
    XrActionStatePose state{XR_TYPE_ACTION_STATE_POSE};
    EXPECT_XR(xrGetActionStatePose(session_, &get, &state));
    return state.isActive == XR_TRUE;
  }

  XrPath left_ = XR_NULL_PATH, right_ = XR_NULL_PATH;
  XrActionSet set_ = XR_NULL_HANDLE;
};

TEST_F(ActionTest, NamesHaveRules) {
  XrAction made = XR_NULL_HANDLE;
  const auto boolean = XR_ACTION_TYPE_BOOLEAN_INPUT;
  EXPECT_EQ(try_action(set_, "", boolean, {}, &made), XR_ERROR_NAME_INVALID);
  EXPECT_EQ(try_action(set_, "Bad Name", boolean, {}, &made), XR_ERROR_PATH_FORMAT_INVALID);
  EXPECT_XR(try_action(set_, "grab", boolean, {}, &made));
  XrAction again = XR_NULL_HANDLE;
  EXPECT_EQ(try_action(set_, "grab", boolean, {}, &again), XR_ERROR_NAME_DUPLICATED);
  EXPECT_XR(xrDestroyAction(made));
  EXPECT_XR(try_action(set_, "grab", boolean, {}, &again));
  EXPECT_EQ(try_action(set_, "other", static_cast<XrActionType>(77), {}, &made),
            XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(try_action(set_, "other", boolean, {left_, left_}, &made), XR_ERROR_PATH_UNSUPPORTED);
  EXPECT_EQ(try_action(set_, "other", boolean, {path("/user/foot")}, &made),
            XR_ERROR_PATH_UNSUPPORTED);
  EXPECT_EQ(try_action(set_, "other", boolean, {0x123456}, &made), XR_ERROR_PATH_INVALID);
}

TEST_F(ActionTest, SuggestionsAreChecked) {
  const XrAction grab = make_action("grab", XR_ACTION_TYPE_BOOLEAN_INPUT);
  EXPECT_XR(suggest(kSimple, {{grab, "/user/hand/left/input/select/click"}}));
  EXPECT_EQ(suggest(kSimple, {{grab, "/user/hand/left/input/trigger/value"}}),
            XR_ERROR_PATH_UNSUPPORTED);
  EXPECT_EQ(suggest("/interaction_profiles/no/such", {{grab, "/user/hand/left/input/select"}}),
            XR_ERROR_PATH_UNSUPPORTED);
  EXPECT_EQ(suggest(kSimple, {}), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_XR(attach({set_}));
  EXPECT_EQ(suggest(kSimple, {{grab, "/user/hand/left/input/select/click"}}),
            XR_ERROR_ACTIONSETS_ALREADY_ATTACHED);
  XrAction late = XR_NULL_HANDLE;
  EXPECT_EQ(try_action(set_, "late", XR_ACTION_TYPE_BOOLEAN_INPUT, {}, &late),
            XR_ERROR_ACTIONSETS_ALREADY_ATTACHED);
  EXPECT_EQ(attach({set_}), XR_ERROR_ACTIONSETS_ALREADY_ATTACHED);
}

TEST_F(ActionTest, HandsAreFollowedOnTheBestProfile) {
  const XrAction hand = make_action("hand", XR_ACTION_TYPE_POSE_INPUT, {left_, right_});
  EXPECT_XR(suggest(kSimple, {{hand, "/user/hand/left/input/grip/pose"}}));
  EXPECT_XR(suggest(kTouch, {{hand, "/user/hand/left/input/grip/pose"},
                             {hand, "/user/hand/right/input/grip/pose"}}));
  XrInteractionProfileState profile{XR_TYPE_INTERACTION_PROFILE_STATE};
  EXPECT_EQ(xrGetCurrentInteractionProfile(session_, left_, &profile),
            XR_ERROR_ACTIONSET_NOT_ATTACHED);
  EXPECT_EQ(sync({{set_, XR_NULL_PATH}}), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  EXPECT_XR(attach({set_}));
  (void)states();
  EXPECT_XR(xrGetCurrentInteractionProfile(session_, left_, &profile));
  EXPECT_EQ(profile.interactionProfile, XR_NULL_PATH) << "changes at a sync only";
  EXPECT_XR(sync({{set_, XR_NULL_PATH}}));
  EXPECT_XR(xrGetCurrentInteractionProfile(session_, left_, &profile));
  EXPECT_EQ(profile.interactionProfile, path(kTouch));
  const std::optional<XrEventDataBuffer> event = poll();
  ASSERT_TRUE(event);
  EXPECT_EQ(event->type, XR_TYPE_EVENT_DATA_INTERACTION_PROFILE_CHANGED);
  EXPECT_XR(sync({{set_, XR_NULL_PATH}}));
  EXPECT_FALSE(poll()) << "told once";
  EXPECT_TRUE(pose_is_active(hand, left_));
  EXPECT_TRUE(pose_is_active(hand, XR_NULL_PATH));

  XrActionSpaceCreateInfo create{XR_TYPE_ACTION_SPACE_CREATE_INFO};
  create.action = hand;
  create.subactionPath = right_;
  create.poseInActionSpace = kIdentity;
  XrSpace space = XR_NULL_HANDLE;
  ASSERT_XR(xrCreateActionSpace(session_, &create, &space));
  const XrSpace view = make_space(XR_REFERENCE_SPACE_TYPE_VIEW);
  XrSpaceVelocity velocity{XR_TYPE_SPACE_VELOCITY};
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION, &velocity};
  ASSERT_XR(xrLocateSpace(space, view, now(), &location));
  EXPECT_EQ(location.locationFlags, 15u);
  EXPECT_EQ(velocity.velocityFlags, 3u);
  EXPECT_GT(location.pose.position.x, 0.05f) << "on the right";
  EXPECT_LT(location.pose.position.z, -0.2f) << "before the head";
  EXPECT_XR(xrDestroyAction(hand));
  ASSERT_XR(xrLocateSpace(space, view, now(), &location));
  EXPECT_EQ(location.locationFlags, 15u) << "the space outlives the action's handle";
  EXPECT_XR(sync({}));
  ASSERT_XR(xrLocateSpace(space, view, now(), &location));
  EXPECT_EQ(location.locationFlags, 0u) << "the set is not active";
}

TEST_F(ActionTest, StatesAreCheckedAndZeroWhenNobodyPresses) {
  const XrAction grab = make_action("grab", XR_ACTION_TYPE_BOOLEAN_INPUT, {left_});
  const XrAction pull = make_action("pull", XR_ACTION_TYPE_FLOAT_INPUT);
  const XrAction unbound = make_action("unbound", XR_ACTION_TYPE_VECTOR2F_INPUT);
  EXPECT_XR(suggest(kTouch, {{grab, "/user/hand/left/input/trigger"},
                             {pull, "/user/hand/right/input/squeeze/value"}}));
  XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO};
  get.action = grab;
  XrActionStateBoolean boolean{XR_TYPE_ACTION_STATE_BOOLEAN};
  EXPECT_EQ(xrGetActionStateBoolean(session_, &get, &boolean), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  EXPECT_XR(attach({set_}));
  EXPECT_XR(sync({{set_, XR_NULL_PATH}}));
  EXPECT_XR(xrGetActionStateBoolean(session_, &get, &boolean));
  EXPECT_TRUE(boolean.isActive);
  EXPECT_FALSE(boolean.currentState);
  EXPECT_FALSE(boolean.changedSinceLastSync);
  XrActionStateFloat number{XR_TYPE_ACTION_STATE_FLOAT};
  EXPECT_EQ(xrGetActionStateFloat(session_, &get, &number), XR_ERROR_ACTION_TYPE_MISMATCH);
  get.subactionPath = right_;
  EXPECT_EQ(xrGetActionStateBoolean(session_, &get, &boolean), XR_ERROR_PATH_UNSUPPORTED);
  get.subactionPath = 0x123456;
  EXPECT_EQ(xrGetActionStateBoolean(session_, &get, &boolean), XR_ERROR_PATH_INVALID);
  get.subactionPath = XR_NULL_PATH;
  get.action = pull;
  EXPECT_XR(xrGetActionStateFloat(session_, &get, &number));
  EXPECT_TRUE(number.isActive);
  get.action = unbound;
  XrActionStateVector2f vector{XR_TYPE_ACTION_STATE_VECTOR2F};
  EXPECT_XR(xrGetActionStateVector2f(session_, &get, &vector));
  EXPECT_FALSE(vector.isActive);
}

TEST_F(ActionTest, AHigherSetTakesAnInputFromALower) {
  const XrActionSet menu = make_set("menu", 5);
  const XrAction low = make_action("low", XR_ACTION_TYPE_BOOLEAN_INPUT);
  XrAction high = XR_NULL_HANDLE;
  ASSERT_XR(try_action(menu, "high", XR_ACTION_TYPE_BOOLEAN_INPUT, {}, &high));
  EXPECT_XR(suggest(kSimple, {{low, "/user/hand/left/input/select/click"},
                              {high, "/user/hand/left/input/select/click"}}));
  EXPECT_XR(attach({set_, menu}));
  const auto active = [this](XrAction action) {
    XrActionStateGetInfo get{XR_TYPE_ACTION_STATE_GET_INFO};
    get.action = action;
    XrActionStateBoolean state{XR_TYPE_ACTION_STATE_BOOLEAN};
    EXPECT_XR(xrGetActionStateBoolean(session_, &get, &state));
    return state.isActive == XR_TRUE;
  };
  EXPECT_XR(sync({{set_, XR_NULL_PATH}, {menu, XR_NULL_PATH}}));
  EXPECT_FALSE(active(low));
  EXPECT_TRUE(active(high));
  EXPECT_XR(sync({{set_, XR_NULL_PATH}}));
  EXPECT_TRUE(active(low));
  EXPECT_FALSE(active(high));
}

TEST_F(ActionTest, SourcesHaveNames) {
  const XrAction grab = make_action("grab", XR_ACTION_TYPE_BOOLEAN_INPUT, {left_, right_});
  EXPECT_XR(suggest(kSimple, {{grab, "/user/hand/left/input/select/click"},
                              {grab, "/user/hand/right/input/select/click"}}));
  EXPECT_XR(attach({set_}));
  EXPECT_XR(sync({{set_, XR_NULL_PATH}}));
  XrBoundSourcesForActionEnumerateInfo ask{XR_TYPE_BOUND_SOURCES_FOR_ACTION_ENUMERATE_INFO};
  ask.action = grab;
  std::uint32_t count = 0;
  XrPath sources[2]{};
  ASSERT_XR(xrEnumerateBoundSourcesForAction(session_, &ask, 2, &count, sources));
  ASSERT_EQ(count, 2u);
  EXPECT_EQ(sources[0], path("/user/hand/left/input/select/click"));
  XrInputSourceLocalizedNameGetInfo get{XR_TYPE_INPUT_SOURCE_LOCALIZED_NAME_GET_INFO};
  get.sourcePath = sources[0];
  char name[128];
  EXPECT_EQ(xrGetInputSourceLocalizedName(session_, &get, 128, &count, name),
            XR_ERROR_VALIDATION_FAILURE)
      << "nothing asked for";
  get.whichComponents = XR_INPUT_SOURCE_LOCALIZED_NAME_USER_PATH_BIT |
                        XR_INPUT_SOURCE_LOCALIZED_NAME_INTERACTION_PROFILE_BIT |
                        XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT;
  ASSERT_XR(xrGetInputSourceLocalizedName(session_, &get, 128, &count, name));
  EXPECT_STREQ(name, "Left hand Simple controller select");
}

TEST_F(ActionTest, HapticsAreCheckedThenTaken) {
  const XrAction buzz = make_action("buzz", XR_ACTION_TYPE_VIBRATION_OUTPUT, {left_});
  const XrAction grab = make_action("grab", XR_ACTION_TYPE_BOOLEAN_INPUT);
  EXPECT_XR(suggest(kSimple, {{buzz, "/user/hand/left/output/haptic"}}));
  XrHapticActionInfo where{XR_TYPE_HAPTIC_ACTION_INFO};
  where.action = buzz;
  XrHapticVibration vibration{XR_TYPE_HAPTIC_VIBRATION, nullptr, XR_MIN_HAPTIC_DURATION, 0, 1};
  const auto* effect = reinterpret_cast<XrHapticBaseHeader*>(&vibration);
  EXPECT_EQ(xrApplyHapticFeedback(session_, &where, effect), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  EXPECT_XR(attach({set_}));
  EXPECT_XR(xrApplyHapticFeedback(session_, &where, effect));
  EXPECT_XR(xrStopHapticFeedback(session_, &where));
  EXPECT_EQ(xrApplyHapticFeedback(session_, &where, nullptr), XR_ERROR_VALIDATION_FAILURE);
  where.action = grab;
  EXPECT_EQ(xrApplyHapticFeedback(session_, &where, effect), XR_ERROR_ACTION_TYPE_MISMATCH);
  where.action = buzz;
  EXPECT_XR(xrRequestExitSession(session_));
  EXPECT_EQ(xrApplyHapticFeedback(session_, &where, effect), XR_SESSION_NOT_FOCUSED);
  EXPECT_EQ(sync({{set_, XR_NULL_PATH}}), XR_SESSION_NOT_FOCUSED);
}

}  // namespace
}  // namespace tactus::test
