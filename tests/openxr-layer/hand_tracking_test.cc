// Hands beyond the single musts (must_hand_tracking_test.cc): laws of motion and time, and which
// hand the layer gives: glove, runtime, or none.
#include <numeric>

#include "hand_fixture.h"

namespace tactus::layer_test {
namespace {

constexpr float kTolerance_rad = 2e-4f;

TEST_F(HandTest, CreateHandTracker_SeveralOfOneHandAreLegalAndDistinct) {
  begin_with_gloves();
  const XrHandTrackerEXT a = tracker(XR_HAND_LEFT_EXT);
  const XrHandTrackerEXT b = tracker(XR_HAND_LEFT_EXT);
  EXPECT_NE(a, b);
  EXPECT_EQ(destroy(a), XR_SUCCESS);
  EXPECT_EQ(destroy(a), XR_ERROR_HANDLE_INVALID);
  Joints joints;
  EXPECT_EQ(locate(a, stage, joints), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(locate(b, stage, joints), XR_SUCCESS);
}

TEST_F(HandTest, DestroySession_TrackersGoWithIt) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  ASSERT_EQ(get<PFN_xrDestroySession>("xrDestroySession")(session), XR_SUCCESS);
  Joints joints;
  EXPECT_EQ(locate(lefty, stage, joints), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy(lefty), XR_ERROR_HANDLE_INVALID);
}

TEST_F(HandTest, LocateHandJoints_TimeMustBePositiveAndOutputsStayUntouched) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  for (const XrTime time : {XrTime{0}, XrTime{-1}, INT64_MIN}) {
    Joints joints;
    EXPECT_EQ(locate(lefty, stage, joints, time), XR_ERROR_TIME_INVALID);
    EXPECT_TRUE(joints.is_untouched());
  }
}

TEST_F(HandTest, LocateHandJoints_NoTimeHoweverFarIsUndefined) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  for (const XrTime time : {XrTime{1}, INT64_MAX / 2, INT64_MAX}) {
    Joints joints;
    EXPECT_EQ(locate(lefty, stage, joints, time), XR_SUCCESS);
    EXPECT_NE(joints.locations.isActive, Joints::kUntouchedActive);
  }
}

TEST_F(HandTest, LocateHandJoints_PlacesAreInBaseSpace) {
  begin_with_gloves();
  const Pose T_stage_base{axis_angle({0.2f, 1, -0.4f}, 1.1f), {0.4f, 1.5f, -0.2f}};
  const XrSpace base = runtime.add_space({.T_stage_space = T_stage_base});
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), base, joints), XR_SUCCESS);
  for (std::size_t j = 0; j < joints.location.size(); ++j) {
    const Pose expected = inverse(T_stage_base) * left.T_world_joint[j];
    EXPECT_LT(length(vec(joints.location[j].pose.position) - expected.p), kTolerance_m) << j;
    const Quat turn = conjugate(expected.q) * quat(joints.location[j].pose.orientation);
    EXPECT_LT(length(log_rotation(turn)), kTolerance_rad) << j;
  }
}

// The law: a velocity is how the located place changes, whatever the base does.
TEST_F(HandTest, LocateHandJoints_VelocitiesAreThoseSeenFromAMovingBase) {
  begin_with_gloves();
  publish_motion();
  const XrSpace base =
      runtime.add_space({.T_stage_space = {axis_angle({1, 1, 0}, 0.7f), {0.3f, 1.4f, 0.1f}},
                         .v_stage = {0.4f, -0.2f, 0.9f},
                         .omega_stage = {0.5f, -1.2f, 0.8f}});
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  constexpr XrTime kStep = 5'000'000;
  const auto per_s = static_cast<float>(0.5e9 / kStep);
  Joints before, at, after;
  ASSERT_EQ(locate(lefty, base, before, kNow - kStep), XR_SUCCESS);
  ASSERT_EQ(locate(lefty, base, at, kNow), XR_SUCCESS);
  ASSERT_EQ(locate(lefty, base, after, kNow + kStep), XR_SUCCESS);
  for (std::size_t j = 0; j < at.location.size(); ++j) {
    const Vec3 v =
        per_s * (vec(after.location[j].pose.position) - vec(before.location[j].pose.position));
    const Quat turn = quat(after.location[j].pose.orientation) *
                      conjugate(quat(before.location[j].pose.orientation));
    const Vec3 omega = per_s * log_rotation(turn);
    ASSERT_EQ(at.velocity[j].velocityFlags, 3u);
    EXPECT_LT(length(vec(at.velocity[j].linearVelocity) - v), 2e-3f) << j << ", m/s";
    EXPECT_LT(length(vec(at.velocity[j].angularVelocity) - omega), 1e-2f) << j << ", rad/s";
  }
}

