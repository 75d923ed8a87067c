// XR_EXT_hand_tracking, what hands are like: each "must" of musts.txt, where it holds and where it bites.
#include "hand_tracking_fixture.h"

namespace tactus::layer_test {
namespace {

TEST_F(EXT_hand_tracking, Must_2_1_Positive) {
  begin({kHandTracking});
  ASSERT_EQ(supports_hands(), XR_FALSE);
  EXPECT_EQ(try_create(XR_HAND_LEFT_EXT), XR_ERROR_FEATURE_UNSUPPORTED);
}
TEST_F(EXT_hand_tracking, Must_2_1_Negative) {
  begin_with_gloves();
  ASSERT_EQ(supports_hands(), XR_TRUE);
  EXPECT_EQ(try_create(XR_HAND_LEFT_EXT), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_3_1_Positive) {
  begin({kHandTracking});
  EXPECT_EQ(try_create(XR_HAND_RIGHT_EXT), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(made, XrHandTrackerEXT{XR_NULL_HANDLE});
}
TEST_F(EXT_hand_tracking, Must_3_1_Negative_GlovesThatAreOffAreHandTrackingStill) {
  begin_with_gloves();
  take_off();
  EXPECT_EQ(try_create(XR_HAND_RIGHT_EXT), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_3_2_Positive) {
  begin({kHandTracking});
  ASSERT_EQ(try_create(XR_HAND_LEFT_EXT), XR_ERROR_FEATURE_UNSUPPORTED);
  EXPECT_EQ(supports_hands(), XR_FALSE);
}
TEST_F(EXT_hand_tracking, Must_3_2_Negative_ItStaysTrueWhenGlovesComeOff) {
  begin_with_gloves();
  take_off();
  ASSERT_EQ(try_create(XR_HAND_LEFT_EXT), XR_SUCCESS);
  EXPECT_EQ(supports_hands(), XR_TRUE);
}

TEST_F(EXT_hand_tracking, Must_4_1_Positive) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  for (const uint32_t count : {0u, 1u, 25u, 27u, UINT32_MAX}) {
    Joints joints;
    joints.locations.jointCount = count;
    EXPECT_EQ(locate(lefty, stage, joints), XR_ERROR_VALIDATION_FAILURE) << count;
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(EXT_hand_tracking, Must_4_1_Negative) {
  begin_with_gloves();
  Joints joints;
  joints.locations.jointCount = XR_HAND_JOINT_COUNT_EXT;
  EXPECT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_4_2_Positive_AFistIsGivenAsClosedAsItIs) {
  begin_with_gloves();
  for (Pose& T : left.T_world_joint) T.p = {0.2f, 1.0f, -0.3f};  // all in one place
  republish_left();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints, kNow + 1'000'000), XR_SUCCESS);
  for (const auto& joint : joints.location) {
    EXPECT_LT(length(vec(joint.pose.position) - Vec3{0.2f, 1.0f, -0.3f}), kTolerance_m);
  }
}
TEST_F(EXT_hand_tracking, Must_4_2_Negative_OneFingerHoldsNoOtherBack) {
  begin_with_gloves();
  Joints before, after;
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  ASSERT_EQ(locate(lefty, stage, before, kNow + 1'000'000), XR_SUCCESS);
  for (std::size_t j = XR_HAND_JOINT_INDEX_PROXIMAL_EXT; j <= XR_HAND_JOINT_INDEX_TIP_EXT; ++j) {
    left.T_world_joint[j].p.z += 0.05f;
  }
  left.T_world_joint[0].p += 0.001f * left.v_world_joint[0];
  republish_left();
  ASSERT_EQ(locate(lefty, stage, after, kNow + 1'000'000), XR_SUCCESS);
  EXPECT_NEAR(after.location[0].pose.position.z, before.location[0].pose.position.z, kTolerance_m);
  EXPECT_GT(after.location[8].pose.position.z, before.location[8].pose.position.z + 0.04f);
}
TEST_F(EXT_hand_tracking, Must_4_3_Positive) {
  begin_with_gloves();
  left.origin = PoseOrigin::Filled;
  republish_left();
  Joints joints;
  expect_located(joints);
  for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags & 3u, 3u);
}
TEST_F(EXT_hand_tracking, Must_4_3_Negative_NothingIsMadeUpOfNothing) {
  begin_with_gloves();
  left.origin = PoseOrigin::None;
  republish_left();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints, kNow + 1'000'000), XR_SUCCESS);
  expect_inactive(joints);
}
TEST_F(EXT_hand_tracking, Must_4_4_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  EXPECT_FLOAT_EQ(joints.location[XR_HAND_JOINT_LITTLE_TIP_EXT].radius,
                  left.radius_m[index(HandJoint::LittleTip)]);
  EXPECT_FLOAT_EQ(joints.location[XR_HAND_JOINT_WRIST_EXT].radius,
                  left.radius_m[index(HandJoint::Wrist)]);
}
TEST_F(EXT_hand_tracking, Must_4_4_Negative_AJointElsewhereIsElsewhereAtItsIndexOnly) {
  begin_with_gloves();
  const Vec3 p_moved{3, 2, 1};
  left.T_world_joint[index(HandJoint::RingDistal)].p = p_moved;
  left.v_world_joint = {};
  republish_left();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints, kNow + 1'000'000), XR_SUCCESS);
  for (int j = 0; j < XR_HAND_JOINT_COUNT_EXT; ++j) {
    const bool is_there = length(vec(joints.location[j].pose.position) - p_moved) < kTolerance_m;
    EXPECT_EQ(is_there, j == XR_HAND_JOINT_RING_DISTAL_EXT) << j;
  }
}
TEST_F(EXT_hand_tracking, Must_4_5_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  for (int j = XR_HAND_JOINT_PALM_EXT; j <= XR_HAND_JOINT_LITTLE_TIP_EXT; ++j) {
    const Vec3 expected = left.T_world_joint[j].p;
    EXPECT_LT(length(vec(joints.location[j].pose.position) - expected), kTolerance_m) << j;
  }
}
TEST_F(EXT_hand_tracking, Must_4_5_Negative_NothingBeyondTheSetIsWritten) {
  begin_with_gloves();
  std::array<XrHandJointLocationEXT, XR_HAND_JOINT_COUNT_EXT + 1> room{};
  room.back().locationFlags = Joints::kUntouchedFlags;
  Joints joints;
  joints.locations.jointLocations = room.data();
  expect_located(joints);
  EXPECT_EQ(room[XR_HAND_JOINT_LITTLE_TIP_EXT].locationFlags, 0xFu);
  EXPECT_EQ(room.back().locationFlags, Joints::kUntouchedFlags);
}
TEST_F(EXT_hand_tracking, Must_4_6_Positive) {
  begin_with_gloves();
  for (const PoseOrigin origin :
       {PoseOrigin::Measured, PoseOrigin::Filled, PoseOrigin::Predicted, PoseOrigin::Held}) {
    left.origin = origin;
    republish_left();
    Joints joints;
    expect_located(joints);
    for (const auto& joint : joints.location) EXPECT_EQ(joint.locationFlags & 3u, 3u);
  }
}
TEST_F(EXT_hand_tracking, Must_4_6_Negative_OneUnsoundJointMakesNoPartlyValidHand) {
  begin_with_gloves();
  left.T_world_joint[20].q.w = std::numeric_limits<float>::quiet_NaN();
  republish_left();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints, kNow + 1'000'000), XR_SUCCESS);
  expect_inactive(joints);
}
TEST_F(EXT_hand_tracking, Must_4_7_Positive_FocusIsLost) {
  begin_with_gloves();
  enter(XR_SESSION_STATE_VISIBLE);
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
  expect_inactive(joints);
}
TEST_F(EXT_hand_tracking, Must_4_7_Positive_NoGloveIsOn) {
  begin_with_gloves();
  take_off();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
  expect_inactive(joints);
}
TEST_F(EXT_hand_tracking, Must_4_7_Negative) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  for (const auto& joint : joints.location) EXPECT_NE(joint.locationFlags & 3u, 0u);
}
TEST_F(EXT_hand_tracking, Must_4_8_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  for (std::size_t j = 0; j < joints.location.size(); ++j) {
    EXPECT_GT(joints.location[j].radius, 0) << j;
  }
}
TEST_F(EXT_hand_tracking, Must_4_8_Negative) {
  begin_with_gloves();
  for (const float radius_m : {0.0f, -0.01f, std::numeric_limits<float>::quiet_NaN()}) {
    left.radius_m[7] = radius_m;
    republish_left();
    Joints joints;
    ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints, kNow + 5'000'000), XR_SUCCESS);
    expect_inactive(joints);
  }
}
TEST_F(EXT_hand_tracking, Must_4_9_Positive) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  for (const uint32_t count : {0u, 5u, 25u, 27u, UINT32_MAX}) {
    Joints joints;
    joints.velocities.jointCount = count;
    EXPECT_EQ(locate(lefty, stage, joints), XR_ERROR_VALIDATION_FAILURE) << count;
    EXPECT_TRUE(joints.is_untouched());
  }
}
TEST_F(EXT_hand_tracking, Must_4_9_Negative_OnlyTheFirstOfATypeCounts) {
  begin_with_gloves();
  Joints joints;
  XrHandJointVelocitiesEXT second{XR_TYPE_HAND_JOINT_VELOCITIES_EXT, nullptr, 3, nullptr};
  joints.velocities.next = &second;
  EXPECT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
}
TEST_F(EXT_hand_tracking, Must_4_10_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  EXPECT_NEAR(joints.velocity[XR_HAND_JOINT_LITTLE_TIP_EXT].linearVelocity.y,
              left.v_world_joint[index(HandJoint::LittleTip)].y, kTolerance_m);
}
TEST_F(EXT_hand_tracking, Must_4_10_Negative_AJointThatMovesMovesAtItsIndexOnly) {
  begin_with_gloves();
  left.v_world_joint = {};
  left.v_world_joint[index(HandJoint::ThumbTip)] = {0, 0, 2};
  republish_left();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints, kNow + 1'000'000), XR_SUCCESS);
  for (int j = 0; j < XR_HAND_JOINT_COUNT_EXT; ++j) {
    const bool moves = length(vec(joints.velocity[j].linearVelocity)) > 1;
    EXPECT_EQ(moves, j == XR_HAND_JOINT_THUMB_TIP_EXT) << j;
  }
}
TEST_F(EXT_hand_tracking, Must_4_11_Positive) {
  begin_with_gloves();
  Joints joints;
  expect_located(joints);
  for (int j = XR_HAND_JOINT_PALM_EXT; j <= XR_HAND_JOINT_LITTLE_TIP_EXT; ++j) {
    const Vec3 expected = left.omega_world_joint[j];
    EXPECT_LT(length(vec(joints.velocity[j].angularVelocity) - expected), 1e-4f) << j;
  }
}
TEST_F(EXT_hand_tracking, Must_4_11_Negative_NothingBeyondTheSetIsWritten) {
  begin_with_gloves();
  std::array<XrHandJointVelocityEXT, XR_HAND_JOINT_COUNT_EXT + 1> room{};
  room.back().velocityFlags = Joints::kUntouchedFlags;
  Joints joints;
  joints.velocities.jointVelocities = room.data();
  expect_located(joints);
  EXPECT_EQ(room[XR_HAND_JOINT_LITTLE_TIP_EXT].velocityFlags, 3u);
  EXPECT_EQ(room.back().velocityFlags, Joints::kUntouchedFlags);
}
TEST_F(EXT_hand_tracking, Must_4_12_Positive) {
  begin_with_gloves();
  enter(XR_SESSION_STATE_VISIBLE);
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_RIGHT_EXT), stage, joints), XR_SUCCESS);
  for (const auto& joint : joints.velocity) EXPECT_EQ(joint.velocityFlags, 0u);
}
TEST_F(EXT_hand_tracking, Must_4_12_Negative) {
  begin_with_gloves();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_RIGHT_EXT), stage, joints), XR_SUCCESS);
  for (const auto& joint : joints.velocity) EXPECT_EQ(joint.velocityFlags, 3u);
}
TEST_F(EXT_hand_tracking, Must_4_13_Positive_InATurnedBase) {
  begin_with_gloves();
  const Pose T_stage_base{axis_angle({0.2f, 1, -0.4f}, 1.1f), {0.4f, 1.5f, -0.2f}};
  const XrSpace base = runtime.add_space({.T_stage_space = T_stage_base});
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), base, joints), XR_SUCCESS);
  for (std::size_t j = 0; j < joints.velocity.size(); ++j) {
    ASSERT_NE(joints.velocity[j].velocityFlags & XR_SPACE_VELOCITY_LINEAR_VALID_BIT, 0u);
    const Vec3 expected = rotate(conjugate(T_stage_base.q), left.v_world_joint[j]);
    EXPECT_LT(length(vec(joints.velocity[j].linearVelocity) - expected), 1e-3f) << j << ", m/s";
  }
}
TEST_F(EXT_hand_tracking, Must_4_13_Negative_AHandThatIsOnlyHeldHasNone) {
  begin_with_gloves();
  left.origin = PoseOrigin::Held;
  republish_left();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints, kNow + 1'000'000), XR_SUCCESS);
  ASSERT_EQ(joints.locations.isActive, XR_TRUE);
  for (const auto& joint : joints.velocity) {
    EXPECT_EQ(joint.velocityFlags & XR_SPACE_VELOCITY_LINEAR_VALID_BIT, 0u);
  }
}
TEST_F(EXT_hand_tracking, Must_4_14_Positive_InATurnedBase) {
  begin_with_gloves();
  const Pose T_stage_base{axis_angle({1, 0, 0.5f}, -0.6f), {}};
  const XrSpace base = runtime.add_space({.T_stage_space = T_stage_base});
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), base, joints), XR_SUCCESS);
  for (std::size_t j = 0; j < joints.velocity.size(); ++j) {
    ASSERT_NE(joints.velocity[j].velocityFlags & XR_SPACE_VELOCITY_ANGULAR_VALID_BIT, 0u);
    const Vec3 expected = rotate(conjugate(T_stage_base.q), left.omega_world_joint[j]);
    EXPECT_LT(length(vec(joints.velocity[j].angularVelocity) - expected), 1e-3f) << j << ", rad/s";
  }
}
TEST_F(EXT_hand_tracking, Must_4_14_Negative_ABaseWhoseMotionIsNotKnown) {
  begin_with_gloves();
  FakeSpace silent;
  silent.tells_velocity = false;
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), runtime.add_space(silent), joints), XR_SUCCESS);
  ASSERT_EQ(joints.locations.isActive, XR_TRUE);
  for (const auto& joint : joints.velocity) {
    EXPECT_EQ(joint.velocityFlags & XR_SPACE_VELOCITY_ANGULAR_VALID_BIT, 0u);
  }
}

}  // namespace
}  // namespace tactus::layer_test
