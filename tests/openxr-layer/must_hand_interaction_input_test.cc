// XR_EXT_hand_interaction, what OpenXR's chapter on input demands of whoever provides an input:
// each "must" of musts.txt, where it holds and where it bites.
#include "input_fixture.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kPinch = "/input/pinch_ext/value";
constexpr const char* kGrasp = "/input/grasp_ext/value";
constexpr const char* kSelect = "/input/select/click";
constexpr auto kBoolean = XR_ACTION_TYPE_BOOLEAN_INPUT;
constexpr auto kFloat = XR_ACTION_TYPE_FLOAT_INPUT;
constexpr auto kPose = XR_ACTION_TYPE_POSE_INPUT;
constexpr float kSame = 1e-5f;

// Suggested bindings.
TEST_F(EXT_hand_interaction, Must_bindings_1_Positive) {
  begin_input();
  const XrAction action = make(kFloat);
  for (const char* wrong :
       {"/user/hand/left/input/trigger/value", "/user/hand/left/input/pinch_ext/force",
        "/user/hand/left/input/pinch", "/user/hand/left/output/haptic", "/user/hand/left",
        "/user/gamepad/input/pinch_ext/value", "/user/hand/middle/input/pinch_ext/value"}) {
    EXPECT_EQ(try_bind({{action, "/user/hand/left/input/pinch_ext/value"}, {action, wrong}}),
              XR_ERROR_PATH_UNSUPPORTED)
        << wrong;
  }
  EXPECT_EQ(try_bind({}), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(try_bind({{reinterpret_cast<XrAction>(0xdead), "/user/hand/left/input/grip/pose"}}),
            XR_ERROR_HANDLE_INVALID);
  start();
  EXPECT_EQ(number(action).isActive, XR_FALSE) << "nothing of a refused suggestion is kept";
}
TEST_F(EXT_hand_interaction, Must_bindings_1_Negative_EveryPathOfTheProfileIsTaken) {
  begin_input();
  const XrAction action = make(kFloat);
  for (const char* hand : {kLeft, kRight}) {
    for (const char* input :
         {"/input/aim/pose", "/input/grip/pose", "/input/pinch_ext/pose", "/input/poke_ext/pose",
          "/input/pinch_ext/value", "/input/pinch_ext/ready_ext", "/input/aim_activate_ext/value",
          "/input/aim_activate_ext/ready_ext", "/input/grasp_ext/value",
          "/input/grasp_ext/ready_ext", "/input/grasp_ext"}) {
      EXPECT_EQ(try_bind({{action, std::string(hand) + input}}), XR_SUCCESS) << input;
    }
  }
  EXPECT_TRUE(runtime.suggested.empty()) << "those below know nothing of it";
}
TEST_F(EXT_hand_interaction, Must_bindings_2_Positive) {
  begin_input();
  const XrAction pinching = bound(kFloat, kPinch), grasping = bound(kFloat, kGrasp);
  start();
  EXPECT_EQ(number(grasping).isActive, XR_TRUE);
  EXPECT_EQ(number(pinching).isActive, XR_FALSE) << "discarded by the later suggestion";
}
TEST_F(EXT_hand_interaction, Must_bindings_2_Negative_OneThatFailsDiscardsNothing) {
  begin_input();
  const XrAction pinching = bound(kFloat, kPinch);
  EXPECT_EQ(try_bind({{pinching, "/user/hand/left/input/nothing"}}), XR_ERROR_PATH_UNSUPPORTED);
  start();
  EXPECT_EQ(number(pinching).isActive, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_bindings_3_Positive) {
  begin_input();
  const XrAction action = bound(kFloat, kPinch);
  attach();
  EXPECT_EQ(try_bind({{action, "/user/hand/left/input/grasp_ext/value"}}),
            XR_ERROR_ACTIONSETS_ALREADY_ATTACHED);
}
TEST_F(EXT_hand_interaction, Must_bindings_3_Negative_SetsOfLaterAreFree) {
  begin_input();
  const XrAction action = bound(kFloat, kPinch);
  attach();
  const XrAction later = make(kFloat, make_set(0));
  EXPECT_EQ(try_bind({{later, "/user/hand/left/input/grasp_ext/value"}}), XR_SUCCESS);
  sync();
  EXPECT_EQ(number(action).isActive, XR_TRUE) << "what is attached does not change";
}
TEST_F(EXT_hand_interaction, Must_bindings_4_Positive_AThresholdThatDoesNotFlicker) {
  begin_input();
  const XrAction pinching = make(kBoolean), grasping = make(kBoolean);
  ASSERT_EQ(try_bind({{pinching, "/user/hand/left/input/pinch_ext/value"},
                      {grasping, "/user/hand/left/input/grasp_ext/value"}}),
            XR_SUCCESS);
  start();
  for (const auto& [air_m, pressed] :
       {std::pair{0.010f, XR_FALSE}, {0.002f, XR_TRUE}, {0.010f, XR_TRUE}, {0.014f, XR_FALSE}}) {
    pinch(left, air_m);
    sync();
    EXPECT_EQ(boolean(pinching).currentState, XrBool32(pressed)) << air_m;
  }
  // Flexions of 182, 196 and 182 degrees: 0.6 of a grasp is pressed on the way back only.
  const float kBetween = (120 + 0.6f * 90 - 33) / 195, kClosed = (120 + 0.8f * 90 - 33) / 195;
  for (const auto& [closed, pressed] :
       {std::pair{kBetween, XR_FALSE}, {kClosed, XR_TRUE}, {kBetween, XR_TRUE}, {0.5f, XR_FALSE}}) {
    close_left(closed);
    sync();
    EXPECT_EQ(boolean(grasping).currentState, XrBool32(pressed)) << closed;
  }
}
TEST_F(EXT_hand_interaction, Must_bindings_4_Negative_AFloatIsTheValueItself) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  pinch(left, 0.010f);
  sync();
  EXPECT_NEAR(number(value).currentState, 20.0f / 29, 1e-2f);
}
TEST_F(EXT_hand_interaction, Must_bindings_5_Positive_AParentIsItsValueOrPose) {
  begin_input();
  const XrAction value = make(kFloat), button = make(kBoolean), pose = make(kPose);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/pinch_ext"},
                      {button, "/user/hand/left/input/pinch_ext"},
                      {pose, "/user/hand/left/input/pinch_ext"}}),
            XR_SUCCESS);
  start();
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value).currentState, 1);
  EXPECT_EQ(boolean(button).currentState, XR_TRUE);
  EXPECT_TRUE(is_pose_active(pose));
}
TEST_F(EXT_hand_interaction, Must_bindings_5_Negative_AimHasNoValue) {
  begin_input();
  const XrAction value = make(kFloat);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/aim"}}), XR_SUCCESS);
  start();
  EXPECT_EQ(number(value).isActive, XR_FALSE);
}
TEST_F(EXT_hand_interaction, Must_bindings_6_Positive_WhatTheTypeCannotHoldIsIgnored) {
  begin_input();
  const XrAction value = make(kFloat), pose = make(kPose);
  ASSERT_EQ(try_bind({{value, "/user/hand/left/input/grip/pose"},
                      {pose, "/user/hand/left/input/pinch_ext/value"}}),
            XR_SUCCESS);
  start();
  EXPECT_EQ(number(value).isActive, XR_FALSE);
  EXPECT_FALSE(is_pose_active(pose));
}
TEST_F(EXT_hand_interaction, Must_bindings_6_Negative_AYesIsOneToAFloat) {
  begin_input();
  const XrAction ready = bound(kFloat, "/input/pinch_ext/ready_ext");
  start();
  EXPECT_EQ(number(ready).currentState, 1);
}

