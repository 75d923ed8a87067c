// The drawn hand's laws; how well it rests on a moving body is tests/simulator/touch/shown_trial_test.cc.
#include "tactus/contact/shown_hand.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <vector>

#include "reference.h"
#include "support/alloc_guard.h"
#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

constexpr float kBall_m = 0.1f;
constexpr Duration kFrame = 11ms;

struct ShownHand : ::testing::Test {
  ShownHand() {
    EXPECT_TRUE(skin(model, HostTime{}, std::vector<Pose>(shape.bones.size()), before));
    EXPECT_TRUE(skin(model, HostTime{kFrame}, std::vector<Pose>(shape.bones.size()), after));
  }

  testing::Shape shape = testing::make_ellipsoid({kBall_m, kBall_m, kBall_m}, 40, 40);
  BodyModel model = build_model(shape.view());
  DeformedBody before{model}, after{model};
  BodyInterval body{&model, &before, &after, 1.0f};
  std::unique_ptr<ShownHandState> state = std::make_unique<ShownHandState>();
};

/// A flat hand over the top of the ball, its bones at `height_m` above the skin.
HandPose hand_above(float height_m, int frame) {
  HandPose pose;
  pose.t = HostTime{kFrame * frame};
  pose.hand = Hand::Right;
  pose.origin = PoseOrigin::Measured;
  const Pose T_world_wrist{{}, {0, kBall_m + height_m, 0.08f}};
  const auto T_wrist_joint = forward_kinematics(HandProfile{}, Hand::Right, HandAngles{});
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    pose.T_world_joint[j] = T_world_wrist * T_wrist_joint[j];
  }
  return pose;
}

/// The farthest that any joint is from where it is tracked.
float yielded_m(const HandPose& shown, const HandPose& tracked) {
  float most_m = 0;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    most_m = std::max(most_m, length(shown.T_world_joint[j].p - tracked.T_world_joint[j].p));
  }
  return most_m;
}

TEST_F(ShownHand, IsTheTrackedHandInTheAir) {
  const HandPose tracked = hand_above(0.05f, 1);
  const HandPose shown = rest_on_skin(*state, {}, tracked, std::span(&body, 1));
  EXPECT_LT(yielded_m(shown, tracked), 1e-6f);
}

TEST_F(ShownHand, RestsComesBackAndAllocatesNothing) {
  float last_m = 0;
  const testing::AllocGuard guard;
  for (int frame = 1; frame <= 90; ++frame) {
    const float height_m = 0.01f * std::fabs(static_cast<float>(frame - 45)) / 10 - 0.005f;
    const HandPose tracked = hand_above(height_m, frame);
    const HandPose shown = rest_on_skin(*state, {}, tracked, std::span(&body, 1));
    const float yields_m = yielded_m(shown, tracked);
    EXPECT_LT(std::fabs(yields_m - last_m), 0.008f) << frame;
    if (frame == 45) {
      EXPECT_GT(yields_m, 0.01f);
    }
    last_m = yields_m;
  }
  EXPECT_LT(last_m, 0.001f);
  EXPECT_EQ(guard.calls(), 0u);
}

TEST_F(ShownHand, GoesPartOfTheWayOrNone) {
  const HandPose tracked = hand_above(0.005f, 1);
  const auto yields_m = [&](const ShownHandParams& params) {
    ShownHandState fresh;
    return yielded_m(rest_on_skin(fresh, params, tracked, std::span(&body, 1)), tracked);
  };
  const float outer_m = yields_m({});
  EXPECT_GT(outer_m, 0.005f);
  EXPECT_NEAR(yields_m({.mode = ShownMode::Blended}), 0.5f * outer_m, 0.1f * outer_m);
  EXPECT_EQ(yields_m({.mode = ShownMode::Tracked}), 0.0f);
}

TEST_F(ShownHand, WhatIsNoHandIsGivenBack) {
  HandPose tracked = hand_above(0.005f, 1);
  tracked.T_world_joint[7].p.x = std::numeric_limits<float>::quiet_NaN();
  const HandPose shown = rest_on_skin(*state, {}, tracked, std::span(&body, 1));
  EXPECT_TRUE(std::isnan(shown.T_world_joint[7].p.x));
  tracked.T_world_joint[7].p.x = 0;
  HandPose others = shown;
  others.T_world_joint[7].p.x = 0;
  EXPECT_EQ(yielded_m(others, tracked), 0.0f);
}

}  // namespace
}  // namespace tactus
