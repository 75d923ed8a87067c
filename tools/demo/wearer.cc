#include "wearer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "tactus/service/greeting.h"

namespace tactus::tools {
namespace {

constexpr double kGloveCrystal_ppm = 35;  // two cheap crystals differ by this much
constexpr double kTrackerCrystal_ppm = -22;
constexpr float kRounding = 1.0f / 255;  // of an amplitude on the wire

const char* side(Hand hand) { return hand == Hand::Left ? "L" : "R"; }

double seconds_of(HostTime t) { return seconds(t.time_since_epoch()); }

simulator::Tg1Config glove_config(Hand hand, const HandProfile& profile) {
  simulator::Tg1Config config;
  config.hand = hand;
  config.serial = fmt::format("TG1-DEMO-{}", side(hand));
  config.crystal.ppm = kGloveCrystal_ppm;
  config.profile = profile;
  config.rise_per_frame =
      static_cast<float>(tg1::kPlaying.every_ms) * LimitParams{}.envelope_slew + kRounding;
  return config;
}

simulator::Tt1Config tracker_config(Hand hand) {
  simulator::Tt1Config config;
  config.hand = hand;
  config.serial = fmt::format("TT1-DEMO-{}", side(hand));
  config.crystal.ppm = kTrackerCrystal_ppm;
  return config;
}

simulator::LinkParams tracker_link(const simulator::SyntheticTracker& tracker, std::uint64_t seed) {
  simulator::LinkParams link;
  link.in_delay = from_seconds(tracker.faults().latency_s);
  link.in_jitter = 300us;
  link.seed = static_cast<std::uint32_t>(seed);
  return link;
}

simulator::LinkParams glove_link(std::uint64_t seed) {
  simulator::LinkParams link;
  link.in_jitter = 150us;
  link.seed = static_cast<std::uint32_t>(seed + 1);
  return link;
}

}  // namespace

Wearer::Wearer(Hand hand, std::uint64_t seed, simulator::Trajectory truth)
    : hand_(hand),
      truth_(std::move(truth)),
      glove_sensors_(seed, hand),
      tracker_sensors_(seed + 1, hand),
      glove_(glove_config(hand, glove_sensors_.nominal_profile()),
             [this](HostTime t, GloveSample& sample) {
               sample = glove_sensors_.sample(truth_, seconds_of(t));
             }),
      tracker_(tracker_config(hand),
               [this](HostTime t, TrackerSample& sample) {
                 sample = tracker_sensors_.sample(truth_, seconds_of(t));
               }),
      glove_link_(glove_, glove_link(seed + 2)),
      tracker_link_(tracker_, tracker_link(tracker_sensors_, seed + 3)),
      mounting_(hand) {}

Expected<bool, std::string> Wearer::connect(service::Engine& engine, service::DeviceSlot slot,
                                            const std::array<FingerBones, kFingers>& bones,
                                            HostTime now) {
  slot_ = slot;
  auto glove = service::greet(glove_link_);
  if (!glove) return Unexpected{fmt::format("TG1: {}", describe(glove.error()))};
  const auto tracker = service::greet(tracker_link_);
  if (!tracker) return Unexpected{fmt::format("TT1: {}", describe(tracker.error()))};
  profile_ = glove->profile;
  profile_.bones = bones;
  tracker_sensors_.describe(profile_);
  engine.connect(slot, DeviceKind::Tg1, hand_, Transport::Usb, profile_, now);
  engine.connect(static_cast<service::DeviceSlot>(slot + 1), DeviceKind::Tt1, hand_, Transport::Usb,
                 profile_, now);
  return true;
}

void Wearer::advance(service::Engine& engine, HostTime now) {
  DeviceReport report;
  glove_link_.advance_to(now);
  while (glove_link_.receive(report)) {
    engine.take(slot_, report);
    GloveSample sample;
    const auto bytes = std::span(report.bytes).first(report.size);
    if (tg1::decode(decoder_, bytes, sample) == tg1::DecodeResult::Complete && up_wrist_) {
      mounting_.add(sample, *up_wrist_);
    }
  }
  tracker_link_.advance_to(now);
  while (tracker_link_.receive(report)) {
    engine.take(static_cast<service::DeviceSlot>(slot_ + 1), report);
  }
}

bool Wearer::end_hold() {
  up_wrist_.reset();
  return mounting_.end_hold();
}

bool Wearer::fit_profile(service::Engine& engine, HostTime now) {
  if (!mounting_.solve(profile_)) return false;
  engine.set_profile(hand_, profile_, now);
  return true;
}

void Wearer::write(std::span<const std::uint8_t> report) {
  static_cast<void>(glove_link_.write(report));
}

std::vector<Wearer::PlayedMillisecond> Wearer::take_played() {
  std::vector<PlayedMillisecond> done;
  std::uint64_t n = glove_.first_drive();
  for (const simulator::DriveSample& sample : glove_.take_drive()) {
    const std::int64_t ms = glove_.t_drive(n++).time_since_epoch() / 1ms;
    if (ms != open_.ms) {
      if (!samples_.empty()) done.push_back(open_);
      open_ = {ms, {}};
    }
    for (std::size_t a = 0; a < kActuators; ++a) {
      open_.peak[a] = std::max(open_.peak[a], std::fabs(sample[a]));
    }
    samples_.push_back(sample);
  }
  return done;
}

}  // namespace tactus::tools
