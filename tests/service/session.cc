#include "session.h"

#include <cmath>

#include "support/shapes.h"
#include "tactus/service/greeting.h"

namespace tactus::service::tests {
namespace {

constexpr std::uint32_t kClient = 1;
constexpr double kPeriod_s = 0.8;  // of one press
constexpr float kBallRadius_m = 0.10f;

/// Palm down, gliding from 2 cm above the ball to 6 mm into it and back.
simulator::TrueHand pressing_hand(Hand hand, double t_s) {
  simulator::TrueHand out;
  out.hand = hand;
  const double side = hand == Hand::Left ? -1 : 1;
  const double lift_m = 0.007 + 0.013 * std::cos(2 * M_PI * t_s / kPeriod_s);
  out.T_world_wrist.p = {0.05 * side, kBallRadius_m + 0.028 + lift_m, 0.10};
  return out;
}

}  // namespace

struct Session::Side {
  explicit Side(Hand hand)
      : sensors(7 + index(hand), hand),
        tracker_sensors(17 + index(hand), hand),
        glove({.hand = hand,
               .profile = sensors.nominal_profile(),
               .rise_per_frame =
                   static_cast<float>(tg1::kPlaying.every_ms) * LimitParams{}.envelope_slew +
                   1.0f / 255},
              [this, hand](HostTime t, GloveSample& sample) {
                sample = sensors.sample([hand](double s) { return pressing_hand(hand, s); },
                                        seconds(t.time_since_epoch()));
              }),
        tracker({.hand = hand},
                [this, hand](HostTime t, TrackerSample& sample) {
                  sample =
                      tracker_sensors.sample([hand](double s) { return pressing_hand(hand, s); },
                                             seconds(t.time_since_epoch()));
                }),
        glove_link(glove, {}),
        tracker_link(tracker, {.in_delay = 21ms}),
        slot(static_cast<DeviceSlot>(2 * index(hand))) {
    profile = greet(glove_link)->profile;
    tracker_sensors.describe(profile);
  }

  simulator::SyntheticGlove sensors;
  simulator::SyntheticTracker tracker_sensors;
  simulator::EmulatedTg1 glove;
  simulator::EmulatedTt1 tracker;
  simulator::EmulatedDevice glove_link;
  simulator::EmulatedDevice tracker_link;
  DeviceSlot slot;
  HandProfile profile;
};

void drive(Engine& engine, const Step& step) {
  if (step.frame != nullptr) engine.add_frame(*step.frame);
  for (const Step::Arrival& arrival : step.arrivals) engine.take(arrival.slot, arrival.report);
  engine.tick(step.now);
}

Session::Session(Engine& engine, Body body)
    : engine_(engine), application_speaks_(body == Body::Ball) {
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    sides_[index(hand)] = std::make_shared<Side>(hand);
  }
  if (body == Body::Ball) {
    const auto ball = testing::make_ellipsoid({0.12f, kBallRadius_m, 0.15f}, 24, 48);
    body_ = shelf_.add({0, kClient, testing::to_bytes(ball)});
  }
  introduce(engine_);
}

void Session::introduce(Engine& engine) const {
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    const Side& side = *sides_[index(hand)];
    const auto tracker_slot = static_cast<DeviceSlot>(side.slot + 1);
    engine.connect(side.slot, DeviceKind::Tg1, hand, Transport::Usb, side.profile, HostTime{});
    engine.connect(tracker_slot, DeviceKind::Tt1, hand, Transport::Usb, side.profile, HostTime{});
  }
  if (body_ == nullptr) return;
  engine.add_body(*body_, HostTime{});
  engine.focus(kClient, true, HostTime{});
}

const simulator::EmulatedTg1& Session::glove(Hand hand) const { return sides_[index(hand)]->glove; }

void Session::unplug() {
  for (auto& side : sides_) {
    side->glove_link.unplug();
    engine_.disconnect(side->slot, now_);
  }
}

/// What an application says each 90 Hz frame, for two frames later.
SkinnedFrame* Session::show_body() {
  for (SkinnedFrame* done : engine_.released()) shelf_.give_back(done);
  engine_.clear_released();
  FrameArrived said;
  said.slot = 0;
  said.t_shown = now_ + 22ms;
  said.bone_count = 1;
  said.T_world_bone[0] = Pose{};
  return shelf_.skin(said, now_);
}

void Session::run_until(HostTime t, const std::function<void(const Step&)>& around) {
  while (now_ < t) {
    now_ += kFramePeriod;
    Step step;
    step.now = now_;
    if (application_speaks_ && now_.time_since_epoch() / kFramePeriod % 11 == 0) {
      step.frame = show_body();
    }
    DeviceReport report;
    for (auto& side : sides_) {
      side->glove_link.advance_to(now_);
      while (side->glove_link.receive(report)) step.arrivals.push_back({side->slot, report});
      side->tracker_link.advance_to(now_);
      const auto slot = static_cast<DeviceSlot>(side->slot + 1);
      while (side->tracker_link.receive(report)) step.arrivals.push_back({slot, report});
    }
    around(step);
    for (const OutgoingReport& out : engine_.outgoing()) {
      static_cast<void>(
          sides_[out.device / 2u]->glove_link.write(std::span(out.bytes).first(out.size)));
    }
  }
}

void Session::run_until(HostTime t) {
  run_until(t, [this](const Step& step) { drive(engine_, step); });
}

RecordedSession::RecordedSession(Duration length)
    : engine_(std::make_unique<Engine>(PipelineParams{}, nullptr)), session_(*engine_) {
  session_.run_until(HostTime(length), [this](const Step& step) {
    steps_.push_back(step);
    if (step.frame != nullptr) {
      frames_.push_back(*step.frame);
      steps_.back().frame = &frames_.back();
    }
    drive(*engine_, step);
    contacts_ += engine_->output().contacts.size();
  });
}

}  // namespace tactus::service::tests
