// XR_EXT_hand_interaction, what OpenXR's chapter on input demands of whoever provides an input, what states say, and when:
// each "must" of musts.txt, where it holds and where it bites.
#include "input_fixture.h"

namespace tactus::layer_test {
namespace {

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

}  // namespace
}  // namespace tactus::layer_test