TEST_F(HandTest, LocateHandJoints_InactiveUnlessTheSessionIsFocused) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  for (const XrSessionState state :
       {XR_SESSION_STATE_VISIBLE, XR_SESSION_STATE_SYNCHRONIZED, XR_SESSION_STATE_READY,
        XR_SESSION_STATE_STOPPING, XR_SESSION_STATE_IDLE, XR_SESSION_STATE_LOSS_PENDING}) {
    enter(state);
    Joints joints;
    ASSERT_EQ(locate(lefty, stage, joints), XR_SUCCESS);
    expect_inactive(joints);
    enter(XR_SESSION_STATE_FOCUSED);
    Joints again;
    ASSERT_EQ(locate(lefty, stage, again), XR_SUCCESS);
    EXPECT_EQ(again.locations.isActive, XR_TRUE);
  }
}

TEST_F(HandTest, LocateHandJoints_InactiveWithoutAGloveOnThatHand) {
  begin_with_gloves();
  service->beat(host(kNow), false, true);
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
  expect_inactive(joints);
  ASSERT_EQ(locate(tracker(XR_HAND_RIGHT_EXT), stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
}

TEST_F(HandTest, LocateHandJoints_DeadServiceIsSeenAfter100ms) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  Joints joints;
  ASSERT_EQ(locate(lefty, stage, joints, kNow + 100'000'000), XR_SUCCESS);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
  ASSERT_EQ(locate(lefty, stage, joints, kNow + 100'000'001), XR_SUCCESS);
  expect_inactive(joints);
}

// Streamed headsets look far ahead: what xrWaitFrame predicts is allowed for, up to a second.
TEST_F(HandTest, LocateHandJoints_ADisplayFarAheadIsNoDeadService) {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  runtime.offset_ns = std::chrono::duration_cast<Duration>(now).count() - kNow;
  begin_with_gloves();
  service->published().header.clock = ipc::ClockKind::Monotonic;
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  const XrTime shown = kNow + 1'100'000'000;
  Joints joints;
  ASSERT_EQ(locate(lefty, stage, joints, shown), XR_SUCCESS);
  expect_inactive(joints);
  runtime.predicted = kNow + 60'000'000'000;
  wait_frame();
  ASSERT_EQ(locate(lefty, stage, joints, shown), XR_SUCCESS);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
  ASSERT_EQ(locate(lefty, stage, joints, shown + 1), XR_SUCCESS);
  expect_inactive(joints);
}

TEST_F(HandTest, LocateHandJoints_PastIsInterpolatedFromHistory) {
  begin_with_gloves();
  publish_motion();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints, kNow - 50'500'000), XR_SUCCESS);
  const Vec3 expected = left.T_world_joint[7].p - 0.0505f * left.v_world_joint[7];
  EXPECT_LT(length(vec(joints.location[7].pose.position) - expected), kTolerance_m);
}

TEST_F(HandTest, LocateHandJoints_TrackedSaysHowTheHandIsKnown) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  const std::pair<PoseOrigin, XrSpaceLocationFlags> cases[] = {{PoseOrigin::Measured, 0xF},
                                                               {PoseOrigin::Filled, 0xF},
                                                               {PoseOrigin::Predicted, 0x7},
                                                               {PoseOrigin::Held, 0x3}};
  for (const auto& [origin, flags] : cases) {
    left.t += 1ms;
    left.origin = origin;
    ipc::publish(service->published(), left);
    Joints joints;
    ASSERT_EQ(locate(lefty, stage, joints, kNow + 20'000'000), XR_SUCCESS);
    EXPECT_EQ(joints.locations.isActive, XR_TRUE);
    EXPECT_EQ(joints.location[3].locationFlags, flags) << static_cast<int>(origin);
    EXPECT_EQ(joints.velocity[3].velocityFlags, origin == PoseOrigin::Held ? 0u : 3u);
  }
}

