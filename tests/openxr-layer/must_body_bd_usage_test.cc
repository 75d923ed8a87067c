// XR_BD_body_tracking, how it is called: each "must" of musts.txt, where it holds and where it bites.
#include "body_bd_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_1_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(ask(instance, "xrCreateBodyTrackerBD"), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrCreateBodyTrackerBD"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_2_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_2_Negative) {
  begin_with_body({kBodyBd});
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}, ~std::uint64_t{0}}) {
    session = reinterpret_cast<XrSession>(wrong);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_HANDLE_INVALID);
  }
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_3_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerCreateInfoBD before = create_info;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(std::memcmp(&before, &create_info, sizeof(before)), 0);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_3_Negative) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(nullptr, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_4_Positive) {
  begin_with_body({kBodyBd});
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_NE(made, XrBodyTrackerBD{XR_NULL_HANDLE});
}
TEST_F(BD_body_tracking, Must_xrCreateBodyTrackerBD_4_Negative) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(&create_info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_2_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_2_Negative) {
  begin_with_body({kBodyBd});
  create_info.type = XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD;
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_3_Positive) {
  begin_with_body({kBodyBd});
  create_info.next = &unknown;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(create_info.next, &unknown);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyBd});
  create_info.next = nullptr;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  Joints joints;
  EXPECT_EQ(locate(made, stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_4_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  create_info.jointSet = XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_XrBodyTrackerCreateInfoBD_4_Negative) {
  begin_with_body({kBodyBd});
  create_info.jointSet = XR_BODY_JOINT_SET_MAX_ENUM_BD;
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_xrDestroyBodyTrackerBD_1_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(ask(instance, "xrDestroyBodyTrackerBD"), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrDestroyBodyTrackerBD_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrDestroyBodyTrackerBD"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(BD_body_tracking, Must_xrDestroyBodyTrackerBD_2_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(destroy(tracker()), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrDestroyBodyTrackerBD_2_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  EXPECT_EQ(destroy(ended), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(XR_NULL_HANDLE), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(reinterpret_cast<XrBodyTrackerBD>(session)), XR_ERROR_HANDLE_INVALID);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_1_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(ask(instance, "xrLocateBodyJointsBD"), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrLocateBodyJointsBD"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_2_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_2_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD ended = tracker();
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  for (const XrBodyTrackerBD wrong : {ended, XrBodyTrackerBD{XR_NULL_HANDLE}}) {
    Joints joints;
    EXPECT_EQ(locate(wrong, stage, joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_3_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_3_Negative) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), nullptr, &joints.locations), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_4_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.type, XR_TYPE_BODY_JOINT_LOCATIONS_BD);
  EXPECT_EQ(joints.locations.next, nullptr);
  EXPECT_EQ(joints.locations.jointLocations, joints.location.data());
}
TEST_F(BD_body_tracking, Must_xrLocateBodyJointsBD_4_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD, nullptr, stage, kNow};
  EXPECT_EQ(locate_of(tracker(), &info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_2_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_2_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINT_LOCATIONS_BD, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_3_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyJointsLocateInfoBD info{XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD, &unknown, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(), &info, &joints.locations), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_4_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), runtime.add_space({}), joints), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_XrBodyJointsLocateInfoBD_4_Negative) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}}) {
    Joints joints;
    EXPECT_EQ(locate(body, reinterpret_cast<XrSpace>(wrong), joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_2_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_2_Negative) {
  begin_with_body({kBodyBd});
  Joints joints;
  joints.locations.type = XR_TYPE_BODY_JOINTS_LOCATE_INFO_BD;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_3_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  joints.locations.next = &unknown;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
  EXPECT_EQ(joints.locations.next, &unknown);
  EXPECT_EQ(unknown.type, XR_TYPE_COMPOSITION_LAYER_QUAD);
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_3_Negative_WithoutAChainOnlyJointsAreGiven) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.next, nullptr);
  EXPECT_EQ(unknown.next, nullptr);
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_4_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  for (const auto& joint : joints.location) {
    EXPECT_NE(joint.locationFlags, Joints::kUntouchedFlags);
  }
}
TEST_F(BD_body_tracking, Must_XrBodyJointLocationsBD_4_Negative) {
  begin_with_body({kBodyBd});
  Joints joints;
  joints.locations.jointLocations = nullptr;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}

TEST_F(BD_body_tracking, Must_XrSystemBodyTrackingPropertiesBD_2_Positive) {
  begin_with_body({kBodyBd});
  EXPECT_EQ(supports_bodies(), XR_TRUE);
}
TEST_F(BD_body_tracking,
       Must_XrSystemBodyTrackingPropertiesBD_2_Negative_OfAnotherTypeItIsNotTouched) {
  begin_with_body({kBodyBd});
  runtime.refuses_unknown_chains = false;
  XrSystemBodyTrackingPropertiesBD bodies{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr, 99};
  XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &bodies, 0, 0, {}, {}, {}};
  ASSERT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
            XR_SUCCESS);
  EXPECT_EQ(bodies.supportsBodyTracking, 99u);
}

}  // namespace
}  // namespace tactus::layer_test