TEST_F(EXT_hand_interaction, Must_bindings_7_Positive_NotEnabledIsNotThere) {
  begin_input({});
  const XrAction action = make(kFloat);
  EXPECT_EQ(try_bind({{action, "/user/hand/left/input/pinch_ext/value"}}),
            XR_ERROR_PATH_UNSUPPORTED);
  EXPECT_EQ(try_bind({{make(kPose), "/user/hand/left/input/grip/pose"}}),
            XR_ERROR_PATH_UNSUPPORTED);
}
TEST_F(EXT_hand_interaction, Must_bindings_7_Negative) {
  begin_input();
  const XrAction action = make(kFloat);
  EXPECT_EQ(try_bind({{action, "/user/hand/left/input/pinch_ext/value"}}), XR_SUCCESS);
}

// The current interaction profile.
TEST_F(EXT_hand_interaction, Must_profile_1_Positive_ItChangesInASyncOnly) {
  begin_input();
  bound(kFloat, kPinch);
  start();
  ASSERT_EQ(profile(), kHandsProfile);
  wear(false, true);
  poll_all();
  EXPECT_EQ(profile(), kHandsProfile);
  sync();
  EXPECT_EQ(profile(), "");
  EXPECT_EQ(profile(kRight), kHandsProfile);
}
TEST_F(EXT_hand_interaction, Must_profile_1_Negative_WithoutAGloveItIsTheRuntimes) {
  begin_input();
  bound(kFloat, kPinch);
  wear(false, false);
  attach();
  runtime.profile_of[path(kLeft)] = path(kSimpleProfile);
  sync();
  EXPECT_EQ(profile(), kSimpleProfile);
  EXPECT_EQ(profile("/user/head"), "");
}
TEST_F(EXT_hand_interaction, Must_profile_2_Positive_EachChangeIsTold) {
  begin_input();
  bound(kFloat, kPinch);
  attach();
  EXPECT_EQ(told_changes(), 0);
  sync();
  EXPECT_EQ(told_changes(), 1);
  wear(true, false);
  sync();
  EXPECT_EQ(told_changes(), 1);
  wear(true, true);
  sync();
  EXPECT_EQ(told_changes(), 1);
}
TEST_F(EXT_hand_interaction, Must_profile_2_Negative_NoChangeIsNone) {
  begin_input();
  bound(kFloat, kPinch);
  start();
  ASSERT_EQ(told_changes(), 1);
  pinch(left, 0);
  sync();
  sync();
  EXPECT_EQ(told_changes(), 0);
}
TEST_F(EXT_hand_interaction, Must_profile_3_Positive_OnlyWhatWasSuggestedForTheHand) {
  begin_input();
  ASSERT_EQ(try_bind({{make(kFloat), "/user/hand/left/input/pinch_ext/value"}}), XR_SUCCESS);
  start();
  EXPECT_EQ(profile(kLeft), kHandsProfile);
  EXPECT_EQ(profile(kRight), "");
}
TEST_F(EXT_hand_interaction, Must_profile_3_Negative_NothingSuggestedIsNothingTold) {
  begin_input();
  make(kFloat);
  start();
  EXPECT_EQ(profile(), "");
  EXPECT_EQ(told_changes(), 0);
}
TEST_F(EXT_hand_interaction, Must_profile_4_Positive) {
  begin_input();
  bound(kFloat, kPinch);
  XrInteractionProfileState state{XR_TYPE_INTERACTION_PROFILE_STATE};
  const auto current = get<PFN_xrGetCurrentInteractionProfile>("xrGetCurrentInteractionProfile");
  EXPECT_EQ(current(session, path(kLeft), &state), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  attach();
  EXPECT_EQ(current(session, path("/nobody"), &state), XR_ERROR_PATH_UNSUPPORTED);
  EXPECT_EQ(current(reinterpret_cast<XrSession>(0xdead), path(kLeft), &state),
            XR_ERROR_HANDLE_INVALID);
}
TEST_F(EXT_hand_interaction, Must_profile_4_Negative) {
  begin_input();
  bound(kFloat, kPinch);
  start();
  EXPECT_EQ(profile(), kHandsProfile);
}

// States.
TEST_F(EXT_hand_interaction, Must_state_1_Positive_NothingChangesBetweenSyncs) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  pinch(left, 0);
  EXPECT_EQ(number(value).currentState, 0);
  wear(false, false);
  EXPECT_EQ(number(value).isActive, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_state_1_Negative_ASyncBringsIt) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value).currentState, 1);
  wear(false, false);
  sync();
  EXPECT_EQ(number(value).isActive, XR_FALSE);
}
TEST_F(EXT_hand_interaction, Must_state_2_Positive_SetsThatAreNotSyncedSleep) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  ASSERT_EQ(sync({}), XR_SUCCESS);
  EXPECT_EQ(number(value).isActive, XR_FALSE);
  ASSERT_EQ(sync({{action_set, path(kRight)}}), XR_SUCCESS);
  EXPECT_EQ(number(value, kLeft).isActive, XR_FALSE);
  EXPECT_EQ(number(value, kRight).isActive, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_state_2_Negative) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  ASSERT_EQ(sync({}), XR_SUCCESS);
  sync();
  EXPECT_EQ(number(value, kLeft).isActive, XR_TRUE);
  EXPECT_EQ(number(value, kRight).isActive, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_state_3_Positive_WithoutFocusNothingIsActive) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch), pose = make(kPose);
  start();
  enter(XR_SESSION_STATE_VISIBLE);
  EXPECT_EQ(number(value).isActive, XR_FALSE);
  runtime.sync_result = XR_SESSION_NOT_FOCUSED;
  EXPECT_EQ(sync({{action_set, XR_NULL_PATH}}), XR_SESSION_NOT_FOCUSED);
  EXPECT_EQ(number(value).isActive, XR_FALSE);
  EXPECT_FALSE(is_pose_active(pose));
}
TEST_F(EXT_hand_interaction, Must_state_3_Negative_FocusBringsItBack) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  enter(XR_SESSION_STATE_VISIBLE);
  runtime.sync_result = XR_SESSION_NOT_FOCUSED;
  EXPECT_EQ(sync({{action_set, XR_NULL_PATH}}), XR_SESSION_NOT_FOCUSED);
  runtime.sync_result = XR_SUCCESS;
  enter(XR_SESSION_STATE_FOCUSED);
  EXPECT_EQ(number(value).isActive, XR_FALSE) << "not before a sync";
  sync();
  EXPECT_EQ(number(value).isActive, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_state_4_Positive_TheTimeIsThatOfTheChange) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  pinch(left, 0);
  const XrTime t_change = now;
  sync();
  EXPECT_EQ(number(value).lastChangeTime, t_change);
  show();
  sync();
  EXPECT_EQ(number(value).lastChangeTime, t_change) << "it has not changed since";
}
TEST_F(EXT_hand_interaction, Must_state_4_Negative_AControllersChangeHasItsOwnTime) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  wear(false, false);
  attach();
  set_below(value, kLeft, {true, 0.4f, true, 1234});
  sync();
  EXPECT_EQ(number(value).lastChangeTime, 1234);
}
TEST_F(EXT_hand_interaction, Must_state_5_Positive) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value).changedSinceLastSync, XR_TRUE);
  EXPECT_EQ(number(value).changedSinceLastSync, XR_TRUE) << "until the next";
  sync();
  EXPECT_EQ(number(value).changedSinceLastSync, XR_FALSE);
}
TEST_F(EXT_hand_interaction, Must_state_5_Positive_AcrossAGloveThatIsTakenOff) {
  begin_input();
  const XrAction button = bound(kBoolean, kPinch);
  start();
  set_below(button, kLeft, {true, 0, false, 77});
  pinch(left, 0);
  sync();
  ASSERT_EQ(boolean(button).currentState, XR_TRUE);
  wear(false, false);
  sync();
  EXPECT_EQ(boolean(button).currentState, XR_FALSE);
  EXPECT_EQ(boolean(button).changedSinceLastSync, XR_TRUE) << "its controller did not change";
  sync();
  EXPECT_EQ(boolean(button).changedSinceLastSync, XR_FALSE);
}
TEST_F(EXT_hand_interaction, Must_state_5_Negative_AnotherHandsChangeIsNotThisOnes) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value, kRight).changedSinceLastSync, XR_FALSE);
  EXPECT_EQ(number(value, nullptr).changedSinceLastSync, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_state_6_Positive_TheFirstSyncChangesNothing) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  pinch(left, 0);
  start();
  EXPECT_EQ(number(value).currentState, 1);
  EXPECT_EQ(number(value).changedSinceLastSync, XR_FALSE);
}
TEST_F(EXT_hand_interaction, Must_state_6_Negative) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  ASSERT_EQ(sync({}), XR_SUCCESS);
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value).changedSinceLastSync, XR_FALSE) << "it was asleep";
  pinch(left, 0.01f);
  sync();
  EXPECT_EQ(number(value).changedSinceLastSync, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_state_7_Positive_InactiveIsZero) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  pinch(left, 0);
  start();
  wear(false, true);
  sync();
  const XrActionStateFloat state = number(value);
  EXPECT_EQ(state.isActive, XR_FALSE);
  EXPECT_EQ(state.currentState, 0);
  EXPECT_EQ(state.changedSinceLastSync, XR_FALSE);
  EXPECT_EQ(state.lastChangeTime, 0);
}
TEST_F(EXT_hand_interaction, Must_state_7_Negative) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  pinch(left, 0);
  start();
  const XrActionStateFloat state = number(value);
  EXPECT_EQ(state.isActive, XR_TRUE);
  EXPECT_GT(state.lastChangeTime, 0);
}
TEST_F(EXT_hand_interaction, Must_state_8_Positive_AnotherTypesFunctionIsAMismatch) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  const XrActionStateGetInfo info = of(value, kLeft);
  XrActionStateBoolean state{XR_TYPE_ACTION_STATE_BOOLEAN};
  EXPECT_EQ(get<PFN_xrGetActionStateBoolean>("xrGetActionStateBoolean")(session, &info, &state),
            XR_ERROR_ACTION_TYPE_MISMATCH);
}
TEST_F(EXT_hand_interaction, Must_state_8_Negative) {
  begin_input();
  const XrAction value = bound(kBoolean, kPinch);
  start();
  EXPECT_EQ(boolean(value).isActive, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_state_9_Positive_NotAttachedIsSaid) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  const XrActionStateGetInfo info = of(value, kLeft);
  XrActionStateFloat state{XR_TYPE_ACTION_STATE_FLOAT};
  const auto get_float = get<PFN_xrGetActionStateFloat>("xrGetActionStateFloat");
  EXPECT_EQ(get_float(session, &info, &state), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  EXPECT_EQ(get_float(reinterpret_cast<XrSession>(0xdead), &info, &state), XR_ERROR_HANDLE_INVALID);
}
TEST_F(EXT_hand_interaction, Must_state_9_Negative_AttachedOnceOnly) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  EXPECT_EQ(try_attach({action_set}), XR_ERROR_ACTIONSETS_ALREADY_ATTACHED);
  EXPECT_EQ(number(value).isActive, XR_TRUE);
}

