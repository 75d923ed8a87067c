// [design] arbitration per hand: a glove, or the runtime's own hand; no jump over 2 cm, and no back
// and forth. Frames at 90 Hz, the application asks for each hand once a frame.
#include <atomic>
#include <thread>

#include "hand_fixture.h"

namespace tactus::layer_test {
namespace {

constexpr XrTime kFrame = 11'111'111;
constexpr float kJump_m = 0.02f;
constexpr float kSame_m = 1e-5f;

class HandSwitch : public HandTest {
 protected:
  void begin_with_both() {
    runtime.offered.insert(kHandTracking);
    begin_with_gloves();
    for (Pose& T : left.T_world_joint) T.p = glove_place;
    left.v_world_joint = {};
    left.omega_world_joint = {};
    runtime.hand.T_stage_space = {axis_angle({0, 0, 1}, 0.3f), glove_place + Vec3{0.08f, 0, 0.05f}};
    lefty = tracker(XR_HAND_LEFT_EXT);
  }

  /// One frame later: the glove is on or off, and says how it knows its place.
  void step(bool is_glove_on, PoseOrigin origin = PoseOrigin::Measured) {
    time += kFrame;
    left.t = host(time);
    left.origin = origin;
    ipc::publish(service->published(), left);
    service->beat(host(time), is_glove_on, false);
    ask(stage);
    const Vec3 p = vec(joints.location[5].pose.position);
    if (joints.locations.isActive == XR_TRUE && was_active) {
      jump_m = std::max(jump_m, length(p - p_last));
    }
    was_active = joints.locations.isActive == XR_TRUE;
    p_last = p;
  }
  void ask(XrSpace base) { ASSERT_EQ(locate(lefty, base, joints, time), XR_SUCCESS); }
  void steps(int count, bool is_glove_on, PoseOrigin origin = PoseOrigin::Measured) {
    for (int i = 0; i < count; ++i) step(is_glove_on, origin);
  }
  [[nodiscard]] float from_glove_m() const {
    return length(vec(joints.location[5].pose.position) - glove_place);
  }
  [[nodiscard]] float from_runtime_m() const {
    return length(vec(joints.location[5].pose.position) - runtime.hand.T_stage_space.p);
  }