TEST_F(HandTest, LocateHandJoints_FrozenPosesAreNoLongerTracked) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  service->beat(host(kNow + 500'000'000), true, true);  // lives, but publishes no pose
  Joints joints;
  ASSERT_EQ(locate(lefty, stage, joints, kNow + 500'000'000), XR_SUCCESS);
  EXPECT_EQ(joints.location[0].locationFlags, 0x3u);
}

TEST_F(HandTest, LocateHandJoints_UnsoundNumbersOfAServiceAreNotShown) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  const auto spoil = [&](const std::function<void(HandPose&)>& fault) {
    HandPose bad = left;
    left.t += 1ms;
    bad.t = left.t;
    fault(bad);
    ipc::publish(service->published(), bad);
    Joints joints;
    ASSERT_EQ(locate(lefty, stage, joints, kNow + 30'000'000), XR_SUCCESS);
    expect_inactive(joints);
  };
  const float nan = std::numeric_limits<float>::quiet_NaN();
  spoil([&](HandPose& pose) { pose.T_world_joint[9].p.y = nan; });
  spoil([&](HandPose& pose) { pose.radius_m[25] = 0; });
  spoil([&](HandPose& pose) { pose.radius_m[0] = nan; });
  spoil([&](HandPose& pose) { pose.omega_world_joint[1].x = nan; });
}

TEST_F(HandTest, LocateHandJoints_SpaceThatIsNowhereMakesTheHandInactive) {
  begin_with_gloves();
  FakeSpace lost;
  lost.flags = XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), runtime.add_space(lost), joints), XR_SUCCESS);
  expect_inactive(joints);
}

TEST_F(HandTest, LocateHandJoints_NoMoreTrackedThanTheSpaceIs) {
  begin_with_gloves();
  FakeSpace inferred;
  inferred.flags = 0x3;
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), runtime.add_space(inferred), joints), XR_SUCCESS);
  EXPECT_EQ(joints.location[4].locationFlags, 0x3u);
}

// Spaces: those fixed to STAGE and LOCAL cost no call of the runtime, all others one.

TEST_F(HandTest, Spaces_FixedOnesAreLocatedWithoutTheRuntimeAndAllAgree) {
  runtime.local.T_stage_space = {axis_angle({0, 1, 0}, 0.8f), {0.3f, 1.6f, -0.5f}};
  begin_with_gloves();
  const Pose T_local_box{axis_angle({1, 0, 1}, 0.4f), {0.1f, -0.2f, 0.3f}};
  const XrSpace in_stage = make_space(XR_REFERENCE_SPACE_TYPE_STAGE, T_local_box);
  const XrSpace in_local = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL, T_local_box);
  wait_frame();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  const int conversions = runtime.convert_calls;
  const int locates = runtime.locate_space_calls;
  for (const auto& [space, T_stage_space] :
       {std::pair{in_stage, T_local_box},
        std::pair{in_local, runtime.local.T_stage_space * T_local_box}}) {
    Joints joints, asked;
    ASSERT_EQ(locate(lefty, space, joints), XR_SUCCESS);
    EXPECT_EQ(runtime.locate_space_calls, locates);
    ASSERT_EQ(locate(lefty, runtime.add_space({.T_stage_space = T_stage_space}), asked),
              XR_SUCCESS);
    runtime.locate_space_calls = locates;
    for (std::size_t j = 0; j < joints.location.size(); ++j) {
      const XrPosef& a = joints.location[j].pose;
      const XrPosef& b = asked.location[j].pose;
      EXPECT_LT(length(vec(a.position) - vec(b.position)), 1e-5f) << j;
      EXPECT_LT(length(log_rotation(conjugate(quat(a.orientation)) * quat(b.orientation))), 1e-3f);
      EXPECT_EQ(joints.location[j].locationFlags, 0xFu);
      EXPECT_EQ(joints.velocity[j].velocityFlags, 3u);
      const Vec3 v = vec(joints.velocity[j].linearVelocity);
      EXPECT_LT(length(v - vec(asked.velocity[j].linearVelocity)), 1e-3f);
    }
  }
  EXPECT_EQ(runtime.convert_calls, conversions);
}

