// [design] the runtime as a tracker: sampled in the past, for gloves that have no tracker of their
// own; nothing is created for it.
#include "hand_fixture.h"

namespace tactus::layer_test {
namespace {

constexpr float kSame_m = 1e-4f;
constexpr XrTime kLead = 30'000'000;  ///< of the display, before now

class SeenWrist : public HandTest {
 protected:
  void begin_with_runtimes_hands() {
    runtime.offered.insert(kHandTracking);
    runtime.predicted = kNow + kLead;
    runtime.hand = {.T_stage_space = {axis_angle({0, 0, 1}, 0.3f), {0.2f, 1.1f, -0.3f}},
                    .v_stage = {1, 0, 0}};
    begin_with_gloves();
  }

  /// An application's space at the grip of its left controller.
  void hold_controller(const Pose& T_grip_space,
                       const char* binding = "/user/hand/left/input/grip/pose") {
    begin_actions();
    const XrAction action =
        make_action(XR_ACTION_TYPE_POSE_INPUT, {binding, "/user/hand/right/input/grip/pose"});
    const Quat q = T_grip_space.q;
    const Vec3 p = T_grip_space.p;
    const XrActionSpaceCreateInfo space_info{XR_TYPE_ACTION_SPACE_CREATE_INFO,
                                             nullptr,
                                             action,
                                             path("/user/hand/left"),
                                             {{q.x, q.y, q.z, q.w}, {p.x, p.y, p.z}}};
    XrSpace space = XR_NULL_HANDLE;
    ASSERT_EQ(get<PFN_xrCreateActionSpace>("xrCreateActionSpace")(session, &space_info, &space),
              XR_SUCCESS);
  }

  void expect_nothing_told() {
    wait_frame();
    wait_frame();
    enter(XR_SESSION_STATE_VISIBLE);  // a message that comes after
    ASSERT_TRUE(service->await(ipc::Kind::Focus, 2));
    EXPECT_TRUE(service->received(ipc::Kind::WristSeen).empty());
  }
};

TEST_F(SeenWrist, TheRuntimesHandOfAPastTimePlacesAGloveWithoutATracker) {
  begin_with_runtimes_hands();
  tracker(XR_HAND_LEFT_EXT);
  wait_frame();
  ASSERT_TRUE(service->await(ipc::Kind::WristSeen, 1));
  const auto seen = service->received(ipc::Kind::WristSeen)[0].head<ipc::WristSeen>();
  EXPECT_EQ(seen.hand, 0u);
  EXPECT_EQ(seen.as, ipc::SeenAs::Hand);
  EXPECT_EQ(seen.tracked, 1u);
  const Duration late = host(kNow) - HostTime(Duration(seen.t_ns));
  EXPECT_GE(late, 30ms) << "nothing that a runtime predicts";
  EXPECT_LE(late, 50ms) << "and nothing that it may have forgotten";
  const double t_s =
      seconds(host(kNow).time_since_epoch() - late) - 1e-9 * double(runtime.offset_ns);
  const Vec3 p = runtime.hand.T_stage_space.p + static_cast<float>(t_s) * runtime.hand.v_stage;
  EXPECT_LT(length(seen.T_world_seen.p - p), kSame_m);
}

TEST_F(SeenWrist, AControllersGripComesFirstWhereverTheApplicationsSpaceSits) {
  begin_with_runtimes_hands();
  tracker(XR_HAND_LEFT_EXT);
  runtime.grip.T_stage_space = {axis_angle({1, 0, 0}, -0.5f), {0.4f, 1.0f, -0.2f}};
  hold_controller({axis_angle({0, 1, 0}, 0.8f), {0.05f, -0.02f, 0.1f}});
  wait_frame();
  ASSERT_TRUE(service->await(ipc::Kind::WristSeen, 1));
  const auto seen = service->received(ipc::Kind::WristSeen)[0].head<ipc::WristSeen>();
  EXPECT_EQ(seen.as, ipc::SeenAs::Controller);
  EXPECT_LT(length(seen.T_world_seen.p - runtime.grip.T_stage_space.p), kSame_m);
  const Quat turn = conjugate(runtime.grip.T_stage_space.q) * seen.T_world_seen.q;
  EXPECT_LT(length(log_rotation(turn)), kSame_m);
}

TEST_F(SeenWrist, AControllerThatIsNotTrackedIsNotTold) {
  begin_with_runtimes_hands();
  runtime.grip.flags = 0x3;
  hold_controller({});
  expect_nothing_told();
}

TEST_F(SeenWrist, TheSurfaceOfAGripIsNoGrip) {
  begin_with_runtimes_hands();
  hold_controller({}, "/user/hand/left/input/grip_surface/pose");
  expect_nothing_told();
}

TEST_F(SeenWrist, AHandThatIsNotSeenIsNotTold) {
  begin_with_runtimes_hands();
  tracker(XR_HAND_LEFT_EXT);
  runtime.hand.flags = 0;
  expect_nothing_told();
}

TEST_F(SeenWrist, AGloveWithATrackerNeedsNone) {
  begin_with_runtimes_hands();
  tracker(XR_HAND_LEFT_EXT);
  service->beat(host(kNow), true, true, true);
  const int calls = runtime.locate_hand_calls;
  expect_nothing_told();
  EXPECT_EQ(runtime.locate_hand_calls, calls);
}

TEST_F(SeenWrist, NothingIsCreatedForIt) {
  begin_with_runtimes_hands();
  wait_frame();
  EXPECT_TRUE(runtime.trackers.empty());
  EXPECT_EQ(runtime.locate_hand_calls, 0);
  expect_nothing_told();
}

}  // namespace
}  // namespace tactus::layer_test
