// XR_HTCX_vive_tracker_interaction, what actions have of a tracker: each "must" of musts.txt, where it
// holds and where it bites; and what is not in the specification: a runtime's own trackers.
#include "tracker_fixture.h"

namespace tactus::layer_test {
namespace {

// The interaction profile.
TEST_F(HTCX_vive_tracker_interaction, Must_profile_1_Positive_EveryPathOfItIsTaken) {
  begin_trackers();
  const XrAction action = make_for(kBoolean, {kChest});
  for (const char* input :
       {"/input/system/click", "/input/menu/click", "/input/trigger/click", "/input/squeeze/click",
        "/input/trigger/value", "/input/trackpad/x", "/input/trackpad/y", "/input/trackpad/click",
        "/input/trackpad/touch", "/input/grip/pose", "/output/haptic", "/input/trackpad"}) {
    for (const char* user : {kChest, kFirst}) {
      EXPECT_EQ(try_bind({{action, std::string(user) + input}}, kTrackerProfile), XR_SUCCESS)
          << input;
    }
  }
  EXPECT_TRUE(runtime.suggested.empty()) << "those below know nothing of it";
  EXPECT_EQ(try_bind({{action, kChest + kGrip}}, kSimpleProfile), XR_ERROR_PATH_UNSUPPORTED);
}
TEST_F(HTCX_vive_tracker_interaction, Must_profile_1_Negative) {
  begin_trackers();
  const XrAction action = make_for(kPose, {kChest});
  for (const char* wrong :
       {"/user/vive_tracker_htcx/role/chest/input/aim/pose", "/user/vive_tracker_htcx/role/chest",
        "/user/hand/left/input/grip/pose", "/user/vive_tracker_htcx/role/nose/input/grip/pose"}) {
    EXPECT_EQ(try_bind({{action, wrong}}, kTrackerProfile), XR_ERROR_PATH_UNSUPPORTED) << wrong;
  }
  begin_trackers({kTouch});
  XrAction refused = XR_NULL_HANDLE;
  EXPECT_EQ(try_make(kPose, {kChest}, refused), XR_ERROR_PATH_UNSUPPORTED) << "not enabled";
  EXPECT_EQ(try_bind({{make(kPose), kChest + kGrip}}, kTrackerProfile), XR_ERROR_PATH_UNSUPPORTED);
}
TEST_F(HTCX_vive_tracker_interaction, Must_profile_2_Positive_WhatATrackerHasNotIsInactive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  const XrAction press = make_for(kBoolean, {kChest}),
                 pull = make_for(XR_ACTION_TYPE_FLOAT_INPUT, {kChest});
  const XrAction swipe = make_for(XR_ACTION_TYPE_VECTOR2F_INPUT, {kChest});
  const std::string chest = kChest;
  EXPECT_EQ(try_bind({{press, chest + "/input/menu/click"},
                      {pull, chest + "/input/trigger/value"},
                      {swipe, chest + "/input/trackpad"}},
                     kTrackerProfile),
            XR_SUCCESS);
  start();
  EXPECT_EQ(boolean(press, kChest).isActive, XR_FALSE);
  EXPECT_EQ(number(pull, kChest).isActive, XR_FALSE);
  const XrActionStateGetInfo info = of(swipe, kChest);
  XrActionStateVector2f state{XR_TYPE_ACTION_STATE_VECTOR2F, nullptr, {7, 7}, 7, 7, 7};
  EXPECT_EQ(get<PFN_xrGetActionStateVector2f>("xrGetActionStateVector2f")(session, &info, &state),
            XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_FALSE);
  EXPECT_EQ(state.currentState.x, 0);
  EXPECT_EQ(state.lastChangeTime, 0);
}
TEST_F(HTCX_vive_tracker_interaction, Must_profile_2_Negative_ItsPoseIsNamedAndActive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  const XrAction grip = grip_of({kChest});
  start();
  EXPECT_TRUE(is_pose_active(grip, kChest));
  EXPECT_EQ(sources(grip), Texts{kChest + kGrip});
  std::string name;
  EXPECT_EQ(name_of((kChest + kGrip).c_str(), 7, name), XR_SUCCESS);
  EXPECT_EQ(name, "Chest Tracker Grip");
}
TEST_F(HTCX_vive_tracker_interaction,
       Must_haptic_1_Positive_NothingOfItVibratesAndTheVerdictIsGiven) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  const XrAction buzz = make_for(XR_ACTION_TYPE_VIBRATION_OUTPUT, {kLeft, kChest});
  const XrHapticActionInfo info{XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz, path(kChest)};
  const XrHapticVibration tone{XR_TYPE_HAPTIC_VIBRATION, nullptr, 1000, 100, 1};
  const auto apply = [&](const XrHapticActionInfo& to) {
    return get<PFN_xrApplyHapticFeedback>("xrApplyHapticFeedback")(
        session, &to, reinterpret_cast<const XrHapticBaseHeader*>(&tone));
  };
  EXPECT_EQ(apply(info), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  start();
  EXPECT_EQ(apply(info), XR_SUCCESS);
  EXPECT_EQ(get<PFN_xrStopHapticFeedback>("xrStopHapticFeedback")(session, &info), XR_SUCCESS);
  EXPECT_TRUE(runtime.applied.empty()) << "no controller is meant";
  EXPECT_EQ(apply({XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz, path(kWaist)}),
            XR_ERROR_PATH_UNSUPPORTED);
  enter(XR_SESSION_STATE_VISIBLE);
  EXPECT_EQ(apply(info), XR_SESSION_NOT_FOCUSED);
}
TEST_F(HTCX_vive_tracker_interaction, Must_haptic_1_Negative_ControllersVibrateAsEver) {
  begin_trackers();
  const XrAction buzz = make_for(XR_ACTION_TYPE_VIBRATION_OUTPUT, {kLeft, kChest});
  start();
  const XrHapticActionInfo info{XR_TYPE_HAPTIC_ACTION_INFO, nullptr, buzz, path(kLeft)};
  const XrHapticVibration tone{XR_TYPE_HAPTIC_VIBRATION, nullptr, 1000, 100, 1};
  EXPECT_EQ(get<PFN_xrApplyHapticFeedback>("xrApplyHapticFeedback")(
                session, &info, reinterpret_cast<const XrHapticBaseHeader*>(&tone)),
            XR_SUCCESS);
  EXPECT_EQ(runtime.applied.size(), 1u);
}

// [design] A runtime that has the extension itself.
class RuntimesTrackers : public HTCX_vive_tracker_interaction {
 protected:
  void begin_with_own() {
    runtime.offered.insert(kTrackers);
    begin_trackers();
    runtime.trackers_worn = {{path("/devices/htc/vive_tracker_htcx/lhr-1"), path(kWaist)}};
  }
};
TEST_F(RuntimesTrackers, AreTheOnlyOnesWhereWeHaveNone) {
  begin_with_own();
  EXPECT_EQ(enumerate(), Texts{both("/devices/htc/vive_tracker_htcx/lhr-1", kWaist)});
  const XrAction grip = grip_of({kWaist});
  EXPECT_EQ(runtime.suggested[kTrackerProfile], Texts{kWaist + kGrip});
  set_below(grip, kWaist, {true, 0, false, 0});
  attach();
  runtime.profile_of[path(kWaist)] = path(kTrackerProfile);
  sync();
  EXPECT_TRUE(is_pose_active(grip, kWaist));
  EXPECT_EQ(profile(kWaist), kTrackerProfile);
  EXPECT_EQ(told_changes(), 0);
}
TEST_F(RuntimesTrackers, StandBesideOurs) {
  begin_with_own();
  put(0, "TT1-0001", Role::Chest, T_chest);
  EXPECT_EQ(enumerate(),
            (Texts{both("/devices/htc/vive_tracker_htcx/lhr-1", kWaist), both(kFirst, kChest)}));
  const XrAction grip = grip_of({kWaist, kChest, kFirst});
  EXPECT_EQ(runtime.suggested[kTrackerProfile], (Texts{kWaist + kGrip, kChest + kGrip}));
  const XrSpace first = make_action_space(grip, kFirst), waist = make_action_space(grip, kWaist);
  runtime.spaces[key(waist)].T_stage_space = T_waist;
  set_below(grip, kWaist, {true, 0, false, 0});
  start();
  EXPECT_TRUE(is_pose_active(grip, kWaist) && is_pose_active(grip, kFirst));
  EXPECT_LT(length(where(first).T.p - T_chest.p), kSame);
  EXPECT_LT(length(where(waist).T.p - T_waist.p), kSame);
}
TEST_F(RuntimesTrackers, WithoutAServiceAreNotTouched) {
  runtime.offered.insert(kTrackers);
  ASSERT_EQ(create({kTrackers}), XR_SUCCESS);
  for (const char* name : {"xrEnumerateViveTrackerPathsHTCX", "xrCreateAction", "xrSyncActions",
                           "xrGetActionStatePose", "xrPollEvent"}) {
    PFN_xrVoidFunction below = nullptr;
    ASSERT_EQ(FakeRuntime::get_proc_addr(instance, name, &below), XR_SUCCESS);
    EXPECT_EQ(get<PFN_xrVoidFunction>(name), below) << name;
  }
}
TEST_F(HTCX_vive_tracker_interaction, WithoutAServiceThereAreNoneAndNothingFails) {
  begin({kTrackers});
  begin_actions();
  EXPECT_EQ(enumerate(), Texts{});
  const XrAction grip = grip_of({kChest});
  stage = runtime.add_space({});
  const XrSpace chest = make_action_space(grip, kChest);
  start();
  EXPECT_FALSE(is_pose_active(grip, kChest));
  EXPECT_EQ(profile(kChest), "");
  EXPECT_EQ(where(chest).flags, 0u);
}
TEST_F(HTCX_vive_tracker_interaction, OneThatLostSightIsValidAndNotTracked) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest, T_chest);
  ipc::publish(service->published().trackers[0], {host(now), epoch, 0, T_chest});
  const XrAction grip = grip_of({kChest});
  const XrSpace chest = make_action_space(grip, kChest);
  start();
  EXPECT_EQ(where(chest).flags, XrSpaceLocationFlags{0x3});
  EXPECT_EQ(where(chest).moving, 0u);
}
TEST_F(HTCX_vive_tracker_interaction, ADeadServicesTrackersAreGone) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest, T_chest);
  const XrAction grip = grip_of({kChest});
  start();
  ASSERT_TRUE(is_pose_active(grip, kChest));
  stop_service();
  EXPECT_TRUE(poll_until([&] {
    sync();
    return !is_pose_active(grip, kChest);
  }));
  EXPECT_EQ(enumerate(), Texts{});
}

}  // namespace
}  // namespace tactus::layer_test
