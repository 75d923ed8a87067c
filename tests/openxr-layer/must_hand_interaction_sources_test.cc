// XR_EXT_hand_interaction, what OpenXR's chapter on input demands of whoever provides an input, several sources, their priorities, names and spaces:
// each "must" of musts.txt, where it holds and where it bites.
#include "input_fixture.h"

namespace tactus::layer_test {
namespace {

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
