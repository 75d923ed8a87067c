// XR_EXT_hand_tracking_data_source: each "must" of musts.txt, where it holds and where it bites.
#include "hand_fixture.h"
#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kDataSource = XR_EXT_HAND_TRACKING_DATA_SOURCE_EXTENSION_NAME;
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

}  // namespace
}  // namespace tactus::layer_test