TEST_F(HandTest, Spaces_OthersCostOneCallOfTheRuntime) {
  begin_with_gloves();
  wait_frame();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  const XrSpace view = make_space(XR_REFERENCE_SPACE_TYPE_VIEW, {});
  const int locates = runtime.locate_space_calls;
  Joints joints;
  for (int i = 0; i < 10; ++i) ASSERT_EQ(locate(lefty, view, joints), XR_SUCCESS);
  EXPECT_EQ(runtime.locate_space_calls - locates, 10);
}

TEST_F(HandTest, Spaces_LocalThatIsMovedIsAskedForUntilItIsSeenAgain) {
  begin_with_gloves();
  const XrSpace local = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL, {});
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  wait_frame();
  const XrTime t_change = kNow + 20'000'000;
  const Pose T_before_after{axis_angle({0, 1, 0}, 0.5f), {0, 0, 1}};
  for (auto& [handle, space] : runtime.spaces) {
    if (!runtime.is_local.contains(handle)) continue;
    space.t_moved = t_change;
    space.T_stage_moved = space.T_stage_space * T_before_after;
  }
  runtime.post_space_change(session, XR_REFERENCE_SPACE_TYPE_LOCAL, t_change, true, T_before_after);
  poll_all();
  const auto expect_right = [&](XrTime t, int calls) {
    const int locates = runtime.locate_space_calls;
    Joints joints;
    ASSERT_EQ(locate(lefty, local, joints, t), XR_SUCCESS);
    EXPECT_EQ(runtime.locate_space_calls - locates, calls);
    const float dt_s = static_cast<float>(t - kNow) * 1e-9f;
    const Vec3 p_stage = left.T_world_joint[0].p + dt_s * left.v_world_joint[0];
    const Vec3 p = t < t_change ? p_stage : inverse(T_before_after) * p_stage;
    EXPECT_LT(length(vec(joints.location[0].pose.position) - p), kTolerance_m);
  };
  expect_right(t_change - 1, 1);
  expect_right(t_change, 1);
  runtime.predicted = t_change - 1;
  wait_frame();
  expect_right(t_change, 1);
  runtime.predicted = t_change;
  wait_frame();
  expect_right(t_change, 0);
  expect_right(t_change - 1, 1);
}

TEST_F(HandTest, Spaces_ADestroyedOneIsForgottenAndItsValueMayComeBack) {
  begin_with_gloves();
  const XrSpace fixed = make_space(XR_REFERENCE_SPACE_TYPE_STAGE, {});
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  const auto destroy_space = get<PFN_xrDestroySpace>("xrDestroySpace");
  ASSERT_EQ(destroy_space(fixed), XR_SUCCESS);
  EXPECT_EQ(destroy_space(fixed), XR_ERROR_HANDLE_INVALID);
  Joints joints;
  EXPECT_EQ(locate(lefty, fixed, joints), XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(destroy_space(stage), XR_SUCCESS) << "not made through us: the runtime's to destroy";
}

TEST_F(HandTest, LocateHandJoints_ServiceThatDiesInASessionLeavesTheApplicationAlone) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  stop_service();
  Joints joints;
  ASSERT_EQ(locate(lefty, stage, joints, kNow + 101'000'000), XR_SUCCESS);
  expect_inactive(joints);
  EXPECT_TRUE(poll_until([&] {
    Joints now;
    return locate(lefty, stage, now) == XR_SUCCESS && now.locations.isActive == XR_FALSE;
  })) << "once the hang-up is seen, at any time";
}

// Arbitration with a runtime that tracks hands too.

TEST_F(HandTest, Arbitration_GloveBeforeRuntimeBeforeNothing) {
  runtime.offered.insert(kHandTracking);
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  EXPECT_EQ(runtime.trackers.size(), 1u);
  Joints joints;
  ASSERT_EQ(locate(lefty, stage, joints), XR_SUCCESS);
  EXPECT_FLOAT_EQ(joints.location[0].radius, left.radius_m[0]);
  EXPECT_EQ(runtime.locate_hand_calls, 0);
  service->beat(host(kNow), false, true);
  ASSERT_EQ(locate(lefty, stage, joints), XR_SUCCESS);
  EXPECT_FLOAT_EQ(joints.location[0].radius, kRuntimeHandMark_m);
  EXPECT_EQ(destroy(lefty), XR_SUCCESS);
  EXPECT_TRUE(runtime.trackers.empty());
}