  Vec3 glove_place{0.1f, 1.2f, -0.4f};
  XrHandTrackerEXT lefty = XR_NULL_HANDLE;
  XrTime time = kNow;
  Joints joints;
  Vec3 p_last;
  bool was_active = false;
  float jump_m = 0;
};

TEST_F(HandSwitch, AGloveTakenOffGlidesIntoTheRuntimesHandWhichThenAnswersAlone) {
  begin_with_both();
  steps(10, true);
  EXPECT_LT(from_glove_m(), kSame_m);
  EXPECT_EQ(runtime.locate_hand_calls, 0) << "a sure glove asks nobody";
  steps(5, false);
  EXPECT_GT(from_glove_m(), kSame_m);
  EXPECT_GT(from_runtime_m(), kSame_m);
  EXPECT_FLOAT_EQ(joints.location[5].radius, kRuntimeHandMark_m);
  steps(60, false);
  EXPECT_LT(jump_m, kJump_m);
  const Pose T = runtime.hand.T_stage_space;
  EXPECT_EQ(joints.location[5].pose.position.x, T.p.x) << "its own answer, untouched";
  EXPECT_EQ(joints.location[5].pose.orientation.z, T.q.z);
}

TEST_F(HandSwitch, AGlovePutOnWaitsAMomentAndGlidesIn) {
  begin_with_both();
  steps(10, false);
  EXPECT_LT(from_runtime_m(), kSame_m);
  steps(10, true);
  EXPECT_LT(from_runtime_m(), kSame_m) << "not before it has been there for 200 ms";
  steps(90, true);
  EXPECT_LT(from_glove_m(), kSame_m);
  EXPECT_LT(jump_m, kJump_m);
  const int calls = runtime.locate_hand_calls;
  steps(10, true);
  EXPECT_EQ(runtime.locate_hand_calls, calls) << "the runtime is asked no more";
}

TEST_F(HandSwitch, AGloveThatLostItsPlaceYieldsToAHandThatIsSeen) {
  begin_with_both();
  steps(10, true);
  steps(10, true, PoseOrigin::Predicted);
  EXPECT_LT(from_glove_m(), kSame_m) << "for a moment it is believed";
  steps(90, true, PoseOrigin::Held);
  EXPECT_LT(from_runtime_m(), kSame_m);
  EXPECT_LT(jump_m, kJump_m);
}

TEST_F(HandSwitch, AGloveThatLostItsPlaceStaysWhereNothingIsSeen) {
  begin_with_both();
  runtime.hand.flags = 0;
  steps(10, true);
  steps(90, true, PoseOrigin::Held);
  EXPECT_LT(from_glove_m(), kSame_m);
  EXPECT_EQ(joints.location[5].locationFlags & XR_SPACE_LOCATION_POSITION_TRACKED_BIT, 0u);
}

TEST_F(HandSwitch, ALooseContactIsNoFlicker) {
  begin_with_both();
  steps(20, false);
  for (int i = 0; i < 20; ++i) {  // on for 110 ms, off for 110 ms
    steps(10, true);
    steps(10, false);
  }
  EXPECT_LT(from_runtime_m(), kSame_m);
  EXPECT_LT(jump_m, kSame_m);
}

TEST_F(HandSwitch, AKilledServiceIsAGloveTakenOff) {
  begin_with_both();
  steps(10, true);
  const Vec3 before = vec(joints.location[5].pose.position);
  stop_service();
  for (int i = 0; i < 90; ++i) {
    time += kFrame;
    wait_frame();
    ask(stage);
    if (i == 0) {
      EXPECT_LT(length(vec(joints.location[5].pose.position) - before), kJump_m);
    }
  }
  EXPECT_LT(from_runtime_m(), kSame_m);
}

TEST_F(HandSwitch, OfAnUnfocusedSessionNothingIsRemembered) {
  begin_with_both();
  steps(10, true);
  enter(XR_SESSION_STATE_VISIBLE);
  steps(1, true);
  expect_inactive(joints);
  enter(XR_SESSION_STATE_FOCUSED);
  steps(1, true);
  EXPECT_LT(from_glove_m(), kSame_m);
}

// The law: a velocity is how the located place changes, in the midst of a change and whatever moves.
TEST_F(HandSwitch, VelocitiesAreThoseOfTheGlideSeenFromAMovingBase) {
  constexpr XrTime kStep = 1'000'000;
  constexpr float kSpeed_m_per_s = 0.02f, kTurn_rad_per_s = 0.05f;
  begin_with_both();
  runtime.hand.v_stage = {0.2f, -0.1f, 0.3f};
  runtime.hand.omega_stage = {0.1f, 0.6f, -0.2f};
  const XrSpace base =
      runtime.add_space({.T_stage_space = {axis_angle({1, 1, 0}, 0.7f), {0.3f, 1.4f, 0.1f}},
                         .v_stage = {0.4f, -0.2f, 0.9f},
                         .omega_stage = {0.5f, -1.2f, 0.8f}});
  steps(10, true);
  steps(5, false);
  for (int i = 0; i < 5; ++i) {
    Joints before, after;
    ASSERT_EQ(locate(lefty, base, before, time), XR_SUCCESS);
    time += kStep;
    ASSERT_EQ(locate(lefty, base, after, time), XR_SUCCESS);
    const auto per_s = 1e9f / static_cast<float>(kStep);
    for (std::size_t j = 0; j < after.location.size(); ++j) {
      const XrPosef &from = before.location[j].pose, &to = after.location[j].pose;
      const Vec3 v = per_s * (vec(to.position) - vec(from.position));
      const Vec3 omega =
          per_s * log_rotation(quat(to.orientation) * conjugate(quat(from.orientation)));
      EXPECT_LT(length(vec(after.velocity[j].linearVelocity) - v), kSpeed_m_per_s) << j;
      EXPECT_LT(length(vec(after.velocity[j].angularVelocity) - omega), kTurn_rad_per_s) << j;
    }
  }
}

// ThreadSanitizer watches.
TEST_F(HandSwitch, ThreadsThatAskAtOnceAllGetAHandBetweenTheTwo) {
  begin_with_both();
  steps(2, true);
  const float way_m = length(runtime.hand.T_stage_space.p - glove_place);
  std::atomic<int> wrong{0}, asked{0};
  std::atomic<XrTime> now{time};
  std::atomic<bool> is_over{false};
  const auto ask_on = [&] {
    Joints mine;
    while (!is_over) {
      const bool is_given = locate(lefty, stage, mine, now) == XR_SUCCESS;
      const float away_m = length(vec(mine.location[5].pose.position) - glove_place);
      wrong += is_given && mine.locations.isActive == XR_TRUE && away_m < way_m + kSame_m ? 0 : 1;
      ++asked;
    }
  };
  std::thread askers[] = {std::thread(ask_on), std::thread(ask_on), std::thread(ask_on)};
  for (int i = 0; i < 400; ++i) {
    left.t = host(time += kFrame);
    ipc::publish(service->published(), left);
    service->beat(host(time), i / 40 % 2 == 0, false);
    now = time;
    for (const int before = asked; asked < before + 3;) std::this_thread::yield();
  }
  is_over = true;
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(wrong, 0);
  EXPECT_GT(runtime.locate_hand_calls, 0);
}

}  // namespace
}  // namespace tactus::layer_test
