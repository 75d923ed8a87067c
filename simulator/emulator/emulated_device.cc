#include "tactus/simulator/emulated_device.h"

#include <algorithm>
#include <cmath>

#include "tactus/drivers/tg1/layout.h"
#include "tactus/drivers/tt1/codec.h"

namespace tactus::simulator {
namespace {

DeviceReport make_report(HostTime t, std::span<const std::uint8_t> bytes) {
  DeviceReport report{.t_arrived = t};
  report.size = static_cast<std::uint16_t>(std::min(bytes.size(), report.bytes.size()));
  std::copy_n(bytes.begin(), report.size, report.bytes.begin());
  return report;
}

}  // namespace

EmulatedDevice::EmulatedDevice(EmulatedTg1& glove, LinkParams params)
    : device_(&glove),
      params_(params),
      description_{DeviceKind::Tg1, "emulated:" + glove.config().serial, glove.config().serial,
                   tg1::kProductName},
      random_(params.seed) {}

EmulatedDevice::EmulatedDevice(EmulatedTt1& tracker, LinkParams params)
    : device_(&tracker),
      params_(params),
      description_{DeviceKind::Tt1, "emulated:" + tracker.config().serial, tracker.config().serial,
                   tt1::kProductName},
      random_(params.seed) {}

void EmulatedDevice::advance_to(HostTime t) {
  const EmitReport emit = [this](HostTime t_sent, std::span<const std::uint8_t> bytes) {
    enqueue(t_sent, bytes);
  };
  while (!outbound_.empty() && outbound_.front().t_arrived <= t) {
    const DeviceReport out = outbound_.front();
    outbound_.pop_front();
    EmulatedTg1& glove = **std::get_if<EmulatedTg1*>(&device_);  // only gloves take output
    glove.step(out.t_arrived, emit);
    glove.receive(out.t_arrived, std::span(out.bytes).first(out.size));
  }
  std::visit([&](auto* device) { device->step(t, emit); }, device_);
  now_ = std::max(now_, t);
}

void EmulatedDevice::enqueue(HostTime t, std::span<const std::uint8_t> report) {
  if (!plugged_) return;
  const double uniform = (static_cast<double>(random_()) + 0.5) / 4294967296.0;
  const Duration jitter = from_seconds(-std::log(uniform) * seconds(params_.in_jitter));
  t_last_arrival_ = std::max(t_last_arrival_, t + params_.in_delay + jitter);  // a link keeps order
  const auto unread = std::ranges::count_if(
      inbound_, [&](const DeviceReport& waiting) { return waiting.t_arrived <= t; });
  if (unread >= static_cast<std::ptrdiff_t>(kQueue)) {
    ++overflows_;
    return;
  }
  inbound_.push_back(make_report(t_last_arrival_, report));
}

HostTime EmulatedDevice::next_sent() const {
  return std::visit([](const auto* device) { return device->next_report(); }, device_);
}

std::optional<HostTime> EmulatedDevice::next_arrival() const {
  if (!inbound_.empty()) return inbound_.front().t_arrived;
  if (!plugged_) return std::nullopt;
  return std::max(next_sent() + params_.in_delay, t_last_arrival_);
}

bool EmulatedDevice::receive(DeviceReport& report) {
  if (inbound_.empty() || inbound_.front().t_arrived > now_) return false;
  report = inbound_.front();
  inbound_.pop_front();
  return true;
}

void EmulatedDevice::unplug() {
  plugged_ = false;
  inbound_.clear();
  outbound_.clear();
}

void EmulatedDevice::replug() { plugged_ = true; }

LinkStatus EmulatedDevice::read(std::span<std::uint8_t> bytes, std::size_t& size, Duration) {
  size = 0;
  if (!plugged_) return LinkStatus::Gone;
  DeviceReport report;
  if (!receive(report)) return LinkStatus::Empty;
  size = std::min<std::size_t>(report.size, bytes.size());
  std::copy_n(report.bytes.begin(), size, bytes.begin());
  return LinkStatus::Ok;
}

LinkStatus EmulatedDevice::write(std::span<const std::uint8_t> bytes) {
  if (!plugged_) return LinkStatus::Gone;
  if (bytes.empty() || !std::holds_alternative<EmulatedTg1*>(device_)) return LinkStatus::Refused;
  outbound_.push_back(make_report(now_ + params_.out_delay, bytes));
  return LinkStatus::Ok;
}

LinkStatus EmulatedDevice::get_feature(std::span<std::uint8_t> bytes, std::size_t& size) {
  size = 0;
  if (!plugged_) return LinkStatus::Gone;
  if (bytes.empty()) return LinkStatus::Refused;
  size = std::visit([&](auto* device) { return device->get_feature(bytes); }, device_);
  return size == 0 ? LinkStatus::Refused : LinkStatus::Ok;
}

}  // namespace tactus::simulator
