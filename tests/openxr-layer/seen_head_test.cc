// [design] the runtime as a tracker: the headset of a past time, for the body.
#include "body_fixture.h"

namespace tactus::layer_test {
namespace {

constexpr float kSame = 1e-4f;

class SeenHead : public HandTest {
 protected:
  SeenHead() {
    runtime.head = {.T_stage_space = {axis_angle({0, 1, 0}, 0.4f), {0.1f, 1.6f, 0.2f}},
                    .v_stage = {0.5f, 0, -0.25f},
                    .omega_stage = {0, 0.75f, 0}};
  }
  void expect_nothing_told() {
    wait_frame();
    wait_frame();
    enter(XR_SESSION_STATE_VISIBLE);  // a message that comes after
    ASSERT_TRUE(service->await(ipc::Kind::Focus, 2));
    EXPECT_TRUE(service->received(ipc::Kind::HeadSeen).empty());
  }
};

TEST_F(SeenHead, OfAPastTimeIsToldOnceAFrameWithItsSpeed) {
  begin_with_gloves({kBodyFb});
  wait_frame();
  ASSERT_TRUE(service->await(ipc::Kind::HeadSeen, 1));
  const auto seen = service->received(ipc::Kind::HeadSeen)[0].head<ipc::HeadSeen>();
  const Duration late = host(kNow) - HostTime(Duration(seen.t_ns));
  EXPECT_GT(late, 0ms) << "nothing that a runtime predicts";
  EXPECT_LE(late, 20ms);
  EXPECT_EQ(seen.tracked, 1u);
  const FakeSpace& truth = runtime.head;
  const double t_s = 1e-9 * double(seen.t_ns - runtime.offset_ns);
  const auto dt_s = static_cast<float>(t_s);
  EXPECT_LT(length(seen.T_world_head.p - truth.T_stage_space.p - dt_s * truth.v_stage), kSame);
  EXPECT_LT(length(seen.v_world_head - truth.v_stage), 1e-2f);
  EXPECT_LT(length(seen.omega_world_head - truth.omega_stage), 1e-2f);
}

TEST_F(SeenHead, OfARuntimeThatTellsNoSpeedIsToldAtRest) {
  runtime.head.tells_velocity = false;
  begin_with_gloves({kBodyFb});
  wait_frame();
  ASSERT_TRUE(service->await(ipc::Kind::HeadSeen, 1));
  const auto seen = service->received(ipc::Kind::HeadSeen)[0].head<ipc::HeadSeen>();
  EXPECT_EQ(length(seen.v_world_head), 0.0f);
  EXPECT_EQ(length(seen.omega_world_head), 0.0f);
}

TEST_F(SeenHead, ThatIsNotTrackedIsNotTold) {
  runtime.head.flags = 0x3;
  begin_with_gloves({kBodyFb});
  expect_nothing_told();
}

TEST_F(SeenHead, OfAnApplicationWhoseBodiesAreTouchedIsTold) {
  begin_with_gloves({kTouch});
  wait_frame();
  EXPECT_TRUE(service->await(ipc::Kind::HeadSeen, 1));
}

TEST_F(SeenHead, OfAnApplicationThatNeedsNoBodyIsNotTold) {
  begin_with_gloves();
  expect_nothing_told();
}

TEST_F(SeenHead, IsNotAskedForWithoutAGlove) {
  begin_with_gloves({kBodyFb});
  service->beat(host(kNow), false, false);
  const int calls = runtime.locate_space_calls;
  wait_frame();
  const int of_local = runtime.locate_space_calls - calls;
  expect_nothing_told();
  EXPECT_EQ(runtime.locate_space_calls - calls, 3 * of_local) << "LOCAL alone, once a frame";
}

}  // namespace
}  // namespace tactus::layer_test
