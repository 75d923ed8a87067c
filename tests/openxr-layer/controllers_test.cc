// [design] gloves press the buttons of controllers, for applications that know no hands; switchable.
#include <cstdlib>

#include "input_fixture.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kSwitch = "TACTUS_GLOVES_AS_CONTROLLERS";
constexpr const char* kTouchProfile = "/interaction_profiles/oculus/touch_controller";
constexpr const char* kIndexProfile = "/interaction_profiles/valve/index_controller";
constexpr const char* kMotionProfile = "/interaction_profiles/microsoft/motion_controller";
constexpr const char* kViveProfile = "/interaction_profiles/htc/vive_controller";
constexpr auto kBoolean = XR_ACTION_TYPE_BOOLEAN_INPUT;
constexpr auto kFloat = XR_ACTION_TYPE_FLOAT_INPUT;
constexpr auto kPose = XR_ACTION_TYPE_POSE_INPUT;

class Controllers : public EXT_hand_interaction {
 protected:
  Controllers() { ::unsetenv(kSwitch); }
  ~Controllers() override { ::unsetenv(kSwitch); }
};

struct Played {
  const char* profile;
  const char* trigger;
  const char* squeeze;  ///< null: it has none
};
constexpr Played kPlayed[] = {
    {kTouchProfile, "/input/trigger/value", "/input/squeeze/value"},
    {kIndexProfile, "/input/trigger/click", "/input/squeeze/force"},
    {kMotionProfile, "/input/trigger/value", "/input/squeeze/click"},
    {kViveProfile, "/input/trigger", "/input/squeeze"},
    {kSimpleProfile, "/input/select/click", nullptr},
};

class EachController : public Controllers, public ::testing::WithParamInterface<Played> {};

TEST_P(EachController, IsPlayedByAnUnmodifiedApplicationsActions) {
  const auto [profile_path, trigger, squeeze] = GetParam();
  begin_input({});
  const XrAction pull = make(kBoolean), pull_far = make(kFloat), press = make(kBoolean);
  const XrAction grip = make(kPose), aim = make(kPose);
  const std::string left_hand = kLeft;
  std::vector<Binding> bindings = {{pull, left_hand + trigger},
                                   {pull_far, left_hand + trigger},
                                   {grip, left_hand + "/input/grip/pose"},
                                   {aim, left_hand + "/input/aim/pose"}};
  if (squeeze != nullptr) bindings.push_back({press, left_hand + squeeze});
  ASSERT_EQ(try_bind(bindings, profile_path), XR_SUCCESS);
  EXPECT_EQ(runtime.suggested[profile_path].size(), bindings.size()) << "those below hear of all";
  const XrSpace grip_space = make_action_space(grip), aim_space = make_action_space(aim);
  start();
  EXPECT_EQ(profile(), profile_path);
  EXPECT_EQ(boolean(pull).isActive, XR_TRUE);
  EXPECT_EQ(boolean(pull).currentState, XR_FALSE);
  EXPECT_TRUE(is_pose_active(grip) && is_pose_active(aim));
  const Vec3 p_palm = left.T_world_joint[0].p;
  EXPECT_LT(length(where(grip_space).T.p - p_palm), 0.03f);
  EXPECT_LT(length(where(aim_space).T.p - p_palm), 0.15f);
  pinch(left, 0);
  sync();
  EXPECT_EQ(boolean(pull).currentState, XR_TRUE);
  EXPECT_EQ(number(pull_far).currentState, 1);
  if (squeeze == nullptr) return;
  EXPECT_EQ(boolean(press).currentState, XR_FALSE);
  close_left(1);
  sync();
  EXPECT_EQ(boolean(press).currentState, XR_TRUE);
}
INSTANTIATE_TEST_SUITE_P(All, EachController, ::testing::ValuesIn(kPlayed));

TEST_F(Controllers, HandsComeFirst) {
  begin_input({kHandInteraction});
  const XrAction of_hand = bound(kFloat, "/input/pinch_ext/value");
  const XrAction of_controller = bound(kFloat, "/input/trigger/value", kTouchProfile);
  start();
  EXPECT_EQ(profile(), kHandsProfile);
  EXPECT_EQ(number(of_hand).isActive, XR_TRUE);
  EXPECT_EQ(number(of_controller).isActive, XR_FALSE);
}
TEST_F(Controllers, AnApplicationThatTracksHandsItselfIsLeftAlone) {
  begin_input({kHandTracking});
  const XrAction pull = bound(kFloat, "/input/trigger/value", kTouchProfile);
  start();
  EXPECT_EQ(number(pull).isActive, XR_FALSE);
}
TEST_F(Controllers, UnlessTheSwitchSaysAlways) {
  ::setenv(kSwitch, "1", 1);
  begin_input({kHandTracking});
  const XrAction pull = bound(kFloat, "/input/trigger/value", kTouchProfile);
  start();
  EXPECT_EQ(number(pull).isActive, XR_TRUE);
}
TEST_F(Controllers, TheSwitchTurnsThemOffAndTheRuntimesOwnPointersAreGiven) {
  ::setenv(kSwitch, "0", 1);
  begin_input({});
  for (const char* name :
       {"xrLocateSpace", "xrCreateActionSpace", "xrCreateReferenceSpace", "xrDestroySpace",
        "xrGetActionStateFloat", "xrAttachSessionActionSets", "xrGetCurrentInteractionProfile"}) {
    PFN_xrVoidFunction below = nullptr;
    ASSERT_EQ(FakeRuntime::get_proc_addr(instance, name, &below), XR_SUCCESS);
    EXPECT_EQ(get<PFN_xrVoidFunction>(name), below) << name;
  }
}
TEST_F(Controllers, AControllerInTheOtherHandGoesOn) {
  begin_input({});
  const XrAction pull = bound(kFloat, "/input/trigger/value", kTouchProfile);
  wear(true, false);
  attach();
  set_below(pull, kRight, {true, 0.25f, true, 11});
  set_below(pull, nullptr, {true, 0.25f, true, 11});
  sync();
  EXPECT_FLOAT_EQ(number(pull, kRight).currentState, 0.25f);
  EXPECT_EQ(number(pull, kRight).lastChangeTime, 11);
  EXPECT_FLOAT_EQ(number(pull, nullptr).currentState, 0.25f);
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(pull, nullptr).currentState, 1);
  EXPECT_FLOAT_EQ(number(pull, kRight).currentState, 0.25f);
}
TEST_F(Controllers, WhatAHandHasNotIsTheControllers) {
  begin_input({});
  const XrAction menu = bound(kBoolean, "/input/menu/click", kSimpleProfile);
  attach();
  set_below(menu, kLeft, {true, 1, true, 12});
  sync();
  EXPECT_EQ(boolean(menu).currentState, XR_TRUE);
  EXPECT_EQ(boolean(menu).lastChangeTime, 12);
}
TEST_F(Controllers, TheSameProfileFromAGloveIsNoChange) {
  begin_input({});
  bound(kFloat, "/input/trigger/value", kTouchProfile);
  attach();
  runtime.profile_of[path(kLeft)] = runtime.profile_of[path(kRight)] = path(kTouchProfile);
  sync();
  EXPECT_EQ(told_changes(), 0);
  wear(false, false);
  sync();
  EXPECT_EQ(told_changes(), 0);
}

}  // namespace
}  // namespace tactus::layer_test
