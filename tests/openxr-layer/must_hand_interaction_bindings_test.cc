// XR_EXT_hand_interaction, what OpenXR's chapter on input demands of whoever provides an input, which bindings count and which profile is played:
// each "must" of musts.txt, where it holds and where it bites.
#include "input_fixture.h"

namespace tactus::layer_test {
namespace {

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

}  // namespace
}  // namespace tactus::layer_test
