// The drawn hands of a session that presses a ball: solved for the next display, and only where one is.
#include "tactus/service/shown_hands.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "session.h"
#include "support/shapes.h"

namespace tactus::service::tests {
namespace {

constexpr std::uint32_t kClient = 1;  // the session's

class ShownHandsTest : public ::testing::Test {
 protected:
  /// Runs until `t`; the farthest that a wrist gave way.
  float run_until(HostTime t) {
    float most_m = 0;
    session.run_until(t, [&](const Step& step) {
      drive(*engine, step);
      if (step.frame != nullptr) shown.add_frame(step.frame->said, step.now);
      shown.solve(step.now);
      for (const Hand hand : {Hand::Left, Hand::Right}) {
        const HandYield yield = ipc::yield_at(published->yields[index(hand)], step.now + 20ms);
        most_m = std::max(most_m, length(yield.move_world));
      }
    });
    return most_m;
  }
  void add_ball(std::uint32_t client = kClient) {
    const auto ball = testing::make_ellipsoid({0.12f, 0.10f, 0.15f}, 24, 48);
    shown.add_body({0, client, testing::to_bytes(ball)});
  }

  std::unique_ptr<ipc::Published> published = std::make_unique<ipc::Published>();
  std::unique_ptr<Engine> engine = std::make_unique<Engine>(PipelineParams{}, published.get());
  Session session{*engine};
  ShownHands shown{*published};
};

TEST_F(ShownHandsTest, AreSolvedForTheNextDisplay) {
  add_ball();
  EXPECT_GT(run_until(HostTime(3s)), 0.0005f);
  for (const auto& cell : published->yields) {
    ipc::ShownYield said;
    ASSERT_TRUE(cell.read(said));
    EXPECT_GT(said.t, session.now());
    EXPECT_LE(said.t, session.now() + 33ms);
    EXPECT_EQ(said.t - said.t_before, 11ms);
  }
  EXPECT_EQ(shown.refused(), 0u);
}

TEST_F(ShownHandsTest, FadeWhenTheApplicationFallsSilentOrGoes) {
  add_ball();
  run_until(HostTime(2s));
  session.silence_application();
  run_until(HostTime(2s) + 300ms);
  EXPECT_EQ(run_until(HostTime(3s)), 0.0f);
  shown.remove_body(0);
  EXPECT_FALSE(shown.has_bodies());
}

TEST_F(ShownHandsTest, OnlyTheFocusedApplicationsBodiesCount) {
  add_ball(kClient + 1);
  EXPECT_EQ(run_until(HostTime(2s)), 0.0f);
}

TEST_F(ShownHandsTest, FramesOutOfOrderAreRefusedAndCounted) {
  add_ball();
  run_until(HostTime(1s));
  FrameArrived late;
  late.bone_count = 1;
  late.T_world_bone[0] = Pose{};
  shown.add_frame(late, session.now());
  EXPECT_EQ(shown.refused(), 1u);
}

}  // namespace
}  // namespace tactus::service::tests