// Several sources of one action.
TEST_F(EXT_hand_interaction, Must_several_1_Positive_AnyButtonPresses) {
  begin_input();
  const XrAction button = bound(kBoolean, kPinch);
  start();
  pinch(right, 0);
  sync();
  EXPECT_EQ(boolean(button, nullptr).currentState, XR_TRUE);
  set_below(button, kLeft, {true, 1, false, 5});
  sync();
  EXPECT_EQ(boolean(button, kLeft).currentState, XR_TRUE) << "the controller's";
}
TEST_F(EXT_hand_interaction, Must_several_1_Negative_NoneIsNone) {
  begin_input();
  const XrAction button = bound(kBoolean, kPinch);
  attach();
  set_below(button, kLeft, {true, 0, false, 5});
  sync();
  EXPECT_EQ(boolean(button, nullptr).currentState, XR_FALSE);
  EXPECT_EQ(boolean(button, nullptr).isActive, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_several_2_Positive_TheLargestValueCounts) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  attach();
  set_below(value, kLeft, {true, -0.9f, false, 5});
  pinch(left, 0.0155f);
  sync();
  EXPECT_FLOAT_EQ(number(value).currentState, -0.9f);
  set_below(value, kLeft, {true, -0.2f, false, 5});
  sync();
  EXPECT_NEAR(number(value).currentState, 0.5f, 1e-2f);
}
TEST_F(EXT_hand_interaction, Must_several_2_Negative_WhatIsNotActiveHasNoValue) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  attach();
  set_below(value, kLeft, {true, 0.3f, false, 5});
  wear(false, false);
  sync();
  EXPECT_FLOAT_EQ(number(value).currentState, 0.3f);
}
TEST_F(EXT_hand_interaction, Must_several_3_Positive_APoseHasOneSourceAndKeepsIt) {
  begin_input();
  const XrAction grip = bound(kPose, "/input/grip/pose");
  const XrSpace space = make_action_space(grip, nullptr);
  wear(false, true);
  start();
  const float of_right = where(space).T.p.x;
  EXPECT_NEAR(of_right, 0.2f, 0.1f);
  wear(true, true);
  EXPECT_FLOAT_EQ(where(space).T.p.x, of_right);
  sync();
  EXPECT_FLOAT_EQ(where(space).T.p.x, of_right) << "the one it had is still there";
}
TEST_F(EXT_hand_interaction, Must_several_3_Negative_ANewOneOnlyInASync) {
  begin_input();
  const XrAction grip = bound(kPose, "/input/grip/pose");
  const XrSpace space = make_action_space(grip, nullptr);
  wear(false, true);
  start();
  wear(true, false);
  EXPECT_EQ(where(space).flags, 0u);
  sync();
  EXPECT_NEAR(where(space).T.p.x, -0.2f, 0.1f);
}
TEST_F(EXT_hand_interaction, Must_several_4_Positive_ASubactionPathIsThatHandAlone) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  pinch(right, 0);
  sync();
  EXPECT_EQ(number(value, kLeft).currentState, 0);
  EXPECT_EQ(number(value, kRight).currentState, 1);
}
TEST_F(EXT_hand_interaction, Must_several_4_Negative_OneThatTheActionLacksIsUnsupported) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  const XrActionStateGetInfo info = of(value, "/user/head");
  XrActionStateFloat state{XR_TYPE_ACTION_STATE_FLOAT};
  EXPECT_EQ(get<PFN_xrGetActionStateFloat>("xrGetActionStateFloat")(session, &info, &state),
            XR_ERROR_PATH_UNSUPPORTED);
}

