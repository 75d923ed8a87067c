// XR_EXT_hand_tracking, valid usage: each "must" of musts.txt, where it holds and where it bites.
#include "hand_tracking_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(EXT_hand_tracking, Must_xrCreateHandTrackerEXT_1_Positive) {
  begin_with_gloves();
  EXPECT_EQ(ask(instance, "xrCreateHandTrackerEXT"), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_xrCreateHandTrackerEXT_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrCreateHandTrackerEXT"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(EXT_hand_tracking, Must_xrCreateHandTrackerEXT_2_Positive) {
  begin_with_gloves();
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_xrCreateHandTrackerEXT_2_Negative) {
  begin_with_gloves();
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}, ~std::uint64_t{0}}) {
    session = reinterpret_cast<XrSession>(wrong);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_HANDLE_INVALID);
  }
}
TEST_F(EXT_hand_tracking, Must_xrCreateHandTrackerEXT_3_Positive) {
  begin_with_gloves();
  const XrHandTrackerCreateInfoEXT before = create_info;
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(std::memcmp(&before, &create_info, sizeof(before)), 0);
}
TEST_F(EXT_hand_tracking, Must_xrCreateHandTrackerEXT_3_Negative) {
  begin_with_gloves();
  EXPECT_EQ(create_of(nullptr, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_hand_tracking, Must_xrCreateHandTrackerEXT_4_Positive) {
  begin_with_gloves();
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_NE(made, XrHandTrackerEXT{XR_NULL_HANDLE});
}
TEST_F(EXT_hand_tracking, Must_xrCreateHandTrackerEXT_4_Negative) {
  begin_with_gloves();
  EXPECT_EQ(create_of(&create_info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_hand_tracking, Must_XrHandTrackerCreateInfoEXT_2_Positive) {
  begin_with_gloves();
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_XrHandTrackerCreateInfoEXT_2_Negative) {
  begin_with_gloves();
  create_info.type = XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT;
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_hand_tracking, Must_XrHandTrackerCreateInfoEXT_3_Positive) {
  begin_with_gloves();
  create_info.next = &unknown;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(create_info.next, &unknown);
}
TEST_F(EXT_hand_tracking, Must_XrHandTrackerCreateInfoEXT_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_gloves();
  create_info.next = nullptr;
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  Joints joints;
  EXPECT_EQ(locate(made, stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
}
TEST_F(EXT_hand_tracking, Must_XrHandTrackerCreateInfoEXT_4_Positive) {
  begin_with_gloves();
  EXPECT_EQ(try_create(XR_HAND_LEFT_EXT), XR_SUCCESS);
  EXPECT_EQ(try_create(XR_HAND_RIGHT_EXT), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_XrHandTrackerCreateInfoEXT_4_Negative) {
  begin_with_gloves();
  for (const int hand : {0, 3, -1, INT32_MAX}) {
    EXPECT_EQ(try_create(static_cast<XrHandEXT>(hand)), XR_ERROR_VALIDATION_FAILURE) << hand;
  }
}
TEST_F(EXT_hand_tracking, Must_XrHandTrackerCreateInfoEXT_5_Positive) {
  begin_with_gloves();
  EXPECT_EQ(try_create(XR_HAND_LEFT_EXT, XR_HAND_JOINT_SET_DEFAULT_EXT), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_XrHandTrackerCreateInfoEXT_5_Negative) {
  begin_with_gloves();
  for (const int set : {1, -1, 1000149000, INT32_MAX}) {
    EXPECT_EQ(try_create(XR_HAND_LEFT_EXT, static_cast<XrHandJointSetEXT>(set)),
              XR_ERROR_VALIDATION_FAILURE)
        << set;
  }
}
TEST_F(EXT_hand_tracking, Must_xrDestroyHandTrackerEXT_1_Positive) {
  begin_with_gloves();
  EXPECT_EQ(ask(instance, "xrDestroyHandTrackerEXT"), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_xrDestroyHandTrackerEXT_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrDestroyHandTrackerEXT"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(EXT_hand_tracking, Must_xrDestroyHandTrackerEXT_2_Positive) {
  begin_with_gloves();
  EXPECT_EQ(destroy(tracker(XR_HAND_LEFT_EXT)), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_xrDestroyHandTrackerEXT_2_Negative) {
  begin_with_gloves();
  const XrHandTrackerEXT ended = tracker(XR_HAND_LEFT_EXT);
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  EXPECT_EQ(destroy(ended), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(XR_NULL_HANDLE), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(reinterpret_cast<XrHandTrackerEXT>(session)), XR_ERROR_HANDLE_INVALID);
}
TEST_F(EXT_hand_tracking, Must_xrLocateHandJointsEXT_1_Positive) {
  begin_with_gloves();
  EXPECT_EQ(ask(instance, "xrLocateHandJointsEXT"), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_xrLocateHandJointsEXT_1_Negative) {
  begin_with_gloves({kTouch});
  EXPECT_EQ(ask(instance, "xrLocateHandJointsEXT"), XR_ERROR_FUNCTION_UNSUPPORTED);
}
TEST_F(EXT_hand_tracking, Must_xrLocateHandJointsEXT_2_Positive) {
  begin_with_gloves();
  Joints joints;
  EXPECT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_xrLocateHandJointsEXT_2_Negative) {
  begin_with_gloves();
  const XrHandTrackerEXT ended = tracker(XR_HAND_LEFT_EXT);
  ASSERT_EQ(destroy(ended), XR_SUCCESS);
  for (const XrHandTrackerEXT wrong : {ended, XrHandTrackerEXT{XR_NULL_HANDLE}}) {
    Joints joints;
    EXPECT_EQ(locate(wrong, stage, joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(EXT_hand_tracking, Must_xrLocateHandJointsEXT_3_Positive) {
  begin_with_gloves();
  const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(XR_HAND_LEFT_EXT), &info, &joints.locations), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_xrLocateHandJointsEXT_3_Negative) {
  begin_with_gloves();
  Joints joints;
  EXPECT_EQ(locate_of(tracker(XR_HAND_LEFT_EXT), nullptr, &joints.locations),
            XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(EXT_hand_tracking, Must_xrLocateHandJointsEXT_4_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  EXPECT_EQ(joints.locations.type, XR_TYPE_HAND_JOINT_LOCATIONS_EXT);
  EXPECT_EQ(joints.locations.next, &joints.velocities);
  EXPECT_EQ(joints.locations.jointLocations, joints.location.data());
}
TEST_F(EXT_hand_tracking, Must_xrLocateHandJointsEXT_4_Negative) {
  begin_with_gloves();
  const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, nullptr, stage, kNow};
  EXPECT_EQ(locate_of(tracker(XR_HAND_LEFT_EXT), &info, nullptr), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointsLocateInfoEXT_2_Positive) {
  begin_with_gloves();
  Joints joints;
  EXPECT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointsLocateInfoEXT_2_Negative) {
  begin_with_gloves();
  const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINT_LOCATIONS_EXT, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(XR_HAND_LEFT_EXT), &info, &joints.locations),
            XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(EXT_hand_tracking, Must_XrHandJointsLocateInfoEXT_3_Positive) {
  begin_with_gloves();
  const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, &unknown, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(XR_HAND_LEFT_EXT), &info, &joints.locations), XR_SUCCESS);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointsLocateInfoEXT_3_Negative_NothingIsReadIntoNoChain) {
  begin_with_gloves();
  const XrHandJointsLocateInfoEXT info{XR_TYPE_HAND_JOINTS_LOCATE_INFO_EXT, nullptr, stage, kNow};
  Joints joints;
  EXPECT_EQ(locate_of(tracker(XR_HAND_LEFT_EXT), &info, &joints.locations), XR_SUCCESS);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointsLocateInfoEXT_4_Positive) {
  begin_with_gloves();
  Joints joints;
  EXPECT_EQ(locate(tracker(XR_HAND_LEFT_EXT), runtime.add_space({}), joints), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointsLocateInfoEXT_4_Negative) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  for (const std::uint64_t wrong : {std::uint64_t{0}, std::uint64_t{0xbad}}) {
    Joints joints;
    EXPECT_EQ(locate(lefty, reinterpret_cast<XrSpace>(wrong), joints), XR_ERROR_HANDLE_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(EXT_hand_tracking, Must_XrHandJointLocationsEXT_2_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointLocationsEXT_2_Negative) {
  begin_with_gloves();
  Joints joints;
  joints.locations.type = XR_TYPE_HAND_JOINT_VELOCITIES_EXT;
  EXPECT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(EXT_hand_tracking, Must_XrHandJointLocationsEXT_3_Positive) {
  begin_with_gloves();
  Joints joints;
  joints.locations.next = &unknown;
  unknown.next = reinterpret_cast<XrBaseOutStructure*>(&joints.velocities);
  expect_located(joints);
  EXPECT_EQ(joints.velocity[0].velocityFlags, 3u);
  EXPECT_EQ(joints.locations.next, &unknown);
  EXPECT_EQ(unknown.type, XR_TYPE_COMPOSITION_LAYER_QUAD);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointLocationsEXT_3_Negative_WithoutAChainOnlyJointsAreGiven) {
  begin_with_gloves();
  Joints joints;
  joints.locations.next = nullptr;
  expect_located(joints);
  EXPECT_EQ(joints.velocity[0].velocityFlags, Joints::kUntouchedFlags);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointLocationsEXT_4_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointLocationsEXT_4_Negative) {
  begin_with_gloves();
  Joints joints;
  joints.locations.jointLocations = nullptr;
  EXPECT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(EXT_hand_tracking, Must_XrHandJointVelocitiesEXT_2_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  EXPECT_EQ(joints.velocities.type, XR_TYPE_HAND_JOINT_VELOCITIES_EXT);
  EXPECT_EQ(joints.velocity[9].velocityFlags, 3u);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointVelocitiesEXT_2_Negative_OfAnotherTypeItIsNotTouched) {
  begin_with_gloves();
  Joints joints;
  joints.velocities.type = XR_TYPE_COMPOSITION_LAYER_QUAD;
  expect_located(joints);
  for (const auto& joint : joints.velocity) EXPECT_EQ(joint.velocityFlags, Joints::kUntouchedFlags);
}
TEST_F(EXT_hand_tracking, Must_XrHandJointVelocitiesEXT_4_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  EXPECT_EQ(joints.velocities.jointVelocities, joints.velocity.data());
}
TEST_F(EXT_hand_tracking, Must_XrHandJointVelocitiesEXT_4_Negative) {
  begin_with_gloves();
  Joints joints;
  joints.velocities.jointVelocities = nullptr;
  EXPECT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_ERROR_VALIDATION_FAILURE);
  EXPECT_TRUE(joints.is_untouched());
}
TEST_F(EXT_hand_tracking, Must_XrSystemHandTrackingPropertiesEXT_2_Positive) {
  begin_with_gloves();
  EXPECT_EQ(supports_hands(), XR_TRUE);
}
TEST_F(EXT_hand_tracking,
       Must_XrSystemHandTrackingPropertiesEXT_2_Negative_OfAnotherTypeItIsNotTouched) {
  begin_with_gloves();
  runtime.refuses_unknown_chains = false;
  XrSystemHandTrackingPropertiesEXT hands{XR_TYPE_COMPOSITION_LAYER_QUAD, nullptr, 99};
  XrSystemProperties system{XR_TYPE_SYSTEM_PROPERTIES, &hands, 0, 0, {}, {}, {}};
  ASSERT_EQ(get<PFN_xrGetSystemProperties>("xrGetSystemProperties")(instance, 7, &system),
            XR_SUCCESS);
  EXPECT_EQ(hands.supportsHandTracking, 99u);
}

}  // namespace
}  // namespace tactus::layer_test
