// XR_FB_hand_tracking_aim: each "must" of musts.txt, where it holds and where it bites.
#include "hand_fixture.h"
#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kAim = XR_FB_HAND_TRACKING_AIM_EXTENSION_NAME;

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

}  // namespace
}  // namespace tactus::layer_test
