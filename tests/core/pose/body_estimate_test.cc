// A body from what a session has: a headset heard of once a frame, and two wrists.
#include "tactus/pose/body_estimate.h"

#include <gtest/gtest.h>

#include <limits>

namespace tactus {
namespace {

constexpr float kSame_m = 1e-3f;

class BodyEstimate : public ::testing::Test {
 protected:
  BodyEstimate() {
    for (const Hand side : {Hand::Left, Hand::Right}) {
      HandPose& hand = hands[index(side)];
      hand.hand = side;
      hand.origin = PoseOrigin::Measured;
      hand.T_world_joint[index(HandJoint::Wrist)] = {rest_wrist(side),
                                                     on_side(Vec3{0.25f, 1.1f, -0.3f}, side)};
    }
  }
  /// The headset as it was at `t`, 1.6 m high and going to the right at 1 m/s.
  static SeenHead going(HostTime t) {
    const auto x = static_cast<float>(seconds(t.time_since_epoch()));
    return {t, true, {{}, {x, 1.6f, 0}}, {1, 0, 0}, {}};
  }
  Vec3 eyes(const BodyPose& pose) const {
    return pose[BodyJoint::Head] * params.profile.T_segment_tracker[index(BodySite::Head)].p;
  }
  BodyPose at(HostTime t) { return estimate_body(state, params, hands, t); }

