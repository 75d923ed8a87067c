#include "tactus/pose/arbitrate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

namespace tactus {
namespace {

constexpr Duration kTick = 4ms;
constexpr float kJump_m = 0.02f;

HandOffer offer(HandSource source, float confidence, Vec3 p = {},
                PoseOrigin origin = PoseOrigin::Measured) {
  HandOffer made{source, confidence, {}};
  made.pose.origin = origin;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    made.pose.T_world_joint[j] = {axis_angle({0, 1, 0}, 10 * p.x),
                                  p + Vec3{0, 0, 0.01f * float(j)}};
  }
  return made;
}

float farthest(const HandPose& a, const HandPose& b) {
  float far_m = 0;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    far_m = std::max(far_m, length(a.T_world_joint[j].p - b.T_world_joint[j].p));
  }
  return far_m;
}

/// Asks every tick, the same offers each time.
struct Asked {
  ArbitrateState state;
  ArbitratedHand hand;
  HostTime t{1s};
  float jump_m = 0;  ///< largest between two answers

  void ask(const std::vector<HandOffer>& offers, Duration length = kTick) {
    for (const HostTime end = t + length; t < end; t += kTick) {
      const ArbitratedHand before = hand;
      hand = arbitrate(state, {}, offers, t);
      if (before.source != HandSource::None) {
        jump_m = std::max(jump_m, farthest(before.pose, hand.pose));
      }
    }
  }
};

TEST(Arbitrate, TheMostConfidentBegins) {
  Asked asked;
  asked.ask({offer(HandSource::Controller, 0.4f), offer(HandSource::Glove, 0.9f, {1, 0, 0})});
  EXPECT_EQ(asked.hand.source, HandSource::Glove);
  EXPECT_EQ(asked.hand.pose.T_world_joint[0].p.x, 1);
}

TEST(Arbitrate, ALittleBetterIsNotEnoughNorAMoment) {
  Asked asked;
  asked.ask({offer(HandSource::Runtime, 0.7f)}, 1s);
  asked.ask({offer(HandSource::Runtime, 0.7f), offer(HandSource::Glove, 0.8f)}, 2s);
  EXPECT_EQ(asked.hand.source, HandSource::Runtime);
  for (int i = 0; i < 10; ++i) {  // much better, but never for long
    asked.ask({offer(HandSource::Runtime, 0.5f), offer(HandSource::Glove, 1)}, 150ms);
    asked.ask({offer(HandSource::Runtime, 0.5f), offer(HandSource::Glove, 0.5f)}, 50ms);
  }
  EXPECT_EQ(asked.hand.source, HandSource::Runtime);
  asked.ask({offer(HandSource::Runtime, 0.5f), offer(HandSource::Glove, 1)}, 250ms);
  EXPECT_EQ(asked.hand.source, HandSource::Glove);
  EXPECT_EQ(asked.state.changes, 1u);
}

TEST(Arbitrate, AChangeIsAGlideNotAJump) {
  constexpr float kArrived_m = 1e-4f;
  for (const float apart_m : {0.005f, 0.05f, 0.4f}) {
    Asked asked;
    asked.ask({offer(HandSource::Glove, 1)}, 1s);
    const auto runtime = offer(HandSource::Runtime, 0.8f, {apart_m, 0, 0});
    asked.ask({runtime}, 2s);  // the glove is silent
    EXPECT_EQ(asked.hand.source, HandSource::Runtime);
    EXPECT_LT(asked.jump_m, kJump_m) << apart_m;
    EXPECT_LT(farthest(asked.hand.pose, runtime.pose), kArrived_m);
    EXPECT_EQ(length(asked.hand.pose.v_world_joint[3]), 0);
  }
}

TEST(Arbitrate, AskedSeldomItStillDoesNotJump) {
  ArbitrateState state;
  HandPose last = arbitrate(state, {}, std::vector{offer(HandSource::Glove, 1)}, HostTime(1s)).pose;
  const std::vector runtime{offer(HandSource::Runtime, 1, {0.1f, 0, 0})};
  for (int k = 0; k < 10; ++k) {
    const HandPose next = arbitrate(state, {}, runtime, HostTime(2s + k * 500ms)).pose;
    EXPECT_LT(farthest(next, last), kJump_m);
    last = next;
  }
  EXPECT_LT(farthest(last, runtime[0].pose), 1e-4f);
}

