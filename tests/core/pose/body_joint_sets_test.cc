#include "tactus/pose/body_joint_sets.h"

#include <gtest/gtest.h>

#include "tactus/pose/body_solver.h"

namespace tactus {
namespace {

constexpr float kPlaceTolerance_m = 1e-5f;

BodyPose standing() {
  const BodyProfile profile = body_profile(1.7f);
  BodyReading reading;
  reading.t = HostTime(1s);
  reading.site[index(BodySite::Head)] = {{{}, {0.3f, 1.6f, -0.2f}}, true, true};
  BodySolverState state;
  return solve_body(state, {}, profile, reading);
}

TEST(BodyJointSets, HaveTheNumbersThatOpenXrGaveThem) {
  EXPECT_EQ(index(FbJoint::Head), 7u);
  EXPECT_EQ(index(FbJoint::LeftHandWristTwist), 12u);
  EXPECT_EQ(index(FbJoint::RightHandWristTwist), 17u);
  EXPECT_EQ(index(fb_hand_joint(Hand::Left, HandJoint::Palm)), 18u);
  EXPECT_EQ(index(fb_hand_joint(Hand::Left, HandJoint::LittleTip)), 43u);
  EXPECT_EQ(index(fb_hand_joint(Hand::Right, HandJoint::Palm)), 44u);
  EXPECT_EQ(index(fb_hand_joint(Hand::Right, HandJoint::LittleTip)), 69u);
  EXPECT_EQ(index(BdJoint::Spine3), 9u);
  EXPECT_EQ(index(BdJoint::Head), 15u);
  EXPECT_EQ(index(BdJoint::RightHand), 23u);
}

TEST(BodyJointSets, EveryJointIsPlacedAndOfUnitRotation) {
  const BodyPose body = standing();
  for (const Pose& T : fb_joints(body, {}, 0).T_world_joint) EXPECT_TRUE(is_valid(T));
  for (const Pose& T : bd_joints(body, {}).T_world_joint) EXPECT_TRUE(is_valid(T));
}

TEST(BodyJointSets, TheRootStandsOnTheFloorUnderTheHips) {
  const BodyPose body = standing();
  const auto set = fb_joints(body, {}, 0.1f);
  const Vec3 root = set.T_world_joint[index(FbJoint::Root)].p;
  EXPECT_EQ(root.y, 0.1f);
  EXPECT_EQ(root.x, body[BodyJoint::Pelvis].p.x);
}

TEST(BodyJointSets, AKnownHandIsPassedOnAndAnUnknownOneHangsOnItsWrist) {
  const BodyPose body = standing();
  HandPair hands;
  hands[0].origin = PoseOrigin::Measured;
  hands[0].T_world_joint[index(HandJoint::IndexTip)].p = {1, 2, 3};
  const auto set = fb_joints(body, hands, 0);
  const FbJoint tip = fb_hand_joint(Hand::Left, HandJoint::IndexTip);
  EXPECT_EQ(set.T_world_joint[index(tip)].p.y, 2.0f);
  EXPECT_EQ(set.origin[index(tip)], PoseOrigin::Measured);
  const FbJoint wrist = fb_hand_joint(Hand::Right, HandJoint::Wrist);
  EXPECT_LT(length(set.T_world_joint[index(wrist)].p - body[BodyJoint::RightWrist].p),
            kPlaceTolerance_m);
  EXPECT_EQ(set.origin[index(wrist)], PoseOrigin::Filled);
}

TEST(BodyJointSets, TheSkeletonIsATPoseWithTheBodysAxes) {
  const BodyProportions body = proportions_of_height(1.7f);
  const auto set = fb_skeleton(body);
  const Vec3 shoulder = set.T_world_joint[index(FbJoint::LeftArmUpper)].p;
  const Vec3 wrist = set.T_world_joint[index(FbJoint::LeftHandWristTwist)].p;
  EXPECT_NEAR(shoulder.x - wrist.x, body.upper_arm_m + body.forearm_m, kPlaceTolerance_m);
  EXPECT_NEAR(shoulder.y, wrist.y, kPlaceTolerance_m);
  EXPECT_NEAR(set.T_world_joint[index(FbJoint::Hips)].q.w, 1.0f, 1e-6f);
  EXPECT_EQ(set.T_world_joint[index(FbJoint::Root)].p.y, 0.0f);
}

TEST(BodyJointSets, ParentsStandBeforeTheirChildrenExceptInThePalm) {
  for (std::size_t j = 1; j < kFbJoints; ++j) {
    const FbJoint parent = fb_parent(static_cast<FbJoint>(j));
    const bool palm = j == index(FbJoint::LeftHandPalm) || j == index(FbJoint::RightHandPalm);
    EXPECT_EQ(index(parent) == j + 1, palm) << j;
    if (!palm) {
      EXPECT_LT(index(parent), j);
    }
  }
  EXPECT_EQ(fb_parent(FbJoint::RightShoulder), FbJoint::Chest);
  EXPECT_EQ(fb_parent(fb_hand_joint(Hand::Right, HandJoint::Wrist)), FbJoint::RightHandWristTwist);
}

}  // namespace
}  // namespace tactus
