// The engine from bytes to bytes: it feels, it falls silent, it allocates nothing.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>

#include "session.h"
#include "support/shapes.h"

namespace tactus::service::tests {
namespace {

constexpr Duration kSilence = 50ms;  ///< from any death to drive 0

struct EngineTest : ::testing::Test {
  std::unique_ptr<Engine> engine = std::make_unique<Engine>(PipelineParams{}, nullptr);
  Session session{*engine};

  float loudest_between(HostTime from, HostTime to) {
    float loudest = 0;
    session.run_until(from);
    session.run_until(to, [&](const Step& step) {
      drive(*engine, step);
      for (const Hand hand : {Hand::Left, Hand::Right}) {
        for (const float a : session.glove(hand).amplitude()) loudest = std::max(loudest, a);
      }
    });
    return loudest;
  }
};

TEST_F(EngineTest, PressesAreFeltAndGlovesGetNothingTheyMustNotGet) {
  EXPECT_GT(loudest_between(HostTime(1s), HostTime(4s)), 0.05f);
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    EXPECT_EQ(session.glove(hand).violations().total(), 0u);
  }
  EXPECT_EQ(engine->reports_dropped(), 0u);
  EXPECT_EQ(engine->memory().counts.reports_bad, 0u);
}

TEST_F(EngineTest, AnApplicationThatFallsSilentFadesOut) {
  session.run_until(HostTime(2s));
  session.silence_application();
  session.run_until(HostTime(2s) + kBodySilence + kBodyFade + kSilence);
  EXPECT_EQ(loudest_between(session.now(), session.now() + 1s), 0.0f);
}

TEST_F(EngineTest, LosingFocusSilencesWithinTheLimit) {
  session.run_until(HostTime(2s));
  engine->focus(1, false, session.now());
  session.run_until(HostTime(2s) + kBodyFade + kSilence);
  EXPECT_EQ(loudest_between(session.now(), session.now() + 1s), 0.0f);
}

TEST_F(EngineTest, StopSilencesWithinTheLimitUntilItIsTakenBack) {
  session.run_until(HostTime(2s));
  engine->allow(Allowed::Stopped, session.now());
  session.run_until(HostTime(2s) + kSilence);
  EXPECT_EQ(loudest_between(session.now(), session.now() + 1s), 0.0f);
  engine->allow(Allowed::Full, session.now());
  EXPECT_GT(loudest_between(session.now(), session.now() + 1s), 0.05f);
}

/// The headset of the focused client, standing still.
SeenHead head_at(HostTime t) { return {t, true, {{}, {0, 1.6f, 0}}, {}, {}}; }

TEST(EngineBody, IsMadeOfTheHeadsetAndTheGlovesAndPublished) {
  auto published = std::make_unique<ipc::Published>();
  auto engine = std::make_unique<Engine>(PipelineParams{}, published.get());
  Session session(*engine, Session::Body::None);
  engine->focus(7, true, HostTime{});
  const auto run = [&](Duration length, bool is_seen) {
    session.run_until(session.now() + length, [&](const Step& step) {
      if (is_seen) engine->see(7, head_at(step.now - 10ms), step.now);
      drive(*engine, step);
    });
  };
  run(500ms, true);
  BodyPose body;
  ASSERT_TRUE(ipc::body_at(published->body, session.now(), body));
  EXPECT_EQ(body.origin[index(BodyJoint::Head)], PoseOrigin::Measured);
  const Vec3 eyes = eyes_of_height(PipelineParams{}.body.profile.proportions.height_m);
  EXPECT_LT(length(body[BodyJoint::Head] * eyes - Vec3{0, 1.6f, 0}), 1e-3f);
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    EXPECT_EQ(body.origin[index(on_side(BodyJoint::LeftWrist, hand))], PoseOrigin::Measured);
    EXPECT_EQ(body.joint_confidence[index(on_side(BodyJoint::LeftKnee, hand))], 0.3f)
        << "no tracker is worn there";
  }
  BodyProportions proportions;
  ASSERT_TRUE(published->proportions.read(proportions));
  EXPECT_TRUE(ipc::is_sound(proportions));