// Priorities.
TEST_F(EXT_hand_interaction, Must_priority_1_Positive_TheHigherSetTakesTheSource) {
  begin_input();
  const XrActionSet high = make_set(5);
  const XrAction low_value = make(kFloat), high_ready = make(kBoolean, high);
  const XrAction low_grasp = make(kFloat);
  ASSERT_EQ(try_bind({{low_value, "/user/hand/left/input/pinch_ext/value"},
                      {low_grasp, "/user/hand/left/input/grasp_ext/value"},
                      {high_ready, "/user/hand/left/input/pinch_ext/ready_ext"}}),
            XR_SUCCESS);
  ASSERT_EQ(try_attach({action_set, high}), XR_SUCCESS);
  ASSERT_EQ(sync({{action_set, XR_NULL_PATH}, {high, XR_NULL_PATH}}), XR_SUCCESS);
  EXPECT_EQ(number(low_value).isActive, XR_FALSE) << "another component of one source";
  EXPECT_EQ(boolean(high_ready).isActive, XR_TRUE);
  EXPECT_EQ(number(low_grasp).isActive, XR_TRUE) << "another source";
}
TEST_F(EXT_hand_interaction, Must_priority_1_Positive_OrTheOneThatTheSyncSaysIsHigher) {
  runtime.offered.insert(XR_EXT_ACTIVE_ACTION_SET_PRIORITY_EXTENSION_NAME);
  begin_input({kHandInteraction, XR_EXT_ACTIVE_ACTION_SET_PRIORITY_EXTENSION_NAME});
  const XrActionSet high = make_set(5);
  const XrAction low_value = make(kFloat), high_value = make(kFloat, high);
  ASSERT_EQ(try_bind({{low_value, "/user/hand/left/input/pinch_ext/value"},
                      {high_value, "/user/hand/left/input/pinch_ext/value"}}),
            XR_SUCCESS);
  ASSERT_EQ(try_attach({action_set, high}), XR_SUCCESS);
  const XrActiveActionSetPriorityEXT raised{action_set, 6};
  const XrActiveActionSetPrioritiesEXT priorities{XR_TYPE_ACTIVE_ACTION_SET_PRIORITIES_EXT, nullptr,
                                                  1, &raised};
  const XrActiveActionSet active[] = {{action_set, XR_NULL_PATH}, {high, XR_NULL_PATH}};
  const XrActionsSyncInfo info{XR_TYPE_ACTIONS_SYNC_INFO, &priorities, 2, active};
  ASSERT_EQ(get<PFN_xrSyncActions>("xrSyncActions")(session, &info), XR_SUCCESS);
  EXPECT_EQ(number(low_value).isActive, XR_TRUE);
  EXPECT_EQ(number(high_value).isActive, XR_FALSE);
}
TEST_F(EXT_hand_interaction, Must_priority_1_Negative_OneThatIsNotSyncedTakesNothing) {
  begin_input();
  const XrActionSet high = make_set(5);
  const XrAction low_value = make(kFloat), high_value = make(kFloat, high);
  ASSERT_EQ(try_bind({{low_value, "/user/hand/left/input/pinch_ext/value"},
                      {high_value, "/user/hand/left/input/pinch_ext/value"}}),
            XR_SUCCESS);
  ASSERT_EQ(try_attach({action_set, high}), XR_SUCCESS);
  sync();
  EXPECT_EQ(number(low_value).isActive, XR_TRUE);
  EXPECT_EQ(number(high_value).isActive, XR_FALSE);
}
TEST_F(EXT_hand_interaction, Must_priority_2_Positive_EqualsShareTheSource) {
  begin_input();
  const XrActionSet other = make_set(0);
  const XrAction one = make(kFloat), two = make(kFloat, other);
  ASSERT_EQ(try_bind({{one, "/user/hand/left/input/pinch_ext/value"},
                      {two, "/user/hand/left/input/pinch_ext/value"}}),
            XR_SUCCESS);
  ASSERT_EQ(try_attach({action_set, other}), XR_SUCCESS);
  ASSERT_EQ(sync({{action_set, XR_NULL_PATH}, {other, XR_NULL_PATH}}), XR_SUCCESS);
  EXPECT_EQ(number(one).isActive, XR_TRUE);
  EXPECT_EQ(number(two).isActive, XR_TRUE);
}
TEST_F(EXT_hand_interaction, Must_priority_2_Negative_TheOtherHandsIsAnotherSource) {
  begin_input();
  const XrActionSet high = make_set(5);
  const XrAction one = make(kFloat), two = make(kFloat, high);
  ASSERT_EQ(try_bind({{one, "/user/hand/left/input/pinch_ext/value"},
                      {two, "/user/hand/right/input/pinch_ext/value"}}),
            XR_SUCCESS);
  ASSERT_EQ(try_attach({action_set, high}), XR_SUCCESS);
  ASSERT_EQ(sync({{action_set, XR_NULL_PATH}, {high, XR_NULL_PATH}}), XR_SUCCESS);
  EXPECT_EQ(number(one, kLeft).isActive, XR_TRUE);
  EXPECT_EQ(number(two, kRight).isActive, XR_TRUE);
}

