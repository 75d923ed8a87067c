// XR_FB_body_tracking, what bodies are: each "must" of musts.txt, where it holds and where it bites.
#include "body_fb_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(FB_body_tracking, Must_2_1_Positive) {
  begin({kBodyFb});
  ASSERT_EQ(supports_bodies(), XR_FALSE);
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
}
TEST_F(FB_body_tracking, Must_2_1_Negative) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(supports_bodies(), XR_TRUE);
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_3_1_Positive) {
  begin({kBodyFb});
  EXPECT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(made, XrBodyTrackerFB{XR_NULL_HANDLE});
}
TEST_F(FB_body_tracking, Must_3_1_Negative_GlovesThatAreOffAreBodyTrackingStill) {
  begin_with_body({kBodyFb});
  take_off();
  EXPECT_EQ(create_of(&create_info, &made), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_3_2_Positive) {
  begin({kBodyFb});
  ASSERT_EQ(create_of(&create_info, &made), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(supports_bodies(), XR_FALSE);
}
TEST_F(FB_body_tracking, Must_3_2_Negative_ItStaysTrueWhenGlovesComeOff) {
  begin_with_body({kBodyFb});
  take_off();
  ASSERT_EQ(create_of(&create_info, &made), XR_SUCCESS);
  EXPECT_EQ(supports_bodies(), XR_TRUE);
}

TEST_F(FB_body_tracking, Must_4_1_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  for (const uint32_t count : {0u, 1u, 69u, 71u, 84u, UINT32_MAX}) {
    Joints joints;
    joints.locations.jointCount = count;
    EXPECT_EQ(locate(body, stage, joints), XR_ERROR_VALIDATION_FAILURE) << count;
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(FB_body_tracking, Must_4_1_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  EXPECT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_4_2_Positive_FingersAreThoseOfTheGlove) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  for (std::size_t j = 0; j < tactus::kHandJoints; ++j) {
    const Pose T = joints[fb_hand_joint(Hand::Left, static_cast<HandJoint>(j))];
    EXPECT_LT(length(T.p - left.T_world_joint[j].p), kTolerance_m) << j;
  }
}
TEST_F(FB_body_tracking, Must_4_2_Negative_OneHandHoldsNoOtherBack) {
  begin_with_body({kBodyFb});
  service->beat(host(kNow), true, false);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const std::size_t left_tip = index(fb_hand_joint(Hand::Left, HandJoint::IndexTip));
  const std::size_t right_tip = index(fb_hand_joint(Hand::Right, HandJoint::IndexTip));
  EXPECT_EQ(joints.location[left_tip].locationFlags, kTrackedFlags);
  EXPECT_EQ(joints.location[right_tip].locationFlags, kValidFlags);
}
TEST_F(FB_body_tracking, Must_4_3_Positive_AHandWithoutAGloveIsRelaxedOnItsWrist) {
  begin_with_body({kBodyFb});
  service->beat(host(kNow), true, false);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const Vec3 wrist = body_at(host(kNow))[BodyJoint::RightWrist].p;
  EXPECT_LT(length(joints[fb_hand_joint(Hand::Right, HandJoint::Wrist)].p - wrist), 1e-3f);
  const float reach = length(joints[fb_hand_joint(Hand::Right, HandJoint::MiddleTip)].p - wrist);
  EXPECT_GT(reach, 0.05f);
  EXPECT_LT(reach, 0.25f);
}
TEST_F(FB_body_tracking, Must_4_3_Negative_NothingIsFilledInWhereAGloveTells) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const Vec3 tip = right.T_world_joint[index(HandJoint::MiddleTip)].p;
  EXPECT_LT(length(joints[fb_hand_joint(Hand::Right, HandJoint::MiddleTip)].p - tip), kTolerance_m);
}
TEST_F(FB_body_tracking, Must_4_4_Positive) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  const BodyPose truth = body_at(host(kNow));
  const std::pair<FbJoint, BodyJoint> same[] = {{FbJoint::Hips, BodyJoint::Pelvis},
                                                {FbJoint::Chest, BodyJoint::Chest},
                                                {FbJoint::Neck, BodyJoint::Neck},
                                                {FbJoint::Head, BodyJoint::Head},
                                                {FbJoint::LeftShoulder, BodyJoint::LeftCollar},
                                                {FbJoint::LeftArmLower, BodyJoint::LeftElbow},
                                                {FbJoint::RightArmUpper, BodyJoint::RightShoulder}};
  for (const auto& [fb, ours] : same) {
    EXPECT_LT(length(joints[fb].p - truth[ours].p), kSamePlace_m) << index(fb);
    EXPECT_LT(length(log_rotation(conjugate(joints[fb].q) * truth[ours].q)), 1e-3f) << index(fb);
  }
}
TEST_F(FB_body_tracking, Must_4_4_Negative_NoJointStandsInAnothersPlace) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_GT(length(joints[FbJoint::LeftArmLower].p - joints[FbJoint::RightArmLower].p), 0.1f);
  EXPECT_GT(length(joints[FbJoint::Hips].p - joints[FbJoint::Head].p), 0.1f);
}
TEST_F(FB_body_tracking, Must_4_5_Positive) {
  static_assert(XR_BODY_JOINT_COUNT_FB == 70 && index(FbJoint::LeftHandPalm) == 18 &&
                index(FbJoint::RightHandPalm) == 44);
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_NEAR(joints[FbJoint::Root].p.y, 0, kSamePlace_m) << "on the floor";
  EXPECT_LT(length(joints[FbJoint::LeftHandPalm].p - left.T_world_joint[0].p), kTolerance_m);
  EXPECT_LT(length(joints[FbJoint::RightHandPalm].p - right.T_world_joint[0].p), kTolerance_m);
}
TEST_F(FB_body_tracking, Must_4_5_Negative_NothingIsWrittenBeyondIt) {
  begin_with_body({kBodyFb});
  std::array<XrBodyJointLocationFB, kFbJoints + 1> more{};
  more.back().locationFlags = Joints::kUntouchedFlags;
  Joints joints;
  joints.locations.jointLocations = more.data();
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(more.back().locationFlags, Joints::kUntouchedFlags);
}
TEST_F(FB_body_tracking, Must_4_6_Positive_LegsThatAreGuessedAreValidAndNotTracked) {
  begin_with_body({kBodyFb});
  publish_bodies([](BodyPose& pose) { pose.joint_confidence[index(BodyJoint::LeftElbow)] = 0.3f; });
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
  EXPECT_EQ(joints.location[index(FbJoint::LeftArmLower)].locationFlags, kValidFlags);
  EXPECT_EQ(joints.location[index(FbJoint::RightArmLower)].locationFlags, kTrackedFlags);
  EXPECT_EQ(joints.locations.confidence, 0.75f);
  EXPECT_EQ(joints.locations.time, kNow);
}
TEST_F(FB_body_tracking, Must_4_6_Negative_ASpaceThatIsNowhereMakesTheBodyInactive) {
  begin_with_body({kBodyFb});
  FakeSpace lost;
  lost.flags = XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  Joints joints;
  ASSERT_EQ(locate(tracker(), runtime.add_space(lost), joints), XR_SUCCESS);
  expect_inactive(joints, "lost");
}
TEST_F(FB_body_tracking, Must_4_7_Positive) {
  begin_with_body({kBodyFb});
  enter(XR_SESSION_STATE_VISIBLE);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_inactive(joints, "unfocused");
}
TEST_F(FB_body_tracking, Must_4_7_Negative) {
  begin_with_body({kBodyFb});
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  expect_active(joints);
}
TEST_F(FB_body_tracking, Must_5_1_Positive) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  for (const uint32_t count : {0u, 69u, 71u, UINT32_MAX}) {
    skeleton.jointCount = count;
    EXPECT_EQ(skeleton_of(body, &skeleton), XR_ERROR_VALIDATION_FAILURE) << count;
  }
}
TEST_F(FB_body_tracking, Must_5_1_Negative) {
  begin_with_body({kBodyFb});
  EXPECT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
}
TEST_F(FB_body_tracking, Must_5_2_Positive) {
  begin_with_body({kBodyFb});
  ASSERT_EQ(skeleton_of(tracker(), &skeleton), XR_SUCCESS);
  const auto at = [&](FbJoint joint) { return vec(bones[index(joint)].pose.position); };
  EXPECT_NEAR(length(at(FbJoint::LeftArmLower) - at(FbJoint::LeftArmUpper)),
              proportions.upper_arm_m, kSamePlace_m);
  for (std::size_t j = 0; j < kFbJoints; ++j) {
    EXPECT_EQ(bones[j].parentJoint, static_cast<int>(index(fb_parent(static_cast<FbJoint>(j)))));
  }
  EXPECT_LT(at(FbJoint::LeftArmLower).x, at(FbJoint::LeftArmUpper).x) << "a T";
}
TEST_F(FB_body_tracking, Must_5_2_Negative_AnotherPersonHasAnotherSkeleton) {
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  Joints joints;
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  const std::uint32_t before = joints.locations.skeletonChangedCount;
  ASSERT_EQ(skeleton_of(body, &skeleton), XR_SUCCESS);
  const float head_m = bones[index(FbJoint::Head)].pose.position.y;
  service->published().proportions.write(proportions_of_height(1.2f));
  publish_bodies([](BodyPose& pose) { pose.proportions_changed = 1; });
  ASSERT_EQ(locate(body, stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.skeletonChangedCount, before + 1);
  ASSERT_EQ(skeleton_of(body, &skeleton), XR_SUCCESS);
  EXPECT_LT(bones[index(FbJoint::Head)].pose.position.y, 0.8f * head_m);
}

// Beyond the specification.

TEST_F(FB_body_tracking, Body_TheRuntimesSkeletonIsGivenWithTheRuntimesBodyAndCountsAsAnother) {
  runtime.offered.insert(kBodyFb);
  begin_with_body({kBodyFb});
  const XrBodyTrackerFB body = tracker();
  Joints ours, theirs;
  ASSERT_EQ(locate(body, stage, ours), XR_SUCCESS);
  ASSERT_EQ(skeleton_of(body, &skeleton), XR_SUCCESS);
  EXPECT_NE(bones[5].pose.position.x, kRuntimeBodyMark_m);
  take_off();
  ASSERT_EQ(locate(body, stage, theirs), XR_SUCCESS);
  ASSERT_EQ(skeleton_of(body, &skeleton), XR_SUCCESS);
  EXPECT_EQ(bones[5].pose.position.x, kRuntimeBodyMark_m);
  EXPECT_NE(ours.locations.skeletonChangedCount, theirs.locations.skeletonChangedCount);
}

TEST_F(FB_body_tracking, Body_OfAJointSetThatOnlyTheRuntimeKnowsIsTheRuntimes) {
  runtime.offered.insert(kBodyFb);
  begin_with_body({kBodyFb});
  create_info.bodyJointSet = static_cast<XrBodyJointSetFB>(1000274000);
  Joints joints;
  ASSERT_EQ(locate(tracker(), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints[FbJoint::Head].p.x, kRuntimeBodyMark_m);
}

}  // namespace
}  // namespace tactus::layer_test
