// XR_HTCX_vive_tracker_interaction: each "must" of musts.txt, where it holds and where it bites.
#include "tracker_fixture.h"

namespace tactus::layer_test {
namespace {

// Paths.
TEST_F(HTCX_vive_tracker_interaction, Must_1_1_Positive_TheSameInEveryInstanceAndRole) {
  begin_trackers();
  put(3, "TT1-0001", Role::Chest);
  EXPECT_EQ(enumerate(), Texts{both(kFirst, kChest)});
  ASSERT_EQ(create({kTrackers}), XR_SUCCESS);
  take_away(3);
  put(0, "TT1-0001", Role::Waist);
  EXPECT_EQ(enumerate(), Texts{both(kFirst, kWaist)});
}
TEST_F(HTCX_vive_tracker_interaction, Must_1_1_Negative_AnotherTrackerHasAnother) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  ASSERT_EQ(enumerate().size(), 1u);
  put(0, "TT1 0002", Role::Chest);
  EXPECT_EQ(enumerate(), Texts{both(kSecond, kChest)});
}
TEST_F(HTCX_vive_tracker_interaction, Must_1_2_Positive_AnotherRoleIsTold) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  EXPECT_EQ(told(), Texts{both(kFirst, kChest)});
  put(0, "TT1-0001", Role::Waist);
  EXPECT_EQ(told(), Texts{both(kFirst, kWaist)});
  put(0, "TT1-0001", Role::None);
  EXPECT_EQ(told(), Texts{both(kFirst, "")});
}
TEST_F(HTCX_vive_tracker_interaction, Must_1_2_Negative_NothingNewIsNotTold) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  ASSERT_EQ(told().size(), 1u);
  put(0, "TT1-0001", Role::Chest, T_chest);
  EXPECT_EQ(told(), Texts{});
  take_away(0);
  EXPECT_EQ(told(), Texts{}) << "one that goes is told by its profile";
  put(5, "TT1-0001", Role::Chest);
  EXPECT_EQ(told().size(), 1u) << "it came again";
}
TEST_F(HTCX_vive_tracker_interaction, Must_1_3_Positive_ComingAndGoingChangeTheProfile) {
  begin_trackers();
  grip_of({kChest, kFirst});
  start();
  EXPECT_EQ(told_changes(), 0);
  EXPECT_EQ(profile(kChest), "");
  put(0, "TT1-0001", Role::Chest);
  sync();
  EXPECT_EQ(told_changes(), 1);
  EXPECT_EQ(profile(kChest), kTrackerProfile);
  EXPECT_EQ(profile(kFirst), kTrackerProfile);
  take_away(0);
  sync();
  EXPECT_EQ(told_changes(), 1);
  EXPECT_EQ(profile(kChest), "");
}
TEST_F(HTCX_vive_tracker_interaction, Must_1_3_Negative_OneThatIsNotBoundChangesNothing) {
  begin_trackers();
  grip_of({kChest});
  start();
  put(0, "TT1-0001", Role::Waist);
  sync();
  EXPECT_EQ(told_changes(), 0);
  EXPECT_EQ(profile(kWaist), "");
  EXPECT_EQ(profile(kChest), "");
}

