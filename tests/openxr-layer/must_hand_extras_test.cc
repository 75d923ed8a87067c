// What hangs on a locate of hands: its source, its range of motion, aim and capsules. Each "must" of
// musts.txt, where it holds and where it bites.
#include "hand_fixture.h"
#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kDataSource = XR_EXT_HAND_TRACKING_DATA_SOURCE_EXTENSION_NAME;
constexpr const char* kMotionRange = XR_EXT_HAND_JOINTS_MOTION_RANGE_EXTENSION_NAME;
constexpr const char* kAim = XR_FB_HAND_TRACKING_AIM_EXTENSION_NAME;
constexpr const char* kCapsules = XR_FB_HAND_TRACKING_CAPSULES_EXTENSION_NAME;
constexpr float kTolerance_m = 2e-5f;
constexpr auto kFingers = XR_HAND_TRACKING_DATA_SOURCE_UNOBSTRUCTED_EXT;
constexpr auto kController = XR_HAND_TRACKING_DATA_SOURCE_CONTROLLER_EXT;

using Sources = std::vector<XrHandTrackingDataSourceEXT>;

class EXT_hand_tracking_data_source : public HandTest {
 protected:
  void begin_gloved() { begin_with_gloves({kHandTracking, kDataSource}); }
  XrResult create_with(Sources sources) {
    info.requestedDataSourceCount = static_cast<uint32_t>(sources.size());
    info.requestedDataSources = sources.data();
    return create_chained();
  }
  XrResult create_chained() {
    const XrHandTrackerCreateInfoEXT create_info{XR_TYPE_HAND_TRACKER_CREATE_INFO_EXT, &info,
                                                 XR_HAND_LEFT_EXT, XR_HAND_JOINT_SET_DEFAULT_EXT};
    return get<PFN_xrCreateHandTrackerEXT>("xrCreateHandTrackerEXT")(session, &create_info, &made);
  }
  XrResult locate_with_state() {
    state.next = &joints.velocities;
    joints.locations.next = &state;
    const XrResult result = locate(made, stage, joints);
    EXPECT_EQ(state.next, &joints.velocities);
    return result;
  }
  Joints joints;
  XrHandTrackingDataSourceInfoEXT info{XR_TYPE_HAND_TRACKING_DATA_SOURCE_INFO_EXT};
  XrHandTrackingDataSourceStateEXT state{XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT, nullptr, 99,
                                         XR_HAND_TRACKING_DATA_SOURCE_MAX_ENUM_EXT};
};

