// One hand presses, the other stays away: the right glove, at the right time, within the limits.
#include "tactus/pipeline.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <optional>

#include "support/shapes.h"
#include "tactus/simulator/sensors.h"

namespace tactus {
namespace {

constexpr float kBall_m = 0.10f;
constexpr HostTime kPress{1400ms};  ///< the pressing hand begins to come down

/// Palm down; the left hand comes down onto the ball, the right one keeps half a metre away, or lies
/// where the left one comes down.
simulator::TrueHand truth(Hand hand, double t_s, bool folds) {
  simulator::TrueHand out;
  out.hand = hand;
  const bool presses = hand == Hand::Left;
  const double down = 0.5 - 0.5 * std::cos(M_PI * std::clamp((t_s - 1.4) / 0.2, 0.0, 1.0));
  out.T_world_wrist.p = {presses ? 0.0 : 0.5, kBall_m + 0.06 - 0.04 * down, 0.10};
  if (folds && !presses) out.T_world_wrist.p = {0.0, kBall_m - 0.01, 0.10};
  return out;
}

struct PipelineTest : ::testing::Test {
  struct Side {
    explicit Side(Hand hand) : glove(5 + index(hand), hand), tracker(9 + index(hand), hand) {}
    simulator::SyntheticGlove glove;
    simulator::SyntheticTracker tracker;
  };

  PipelineTest() {
    const auto shape = testing::make_ellipsoid({0.12f, kBall_m, 0.15f}, 24, 48);
    model = build_model(shape.view());
    surface = DeformedBody(model);
    const Pose T_world_bone;
    EXPECT_TRUE(skin(model, HostTime{}, {&T_world_bone, 1}, surface));
    for (Side& side : sides) {
      HandProfile& profile = state->profiles[static_cast<std::size_t>(&side - sides)];
      profile = side.glove.nominal_profile();
      side.tracker.describe(profile);
    }
  }

  /// Sensors and one tick a millisecond, until `end`.
  void run_until(HostTime end) {
    const BodyInterval body{&model, &surface, &surface, 1.0f};
    while (now < end) {
      now += 1ms;
      const auto ms = now.time_since_epoch() / 1ms;
      const double t_s = seconds(now.time_since_epoch());
      for (const Hand hand : {Hand::Left, Hand::Right}) {
        Side& side = sides[index(hand)];
        const auto at = [hand, this](double s) { return truth(hand, s, folds); };
        if (ms % 4 == 0) sense(*state, params, side.glove.sample(at, t_s), now);
        if (ms % 11 == 0 && ms > 21 && seen_as != WristSource::None) see(hand, at, t_s - 0.02);
        if (ms % 10 == 0 && ms > 21 && has_trackers) {
          sense(*state, params, side.tracker.sample(at, t_s - side.tracker.faults().latency_s),
                now);
        }
      }
      if (head) {
        head->t = now - 5ms;
        hear(state->body, *head);
      }
      tick(*state, params, {&body, surface_is_there ? 1u : 0u}, now, out);
      for (const Hand hand : {Hand::Left, Hand::Right}) {
        listen(out.frames[index(hand)], loudest[index(hand)]);
        listen(out.garment[index(hand)], loudest_garment[index(hand)]);
      }
      for (const Contact& contact : out.contacts) {
        if (first_contact == HostTime{}) first_contact = contact.t_since;
        EXPECT_EQ(contact.hand, Hand::Left);
      }
    }
  }

  static void listen(const TactileFrame& frame, float& most) {
    for (const auto& wave : frame.wave) {
      for (const float sample : wave) most = std::max(most, std::fabs(sample));
    }
  }

