#include "glove_port.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numbers>

#include "tactus/drivers/tg1/layout.h"
#include "tactus/drivers/wire.h"
#include "tactus/touch/limit.h"

namespace tactus::hil {
namespace {

constexpr Hand kHand = Hand::Left;
constexpr float kTicksPerFrame = 2;  // a HID glove is sent every second frame of the engine's
constexpr float kRounding = 1e-4f;
constexpr double kPeriod_s = 0.8;    // of one press
constexpr double kBallTop_m = 0.10;  // hil_toucher's ball, around the world's origin

/// Palm down, gliding from 2 cm above the ball to 6 mm into it and back.
simulator::TrueHand pressing_hand(double t_s) {
  simulator::TrueHand out;
  out.hand = kHand;
  const double lift_m = 0.007 + 0.013 * std::cos(2 * std::numbers::pi * t_s / kPeriod_s);
  out.T_world_wrist.p = {-0.05, kBallTop_m + 0.028 + lift_m, 0.10};
  return out;
}

/// Seen at once and never lost: latency is the service's business elsewhere.
constexpr simulator::TrackerFaults kTracker = {.latency_s = 0, .gaps_per_s = 0};

}  // namespace

GlovePort::GlovePort(ReadTimes& times)
    : times_(times),
      t_on_(now()),
      sensors_(1, kHand),
      tracking_(1, kHand, kTracker),
      glove_(glove_config(),
             [this](HostTime t, GloveSample& sample) {
               sample = sensors_.sample(pressing_hand, seconds(t - t_on_));
             }),
      tracker_({.hand = kHand, .serial = kTrackerSerial, .crystal = {.t_power_on = t_on_}},
               [this](HostTime t, TrackerSample& sample) {
                 sample = tracking_.sample(pressing_hand, seconds(t - t_on_));
               }) {}

simulator::Tg1Config GlovePort::glove_config() const {
  simulator::Tg1Config config;
  config.hand = kHand;
  config.serial = kSerial;
  config.crystal = {.t_power_on = t_on_, .ppm = 40};
  config.profile = sensors_.nominal_profile();
  config.amplitude_ceiling = 0.3f;  // the rig's wearer has no validated profile
  config.rise_per_frame = kTicksPerFrame * LimitParams{}.envelope_slew + kRounding;
  return config;
}

bool GlovePort::plug() {
  auto node =
      simulator::UhidNode::create(DeviceKind::Tg1, kSerial,
                                  {[this](auto report) { take_output(report); },
                                   [this](auto bytes) { return glove_.get_feature(bytes); }});
  if (node) node_ = *std::move(node);
  if (node && !tracker_node_) {
    node = simulator::UhidNode::create(
        DeviceKind::Tt1, kTrackerSerial,
        {[](auto) {}, [this](auto bytes) { return tracker_.get_feature(bytes); }});
    if (node) tracker_node_ = *std::move(node);
  }
  if (!node) std::fprintf(stderr, "hil_check: %s\n", describe(node.error()));
  return node.has_value();
}

void GlovePort::unplug_mid_state() {
  live(10ms, [this] { return next_sequence() % tg1::kFragments == 2; });
  node_.reset();
}

bool GlovePort::live(Duration longest, const std::function<bool()>& done) {
  const HostTime t_end = now() + longest;
  for (;;) {
    glove_.step(now(), [this](HostTime, auto report) { send(report); });
    watch_drive();
    tracker_.step(now(), [this](HostTime, auto report) {
      if (tracker_node_) tracker_node_->send(report);
    });
    if (tracker_node_) tracker_node_->serve(0ns);
    if (done()) return true;
    const HostTime t = now();
    if (t >= t_end) return false;
    const HostTime t_next = std::min(glove_.next_report(), t_end);
    if (node_) {
      node_->serve(t_next - t);
    } else {
      const timespec wait{0, std::max<std::int64_t>((t_next - t).count(), 0)};
      nanosleep(&wait, nullptr);
    }
  }
}

void GlovePort::send(std::span<const std::uint8_t> report) {
  const std::uint32_t sequence = wire::load_u32(report, tg1::kInputSequence);
  times_.sent_ns[sequence % ReadTimes::kSlots] = now().time_since_epoch().count();
  if (node_) node_->send(report);
}

void GlovePort::take_output(std::span<const std::uint8_t> report) {
  const HostTime t = now();
  tg1::Output output;
  const bool is_frame = tg1::decode_output(report, output) == tg1::OutputKind::Frame;
  if (is_frame && output.newest_input != last_answered_) {
    last_answered_ = output.newest_input;
    const std::int64_t sent_ns = times_.sent_ns[last_answered_ % ReadTimes::kSlots];
    answers_.push_back(t.time_since_epoch() - Duration(sent_ns));
  }
  glove_.receive(t, report);
}

void GlovePort::watch_drive() {
  std::uint64_t n = glove_.first_drive();
  for (const simulator::DriveSample& sample : glove_.take_drive()) {
    if (std::ranges::any_of(sample, [](float drive) { return drive != 0; }))
      t_last_drive_ = glove_.t_drive(n);
    ++n;
  }
}

}  // namespace tactus::hil