TEST_F(HandTest, Arbitration_HandlesThatReachTheRuntimeAreItsOwn) {
  runtime.offered.insert(kHandTracking);
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  EXPECT_TRUE(runtime.trackers.contains(reinterpret_cast<std::uint64_t>(lefty)))
      << "functions of extensions that we do not know may be given it";
}

TEST_F(HandTest, Arbitration_WhatElseIsChainedIsStillTheRuntimesToFill) {
  runtime.offered.insert(kHandTracking);
  begin_with_gloves();
  XrHandTrackingAimStateFB aim{};
  aim.type = XR_TYPE_HAND_TRACKING_AIM_STATE_FB;
  Joints joints;
  joints.velocities.next = &aim;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), stage, joints), XR_SUCCESS);
  EXPECT_EQ(aim.status, 1u);
  EXPECT_FLOAT_EQ(joints.location[0].radius, left.radius_m[0]);
  EXPECT_EQ(joints.velocities.next, &aim);
}

TEST_F(HandTest, Arbitration_RuntimeThatSupportsNoHandsOnThisSystemIsNoHindrance) {
  runtime.offered.insert(kHandTracking);
  runtime.supports_hands = false;
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  EXPECT_EQ(runtime.create_hand_calls, 0) << "it may not even have the function";
  Joints joints;
  ASSERT_EQ(locate(lefty, stage, joints), XR_SUCCESS);
  EXPECT_EQ(joints.locations.isActive, XR_TRUE);
  service->beat(host(kNow), false, false);
  ASSERT_EQ(locate(lefty, stage, joints), XR_SUCCESS);
  expect_inactive(joints);
}

// The world is the anchor: STAGE, or LOCAL that may be moved under us.

TEST_F(HandTest, Anchor_IsStageWhereThereIsOneWithLocalBesideIt) {
  begin_with_gloves();
  EXPECT_EQ(runtime.made_spaces,
            (std::vector{XR_REFERENCE_SPACE_TYPE_LOCAL, XR_REFERENCE_SPACE_TYPE_STAGE}));
}

TEST_F(HandTest, Anchor_LocalRecentredInMidTouchMovesNoHand) {
  runtime.has_stage = false;
  begin_with_gloves();
  ASSERT_EQ(runtime.made_spaces, std::vector{XR_REFERENCE_SPACE_TYPE_LOCAL});
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  const Pose T_before_after{axis_angle({0, 1, 0}, 0.9f), {0.5f, 0.2f, -0.7f}};
  const XrTime t_change = kNow + 20'000'000;
  FakeSpace& anchor = runtime.spaces.begin()->second;  // the first space made is the layer's
  anchor.t_moved = t_change;
  anchor.T_stage_moved = anchor.T_stage_space * T_before_after;
  runtime.post_space_change(session, XR_REFERENCE_SPACE_TYPE_LOCAL, t_change, true, T_before_after);
  poll_all();
  Joints before, after;
  ASSERT_EQ(locate(lefty, stage, before, t_change - 1), XR_SUCCESS);
  ASSERT_EQ(locate(lefty, stage, after, t_change), XR_SUCCESS);
  for (std::size_t j = 0; j < before.location.size(); ++j) {
    const Vec3 jump = vec(after.location[j].pose.position) - vec(before.location[j].pose.position);
    EXPECT_LT(length(jump), kTolerance_m) << j;
  }
}

TEST_F(HandTest, Anchor_RecentreOfLocalIsNothingToAStage) {
  begin_with_gloves();
  const XrHandTrackerEXT lefty = tracker(XR_HAND_LEFT_EXT);
  Joints before, after;
  ASSERT_EQ(locate(lefty, stage, before), XR_SUCCESS);
  runtime.post_space_change(session, XR_REFERENCE_SPACE_TYPE_LOCAL, 1, true, {{}, {1, 1, 1}});
  poll_all();
  ASSERT_EQ(locate(lefty, stage, after), XR_SUCCESS);
  EXPECT_EQ(after.location[0].pose.position.x, before.location[0].pose.position.x);
}

}  // namespace
}  // namespace tactus::layer_test
