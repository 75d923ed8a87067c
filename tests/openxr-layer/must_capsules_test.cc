// XR_FB_hand_tracking_capsules: each "must" of musts.txt, where it holds and where it bites.
#include "hand_fixture.h"
#include "newer_openxr.h"

namespace tactus::layer_test {
namespace {

constexpr const char* kCapsules = XR_FB_HAND_TRACKING_CAPSULES_EXTENSION_NAME;

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
