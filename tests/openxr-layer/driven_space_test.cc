// [spec] 7.4: spaces at gloves, located from and to everything else, moving.
#include "input_fixture.h"
#include "support/alloc_guard.h"

namespace tactus::layer_test {
namespace {

constexpr float kSame = 2e-5f;
constexpr float kSame_rad = 1e-3f;
constexpr float kSame_m_per_s = 2e-3f;

class DrivenSpace : public EXT_hand_interaction {
 protected:
  /// Both hands move: turn about their wrists and go, with every joint as a rigid body has it.
  void move(HandPose& hand, Vec3 v, Vec3 omega) {
    const Vec3 p_wrist = hand.T_world_joint[index(HandJoint::Wrist)].p;
    for (std::size_t j = 0; j < tactus::kHandJoints; ++j) {
      hand.v_world_joint[j] = v + cross(omega, hand.T_world_joint[j].p - p_wrist);
      hand.omega_world_joint[j] = omega;
    }
  }
  /// The velocity that is told is that of the places told around it.
  void expect_consistent(XrSpace space, XrSpace base, XrTime t) {
    constexpr XrTime kStep = 2'000'000;
    const Located before = where(space, base, t - kStep), at = where(space, base, t);
    const Located after = where(space, base, t + kStep);
    ASSERT_EQ(at.moving, 3u);
    const float per_s = 1e9f / (2 * static_cast<float>(kStep));
    const Vec3 v = per_s * (after.T.p - before.T.p);
    const Vec3 omega = per_s * log_rotation(after.T.q * conjugate(before.T.q));
    EXPECT_LT(length(v - at.v), 0.03f) << at.v.x << ' ' << v.x;
    EXPECT_LT(length(omega - at.omega), 0.05f);
  }
  void begin_moving() {
    begin_input();
    const XrAction grip = bound(XR_ACTION_TYPE_POSE_INPUT, "/input/grip/pose");
    left_grip = make_action_space(grip, kLeft, {{}, {0.05f, 0.1f, 0}});
    right_grip = make_action_space(grip, kRight);
    start();
    move(left, {0.4f, -0.2f, 0.1f}, {0.5f, 1.0f, -0.3f});
    move(right, {-0.1f, 0.3f, 0.2f}, {-0.4f, 0.2f, 0.8f});
    show();
  }
  void expect_same(const Pose& a, const Pose& b) {
    EXPECT_LT(length(a.p - b.p), kSame);
    EXPECT_LT(length(log_rotation(conjugate(a.q) * b.q)), kSame_rad);
  }
  XrSpace left_grip = XR_NULL_HANDLE, right_grip = XR_NULL_HANDLE;
};

TEST_F(DrivenSpace, ThereAndBackAreInverse) {
  begin_moving();
  const XrSpace moving = runtime.add_space({.T_stage_space = {axis_angle({0, 1, 0}, 1), {1, 2, 3}},
                                            .v_stage = {0.3f, 0, 0.1f},
                                            .omega_stage = {0, 0.2f, 0}});
  for (const XrSpace other : {stage, moving, right_grip}) {
    const Pose there = where(left_grip, other, now).T, back = where(other, left_grip, now).T;
    expect_same(there, inverse(back));
  }
  expect_same(where(left_grip, right_grip, now).T,
              inverse(where(right_grip, stage, now).T) * where(left_grip, stage, now).T);
}
TEST_F(DrivenSpace, VelocitiesAreThoseOfThePlaces) {
  begin_moving();
  const XrTime t = now + 10'000'000;  // ahead of the newest hand: carried on
  const XrSpace moving = runtime.add_space({.T_stage_space = {axis_angle({0, 1, 0}, 1), {1, 2, 3}},
                                            .v_stage = {0.3f, 0, 0.1f},
                                            .omega_stage = {0, 0.2f, 0}});
  expect_consistent(left_grip, stage, t);
  expect_consistent(stage, left_grip, t);
  expect_consistent(left_grip, right_grip, t);
  expect_consistent(right_grip, left_grip, t);
  expect_consistent(left_grip, moving, t);
  expect_consistent(moving, left_grip, t);
}
TEST_F(DrivenSpace, ManyAtOnceAreAsOneByOne) {
  runtime.offered.insert("XR_KHR_locate_spaces");
  begin_input({kHandInteraction, "XR_KHR_locate_spaces"});
  const XrAction grip = bound(XR_ACTION_TYPE_POSE_INPUT, "/input/grip/pose");
  left_grip = make_action_space(grip, kLeft);
  right_grip = make_action_space(grip, kRight);
  start();
  move(left, {0.4f, -0.2f, 0.1f}, {0.5f, 1.0f, -0.3f});
  show();
  const XrSpace other = runtime.add_space({.T_stage_space = {{}, {1, 2, 3}}, .v_stage = {1, 0, 0}});
  const std::array<XrSpace, 3> spaces = {left_grip, other, right_grip};
  for (const char* name : {"xrLocateSpaces", "xrLocateSpacesKHR"}) {
    for (const XrSpace base : {stage, left_grip, other}) {
      std::array<XrSpaceLocationData, 3> places{};
      std::array<XrSpaceVelocityData, 3> motions{};
      XrSpaceVelocities velocities{XR_TYPE_SPACE_VELOCITIES, nullptr, 3, motions.data()};
      XrSpaceLocations locations{XR_TYPE_SPACE_LOCATIONS, &velocities, 3, places.data()};
      const XrSpacesLocateInfo info{
          XR_TYPE_SPACES_LOCATE_INFO, nullptr, base, now, 3, spaces.data()};
      ASSERT_EQ(get<PFN_xrLocateSpaces>(name)(session, &info, &locations), XR_SUCCESS);
      for (std::size_t i = 0; i < spaces.size(); ++i) {
        const Located one = where(spaces[i], base, now);
        EXPECT_EQ(places[i].locationFlags, one.flags);
        EXPECT_EQ(motions[i].velocityFlags, one.moving);
        expect_same({quat(places[i].pose.orientation), vec(places[i].pose.position)}, one.T);
        EXPECT_LT(length(vec(motions[i].linearVelocity) - one.v), kSame_m_per_s);
        EXPECT_LT(length(vec(motions[i].angularVelocity) - one.omega), kSame_m_per_s);
      }
    }
  }
}
TEST_F(DrivenSpace, ToItselfItDoesNotMove) {
  begin_moving();
  const Located located = where(left_grip, left_grip, now);
  expect_same(located.T, {});
  EXPECT_LT(length(located.v), kSame_m_per_s);
  EXPECT_LT(length(located.omega), kSame_m_per_s);
}
TEST_F(DrivenSpace, ASpaceThatRecentresIsLocatedWhereItIs) {
  begin_input();
  runtime.local.T_stage_space = {{}, {0, 0, 1}};
  runtime.local.t_moved = now + 50'000'000;
  runtime.local.T_stage_moved = {axis_angle({0, 1, 0}, 0.5f), {2, 0, 0}};
  const XrSpace local = make_space(XR_REFERENCE_SPACE_TYPE_LOCAL, {});
  const XrSpace grip = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/grip/pose"));
  start();
  const Pose T_stage_grip = where(grip, stage, now).T;
  expect_same(where(grip, local, now).T, inverse(runtime.local.T_stage_space) * T_stage_grip);
  runtime.post_space_change(session, XR_REFERENCE_SPACE_TYPE_LOCAL, runtime.local.t_moved, true,
                            {});
  poll_all();
  now = runtime.local.t_moved + 10'000'000;
  show();
  expect_same(where(grip, local, now).T, inverse(runtime.local.T_stage_moved) * T_stage_grip);
}
TEST_F(DrivenSpace, HandsAreLocatedInIt) {
  begin_input({kHandInteraction, kHandTracking});
  const XrSpace grip = make_action_space(bound(XR_ACTION_TYPE_POSE_INPUT, "/input/grip/pose"));
  start();
  Joints joints;
  ASSERT_EQ(locate(tracker(XR_HAND_LEFT_EXT), grip, joints, now), XR_SUCCESS);
  ASSERT_EQ(joints.locations.isActive, XR_TRUE);
  const Pose T_grip_palm = inverse(where(grip).T) * left.T_world_joint[0];
  EXPECT_LT(length(vec(joints.location[0].pose.position) - T_grip_palm.p), kSame);
  EXPECT_LT(length(vec(joints.velocity[0].linearVelocity)), kSame_m_per_s);
}
TEST_F(DrivenSpace, BadHandlesAndTimesAreTheRuntimesToRefuse) {
  begin_moving();
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  const auto locate_space = get<PFN_xrLocateSpace>("xrLocateSpace");
  EXPECT_EQ(locate_space(left_grip, reinterpret_cast<XrSpace>(0xdead), now, &location),
            XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(locate_space(reinterpret_cast<XrSpace>(0xdead), left_grip, now, &location),
            XR_ERROR_HANDLE_INVALID);
  EXPECT_EQ(locate_space(reinterpret_cast<XrSpace>(0xdead), stage, now, &location),
            XR_ERROR_HANDLE_INVALID);
}
TEST_F(DrivenSpace, ASecondSessionHasItsOwn) {
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/pinch_ext/value");
  start();
  const XrSession first = session;
  XrSessionCreateInfo info{XR_TYPE_SESSION_CREATE_INFO};
  ASSERT_EQ(get<PFN_xrCreateSession>("xrCreateSession")(instance, &info, &session), XR_SUCCESS);
  enter(XR_SESSION_STATE_FOCUSED);
  start();
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value).currentState, 1);
  const XrSession second = session;
  session = first;
  EXPECT_EQ(number(value).currentState, 0) << "it has not synced";
  ASSERT_EQ(get<PFN_xrDestroySession>("xrDestroySession")(second), XR_SUCCESS);
  sync();
  EXPECT_EQ(number(value).currentState, 1);
}
TEST_F(DrivenSpace, ASecondApplicationHasItsOwn) {
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/pinch_ext/value");
  start();
  const XrInstance first = instance;
  ::unsetenv("TACTUS_SOCKET");
  ASSERT_EQ(create({kHandInteraction}), XR_SUCCESS);
  const XrInstance second = instance;
  instance = first;
  pinch(left, 0);
  sync();
  EXPECT_EQ(number(value).currentState, 1);
  ASSERT_EQ(get<PFN_xrDestroyInstance>("xrDestroyInstance")(second), XR_SUCCESS);
  made_instances.pop_back();
  EXPECT_EQ(number(value).currentState, 1);
}
TEST_F(DrivenSpace, ASyncAndALocateAllocateNothing) {
  if (!tactus::testing::is_counting()) GTEST_SKIP() << "a sanitizer owns malloc";
  begin_moving();
  const auto sync_actions = get<PFN_xrSyncActions>("xrSyncActions");
  const auto locate_space = get<PFN_xrLocateSpace>("xrLocateSpace");
  const XrActiveActionSet active{action_set, XR_NULL_PATH};
  const XrActionsSyncInfo info{XR_TYPE_ACTIONS_SYNC_INFO, nullptr, 1, &active};
  XrSpaceLocation location{XR_TYPE_SPACE_LOCATION};
  ASSERT_EQ(sync_actions(session, &info), XR_SUCCESS);  // the fake runtime allocates once
  ASSERT_EQ(locate_space(left_grip, right_grip, now, &location), XR_SUCCESS);
  const tactus::testing::AllocGuard guard;
  for (int i = 0; i < 100; ++i) {
    ASSERT_EQ(sync_actions(session, &info), XR_SUCCESS);
    ASSERT_EQ(locate_space(left_grip, right_grip, now, &location), XR_SUCCESS);
  }
  EXPECT_EQ(guard.calls(), 0u);
  EXPECT_EQ(location.locationFlags, 0xFu);
}
TEST_F(DrivenSpace, DestroyedActionsAndSetsAreForgotten) {
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/pinch_ext/value");
  start();
  ASSERT_EQ(get<PFN_xrDestroyAction>("xrDestroyAction")(value), XR_SUCCESS);
  sync();
  EXPECT_EQ(get<PFN_xrDestroyAction>("xrDestroyAction")(value), XR_ERROR_HANDLE_INVALID);
  ASSERT_EQ(get<PFN_xrDestroyActionSet>("xrDestroyActionSet")(action_set), XR_SUCCESS);
  EXPECT_EQ(get<PFN_xrDestroyActionSet>("xrDestroyActionSet")(action_set), XR_ERROR_HANDLE_INVALID);
}
TEST_F(DrivenSpace, WhereTheRuntimeHasTheExtensionItIsToldToo) {
  runtime.offered.insert(kHandInteraction);
  begin_input();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/pinch_ext/value");
  EXPECT_EQ(runtime.suggested[kHandsProfile].size(), 2u);
  wear(false, true);
  attach();
  set_below(value, kLeft, {true, 0.7f, true, 42});
  sync();
  const XrActionStateFloat state = number(value);
  EXPECT_FLOAT_EQ(state.currentState, 0.7f);
  EXPECT_EQ(state.changedSinceLastSync, XR_TRUE) << "its own answer, as it is";
  EXPECT_EQ(state.lastChangeTime, 42);
}
TEST_F(DrivenSpace, WithoutAServiceTheRuntimesExtensionIsNotTouched) {
  runtime.offered.insert(kHandInteraction);
  begin({kHandInteraction});
  for (const char* name : {"xrGetActionStateFloat", "xrGetCurrentInteractionProfile",
                           "xrLocateSpace", "xrAttachSessionActionSets"}) {
    PFN_xrVoidFunction below = nullptr;
    ASSERT_EQ(FakeRuntime::get_proc_addr(instance, name, &below), XR_SUCCESS);
    EXPECT_EQ(get<PFN_xrVoidFunction>(name), below) << name;
  }
}
TEST_F(DrivenSpace, WithoutAServiceAndTheRuntimesExtensionTheApplicationGoesOn) {
  begin({kHandInteraction});
  begin_actions();
  const XrAction value = bound(XR_ACTION_TYPE_FLOAT_INPUT, "/input/pinch_ext/value");
  start();
  EXPECT_EQ(number(value).isActive, XR_FALSE);
  EXPECT_EQ(profile(), "");
}

}  // namespace
}  // namespace tactus::layer_test