  run(300ms, false);
  ASSERT_TRUE(ipc::body_at(published->body, session.now(), body));
  EXPECT_EQ(body.origin[index(BodyJoint::Head)], PoseOrigin::Held);
  run(100ms, true);
  ASSERT_TRUE(ipc::body_at(published->body, session.now(), body));
  EXPECT_EQ(body.origin[index(BodyJoint::Head)], PoseOrigin::Measured);
}

TEST(EngineBody, OnlyTheFocusedClientsHeadsetOfLateCounts) {
  auto engine = std::make_unique<Engine>(PipelineParams{}, nullptr);
  engine->focus(7, true, HostTime{});
  const HostTime now(5s);
  engine->see(8, head_at(now), now);
  engine->see(7, head_at(now + 1ms), now);
  engine->see(7, head_at(now - 2s), now);
  EXPECT_FALSE(engine->memory().pipeline.body.head.tracked);
  engine->see(7, head_at(now - 1ms), now);
  EXPECT_TRUE(engine->memory().pipeline.body.head.tracked);
}

/// The session's client leans over its ball, both hands on it: only the headset tells of the chest.
TEST(EngineBody, TouchesWhileTheHeadsetIsSeenAndThatIsPublished) {
  auto published = std::make_unique<ipc::Published>();
  auto engine = std::make_unique<Engine>(PipelineParams{}, published.get());
  Session session(*engine);
  const auto run = [&](Duration length, bool is_seen) {
    std::size_t contacts = 0;
    session.run_until(session.now() + length, [&](const Step& step) {
      const SeenHead seen{step.now - 10ms, true, {{}, {0, 0.40f, 0}}, {}, {}};
      if (is_seen) engine->see(engine->memory().focused_client, seen, step.now);
      drive(*engine, step);
      contacts += engine->output().wearer_contacts.size();
    });
    return contacts;
  };
  EXPECT_EQ(run(1s, false), 0u) << "without a headset no chest is known";
  EXPECT_GT(run(1s, true), 1000u);
  EXPECT_EQ(engine->output().body.t, session.now() + PipelineParams{}.actuator_delay);
  for (const Contact& contact : engine->output().wearer_contacts) {
    EXPECT_GE(contact.actuator, static_cast<std::uint8_t>(GarmentCell::ChestUpper));
  }
  ipc::PublishedHolds holds;
  ASSERT_TRUE(ipc::holds_in(published->holds, holds));
  EXPECT_EQ(holds.t_ns, session.now().time_since_epoch().count());
  EXPECT_EQ(holds.wearer.size(), engine->output().wearer_contacts.size());
  EXPECT_EQ(holds.hug.force_N, engine->output().hug.force_N);
  const BodyEstimatorParams params;
  run(params.head_late + params.solver.predict, false);  // carried on for a moment
  EXPECT_EQ(run(1s, false), 0u) << "a headset that was lost tells nothing";
}

TEST(EngineBody, FramesOfTwoCarriersAreNeverMixed) {
  auto engine = std::make_unique<Engine>(PipelineParams{}, nullptr);
  BodyShelf shelf;
  const auto ball = testing::to_bytes(testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 8, 8));
  engine->add_body(*shelf.add({0, 7, ball}), HostTime{});
  const auto show = [&](HostTime t, const Carrier& carrier) {
    FrameArrived said;
    said.t_shown = t;
    said.bone_count = 1;
    said.carrier = carrier;
    SkinnedFrame* frame = shelf.skin(said, t);
    ASSERT_NE(frame, nullptr);
    engine->add_frame(*frame);
  };
  show(HostTime(1s), {});
  show(HostTime(1s + 11ms), {});
  EXPECT_EQ(engine->released().size(), 0u);
  const Carrier hand{1u << index(HandJoint::IndexTip), Hand::Right};
  show(HostTime(1s + 22ms), hand);
  EXPECT_EQ(engine->released().size(), 2u) << "what was in the world is let go";
  EXPECT_EQ(engine->memory().tracks[0].carrier, hand);
  show(HostTime(1s + 33ms), hand);
  EXPECT_EQ(engine->released().size(), 2u);
}

