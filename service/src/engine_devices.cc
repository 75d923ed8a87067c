// The engine's devices: what gloves and trackers say.

#include "tactus/service/engine.h"

namespace tactus::service {
namespace {

/// The same glove as before: what was learnt of its wearer still holds.
bool is_same_glove(const HandProfile& a, const HandProfile& b) {
  return a.serial == b.serial && a.serial[0] != '\0';
}

}  // namespace

bool Engine::connect(DeviceSlot slot, DeviceKind kind, Hand hand, Transport transport,
                     const HandProfile& profile, HostTime now) noexcept {
  if (slot >= kMaxDevices) return false;
  log_.write(Line::Connect, now, LoggedConnect{slot, kind, hand, transport, {}, profile});
  DeviceMemory& device = memory_.devices[slot];
  const std::uint32_t epoch = device.epoch + 1;
  device = {};
  device.connected = true;
  device.kind = kind;
  device.hand = hand;
  device.serial = profile.serial;
  device.epoch = epoch;
  device.t_last_report = now;
  const std::size_t h = index(hand);
  device.align = {transport, {}};
  if (kind == DeviceKind::Tt1) {
    if (place_of(device) != nullptr) return true;
    memory_.pipeline.tracker_align[h] = {transport, {}};
    return true;
  }
  if (!is_same_glove(memory_.pipeline.profiles[h], profile)) {
    memory_.pipeline.profiles[h] = profile;
    memory_.pipeline.pose[h] = {};
  }
  memory_.pipeline.glove_align[h] = {transport, {}};
  memory_.pipeline.render[h] = {};
  reset(memory_.pipeline.limit[h]);
  return true;
}

void Engine::disconnect(DeviceSlot slot, HostTime now) noexcept {
  if (slot >= kMaxDevices) return;
  log_.write(Line::Disconnect, now, LoggedSlot{slot});
  memory_.devices[slot].connected = false;
}

void Engine::set_profile(Hand hand, const HandProfile& profile, HostTime now) noexcept {
  log_.write(Line::Profile, now, LoggedProfile{static_cast<std::uint32_t>(index(hand)), profile});
  memory_.pipeline.profiles[index(hand)] = profile;
}

void Engine::count_overflow(std::uint64_t reports) noexcept {
  log_.write(Line::Overflow, HostTime{}, LoggedCount{reports});
  memory_.counts.reports_overflowed += reports;
}

void Engine::take(DeviceSlot slot, const DeviceReport& report) noexcept {
  if (slot >= kMaxDevices || !memory_.devices[slot].connected || report.size > kReportBytes) return;
  LoggedReport line{report.t_arrived.time_since_epoch().count(), slot, report.size, report.bytes};
  log_.write(Line::Report, report.t_arrived, line);
  ++memory_.counts.reports_in;
  memory_.devices[slot].t_last_report = report.t_arrived;
  arrive(memory_.devices[slot].latency, report.t_arrived);
  if (memory_.devices[slot].kind == DeviceKind::Tg1) {
    take_tg1(slot, report);
  } else {
    take_tt1(slot, report);
  }
}

void Engine::take_tg1(DeviceSlot slot, const DeviceReport& report) noexcept {
  DeviceMemory& device = memory_.devices[slot];
  GloveSample sample;
  const tg1::DecodeResult result =
      tg1::decode(device.tg1, std::span(report.bytes).first(report.size), sample);
  if (result == tg1::DecodeResult::Complete && sample.hand == device.hand) {
    device.battery = sample.battery;
    device.touch_kPa = sample.touch_kPa;
    sense(memory_.pipeline, params_, sample, report.t_arrived);
  } else if (result != tg1::DecodeResult::Incomplete) {
    ++memory_.counts.reports_bad;
  }
}

void Engine::take_tt1(DeviceSlot slot, const DeviceReport& report) noexcept {
  DeviceMemory& device = memory_.devices[slot];
  TrackerSample sample;
  const tt1::DecodeResult result =
      tt1::decode(device.tt1, std::span(report.bytes).first(report.size), sample);
  if (result == tt1::DecodeResult::Complete && sample.hand == device.hand) {
    if (const PlacedTracker* place = place_of(device)) {
      return place_segment(slot, *place, sample, report.t_arrived);
    }
    const WristMeasurement wrist = sense(memory_.pipeline, params_, sample, report.t_arrived);
    // The wrist's place less the mounting that gave it.
    const HandProfile& profile = memory_.pipeline.profiles[index(device.hand)];
    publish_tracker(slot, wrist.t, wrist.tracked, wrist.T_world_wrist * profile.T_wrist_tracker);
  } else {
    ++memory_.counts.reports_bad;
  }
}

const PlacedTracker* Engine::place_of(const DeviceMemory& device) const noexcept {
  return device.kind == DeviceKind::Tt1 ? find_place(places_, device.serial) : nullptr;
}

/// A tracker of the body: the same clock and room as a wrist's, mounted on nothing but itself.
void Engine::place_segment(DeviceSlot slot, const PlacedTracker& place, const TrackerSample& sample,
                           HostTime t_arrived) noexcept {
  const WristMeasurement itself =
      align(memory_.devices[slot].align, {}, params_.T_world_universe, sample, t_arrived);
  const std::optional<BodySite> site = site_of(place.role);
  if (site && place.is_mounted == 1) {
    hear(memory_.pipeline.body, *site, itself.t,
         itself.T_world_wrist * inverse(place.T_segment_tracker), itself.tracked);
  }
  publish_tracker(slot, itself.t, itself.tracked, itself.T_world_wrist);
}

void Engine::publish_tracker(DeviceSlot slot, HostTime t, bool tracked,
                             const Pose& T_world_tracker) noexcept {
  if (published_ == nullptr) return;
  ipc::publish(published_->trackers[slot],
               {t, memory_.devices[slot].epoch, tracked ? 1u : 0u, T_world_tracker});
}

}  // namespace tactus::service
