#include "glove_port.h"

#include <algorithm>
#include <cstdio>

#include "tactus/drivers/tg1/layout.h"
#include "tactus/drivers/wire.h"

namespace tactus::hil {
namespace {

/// A flat hand at rest: gravity on every unit, fingers at a tenth.
void feel_rest(HostTime, GloveSample& sample) {
  for (ImuReading& imu : sample.imu) imu.accel_m_per_s2 = {0, kGravity_m_per_s2, 0};
  sample.flexion.fill(0.1f);
  sample.abduction.fill(0.5f);
}

simulator::Tg1Config config() {
  simulator::Tg1Config glove;
  glove.serial = kSerial;
  glove.crystal = {.t_power_on = now(), .ppm = 40};
  for (SensorCurve& curve : glove.profile.flexion) curve = {0, 1.6f};
  for (SensorCurve& curve : glove.profile.abduction) curve = {-0.5f, 0.5f};
  return glove;
}

}  // namespace

GlovePort::GlovePort(ReadTimes& times) : times_(times), glove_(config(), feel_rest) {}

bool GlovePort::plug() {
  auto node =
      simulator::UhidNode::create(DeviceKind::Tg1, kSerial,
                                  {[this](auto report) { take_output(report); },
                                   [this](auto bytes) { return glove_.get_feature(bytes); }});
  if (!node) {
    std::fprintf(stderr, "hil_check: %s\n", describe(node.error()));
    return false;
  }
  node_ = *std::move(node);
  return true;
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