TEST(EngineTrackers, ArePublishedWithWhoWhereAndHow) {
  auto published = std::make_unique<ipc::Published>();
  auto engine = std::make_unique<Engine>(PipelineParams{}, published.get());
  Session session(*engine, Session::Body::None);
  session.run_until(HostTime(1s));
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    const std::size_t slot = 2 * index(hand) + 1;
    const ipc::TrackerHistory& history = published->trackers[slot];
    ipc::WornTracker worn;
    ASSERT_TRUE(history.worn.read(worn));
    EXPECT_EQ(worn.connected, 1);
    EXPECT_EQ(worn.role,
              hand == Hand::Left ? ipc::TrackerRole::LeftWrist : ipc::TrackerRole::RightWrist);
    EXPECT_EQ(worn.serial, engine->memory().devices[slot].serial);
    EXPECT_NE(worn.serial[0], '\0');
    ipc::TrackerAt at;
    ipc::SharedHand shared;
    const HostTime t = session.now() - 40ms;
    ASSERT_TRUE(ipc::tracker_at(history, t, at));
    ASSERT_TRUE(ipc::hand_at(published->hands[index(hand)], t, ipc::Parts::Places, shared));
    const Pose T_world_wrist =
        ipc::to_pose(shared, ipc::Parts::Places).T_world_joint[index(HandJoint::Wrist)];
    const Pose T_wrist_tracker = engine->memory().pipeline.profiles[index(hand)].T_wrist_tracker;
    EXPECT_TRUE(at.is_tracked);
    EXPECT_LT(length(at.T_world_tracker.p - (T_world_wrist * T_wrist_tracker).p), 2e-3f);
    ipc::WornTracker glove;
    ASSERT_TRUE(published->trackers[slot - 1].worn.read(glove));
    EXPECT_EQ(glove.connected, 0) << "a glove is no tracker";
  }
  engine->disconnect(1, session.now());
  session.run_until(session.now() + 2ms);
  ipc::WornTracker gone;
  ASSERT_TRUE(published->trackers[1].worn.read(gone));
  EXPECT_EQ(gone.connected, 0);
}

/// A tracker of the left hand's kind that is worn on the chest: its profile names it.
struct WornOnChest {
  static constexpr DeviceSlot kSlot = 6;
  HandProfile profile;
  TrackerSample sample;
  std::uint32_t sequence = 0;

  WornOnChest() {
    constexpr std::string_view kSerial = "TT1-CHEST";
    std::ranges::copy(kSerial, profile.serial.begin());
    sample.tracked = true;
  }
  void report(Engine& engine, const Pose& T_world, HostTime now) {
    sample.T_universe_tracker = T_world;
    DeviceReport report;
    report.t_arrived = now;
    report.size = tt1::kInputBytes;
    tt1::encode_pose(sample, ++sequence, static_cast<std::uint32_t>(now.time_since_epoch() / 1us),
                     1.0f, std::span(report.bytes).first<tt1::kInputBytes>());
    engine.take(kSlot, report);
  }
};