TEST(Arbitrate, TheGlideShowsInTheVelocity) {
  constexpr float kSpeed_m_per_s = 0.01f;
  Asked asked;
  asked.ask({offer(HandSource::Glove, 1)}, 1s);
  asked.ask({offer(HandSource::Runtime, 1, {0.05f, 0, 0})}, 40ms);
  const HandPose before = asked.hand.pose;
  asked.ask({offer(HandSource::Runtime, 1, {0.05f, 0, 0})});
  const float moved = asked.hand.pose.T_world_joint[5].p.x - before.T_world_joint[5].p.x;
  EXPECT_NEAR(asked.hand.pose.v_world_joint[5].x, moved / seconds(kTick), kSpeed_m_per_s);
}

TEST(Arbitrate, AHeldHandYieldsToOneThatIsSeen) {
  Asked asked;
  asked.ask({offer(HandSource::Glove, 1)}, 1s);
  asked.ask({offer(HandSource::Glove, 1, {}, PoseOrigin::Held), offer(HandSource::Runtime, 0.7f)},
            300ms);
  EXPECT_EQ(asked.hand.source, HandSource::Runtime);
}

TEST(Arbitrate, WithoutOffersItIsHeldThenNone) {
  Asked asked;
  asked.ask({offer(HandSource::Glove, 1, {1, 0, 0})}, 1s);
  asked.ask({}, 100ms);
  EXPECT_EQ(asked.hand.pose.origin, PoseOrigin::Held);
  EXPECT_EQ(asked.hand.source, HandSource::Glove);
  asked.ask({}, 1s);
  EXPECT_EQ(asked.hand.pose.origin, PoseOrigin::None);
  EXPECT_EQ(asked.hand.source, HandSource::None);
  const std::uint32_t epoch = asked.hand.pose.epoch;
  asked.ask({offer(HandSource::Runtime, 1)});  // begins anew, where it is
  EXPECT_EQ(asked.hand.pose.T_world_joint[0].p.x, 0);
  EXPECT_EQ(asked.hand.pose.epoch, epoch + 1);
}

TEST(Arbitrate, ARecentreOfTheSourceIsANewEpochWithoutAGlide) {
  Asked asked;
  auto glove = offer(HandSource::Glove, 1);
  asked.ask({glove}, 1s);
  const std::uint32_t epoch = asked.hand.pose.epoch;
  glove = offer(HandSource::Glove, 1, {0.5f, 0, 0});
  glove.pose.epoch = 7;
  asked.ask({glove});
  EXPECT_EQ(asked.hand.pose.epoch, epoch + 1);
  EXPECT_EQ(asked.hand.pose.T_world_joint[0].p.x, 0.5f);
}

TEST(Arbitrate, BrokenOffersAreNone) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  auto broken = offer(HandSource::Glove, 1);
  broken.pose.T_world_joint[4].p.y = kNaN;
  Asked asked;
  asked.ask({broken, offer(HandSource::Runtime, kNaN), offer(HandSource::Controller, 0.3f)});
  EXPECT_EQ(asked.hand.source, HandSource::Controller);
}

TEST(Arbitrate, RandomSourcesNeverJumpNorChangeOften) {
  std::mt19937 random(2);
  std::uniform_real_distribution<float> uniform(0, 1);
  Asked asked;
  for (int k = 0; k < 5000; ++k) {
    std::vector<HandOffer> offers{offer(HandSource::Controller, 0.3f, {0.03f, 0, 0})};
    if (uniform(random) < 0.9f) offers.push_back(offer(HandSource::Glove, uniform(random)));
    if (k / 500 % 2 == 0) offers.push_back(offer(HandSource::Runtime, 0.9f, {0.06f, 0, 0}));
    asked.ask(offers);
  }
  EXPECT_LT(asked.jump_m, kJump_m);
  EXPECT_LT(asked.state.changes, 50u);
}

}  // namespace
}  // namespace tactus