// xrEnumerateViveTrackerPathsHTCX.
TEST_F(HTCX_vive_tracker_interaction, Must_xrEnumerateViveTrackerPathsHTCX_1_Positive) {
  begin_trackers();
  EXPECT_EQ(ask(instance, "xrEnumerateViveTrackerPathsHTCX"), XR_SUCCESS);
}
TEST_F(HTCX_vive_tracker_interaction, Must_xrEnumerateViveTrackerPathsHTCX_1_Negative) {
  begin_trackers({kTouch});
  EXPECT_EQ(ask(instance, "xrEnumerateViveTrackerPathsHTCX"), XR_ERROR_FUNCTION_UNSUPPORTED);
  put(0, "TT1-0001", Role::Chest);
  EXPECT_EQ(told(), Texts{});
}
TEST_F(HTCX_vive_tracker_interaction, Must_xrEnumerateViveTrackerPathsHTCX_2_Positive) {
  begin_trackers();
  EXPECT_EQ(enumerate(), Texts{});
}
TEST_F(HTCX_vive_tracker_interaction, Must_xrEnumerateViveTrackerPathsHTCX_2_Negative) {
  begin_trackers();
  const auto enumerate =
      get<PFN_xrEnumerateViveTrackerPathsHTCX>("xrEnumerateViveTrackerPathsHTCX");
  uint32_t count = 99;
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}, ~std::uint64_t{0}}) {
    EXPECT_EQ(enumerate(reinterpret_cast<XrInstance>(wrong), 0, &count, nullptr),
              XR_ERROR_HANDLE_INVALID);
  }
  EXPECT_EQ(count, 99u);
}
TEST_F(HTCX_vive_tracker_interaction, Must_xrEnumerateViveTrackerPathsHTCX_3_Positive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  uint32_t count = 99;
  EXPECT_EQ(enumerate(0, &count, nullptr), XR_SUCCESS);
  EXPECT_EQ(count, 1u);
}
TEST_F(HTCX_vive_tracker_interaction, Must_xrEnumerateViveTrackerPathsHTCX_3_Negative) {
  begin_trackers();
  EXPECT_EQ(enumerate(0, nullptr, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(HTCX_vive_tracker_interaction, Must_xrEnumerateViveTrackerPathsHTCX_4_Positive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  put(1, "TT1-0002", Role::Waist);
  std::array<XrViveTrackerPathsHTCX, 3> paths{};
  for (auto& one : paths) one.type = XR_TYPE_VIVE_TRACKER_PATHS_HTCX;
  uint32_t count = 99;
  EXPECT_EQ(enumerate(1, &count, paths.data()), XR_ERROR_SIZE_INSUFFICIENT);
  EXPECT_EQ(count, 2u);
  EXPECT_EQ(paths[0].persistentPath, XR_NULL_PATH);
  EXPECT_EQ(enumerate(3, &count, paths.data()), XR_SUCCESS);
  EXPECT_EQ(count, 2u);
  EXPECT_EQ(text_of(paths[0]), both(kFirst, kChest));
  EXPECT_EQ(paths[2].persistentPath, XR_NULL_PATH) << "what is not needed is not written";
}
TEST_F(HTCX_vive_tracker_interaction, Must_xrEnumerateViveTrackerPathsHTCX_4_Negative) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  uint32_t count = 99;
  EXPECT_EQ(enumerate(1, &count, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrViveTrackerPathsHTCX_2_Positive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  XrBaseOutStructure unknown{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr};
  XrViveTrackerPathsHTCX paths{XR_TYPE_VIVE_TRACKER_PATHS_HTCX, &unknown};
  uint32_t count = 0;
  EXPECT_EQ(enumerate(1, &count, &paths), XR_SUCCESS);
  EXPECT_EQ(paths.type, XR_TYPE_VIVE_TRACKER_PATHS_HTCX);
  EXPECT_EQ(paths.next, &unknown);
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrViveTrackerPathsHTCX_2_Negative) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  XrViveTrackerPathsHTCX paths{XR_TYPE_SYSTEM_PROPERTIES};
  uint32_t count = 0;
  EXPECT_EQ(enumerate(1, &count, &paths), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(paths.persistentPath, XR_NULL_PATH);
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrViveTrackerPathsHTCX_persistentPath_Positive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  put(7, "TT1 0002", Role::Chest);
  EXPECT_EQ(enumerate(), (Texts{both(kFirst, kChest), both(kSecond, kChest)}));
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrViveTrackerPathsHTCX_persistentPath_Negative) {
  begin_trackers();
  put(0, "", Role::Chest);
  EXPECT_EQ(enumerate(), Texts{}) << "without a number it cannot be told from others";
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrViveTrackerPathsHTCX_rolePath_Positive) {
  begin_trackers();
  for (const auto& [role, name] : {std::pair{Role::HandheldObject, "handheld_object"},
                                   {Role::LeftFoot, "left_foot"},
                                   {Role::RightFoot, "right_foot"},
                                   {Role::LeftShoulder, "left_shoulder"},
                                   {Role::RightShoulder, "right_shoulder"},
                                   {Role::LeftElbow, "left_elbow"},
                                   {Role::RightElbow, "right_elbow"},
                                   {Role::LeftKnee, "left_knee"},
                                   {Role::RightKnee, "right_knee"},
                                   {Role::LeftWrist, "left_wrist"},
                                   {Role::RightWrist, "right_wrist"},
                                   {Role::LeftAnkle, "left_ankle"},
                                   {Role::RightAnkle, "right_ankle"},
                                   {Role::Waist, "waist"},
                                   {Role::Chest, "chest"},
                                   {Role::Camera, "camera"},
                                   {Role::Keyboard, "keyboard"}}) {
    put(0, "TT1-0001", role);
    EXPECT_EQ(enumerate(), Texts{both(kFirst, "/user/vive_tracker_htcx/role/") + name});
  }
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrViveTrackerPathsHTCX_rolePath_Negative) {
  begin_trackers();
  for (const Role role : {Role::None, static_cast<Role>(18), static_cast<Role>(255)}) {
    put(0, "TT1-0001", role);
    EXPECT_EQ(enumerate(), Texts{both(kFirst, "")});
  }
}

// The event.
TEST_F(HTCX_vive_tracker_interaction, Must_XrEventDataViveTrackerConnectedHTCX_2_Positive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
  ASSERT_EQ(get<PFN_xrPollEvent>("xrPollEvent")(instance, &event), XR_SUCCESS);
  EXPECT_EQ(event.type, XR_TYPE_EVENT_DATA_VIVE_TRACKER_CONNECTED_HTCX);
  EXPECT_EQ(event.next, nullptr);
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrEventDataViveTrackerConnectedHTCX_2_Negative) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  runtime.post_state(session, XR_SESSION_STATE_VISIBLE);
  XrEventDataBuffer event{XR_TYPE_EVENT_DATA_BUFFER};
  ASSERT_EQ(get<PFN_xrPollEvent>("xrPollEvent")(instance, &event), XR_SUCCESS);
  EXPECT_EQ(event.type, XR_TYPE_EVENT_DATA_SESSION_STATE_CHANGED) << "the runtime speaks first";
  EXPECT_EQ(told().size(), 1u);
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrEventDataViveTrackerConnectedHTCX_paths_Positive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  put(1, "TT1-0002", Role::None);
  XrEventDataBuffer first{XR_TYPE_EVENT_DATA_BUFFER};
  ASSERT_EQ(get<PFN_xrPollEvent>("xrPollEvent")(instance, &first), XR_SUCCESS);
  EXPECT_EQ(told(), Texts{"/devices/htc/vive_tracker_htcx/tactus-tt1-0002 "});
  const auto& connected = reinterpret_cast<XrEventDataViveTrackerConnectedHTCX&>(first);
  EXPECT_EQ(text_of(*connected.paths), both(kFirst, kChest)) << "and it stays so";
  EXPECT_EQ(connected.paths->type, XR_TYPE_VIVE_TRACKER_PATHS_HTCX);
  EXPECT_EQ(connected.paths->next, nullptr);
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrEventDataViveTrackerConnectedHTCX_paths_Negative) {
  begin_trackers();
  EXPECT_EQ(told(), Texts{}) << "nobody is there";
}

// Either path says which tracker.
TEST_F(HTCX_vive_tracker_interaction, Must_XrActionCreateInfo_subactionPaths_Positive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  put(1, "TT1 0002", Role::Waist);
  const XrAction grip = grip_of({kChest, kFirst, kWaist, kSecond, kWrist});
  start();
  for (const char* user : {kChest, kFirst, kWaist, kSecond}) {
    EXPECT_TRUE(is_pose_active(grip, user)) << user;
  }
  EXPECT_FALSE(is_pose_active(grip, kWrist));
  take_away(0);
  EXPECT_TRUE(is_pose_active(grip, kChest)) << "until the next sync";
  sync();
  EXPECT_FALSE(is_pose_active(grip, kChest) || is_pose_active(grip, kFirst));
  EXPECT_TRUE(is_pose_active(grip, kWaist));
  EXPECT_TRUE(is_pose_active(grip, nullptr));
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrActionCreateInfo_subactionPaths_Negative) {
  begin_trackers();
  XrAction action = XR_NULL_HANDLE;
  for (const char* wrong : {"/user/vive_tracker_htcx/role/nose", "/user/vive_tracker_htcx/role",
                            "/user/vive_tracker_htcx/role/chest/input", "/devices/htc/elsewhere"}) {
    EXPECT_EQ(try_make(kPose, {wrong}, action), XR_ERROR_PATH_UNSUPPORTED) << wrong;
  }
  EXPECT_EQ(try_make(kPose, {kChest, kChest}, action), XR_ERROR_PATH_UNSUPPORTED) << "twice";
  const XrAction grip = grip_of({kChest});
  start();
  for (const char* other : {kWaist, kFirst}) {
    const XrActionStateGetInfo info = of(grip, other);
    XrActionStatePose state{XR_TYPE_ACTION_STATE_POSE};
    EXPECT_EQ(get<PFN_xrGetActionStatePose>("xrGetActionStatePose")(session, &info, &state),
              XR_ERROR_PATH_UNSUPPORTED);
  }
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrActionSpaceCreateInfo_subactionPath_Positive) {
  begin_trackers();
  const Vec3 v{0.5f, 0, -1};
  put(0, "TT1-0001", Role::Chest, T_chest, v);
  put(1, "TT1 0002", Role::Waist, T_waist);
  const XrAction grip = grip_of({kChest, kSecond});
  const Pose T_grip_space{axis_angle({0, 0, 1}, 0.2f), {0.01f, 0.02f, 0.03f}};
  const XrSpace chest = make_action_space(grip, kChest, T_grip_space);
  const XrSpace second = make_action_space(grip, kSecond);
  start();
  const Located at = where(chest);
  const Pose T_expected = T_chest * T_grip_space;
  EXPECT_EQ(at.flags, XrSpaceLocationFlags{0xF});
  EXPECT_LT(length(at.T.p - T_expected.p), kSame);
  EXPECT_LT(length(log_rotation(conjugate(at.T.q) * T_expected.q)), 1e-3f);
  EXPECT_EQ(at.moving, XrSpaceVelocityFlags{3});
  EXPECT_LT(length(at.v - v), 1e-3f);
  EXPECT_LT(length(where(chest, stage, now + 50'000'000).T.p - T_expected.p - 0.05f * v), 1e-3f);
  EXPECT_LT(length(where(chest, stage, now - 75'000'000).T.p - T_expected.p + 0.075f * v), 1e-3f);
  EXPECT_LT(length(where(second).T.p - T_waist.p), kSame);
  const Located between = where(second, chest, now);
  EXPECT_LT(length(between.T.p - (inverse(T_expected) * T_waist).p), kSame);
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrActionSpaceCreateInfo_subactionPath_Negative) {
  begin_trackers();
  const XrAction grip = grip_of({kChest});
  for (const char* wrong : {kWaist, kFirst}) {
    const XrActionSpaceCreateInfo info{
        XR_TYPE_ACTION_SPACE_CREATE_INFO, nullptr, grip, path(wrong), {{0, 0, 0, 1}, {}}};
    XrSpace space = XR_NULL_HANDLE;
    EXPECT_EQ(get<PFN_xrCreateActionSpace>("xrCreateActionSpace")(session, &info, &space),
              XR_ERROR_PATH_UNSUPPORTED);
  }
  const XrSpace chest = make_action_space(grip, kChest);
  start();
  EXPECT_EQ(where(chest).flags, 0u) << "nobody is there, whatever the runtime thinks of the action";
  put(0, "TT1-0001", Role::Chest, T_chest);
  EXPECT_EQ(where(chest).flags, 0u) << "not before the next sync";
  sync();
  EXPECT_NE(where(chest).flags, 0u);
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrActiveActionSet_subactionPath_Positive) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  put(1, "TT1-0002", Role::Waist);
  const XrAction grip = grip_of({kChest, kWaist});
  attach();
  EXPECT_EQ(sync({{action_set, path(kChest)}}), XR_SUCCESS);
  EXPECT_TRUE(is_pose_active(grip, kChest));
  EXPECT_FALSE(is_pose_active(grip, kWaist));
}
TEST_F(HTCX_vive_tracker_interaction, Must_XrActiveActionSet_subactionPath_Negative) {
  begin_trackers();
  put(0, "TT1-0001", Role::Chest);
  grip_of({kChest});
  EXPECT_EQ(sync({{action_set, path(kChest)}}), XR_ERROR_ACTIONSET_NOT_ATTACHED);
  attach();
  EXPECT_EQ(sync({{action_set, path(kWaist)}}), XR_ERROR_PATH_UNSUPPORTED);
  EXPECT_EQ(sync({{XR_NULL_HANDLE, path(kChest)}}), XR_ERROR_HANDLE_INVALID);
}

}  // namespace
}  // namespace tactus::layer_test