/// The chest stays where it was solved to be; that a tracker says so makes all of its skin feel.
TEST(EngineTrackers, OneOnTheChestMakesAllOfItsSkinFeel) {
  auto published = std::make_unique<ipc::Published>();
  auto engine = std::make_unique<Engine>(PipelineParams{}, published.get());
  Session session(*engine);
  WornOnChest tracker;
  Pose T_chest;
  const auto run = [&](bool is_worn) {
    std::size_t contacts = 0;
    session.run_until(session.now() + 1s, [&](const Step& step) {
      const SeenHead seen{step.now - 10ms, true, {{}, {0, 0.52f, 0}}, {}, {}};
      engine->see(engine->memory().focused_client, seen, step.now);
      if (is_worn && step.now.time_since_epoch() % 10ms == 0ms) {
        tracker.report(*engine, T_chest, step.now);
      }
      drive(*engine, step);
      contacts += engine->output().wearer_contacts.size();
    });
    return contacts;
  };
  EXPECT_EQ(run(false), 0u);
  T_chest = engine->output().body[BodyJoint::Chest];
  TrackerPlaces places;
  ASSERT_TRUE(place(places, "TT1-CHEST", ipc::TrackerRole::Chest));
  engine->set_trackers(places, session.now());
  engine->connect(tracker.kSlot, DeviceKind::Tt1, Hand::Left, Transport::Usb, tracker.profile,
                  session.now());
  EXPECT_EQ(run(true), 0u) << "nobody said where on the chest it sits";
  ASSERT_TRUE(place(places, "TT1-CHEST", ipc::TrackerRole::Chest, Pose{}));
  engine->set_trackers(places, session.now());
  EXPECT_GT(run(true), 100u);
  EXPECT_EQ(engine->output().body.origin[index(BodyJoint::Chest)], PoseOrigin::Measured);
  EXPECT_LT(length(engine->output().body[BodyJoint::Chest].p - T_chest.p), 2e-3f);
  ipc::WornTracker worn;
  ASSERT_TRUE(published->trackers[tracker.kSlot].worn.read(worn));
  EXPECT_EQ(worn.role, ipc::TrackerRole::Chest);
  ipc::TrackerAt at;
  ASSERT_TRUE(ipc::tracker_at(published->trackers[tracker.kSlot], session.now() - 20ms, at));
  EXPECT_LT(length(at.T_world_tracker.p - T_chest.p), 1e-3f);
}

TEST(EngineTrackers, OneThatIsNotNamedIsAWristsAndOneOfTheBodyIsNot) {
  auto engine = std::make_unique<Engine>(PipelineParams{}, nullptr);
  WornOnChest tracker;
  const Pose T{{}, {1, 2, 3}};
  const auto wrist = [&] {
    return engine->memory().pipeline.wrist_source[index(Hand::Left)].source;
  };
  const auto connect = [&](HostTime now) {
    engine->connect(tracker.kSlot, DeviceKind::Tt1, Hand::Left, Transport::Usb, tracker.profile,
                    now);
  };
  TrackerPlaces places;
  ASSERT_TRUE(place(places, "TT1-CHEST", ipc::TrackerRole::Camera));
  engine->set_trackers(places, HostTime{});
  connect(HostTime{});
  tracker.report(*engine, T, HostTime(10ms));
  EXPECT_NE(wrist(), WristSource::Tracker);
  for (const SeenSegment& seen : engine->memory().pipeline.body.segments) {
    EXPECT_FALSE(seen.tracked) << "a camera is no part of the body";
  }
  engine->set_trackers({}, HostTime(20ms));
  tracker.report(*engine, T, HostTime(30ms));
  EXPECT_EQ(wrist(), WristSource::Tracker);
}

HapticEffect hum(std::uint32_t hands) {
  HapticEffect effect;
  effect.said = {hands, ipc::HapticForm::Tone, 0, 0, 0.3f, 150, Duration(500ms).count()};
  return effect;
}