  /// As a runtime would tell of it, 20 ms late.
  template <class Truth>
  void see(Hand hand, const Truth& at, double t_s) {
    const simulator::Pose3d T = at(t_s).T_world_wrist;
    SeenWrist seen{HostTime(from_seconds(t_s)), hand, seen_as, true, {}};
    seen.T_world_seen.q = {float(T.q.x), float(T.q.y), float(T.q.z), float(T.q.w)};
    seen.T_world_seen.p = {float(T.p.x), float(T.p.y), float(T.p.z)};
    seen.T_world_seen = moved * seen.T_world_seen;
    if (seen_as == WristSource::Controller) {
      seen.T_world_seen = seen.T_world_seen * state->profiles[index(hand)].T_wrist_tracker;
    }
    sense(*state, params, seen, now);
  }

  /// How far the wrist of the right hand is from where it is.
  [[nodiscard]] float wrist_error_m() const {
    const auto T = truth(Hand::Right, seconds(now.time_since_epoch()), folds).T_world_wrist;
    const Vec3 p = out.poses[1].T_world_joint[index(HandJoint::Wrist)].p;
    return length(p - Vec3{float(T.p.x), float(T.p.y), float(T.p.z)});
  }

  bool surface_is_there = true;
  bool folds = false;  ///< the hand that keeps away lies under the one that comes down
  bool has_trackers = true;
  WristSource seen_as = WristSource::None;
  Pose moved;  ///< what the runtime sees is off by this
  PipelineParams params;
  std::unique_ptr<PipelineState> state = std::make_unique<PipelineState>();
  Side sides[kHands] = {Side(Hand::Left), Side(Hand::Right)};
  BodyModel model;
  DeformedBody surface;
  TickOutput out;
  HostTime now{}, first_contact{};
  std::optional<SeenHead> head;  ///< as a headset stands, told each tick
  float loudest[kHands] = {0, 0}, loudest_garment[kHands] = {0, 0};
};

TEST_F(PipelineTest, TheHandThatTouchesIsTheHandThatFeels) {
  run_until(kPress + 700ms);
  EXPECT_GT(loudest[index(Hand::Left)], 0.05f);
  EXPECT_EQ(loudest[index(Hand::Right)], 0.0f);
}

TEST_F(PipelineTest, AHandWhoseSkinIsKeenerIsGivenLess) {
  run_until(kPress + 300ms);
  const float norm = loudest[index(Hand::Left)];
  struct Again : PipelineTest {
    void TestBody() override {}
  } other;
  other.params.feel.threshold_db[index(Hand::Left)].fill(-12);
  other.run_until(kPress + 300ms);
  EXPECT_GT(other.loudest[index(Hand::Left)], 0);
  EXPECT_LT(other.loudest[index(Hand::Left)], 0.6f * norm);
}

TEST_F(PipelineTest, PosesAreOfTheTickAndTouchOfTheInstantItIsFelt) {
  run_until(kPress);
  EXPECT_EQ(out.poses[0].t, now);
  EXPECT_EQ(out.frames[0].t, now);
  while (first_contact == HostTime{} && now < kPress + 700ms) run_until(now + 1ms);
  EXPECT_EQ(first_contact, now + params.actuator_delay);
}

TEST_F(PipelineTest, WhateverIsTouchedTheLimitHasTheLastWord) {
  run_until(kPress + 300ms);
  EXPECT_LE(loudest[index(Hand::Left)], params.limit.unvalidated_ceiling);
  allow(state->limit[index(Hand::Left)], Allowed::Stopped);
  run_until(now + 20ms);
  loudest[index(Hand::Left)] = 0;
  run_until(now + 100ms);
  EXPECT_FALSE(out.contacts.empty());
  EXPECT_EQ(loudest[index(Hand::Left)], 0.0f);
}

TEST_F(PipelineTest, AHandWithoutATrackerOfOursIsWhereTheRuntimeSeesIt) {
  constexpr float kRight_m = 0.004f;
  for (const WristSource source : {WristSource::Hand, WristSource::Controller}) {
    *state = PipelineState{.profiles = state->profiles};
    now = {};
    has_trackers = false;
    seen_as = source;
    run_until(HostTime(1s));
    EXPECT_EQ(out.poses[1].origin, PoseOrigin::Measured);
    EXPECT_LT(wrist_error_m(), kRight_m);
  }
}

TEST_F(PipelineTest, ATrackerOfOursComesBeforeWhatTheRuntimeSees) {
  constexpr float kRight_m = 0.004f;
  seen_as = WristSource::Hand;
  moved.p = {0.3f, 0, 0};
  run_until(HostTime(1s));
  EXPECT_LT(wrist_error_m(), kRight_m);
  const std::uint32_t epoch = out.poses[1].epoch;
  has_trackers = false;  // it falls silent: half a second later the runtime is believed
  run_until(now + kSourceSilence);
  EXPECT_LT(wrist_error_m(), 0.1f);
  run_until(now + 300ms);
  EXPECT_NEAR(wrist_error_m(), moved.p.x, kRight_m);
  EXPECT_GT(out.poses[1].epoch, epoch) << "nobody interpolates across it";
  has_trackers = true;
  run_until(now + 300ms);
  EXPECT_LT(wrist_error_m(), kRight_m);
}

TEST_F(PipelineTest, TheSideOfTheChestThatTouchesIsTheSideOfTheGarmentThatFeels) {
  run_until(HostTime(100ms));
  EXPECT_TRUE(out.wearer_contacts.empty()) << "without a headset there is no chest";
  head = SeenHead{{}, true, {{}, {0.16f, 0.40f, -0.04f}}, {}, {}};
  run_until(now + 100ms);
  EXPECT_EQ(out.body.t, now + params.actuator_delay);
  ASSERT_FALSE(out.wearer_contacts.empty());
  for (const Contact& contact : out.wearer_contacts) EXPECT_EQ(contact.hand, Hand::Left);
  EXPECT_GT(loudest_garment[index(Hand::Left)], 0.05f);
  EXPECT_EQ(loudest_garment[index(Hand::Right)], 0.0f);
  EXPECT_LE(loudest_garment[index(Hand::Left)], params.limit.unvalidated_ceiling);
  EXPECT_FALSE(out.hug.holds) << "a chest without arms is no hug";
  head.reset();  // no longer heard of: carried on for a moment, then not known
  run_until(now + params.body.head_late + params.body.solver.predict + 20ms);
  EXPECT_TRUE(out.wearer_contacts.empty());
  loudest_garment[index(Hand::Left)] = 0;
  run_until(now + 20ms);
  EXPECT_EQ(loudest_garment[index(Hand::Left)], 0.0f);
}

TEST_F(PipelineTest, OwnHandsAreToldOfEachOtherAndAreNoContactWithABody) {
  surface_is_there = false;
  folds = true;
  params.own_hands = 0.5f;
  run_until(kPress + 700ms);
  EXPECT_TRUE(out.contacts.empty());
  ASSERT_EQ(out.own_contacts.size(), 2u);
  EXPECT_GT(loudest[index(Hand::Left)], 0.02f);
  EXPECT_GT(loudest[index(Hand::Right)], 0.02f);
  const float half = loudest[index(Hand::Left)];
  params.own_hands = 0;
  *state = PipelineState{.profiles = state->profiles};
  now = {};
  loudest[0] = loudest[1] = 0;
  run_until(kPress + 700ms);
  ASSERT_EQ(out.own_contacts.size(), 2u);
  EXPECT_EQ(loudest[index(Hand::Left)], 0.0f) << "with half: " << half;
}

TEST_F(PipelineTest, ACopyOfTheStateIsASnapshot) {
  run_until(kPress + 300ms);
  const auto copy = std::make_unique<PipelineState>(*state);
  const BodyInterval body{&model, &surface, &surface, 1.0f};
  TickOutput first, second;
  tick(*state, params, {&body, 1}, now + 1ms, first);
  tick(*copy, params, {&body, 1}, now + 1ms, second);
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    EXPECT_EQ(first.frames[hand].wave, second.frames[hand].wave);
  }
}

}  // namespace
}  // namespace tactus
