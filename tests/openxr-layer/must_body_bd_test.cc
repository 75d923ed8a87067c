// XR_BD_body_tracking, what bodies are: each "must" of musts.txt, where it holds and where it bites.
#include "body_bd_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(BD_body_tracking, Must_2_1_Positive) {
  begin({kBodyBd});
  ASSERT_EQ(supports_bodies(), XR_FALSE);
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
}
TEST_F(BD_body_tracking, Must_2_1_Negative) {
  begin_with_body({kBodyBd});
  ASSERT_EQ(supports_bodies(), XR_TRUE);
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_3_1_Positive) {
  begin({kBodyBd});
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(made, XrBodyTrackerBD{XR_NULL_HANDLE});
}
TEST_F(BD_body_tracking, Must_3_1_Negative_GlovesThatAreOffAreBodyTrackingStill) {
  begin_with_body({kBodyBd});
  take_off();
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_3_2_Positive) {
  begin({kBodyBd});
  ASSERT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(supports_bodies(), XR_FALSE);
}
TEST_F(BD_body_tracking, Must_3_2_Negative_ItStaysTrueWhenGlovesComeOff) {
  begin_with_body({kBodyBd});
  take_off();
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(supports_bodies(), XR_TRUE);
}

TEST_F(BD_body_tracking, Must_3_3_Positive) {
  begin_with_body({kBodyBd});
  for (const int set : {0, 3, INT32_MAX}) {
    create_info.jointSet = static_cast<XrBodyJointSetBD>(set);
    EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_VALIDATION_FAILURE) << set;
  }
}
TEST_F(BD_body_tracking, Must_3_3_Negative) {
  begin_with_body({kBodyBd});
  for (const XrBodyJointSetBD set :
       {XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD, XR_BODY_JOINT_SET_FULL_BODY_JOINTS_BD}) {
    create_info.jointSet = set;
    EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  }
}
TEST_F(BD_body_tracking, Must_4_1_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  Joints before, after;
  ASSERT_EQ(locate(body, stage, before, kNow - 40'000'000), XR_SUCCESS);
  ASSERT_EQ(locate(body, stage, after, kNow), XR_SUCCESS);
  for (const BdJoint joint : {BdJoint::Pelvis, BdJoint::LeftKnee, BdJoint::RightElbow}) {
    EXPECT_NEAR(after[joint].p.x - before[joint].p.x, 0.04f, kSamePlace_m);
  }
}
TEST_F(BD_body_tracking, Must_4_1_Negative_ABodyThatIsNotSeenIsNotMadeUp) {
  begin_with_body({kBodyBd});
  take_off();
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_inactive(joints, "no glove");
}
TEST_F(BD_body_tracking, Must_4_2_Positive) {
  begin_with_body({kBodyBd});
  create_info.jointSet = XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD;
  Joints joints;
  joints.locations.jointLocationCount = XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const BodyPose truth = body_at(host(kNow));
  EXPECT_LT(length(joints[BdJoint::Pelvis].p - truth[BodyJoint::Pelvis].p), kSamePlace_m);
  EXPECT_LT(length(joints[BdJoint::RightCollar].p - truth[BodyJoint::RightCollar].p), kSamePlace_m);
  EXPECT_LT(length(joints[BdJoint::Head].p - truth[BodyJoint::Head].p), kSamePlace_m);
}
TEST_F(BD_body_tracking, Must_4_2_Negative_OfASmallerSetNoArmIsWritten) {
  begin_with_body({kBodyBd});
  create_info.jointSet = XR_BODY_JOINT_SET_BODY_WITHOUT_ARM_BD;
  Joints joints;
  joints.locations.jointLocationCount = XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  for (std::size_t j = XR_BODY_JOINT_WITHOUT_ARM_COUNT_BD; j < kBdJoints; ++j) {
    EXPECT_EQ(joints.location[j].locationFlags, Joints::kUntouchedFlags) << j;
  }
}
TEST_F(BD_body_tracking, Must_4_3_Positive) {
  begin_with_body({kBodyBd});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const BodyPose truth = body_at(host(kNow));
  const std::pair<BdJoint, BodyJoint> same[] = {{BdJoint::Pelvis, BodyJoint::Pelvis},
                                                {BdJoint::LeftHip, BodyJoint::LeftHip},
                                                {BdJoint::RightKnee, BodyJoint::RightKnee},
                                                {BdJoint::LeftFoot, BodyJoint::LeftToe},
                                                {BdJoint::Head, BodyJoint::Head},
                                                {BdJoint::LeftElbow, BodyJoint::LeftElbow},
                                                {BdJoint::RightWrist, BodyJoint::RightWrist},
                                                {BdJoint::Spine2, BodyJoint::SpineMiddle}};
  for (const auto& [bd, ours] : same) {
    EXPECT_LT(length(joints[bd].p - truth[ours].p), kSamePlace_m) << index(bd);
  }
  EXPECT_LT(length(joints[BdJoint::LeftHand].p - left.T_world_joint[0].p), kTolerance_m);
}
TEST_F(BD_body_tracking, Must_4_3_Negative_NothingIsWrittenBeyondIt) {
  begin_with_body({kBodyBd});
  std::array<XrBodyJointLocationBD, kBdJoints + 1> more{};
  more.back().locationFlags = Joints::kUntouchedFlags;
  Joints joints;
  joints.locations.jointLocations = more.data();
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(more.back().locationFlags, Joints::kUntouchedFlags);
}
TEST_F(BD_body_tracking, Must_4_4_Positive) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  for (const uint32_t count : {0u, 16u, 23u, 25u, UINT32_MAX}) {
    Joints joints;
    joints.locations.jointLocationCount = count;
    EXPECT_EQ(locate(body, stage, joints), XR_ERROR_VALIDATION_FAILURE) << count;
    EXPECT_TRUE(joints.is_untouched());
  }
  Joints joints;
  joints.locations.jointLocations = nullptr;
  EXPECT_EQ(locate(body, stage, joints), XR_ERROR_VALIDATION_FAILURE);
}
TEST_F(BD_body_tracking, Must_4_4_Negative) {
  begin_with_body({kBodyBd});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(BD_body_tracking, Must_4_5_Positive) {
  begin_with_body({kBodyBd});
  publish_whole_bodies();
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.allJointPosesTracked, XR_TRUE);
  for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags, kTrackedFlags);
}
TEST_F(BD_body_tracking, Must_4_5_Negative_GuessedLegsOrASpaceThatIsGuessed) {
  begin_with_body({kBodyBd});
  const XrBodyTrackerBD body = tracker();
  Joints joints;
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.allJointPosesTracked, XR_FALSE);
  EXPECT_EQ(joints.location[index(BdJoint::LeftKnee)].locationFlags, kValidFlags);
  EXPECT_EQ(joints.location[index(BdJoint::LeftElbow)].locationFlags, kTrackedFlags);
  publish_whole_bodies();
  FakeSpace guessed;
  guessed.flags = kValidFlags;
  ASSERT_EQ(locate(body, runtime.add_space(guessed), joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.allJointPosesTracked, XR_FALSE);
}

}  // namespace
}  // namespace tactus::layer_test