  BodyEstimatorParams params;
  BodyEstimatorState state;
  HandPair hands;
};

TEST_F(BodyEstimate, HeadAndWristsAreWhereTheyAreSeen) {
  hear(state, going(HostTime(1s)));
  const BodyPose pose = at(HostTime(1s));
  EXPECT_LT(length(eyes(pose) - Vec3{1, 1.6f, 0}), kSame_m);
  hands[0].T_world_joint[index(HandJoint::Wrist)].p.x = 1 - 0.25f;
  hands[1].T_world_joint[index(HandJoint::Wrist)].p.x = 1 + 0.25f;
  const BodyPose beside = at(HostTime(1s));
  for (const Hand side : {Hand::Left, Hand::Right}) {
    const BodyJoint wrist = on_side(BodyJoint::LeftWrist, side);
    const Pose& T = hands[index(side)].T_world_joint[index(HandJoint::Wrist)];
    EXPECT_LT(length(beside[wrist].p - T.p), 0.02f);
    EXPECT_EQ(beside.origin[index(wrist)], PoseOrigin::Measured);
  }
}

TEST_F(BodyEstimate, AHeadsetBetweenTwoFramesGoesOnAtItsSpeed) {
  hear(state, going(HostTime(1s)));
  EXPECT_NEAR(eyes(at(HostTime(1s) + 12ms)).x, 1.012f, kSame_m);
  hear(state, going(HostTime(1s) + 11ms));
  hear(state, going(HostTime(900ms)));  // late, and no news
  EXPECT_NEAR(eyes(at(HostTime(1s) + 12ms)).x, 1.012f, kSame_m);
}

TEST_F(BodyEstimate, ASegmentWithATrackerIsMeasuredAndGoesOnAtItsSpeed) {
  const HostTime t(1s);
  hear(state, {t, true, {{}, {0, 1.6f, 0}}, {}, {}});
  const Pose T_chest = at(t)[BodyJoint::Chest];
  EXPECT_NE(at(t).origin[index(BodyJoint::Chest)], PoseOrigin::Measured);
  const auto chest_at = [&](HostTime when) {
    return Pose{T_chest.q, T_chest.p + Vec3{0, 0, static_cast<float>(seconds(when - t)) * 0.5f}};
  };
  for (HostTime when = t; when <= t + 20ms; when += 10ms) {
    hear(state, BodySite::Chest, when, chest_at(when), true);
  }
  hear(state, BodySite::Chest, t + 5ms, {}, true);  // late, and no news
  const BodyPose pose = at(t + 26ms);
  EXPECT_EQ(pose.origin[index(BodyJoint::Chest)], PoseOrigin::Measured);
  EXPECT_LT(length(pose[BodyJoint::Chest].p - chest_at(t + 26ms).p), kSame_m);
  hear(state, BodySite::Chest, t + 30ms, chest_at(t + 30ms), false);
  EXPECT_NE(at(t + 31ms).origin[index(BodyJoint::Chest)], PoseOrigin::Measured);
}

TEST_F(BodyEstimate, ATrackerThatSaysNoPoseOrIsSilentTellsNothing) {
  const HostTime t(1s);
  hear(state, {t, true, {{}, {0, 1.6f, 0}}, {}, {}});
  const float nan = std::numeric_limits<float>::quiet_NaN();
  hear(state, BodySite::Pelvis, t, {{}, {nan, 0, 0}}, true);
  EXPECT_NE(at(t).origin[index(BodyJoint::Pelvis)], PoseOrigin::Measured);
  hear(state, BodySite::Pelvis, t + 1ms, {{}, {0, 0.9f, 0}}, true);
  EXPECT_EQ(at(t + 2ms).origin[index(BodyJoint::Pelvis)], PoseOrigin::Measured);
  const HostTime later = t + 2ms + params.head_late;
  hear(state, {later, true, {{}, {0, 1.6f, 0}}, {}, {}});
  EXPECT_NE(at(later).origin[index(BodyJoint::Pelvis)], PoseOrigin::Measured);
}

TEST_F(BodyEstimate, AHeadsetThatIsSilentIsPredictedThenHeldWithAllThatHangsFromIt) {
  HostTime t(1s);
  const auto run_until = [&](HostTime end, bool is_seen) {
    BodyPose pose;
    for (; t <= end; t += 4ms) {
      if (is_seen) hear(state, going(t));
      pose = at(t);
    }
    return pose;
  };
  EXPECT_EQ(run_until(HostTime(1100ms), true).origin[index(BodyJoint::Head)], PoseOrigin::Measured);
  const auto spine = [](const BodyPose& pose) { return pose.origin[index(BodyJoint::Chest)]; };
  EXPECT_EQ(spine(run_until(HostTime(1200ms), false)), PoseOrigin::Predicted);
  const BodyPose held = run_until(HostTime(1400ms), false);
  EXPECT_EQ(held.origin[index(BodyJoint::Head)], PoseOrigin::Held);
  EXPECT_EQ(spine(held), PoseOrigin::Held);
  EXPECT_LT(held.confidence, 0.4f);
}

TEST_F(BodyEstimate, WithoutAHeadsetNothingIsKnown) {
  EXPECT_EQ(at(HostTime(1s)).origin[index(BodyJoint::Head)], PoseOrigin::None);
}

TEST_F(BodyEstimate, LimbsOnWhichNothingIsWornAreGuesses) {
  hands[1].origin = PoseOrigin::None;  // no right glove
  hear(state, going(HostTime(1s)));
  const BodyPose pose = at(HostTime(1s));
  const auto confidence = [&](BodyJoint joint) { return pose.joint_confidence[index(joint)]; };
  for (const BodyJoint joint : {BodyJoint::RightElbow, BodyJoint::RightWrist, BodyJoint::LeftKnee,
                                BodyJoint::RightHip, BodyJoint::LeftToe}) {
    EXPECT_EQ(confidence(joint), 0.3f) << index(joint);
  }
  EXPECT_EQ(confidence(BodyJoint::LeftWrist), 1.0f);
  for (const BodyJoint joint : {BodyJoint::LeftShoulder, BodyJoint::Chest, BodyJoint::Pelvis}) {
    EXPECT_EQ(confidence(joint), 0.6f) << index(joint);
  }
}

TEST_F(BodyEstimate, AHandThatIsOnlyHeldIsLeftToTheBody) {
  hear(state, going(HostTime(1s)));
  hands[0].origin = PoseOrigin::Held;
  const BodyPose pose = at(HostTime(1s));
  EXPECT_NE(pose.origin[index(BodyJoint::LeftWrist)], PoseOrigin::Measured);
  EXPECT_EQ(pose.origin[index(BodyJoint::RightWrist)], PoseOrigin::Measured);
}

TEST_F(BodyEstimate, AHeadThatCannotBeIsNotSeen) {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const auto expect_unseen = [&](const auto& spoil) {
    SeenHead seen = going(HostTime(1s));
    spoil(seen);
    state = {};
    hear(state, seen);
    const BodyPose pose = at(HostTime(1s));
    EXPECT_EQ(pose.origin[index(BodyJoint::Head)], PoseOrigin::None);
    for (const Pose& T : pose.T_world_joint) EXPECT_TRUE(is_valid(T));
  };
  expect_unseen([&](SeenHead& seen) { seen.T_world_head.p.x = nan; });
  expect_unseen([](SeenHead& seen) { seen.T_world_head.q = {0, 0, 0, 0}; });
  expect_unseen([](SeenHead& seen) { seen.T_world_head.p.y = 1e6f; });
  expect_unseen([](SeenHead& seen) { seen.tracked = false; });
  SeenHead fast = going(HostTime(1s));
  fast.v_world_head = {1e9f, 0, nan};
  state = {};
  hear(state, fast);
  EXPECT_NEAR(eyes(at(HostTime(1s) + 20ms)).x, 1, kSame_m) << "at rest";
}

}  // namespace
}  // namespace tactus