TEST_F(EXT_hand_tracking_data_source, Must_2_1_Positive_AGloveIsNoController) {
  begin_gloved();
  ASSERT_EQ(create_with({kController}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_FALSE);
}
TEST_F(EXT_hand_tracking_data_source, Must_2_1_Negative_AGloveIsWhatItIs) {
  begin_gloved();
  ASSERT_EQ(create_with({kController, kFingers}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.dataSource, kFingers);
}
TEST_F(EXT_hand_tracking_data_source, Must_2_2_Positive_SourcesDoNotChangeTheJoints) {
  begin_gloved();
  ASSERT_EQ(create_with({kController, kFingers}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  const Vec3 expected = left.T_world_joint[XR_HAND_JOINT_INDEX_TIP_EXT].p;
  const Vec3 p = vec(joints.location[XR_HAND_JOINT_INDEX_TIP_EXT].pose.position);
  EXPECT_LT(length(p - expected), kTolerance_m);
}
TEST_F(EXT_hand_tracking_data_source, Must_2_2_Negative_NoJointsOfAControllerAreMadeUp) {
  begin_gloved();
  ASSERT_EQ(create_with({kController}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  expect_inactive(joints);
}
TEST_F(EXT_hand_tracking_data_source, Must_3_1_Positive) {
  begin_gloved();
  EXPECT_EQ(create_with({kFingers, kFingers}), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(create_with({kController, kFingers, kController}), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_hand_tracking_data_source, Must_3_1_Negative) {
  begin_gloved();
  EXPECT_EQ(create_with({kFingers, kController}), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking_data_source, Must_3_2_Positive) {
  begin_gloved();
  EXPECT_EQ(create_with({}), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_hand_tracking_data_source, Must_3_2_Negative) {
  begin_gloved();
  EXPECT_EQ(create_with({kController}), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_1_Positive_EvenWhereTheRuntimeHasHands) {
  runtime.offered.insert(kHandTracking);
  begin_gloved();
  ASSERT_EQ(create_with({kController}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  ASSERT_EQ(state.isActive, XR_FALSE);
  expect_inactive(joints);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_1_Negative) {
  begin_gloved();
  ASSERT_EQ(create_with({kFingers}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  ASSERT_EQ(state.isActive, XR_TRUE);
  for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags, 0xFu);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_2_Positive) {
  begin_gloved();
  ASSERT_EQ(try_create(XR_HAND_LEFT_EXT), XR_SUCCESS);
  EXPECT_EQ(locate_with_state(), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_EQ(state.isActive, 99u);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_2_Negative) {
  begin_gloved();
  ASSERT_EQ(create_with({kFingers}), XR_SUCCESS);
  EXPECT_EQ(locate_with_state(), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_3_Positive_ThoughFocusIsLost) {
  begin_gloved();
  ASSERT_EQ(create_with({kFingers}), XR_SUCCESS);
  enter(XR_SESSION_STATE_VISIBLE);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_TRUE);
  expect_inactive(joints);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_3_Positive_RuntimesOwnHands) {
  runtime.offered.insert(kHandTracking);
  begin_gloved();
  ASSERT_EQ(create_with({kFingers}), XR_SUCCESS);
  service->beat(host(kNow), false, false);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_TRUE);
  EXPECT_FLOAT_EQ(joints.location[0].radius, kRuntimeHandMark_m);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_3_Negative_TheGloveIsOff) {
  begin_gloved();
  ASSERT_EQ(create_with({kFingers, kController}), XR_SUCCESS);
  service->beat(host(kNow), false, true);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_FALSE);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_4_Positive) {
  begin_gloved();
  ASSERT_EQ(create_with({kFingers}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.dataSource, kFingers);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_4_Negative_TheRuntimesAnswerIsNotOverwritten) {
  runtime.offered = {kHandTracking, kDataSource, kTimespec};
  begin_gloved();
  ASSERT_EQ(create_with({kController}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_TRUE);
  EXPECT_EQ(state.dataSource, kController);
}
TEST_F(EXT_hand_tracking_data_source, Must_4_5_Positive) {
  begin_gloved();
  for (const Sources& sources : {Sources{kFingers}, Sources{kController, kFingers}}) {
    ASSERT_EQ(create_with(sources), XR_SUCCESS);
    ASSERT_EQ(locate_with_state(), XR_SUCCESS);
    EXPECT_EQ(std::count(sources.begin(), sources.end(), state.dataSource), 1);
  }
}
TEST_F(EXT_hand_tracking_data_source, Must_4_5_Negative_OneNotRequestedIsNeverActive) {
  begin_gloved();
  ASSERT_EQ(create_with({kController}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_FALSE);
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceInfoEXT_1_Positive) {
  begin_gloved();
  EXPECT_EQ(create_with({}), XR_ERROR_VALIDATION_FAILURE) << "is looked at";
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceInfoEXT_1_Negative) {
  begin_with_gloves();
  EXPECT_EQ(create_with({}), XR_SUCCESS) << "of an extension not enabled: is ignored";
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceInfoEXT_2_Positive) {
  begin_gloved();
  ASSERT_EQ(create_with({kController}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, XR_FALSE);
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceInfoEXT_2_Negative) {
  begin_gloved();
  info.type = XR_TYPE_COMPOSITION_LAYER_QUAD;
  ASSERT_EQ(create_with({kController}), XR_SUCCESS);
  EXPECT_EQ(locate_with_state(), XR_ERROR_VALIDATION_FAILURE) << "no source was named";
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceInfoEXT_4_Positive) {
  begin_gloved();
  EXPECT_EQ(create_with({kFingers}), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceInfoEXT_4_Negative) {
  begin_gloved();
  for (const int source : {0, 3, 33, -1, INT32_MAX}) {
    EXPECT_EQ(create_with({static_cast<XrHandTrackingDataSourceEXT>(source)}),
              XR_ERROR_VALIDATION_FAILURE)
        << source;
  }
  info.requestedDataSourceCount = 1;
  info.requestedDataSources = nullptr;
  EXPECT_EQ(create_chained(), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceStateEXT_1_Positive) {
  begin_gloved();
  ASSERT_EQ(create_with({kFingers}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_NE(state.isActive, 99u);
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceStateEXT_1_Negative) {
  begin_with_gloves();
  ASSERT_EQ(try_create(XR_HAND_LEFT_EXT), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, 99u);
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceStateEXT_2_Positive) {
  begin_gloved();
  ASSERT_EQ(create_with({kFingers}), XR_SUCCESS);
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.type, XR_TYPE_HAND_TRACKING_DATA_SOURCE_STATE_EXT);
}
TEST_F(EXT_hand_tracking_data_source, Must_XrHandTrackingDataSourceStateEXT_2_Negative) {
  begin_gloved();
  ASSERT_EQ(create_with({kFingers}), XR_SUCCESS);
  state.type = XR_TYPE_COMPOSITION_LAYER_QUAD;
  ASSERT_EQ(locate_with_state(), XR_SUCCESS);
  EXPECT_EQ(state.isActive, 99u);
}

class EXT_hand_joints_motion_range : public HandTest {
 protected:
  void begin_gloved() { begin_with_gloves({kHandTracking, kMotionRange}); }
  XrResult locate_in(XrHandJointsMotionRangeEXT wanted, Joints& joints) {
    range.handJointsMotionRange = wanted;
    const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, &range, stage, kNow};
    return get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT")(tracker(XR_HAND_LEFT_EXT), &info,
                                                                   &joints.locations);
  }
  static constexpr auto kFree = XR_HAND_JOINTS_MOTION_RANGE_UNOBSTRUCTED_EXT;
  static constexpr auto kConforming = XR_HAND_JOINTS_MOTION_RANGE_CONFORMING_TO_CONTROLLER_EXT;
  XrHandJointsMotionRangeInfoEXT range{XR_TYPE_HAND_JOINTS_MOTION_RANGE_INFO_EXT};
};

TEST_F(EXT_hand_joints_motion_range, Must_1_1_Positive) {
  begin_gloved();
  for (const auto wanted : {kFree, kConforming}) {
    Joints joints;
    EXPECT_EQ(locate_in(wanted, joints), XR_SUCCESS);
    EXPECT_EQ(joints.locations.isActive, XR_TRUE);
  }
}
TEST_F(EXT_hand_joints_motion_range, Must_1_1_Negative_ThereIsNoThird) {
  begin_gloved();
  Joints joints;
  EXPECT_EQ(locate_in(static_cast<XrHandJointsMotionRangeEXT>(3), joints),
            XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(EXT_hand_joints_motion_range, Must_1_2_Positive) {
  begin_gloved();
  left.t += 1ms;
  left.origin = PoseOrigin::Filled;
  ipc::publish(service->published(), left);
  Joints joints;
  ASSERT_EQ(locate_in(kFree, joints), XR_SUCCESS);
  for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags & 3u, 3u);
}
TEST_F(EXT_hand_joints_motion_range, Must_1_2_Negative_OffIsOff) {
  begin_gloved();
  service->beat(host(kNow), false, true);
  Joints joints;
  ASSERT_EQ(locate_in(kFree, joints), XR_SUCCESS);
  expect_inactive(joints);
}
TEST_F(EXT_hand_joints_motion_range, Must_1_3_Positive_TheRuntimeThatKnowsTheDeviceIsAsked) {
  runtime.offered = {kHandTracking, kMotionRange, kTimespec};
  begin_gloved();
  service->beat(host(kNow), false, false);
  Joints joints;
  ASSERT_EQ(locate_in(kConforming, joints), XR_SUCCESS);
  EXPECT_EQ(runtime.last_motion_range, kConforming);
  EXPECT_FLOAT_EQ(joints.location[0].radius, kRuntimeHandMark_m);
}
TEST_F(EXT_hand_joints_motion_range, Must_1_3_Negative_ARuntimeWithoutTheExtensionSeesNothingOfIt) {
  runtime.offered = {kHandTracking, kTimespec};
  begin_gloved();
  service->beat(host(kNow), false, false);
  Joints joints;
  ASSERT_EQ(locate_in(kConforming, joints), XR_SUCCESS);
  EXPECT_EQ(runtime.last_motion_range, 0);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
}
TEST_F(EXT_hand_joints_motion_range, Must_1_4_Positive_AGloveIsNothingInTheHand) {
  begin_gloved();
  Joints is_free, conforming;
  ASSERT_EQ(locate_in(kFree, is_free), XR_SUCCESS);
  ASSERT_EQ(locate_in(kConforming, conforming), XR_SUCCESS);
  for (std::size_t j = 0; j < is_free.location.size(); ++j) {
    EXPECT_EQ(conforming.location[j].pose.position.x, is_free.location[j].pose.position.x);
    EXPECT_EQ(conforming.location[j].pose.orientation.w, is_free.location[j].pose.orientation.w);
  }
}
TEST_F(EXT_hand_joints_motion_range, Must_1_4_Negative_BothFollowTheFingers) {
  begin_gloved();
  Joints before, after;
  ASSERT_EQ(locate_in(kConforming, before), XR_SUCCESS);
  left.t += 1ms;
  left.T_world_joint[10].p.z += 0.05f;
  ipc::publish(service->published(), left);
  ASSERT_EQ(locate_in(kConforming, after), XR_SUCCESS);
  EXPECT_EQ(before.locations.isActive, XR_TRUE);
  Joints later;
  const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, &range, stage,
                                       kNow + 1'000'000};
  ASSERT_EQ(get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT")(made, &info, &later.locations),
            XR_SUCCESS);
  EXPECT_GT(later.location[10].pose.position.z, before.location[10].pose.position.z + 0.04f);
}
TEST_F(EXT_hand_joints_motion_range, Must_1_5_Positive) {
  begin_gloved();
  Joints joints;
  ASSERT_EQ(locate_in(kFree, joints), XR_SUCCESS);
  for (std::size_t j = 0; j < joints.location.size(); ++j) {
    const Vec3 expected = left.T_world_joint[j].p;
    EXPECT_LT(length(vec(joints.location[j].pose.position) - expected), kTolerance_m);
  }
}
TEST_F(EXT_hand_joints_motion_range, Must_1_5_Negative_AskingForNoneIsUnobstructed) {
  begin_gloved();
  Joints asked, plain;
  ASSERT_EQ(locate_in(kFree, asked), XR_SUCCESS);
  ASSERT_EQ(locate(made, stage, plain), XR_SUCCESS);
  for (std::size_t j = 0; j < plain.location.size(); ++j) {
    EXPECT_EQ(plain.location[j].pose.position.y, asked.location[j].pose.position.y);
  }
}
TEST_F(EXT_hand_joints_motion_range, Must_XrHandJointsMotionRangeInfoEXT_1_Positive) {
  begin_gloved();
  Joints joints;
  EXPECT_EQ(locate_in(static_cast<XrHandJointsMotionRangeEXT>(0), joints),
            XR_ERROR_VALIDATION_FAILURE)
      << "is looked at";
}
TEST_F(EXT_hand_joints_motion_range, Must_XrHandJointsMotionRangeInfoEXT_1_Negative) {
  begin_with_gloves();
  Joints joints;
  EXPECT_EQ(locate_in(static_cast<XrHandJointsMotionRangeEXT>(0), joints), XR_SUCCESS)
      << "of an extension not enabled: is ignored";
}
TEST_F(EXT_hand_joints_motion_range, Must_XrHandJointsMotionRangeInfoEXT_2_Positive) {
  begin_gloved();
  Joints joints;
  EXPECT_EQ(locate_in(kConforming, joints), XR_SUCCESS);
}
TEST_F(EXT_hand_joints_motion_range, Must_XrHandJointsMotionRangeInfoEXT_2_Negative) {
  begin_gloved();
  range.type = XR_TYPE_COMPOSITION_LAYER_QUAD;
  Joints joints;
  EXPECT_EQ(locate_in(static_cast<XrHandJointsMotionRangeEXT>(0), joints), XR_SUCCESS);
}
TEST_F(EXT_hand_joints_motion_range, Must_XrHandJointsMotionRangeInfoEXT_4_Positive) {
  begin_gloved();
  Joints joints;
  EXPECT_EQ(locate_in(kFree, joints), XR_SUCCESS);
}
TEST_F(EXT_hand_joints_motion_range, Must_XrHandJointsMotionRangeInfoEXT_4_Negative) {
  begin_gloved();
  for (const int wrong : {0, -1, INT32_MAX}) {
    Joints joints;
    EXPECT_EQ(locate_in(static_cast<XrHandJointsMotionRangeEXT>(wrong), joints),
              XR_ERROR_VALIDATION_FAILURE);
    EXPECT_TRUE(joints.is_untouched());
  }
}

class FB_hand_tracking_aim : public HandTest {
 protected:
  FB_hand_tracking_aim() { aim.pinchStrengthIndex = -7; }
  void begin_gloved() { begin_with_gloves({kHandTracking, kAim}); }
  XrResult locate_aim(XrTime time = kNow) {
    aim.next = &joints.velocities;
    joints.locations.next = &aim;
    if (made == XR_NULL_HANDLE) made = tracker(XR_HAND_LEFT_EXT);
    const XrResult result = locate(made, stage, joints, time);
    EXPECT_EQ(aim.next, &joints.velocities);
    return result;
  }
  /// Puts a fingertip so that this much air is between its skin and the thumb's.
  void bring(HandJoint tip, float air_m) {
    const auto thumb = index(HandJoint::ThumbTip);
    const float apart_m = air_m + left.radius_m[thumb] + left.radius_m[index(tip)];
    left.T_world_joint[index(tip)].p = left.T_world_joint[thumb].p + Vec3{0, 0, apart_m};
    left.t += 1ms;
    left.v_world_joint = {};
    ipc::publish(service->published(), left);
    ASSERT_EQ(locate_aim(left.t.time_since_epoch().count() - runtime.offset_ns), XR_SUCCESS);
  }
  void expect_strength(HandJoint tip, float XrHandTrackingAimStateFB::*strength) {
    begin_gloved();
    bring(tip, 0.030f);
    EXPECT_NEAR(aim.*strength, 0, 1e-3f);
    bring(tip, 0.0155f);
    EXPECT_NEAR(aim.*strength, 0.5f, 1e-2f);
    bring(tip, 0.0f);
    EXPECT_EQ(aim.*strength, 1);
    bring(tip, -0.004f);
    EXPECT_EQ(aim.*strength, 1) << "pressed together";
  }
  void expect_no_strength(HandJoint tip, float XrHandTrackingAimStateFB::*strength) {
    begin_gloved();
    bring(tip, 0.0f);
    ASSERT_EQ(aim.*strength, 1);
    service->beat(host(kNow), false, true);
    ASSERT_EQ(locate_aim(), XR_SUCCESS);
    EXPECT_EQ(aim.*strength, 0) << "without a hand there is no pinch";
  }
  Joints joints;
  XrHandTrackingAimStateFB aim{XR_TYPE_HAND_TRACKING_AIM_STATE_FB};
};

constexpr XrHandTrackingAimFlagsFB kSeen =
    XR_HAND_TRACKING_AIM_COMPUTED_BIT_FB | XR_HAND_TRACKING_AIM_VALID_BIT_FB;

TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_1_Positive) {
  begin_gloved();
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  EXPECT_EQ(aim.status, kSeen);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_1_Negative) {
  begin_with_gloves();
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  EXPECT_EQ(aim.pinchStrengthIndex, -7);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_2_Positive_InTheOldPlaceToo) {
  begin_gloved();
  const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, &aim, stage, kNow};
  ASSERT_EQ(get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT")(tracker(XR_HAND_LEFT_EXT),
                                                                    &info, &joints.locations),
            XR_SUCCESS);
  EXPECT_EQ(aim.status, kSeen);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_2_Negative) {
  begin_gloved();
  aim.type = XR_TYPE_COMPOSITION_LAYER_QUAD;
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  EXPECT_EQ(aim.pinchStrengthIndex, -7);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_status_Positive) {
  begin_gloved();
  bring(HandJoint::RingTip, 0.002f);
  EXPECT_EQ(aim.status, kSeen | XR_HAND_TRACKING_AIM_RING_PINCHING_BIT_FB);
  bring(HandJoint::RingTip, 0.010f);
  EXPECT_EQ(aim.status, kSeen | XR_HAND_TRACKING_AIM_RING_PINCHING_BIT_FB) << "does not flicker";
  bring(HandJoint::RingTip, 0.014f);
  EXPECT_EQ(aim.status, kSeen);
  bring(HandJoint::RingTip, 0.010f);
  EXPECT_EQ(aim.status, kSeen);
  bring(HandJoint::LittleTip, 0.0f);
  EXPECT_EQ(aim.status, kSeen | XR_HAND_TRACKING_AIM_LITTLE_PINCHING_BIT_FB);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_status_Negative) {
  begin_gloved();
  bring(HandJoint::IndexTip, 0.0f);
  enter(XR_SESSION_STATE_VISIBLE);
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  EXPECT_EQ(aim.status, 0u);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_aimPose_Positive) {
  begin_gloved();
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  const Vec3 p_wrist = left.T_world_joint[index(HandJoint::Wrist)].p;
  const Vec3 p_knuckle = left.T_world_joint[index(HandJoint::IndexProximal)].p;
  const Vec3 forward = rotate(quat(aim.aimPose.orientation), {0, 0, -1});
  EXPECT_GT(dot(forward, normalized(p_knuckle - p_wrist)), 0.9999f);
  const Vec3 p_thumb = left.T_world_joint[index(HandJoint::ThumbTip)].p;
  EXPECT_LT(length(vec(aim.aimPose.position) - 0.5f * (p_knuckle + p_thumb)), kTolerance_m);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_aimPose_Negative_APinchDoesNotTurnIt) {
  begin_gloved();
  bring(HandJoint::IndexTip, 0.05f);
  const Quat before = quat(aim.aimPose.orientation);
  bring(HandJoint::IndexTip, 0.0f);
  EXPECT_LT(length(log_rotation(conjugate(before) * quat(aim.aimPose.orientation))), 1e-4f);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_pinchStrengthIndex_Positive) {
  expect_strength(HandJoint::IndexTip, &XrHandTrackingAimStateFB::pinchStrengthIndex);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_pinchStrengthIndex_Negative) {
  expect_no_strength(HandJoint::IndexTip, &XrHandTrackingAimStateFB::pinchStrengthIndex);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_pinchStrengthMiddle_Positive) {
  expect_strength(HandJoint::MiddleTip, &XrHandTrackingAimStateFB::pinchStrengthMiddle);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_pinchStrengthMiddle_Negative) {
  expect_no_strength(HandJoint::MiddleTip, &XrHandTrackingAimStateFB::pinchStrengthMiddle);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_pinchStrengthRing_Positive) {
  expect_strength(HandJoint::RingTip, &XrHandTrackingAimStateFB::pinchStrengthRing);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_pinchStrengthRing_Negative) {
  expect_no_strength(HandJoint::RingTip, &XrHandTrackingAimStateFB::pinchStrengthRing);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_pinchStrengthLittle_Positive) {
  expect_strength(HandJoint::LittleTip, &XrHandTrackingAimStateFB::pinchStrengthLittle);
}
TEST_F(FB_hand_tracking_aim, Must_XrHandTrackingAimStateFB_pinchStrengthLittle_Negative) {
  expect_no_strength(HandJoint::LittleTip, &XrHandTrackingAimStateFB::pinchStrengthLittle);
}

TEST_F(FB_hand_tracking_aim, RuntimesHandsHaveItTooAndItsOwnAnswerStands) {
  runtime.offered = {kHandTracking, kTimespec};
  begin_gloved();
  service->beat(host(kNow), false, false);
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  EXPECT_EQ(aim.pinchStrengthIndex, 1) << "its joints are all in one place";
  EXPECT_FALSE(runtime.saw_aim) << "it does not know the struct";
}
TEST_F(FB_hand_tracking_aim, RuntimesOwnAnswerPasses) {
  runtime.offered = {kHandTracking, kAim, kTimespec};
  begin_gloved();
  service->beat(host(kNow), false, false);
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  EXPECT_EQ(aim.status, 1u);
  EXPECT_EQ(aim.pinchStrengthIndex, -7);
  service->beat(host(kNow), true, false);
  made = XR_NULL_HANDLE;  // another tracker: no hand was shown by it before
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  EXPECT_EQ(aim.status, kSeen) << "the glove's, where it is on";
}
TEST_F(FB_hand_tracking_aim, IsThereWithoutAServiceWhereTheRuntimeHasHands) {
  runtime.offered = {kHandTracking};
  begin({kHandTracking, kAim});
  stage = runtime.add_space({});
  ASSERT_EQ(locate_aim(), XR_SUCCESS);
  EXPECT_EQ(aim.status & kSeen, kSeen);
  EXPECT_FLOAT_EQ(joints.location[0].radius, kRuntimeHandMark_m);
}

class FB_hand_tracking_capsules : public HandTest {
 protected:
  FB_hand_tracking_capsules() { state.capsules[3].radius = -7; }
  void begin_gloved() { begin_with_gloves({kHandTracking, kCapsules}); }
  void locate_capsules() {
    joints.locations.next = &state;
    if (made == XR_NULL_HANDLE) made = tracker(XR_HAND_LEFT_EXT);
    ASSERT_EQ(locate(made, stage, joints), XR_SUCCESS);
    ASSERT_EQ(joints.locations.next, &state);
  }
  Joints joints;
  XrHandTrackingCapsulesStateFB state{XR_TYPE_HAND_TRACKING_CAPSULES_STATE_FB};
};

TEST_F(FB_hand_tracking_capsules, Must_XrHandTrackingCapsulesStateFB_1_Positive) {
  begin_gloved();
  locate_capsules();
  EXPECT_GT(state.capsules[3].radius, 0);
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandTrackingCapsulesStateFB_1_Negative) {
  begin_with_gloves();
  locate_capsules();
  EXPECT_EQ(state.capsules[3].radius, -7);
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandTrackingCapsulesStateFB_2_Positive_InTheOldPlaceToo) {
  begin_gloved();
  const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, &state, stage, kNow};
  ASSERT_EQ(get<PFN_xrLocateHandJointsEXT>("xrLocateHandJointsEXT")(tracker(XR_HAND_LEFT_EXT),
                                                                    &info, &joints.locations),
            XR_SUCCESS);
  EXPECT_GT(state.capsules[3].radius, 0);
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandTrackingCapsulesStateFB_2_Negative) {
  begin_gloved();
  state.type = XR_TYPE_COMPOSITION_LAYER_QUAD;
  locate_capsules();
  EXPECT_EQ(state.capsules[3].radius, -7);
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandTrackingCapsulesStateFB_capsules_Positive) {
  begin_gloved();
  locate_capsules();
  ASSERT_EQ(std::size(state.capsules), 19u);
  for (const XrHandCapsuleFB& capsule : state.capsules) EXPECT_GT(capsule.radius, 0);
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandTrackingCapsulesStateFB_capsules_Negative) {
  begin_gloved();
  service->beat(host(kNow), false, true);
  locate_capsules();
  for (const XrHandCapsuleFB& capsule : state.capsules) EXPECT_EQ(capsule.radius, 0);
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandCapsuleFB_points_Positive) {
  begin_gloved();
  locate_capsules();
  for (const XrHandCapsuleFB& capsule : state.capsules) {
    const auto j = static_cast<std::size_t>(capsule.joint);
    EXPECT_LT(length(vec(capsule.points[0]) - left.T_world_joint[j].p), kTolerance_m);
    EXPECT_LT(length(vec(capsule.points[1]) - left.T_world_joint[j + 1].p), kTolerance_m);
  }
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandCapsuleFB_points_Negative_InAnotherBaseTheyDiffer) {
  begin_gloved();
  locate_capsules();
  const Vec3 in_stage = vec(state.capsules[0].points[0]);
  stage = runtime.add_space({.T_stage_space = {{}, {0, 0, 5}}});
  locate_capsules();
  EXPECT_NEAR(in_stage.z - state.capsules[0].points[0].z, 5, 1e-4f);
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandCapsuleFB_radius_Positive) {
  begin_gloved();
  locate_capsules();
  for (const XrHandCapsuleFB& capsule : state.capsules) {
    const auto j = static_cast<std::size_t>(capsule.joint);
    EXPECT_NEAR(capsule.radius, 0.5f * (left.radius_m[j] + left.radius_m[j + 1]), 1e-6f);
  }
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandCapsuleFB_radius_Negative_FollowsTheHandsOwn) {
  begin_gloved();
  locate_capsules();
  const float before = state.capsules[0].radius;
  left.t += 1us;
  for (float& radius_m : left.radius_m) radius_m *= 2;
  ipc::publish(service->published(), left);
  ASSERT_EQ(locate(made, stage, joints, kNow + 1000), XR_SUCCESS);
  EXPECT_NEAR(state.capsules[0].radius, 2 * before, 1e-6f);
}
TEST_F(FB_hand_tracking_capsules,
       Must_XrHandCapsuleFB_joint_Positive_ThreeOfTheThumbFourOfEachFinger) {
  begin_gloved();
  locate_capsules();
  std::vector<int> expected;
  for (int j = 2; j < 25; ++j) {
    if (j != 5 && j != 10 && j != 15 && j != 20) expected.push_back(j);
  }
  std::vector<int> driving;
  for (const XrHandCapsuleFB& capsule : state.capsules) driving.push_back(capsule.joint);
  EXPECT_EQ(driving, expected);
}
TEST_F(FB_hand_tracking_capsules, Must_XrHandCapsuleFB_joint_Negative_NoneOfPalmWristOrTips) {
  begin_gloved();
  locate_capsules();
  for (const XrHandCapsuleFB& capsule : state.capsules) {
    for (const int tip : {0, 1, 5, 10, 15, 20, 25}) EXPECT_NE(capsule.joint, tip);
  }
}

}  // namespace
}  // namespace tactus::layer_test
