// XR_EXT_hand_joints_motion_range: each "must" of musts.txt, where it holds and where it bites.
#include "hand_fixture.h"
#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kMotionRange = XR_EXT_HAND_JOINTS_MOTION_RANGE_EXTENSION_NAME;

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

}  // namespace
}  // namespace tactus::layer_test