// Body::None: nothing else is felt.
TEST(EngineHaptics, AreFeltOnTheHandsNamedWhileTheApplicationHasFocus) {
  auto engine = std::make_unique<Engine>(PipelineParams{}, nullptr);
  Session session(*engine, Session::Body::None);
  const auto loudest = [&](Hand hand) {
    float peak = 0;
    session.run_until(session.now() + 100ms, [&](const Step& step) {
      engine->sign(engine->memory().focused_client, step.now);
      drive(*engine, step);
      for (const float a : session.glove(hand).amplitude()) peak = std::max(peak, a);
    });
    return peak;
  };
  session.run_until(HostTime(1s));
  engine->focus(7, true, session.now());
  engine->play(7, hum(2), session.now());
  EXPECT_GT(loudest(Hand::Right), 0.2f);
  EXPECT_EQ(loudest(Hand::Left), 0.0f);
  EXPECT_GT(loudest(Hand::Right), 0.2f);
  engine->focus(7, false, session.now());
  session.run_until(session.now() + kSilence);
  EXPECT_EQ(loudest(Hand::Right), 0.0f);
  engine->play(7, hum(3), session.now());
  EXPECT_EQ(loudest(Hand::Right), 0.0f);
  engine->focus(8, true, session.now());
  engine->play(7, hum(3), session.now());
  EXPECT_EQ(loudest(Hand::Left), 0.0f);
  engine->play(8, hum(3), session.now());
  engine->allow(Allowed::Stopped, session.now());
  session.run_until(session.now() + kSilence);
  EXPECT_EQ(loudest(Hand::Left), 0.0f);
  EXPECT_EQ(session.glove(Hand::Right).violations().total(), 0u);
}

/// From the last sign of life to the last vibration, of an effect that would last half a second.
TEST(EngineHaptics, EndWithTheSignsOfLifeOfTheirApplicationAndOfNoOther) {
  auto published = std::make_unique<ipc::Published>();
  auto engine = std::make_unique<Engine>(PipelineParams{}, published.get());
  Session session(*engine, Session::Body::None);
  session.run_until(HostTime(1s));
  engine->focus(7, true, session.now());
  engine->play(7, hum(1), session.now());
  const HostTime t_last_sign = session.now() + 200ms;
  HostTime t_last_felt;
  session.run_until(session.now() + 1s, [&](const Step& step) {
    if (step.now <= t_last_sign) engine->sign(7, step.now);
    engine->sign(8, step.now);
    drive(*engine, step);
    for (const float a : session.glove(Hand::Left).amplitude()) {
      if (a > 0) t_last_felt = step.now;
    }
    ipc::PublishedState state;
    ASSERT_TRUE(published->state.read(state));
    EXPECT_EQ(state.hangs, step.now - t_last_sign > kSignOfLife ? 1 : 0);
  });
  EXPECT_GE(t_last_felt, t_last_sign + kSignOfLife);
  EXPECT_LE(t_last_felt, t_last_sign + 150ms);
  engine->sign(7, session.now());
  session.run_until(session.now() + 50ms);
  EXPECT_EQ(session.glove(Hand::Left).amplitude(),
            decltype(session.glove(Hand::Left).amplitude()){})
      << "what was cut off stays off";
}

TEST_F(EngineTest, AGloveWhoseServiceIsGoneSilencesItself) {
  session.run_until(HostTime(2s));
  session.unplug();
  session.run_until(HostTime(2s) + kSilence);
  EXPECT_EQ(loudest_between(session.now(), session.now() + 500ms), 0.0f);
}

TEST_F(EngineTest, AnyBytesAreSurvivedAndCounted) {
  session.run_until(HostTime(1s));
  DeviceReport report;
  report.t_arrived = session.now();
  for (int i = 0; i < 2000; ++i) {
    report.size = static_cast<std::uint16_t>(i % 80);
    for (auto& byte : report.bytes) byte = static_cast<std::uint8_t>(i * 31 + byte * 7);
    engine->take(0, report);
    engine->take(static_cast<DeviceSlot>(i % 20), report);
  }
  EXPECT_GT(engine->memory().counts.reports_bad, 2000u);
  EXPECT_GT(loudest_between(HostTime(1s), HostTime(3s)), 0.05f);
}

TEST_F(EngineTest, FramesOutOfOrderAreRefusedAndGivenBack) {
  const auto refused = engine->memory().counts.frames_refused;
  SkinnedFrame early, late;
  early.said.slot = late.said.slot = 1;
  engine->add_frame(early);  // no body in that slot
  EXPECT_EQ(engine->memory().counts.frames_refused, refused + 1);
  ASSERT_EQ(engine->released().size(), 1u);
  EXPECT_EQ(engine->released()[0], &early);
  engine->clear_released();
}

}  // namespace
}  // namespace tactus::service::tests
