// XR_FB_body_tracking, how it is called: each "must" of musts.txt, where it holds and where it bites.
#include "body_fb_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_1_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(ask(instance, "xrCreateBodyTrackerFB"), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrCreateBodyTrackerFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_2_Negative) {
  begin_with_body({kBodyFb});
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}, ~std::uint64_t{0}}) {
    session = reinterpret_cast<XrSession>(wrong);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_HANDLE_INVALID);
  }
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_3_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerCreateInfoFB before = create_info;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(std::memcmp(&before, &create_info, sizeof(before)), 0);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_3_Negative) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(create_of(nullptr, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_4_Positive) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_NE(made, XrBodyTrackerFB{XR_NULL_HANDLE});
}
TEST_F(FB_body_tracking, Must_xrCreateBodyTrackerFB_4_Negative) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(create_of(&create_info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_2_Negative) {
  begin_with_body({kBodyFb});
  create_info.type = XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB;
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_3_Positive) {
  begin_with_body({kBodyFb});
  create_info.next = &unknown;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(create_info.next, &unknown);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyFb});
  create_info.next = nullptr;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  Joints joints;
  EXPECT_EQ(locate(made, stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_4_Positive) {
  begin_with_body({kBodyFb});
  create_info.bodyJointSet = XR_BODY_JOINT_SET_DEFAULT_FB;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodyTrackerCreateInfoFB_4_Negative) {
  begin_with_body({kBodyFb});
  for (const int set : {1, -1, 1000274000, INT32_MAX}) {
    create_info.bodyJointSet = static_cast<XrBodyJointSetFB>(set);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE) << set;
  }
}
TEST_F(FB_body_tracking, Must_xrDestroyBodyTrackerFB_1_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(ask(instance, "xrDestroyBodyTrackerFB"), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrDestroyBodyTrackerFB_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrDestroyBodyTrackerFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_xrDestroyBodyTrackerFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(destroy(tracker()), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrDestroyBodyTrackerFB_2_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  EXPECT_EQ(destroy(ended), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(XR_NULL_HANDLE), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(reinterpret_cast<XrBodyTrackerFB>(session)), XR_ERROR_HANDLE_INVALID);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_1_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(ask(instance, "xrLocateBodyJointsFB"), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrLocateBodyJointsFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_2_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_2_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  for (const XrBodyTrackerFB wrong : {ended, XrBodyTrackerFB{XR_NULL_HANDLE}}) {
    Joints joints;
    EXPECT_EQ(locate(wrong, stage, joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_3_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_3_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), nullptr, &joints.locations), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_4_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.type, XR_TYPE_BODY_JOINT_LOCATIONS_FB);
  EXPECT_EQ(joints.locations.next, nullptr);
  EXPECT_EQ(joints.locations.jointLocations, joints.location.data());
}
TEST_F(FB_body_tracking, Must_xrLocateBodyJointsFB_4_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB, nullptr, stage, kNow};
  EXPECT_EQ(locate_of(tracker(), &info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_2_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_2_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINT_LOCATIONS_FB, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_3_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyJointsLocateInfoFB info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB, &unknown, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_4_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), runtime.add_space({}), joints), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodyJointsLocateInfoFB_4_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}}) {
    Joints joints;
    EXPECT_EQ(locate(body, reinterpret_cast<XrSpace>(wrong), joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_2_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_2_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  joints.locations.type = XR_TYPE_BODY_JOINTS_LOCATE_INFO_FB;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_3_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  joints.locations.next = &unknown;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
  EXPECT_EQ(joints.locations.next, &unknown);
  EXPECT_EQ(unknown.type, XR_TYPE_COMPOSITION_LAYER_QUAD);
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_3_Negative_WithoutAChainOnlyJointsAreGiven) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.next, nullptr);
  EXPECT_EQ(unknown.next, nullptr);
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_4_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  for (const auto& joint : joints.location) {
    EXPECT_NE(joint.locationFlags, Joints::kUntouchedFlags);
  }
}
TEST_F(FB_body_tracking, Must_XrBodyJointLocationsFB_4_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  joints.locations.jointLocations = nullptr;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_1_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(ask(instance, "xrGetBodySkeletonFB"), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrGetBodySkeletonFB"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_2_Negative) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  EXPECT_EQ(skeleton_of(ended, &skeleton), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(skeleton_of(XR_NULL_HANDLE, &skeleton), XR_ERROR_HANDLE_INVALID);
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_3_Positive) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  EXPECT_EQ(skeleton.type, XR_TYPE_BODY_SKELETON_FB);
  EXPECT_EQ(skeleton.joints, bones.data());
}
TEST_F(FB_body_tracking, Must_xrGetBodySkeletonFB_3_Negative) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_2_Negative) {
  begin_with_body({kBodyFb});
  skeleton.type = XR_TYPE_BODY_JOINT_LOCATIONS_FB;
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_3_Positive) {
  begin_with_body({kBodyFb});
  skeleton.next = &unknown;
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  EXPECT_EQ(skeleton.next, &unknown);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  EXPECT_EQ(skeleton.next, nullptr);
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_4_Positive) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  for (std::size_t j = 0; j < kFbJoints; ++j) EXPECT_EQ(bones[j].joint, static_cast<int>(j));
}
TEST_F(FB_body_tracking, Must_XrBodySkeletonFB_4_Negative) {
  begin_with_body({kBodyFb});
  skeleton.joints = nullptr;
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(FB_body_tracking, Must_XrSystemBodyTrackingPropertiesFB_2_Positive) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(supports_bodies(), XR_TRUE);
}
TEST_F(FB_body_tracking,
       Must_XrSystemBodyTrackingPropertiesFB_2_Negative_OfAnotherTypeItIsNotTouched) {
  begin_with_body({kBodyFb});
  runtime.refuses_unknown_chains = false;
  XrSystemBodyTrackingPropertiesFB bodies{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr, 99};
  XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &bodies, 0, 0, {}, {}, {}};
  ASSERT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
            XR_SUCCESS);
  EXPECT_EQ(bodies.supportsBodyTracking, 99u);
}

}  // namespace
}  // namespace tactus::layer_test