// Bound sources.
TEST_F(EXT_hand_interaction, Must_sources_1_Positive_UnboundIsNone) {
  begin_input();
  bound(kFloat, kPinch);
  const XrAction unbound = make(kFloat);
  start();
  EXPECT_TRUE(sources(unbound).empty());
}
TEST_F(EXT_hand_interaction, Must_sources_1_Negative_TheRuntimesThenTheGloves) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  runtime.sources_of[key(value)] = {path("/user/hand/left/input/trigger/value")};
  EXPECT_EQ(sources(value), (std::vector<std::string>{"/user/hand/left/input/trigger/value",
                                                      "/user/hand/left/input/pinch_ext/value",
                                                      "/user/hand/right/input/pinch_ext/value"}));
}
TEST_F(EXT_hand_interaction, Must_sources_2_Positive_TheSameBetweenSyncs) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  wear(true, false);
  EXPECT_EQ(sources(value).size(), 2u);
}
TEST_F(EXT_hand_interaction, Must_sources_2_Negative) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  wear(true, false);
  sync();
  EXPECT_EQ(sources(value), std::vector<std::string>{"/user/hand/left/input/pinch_ext/value"});
}
TEST_F(EXT_hand_interaction, Must_sources_3_Positive_NotAttachedIsSaid) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  const XrBoundSourcesForActionEnumerateInfo info{XR_TYPE_BOUND_SOURCES_FOR_ACTION_ENUMERATE_INFO,
                                                  nullptr, value};
  uint32_t count = 99;
  EXPECT_EQ(get<PFN_xrEnumerateBoundSourcesForAction>("xrEnumerateBoundSourcesForAction")(
                session, &info, 0, &count, nullptr),
            XR_ERROR_ACTIONSET_NOT_ATTACHED);
  std::string name;
  EXPECT_EQ(name_of("/user/hand/left/input/pinch_ext/value",
                    XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT, name),
            XR_ERROR_ACTIONSET_NOT_ATTACHED);
}
TEST_F(EXT_hand_interaction, Must_sources_3_Negative) {
  begin_input();
  const XrAction value = bound(kFloat, kPinch);
  start();
  EXPECT_EQ(sources(value).size(), 2u);
}
TEST_F(EXT_hand_interaction, Must_sources_4_Positive_EachPartOfTheName) {
  begin_input();
  bound(kFloat, kPinch);
  start();
  const char* source = "/user/hand/right/input/pinch_ext/value";
  std::string name;
  EXPECT_EQ(name_of(source, XR_INPUT_SOURCE_LOCALIZED_NAME_USER_PATH_BIT, name), XR_SUCCESS);
  EXPECT_EQ(name, "Right Hand");
  EXPECT_EQ(name_of(source, XR_INPUT_SOURCE_LOCALIZED_NAME_INTERACTION_PROFILE_BIT, name),
            XR_SUCCESS);
  EXPECT_EQ(name, "Glove");
  EXPECT_EQ(name_of(source, XR_INPUT_SOURCE_LOCALIZED_NAME_COMPONENT_BIT, name), XR_SUCCESS);
  EXPECT_EQ(name, "Pinch");
  EXPECT_EQ(name_of(source, 7, name), XR_SUCCESS);
  EXPECT_EQ(name, "Right Hand Glove Pinch");
}
TEST_F(EXT_hand_interaction, Must_sources_4_Negative_WrongQuestionsAndOtherSources) {
  begin_input();
  bound(kFloat, kPinch);
  start();
  std::string name;
  EXPECT_EQ(name_of("/user/hand/right/input/pinch_ext/value", 0, name),
            XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(name_of("/user/hand/right/input/pinch_ext/value", 8, name),
            XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(name_of("/user/hand/right/input/select/click", 7, name), XR_SUCCESS);
  EXPECT_EQ(name, "Controller");
}

// Action spaces.
TEST_F(EXT_hand_interaction, Must_spaces_1_Positive_NotLocatableUnlessSynced) {
  begin_input();
  runtime.grip.flags = 0;  // nor does the runtime have a controller
  const XrSpace space = make_action_space(bound(kPose, "/input/grip/pose"));
  attach();
  EXPECT_EQ(where(space).flags, 0u);
  sync();
  ASSERT_EQ(sync({}), XR_SUCCESS);
  EXPECT_EQ(where(space).flags, 0u);
  sync();
  enter(XR_SESSION_STATE_VISIBLE);
  EXPECT_EQ(where(space).flags, 0u);
}
TEST_F(EXT_hand_interaction, Must_spaces_1_Negative) {
  begin_input();
  const XrSpace space = make_action_space(bound(kPose, "/input/grip/pose"));
  start();
  EXPECT_EQ(where(space).flags, 0xFu);
  EXPECT_EQ(where(space).moving, 3u);
}
TEST_F(EXT_hand_interaction, Must_spaces_2_Positive_UnlocatableIsWithoutVelocity) {
  begin_input();
  const XrSpace space = make_action_space(bound(kPose, "/input/grip/pose"));
  start();
  wear(false, true);
  const Located located = where(space);
  EXPECT_EQ(located.flags, 0u);
  EXPECT_EQ(located.moving, 0u);
}
TEST_F(EXT_hand_interaction, Must_spaces_2_Negative_HeldIsValidAndNotTracked) {
  begin_input();
  const XrSpace space = make_action_space(bound(kPose, "/input/grip/pose"));
  start();
  left.origin = PoseOrigin::Held;
  show();
  EXPECT_EQ(where(space).flags, 3u);
  EXPECT_EQ(where(space).moving, 0u);
}
TEST_F(EXT_hand_interaction, Must_spaces_3_Positive_ItSitsWhereItWasMadeToSit) {
  begin_input();
  const XrAction grip = bound(kPose, "/input/grip/pose");
  const Pose T{axis_angle({1, 1, 0}, 0.8f), {0.1f, -0.2f, 0.3f}};
  const XrSpace space = make_action_space(grip), beside = make_action_space(grip, kLeft, T);
  start();
  const Pose expected = where(space).T * T;
  EXPECT_LT(length(where(beside).T.p - expected.p), kSame);
  EXPECT_LT(length(log_rotation(conjugate(where(beside).T.q) * expected.q)), 1e-3f);
}
TEST_F(EXT_hand_interaction, Must_spaces_3_Negative_OneOfANobodysActionIsTheRuntimes) {
  begin_input();
  runtime.grip.T_stage_space.p = {7, 8, 9};
  bound(kFloat, kPinch);
  const XrAction other = make(kPose);
  ASSERT_EQ(try_bind({{other, "/user/hand/left/input/grip/pose"}}, kSimpleProfile), XR_SUCCESS);
  const XrSpace space = make_action_space(other);
  start();
  EXPECT_NEAR(where(space).T.p.x, 7, kSame);
}

}  // namespace
}  // namespace tactus::layer_test
