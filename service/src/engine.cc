#include "tactus/service/engine.h"

#include <algorithm>

#include "tactus/base/crc32.h"

namespace tactus::service {
namespace {

constexpr Duration kOldestReport = 100ms;  ///< hidraw keeps old reports: after a stall they lie

/// A wrist tracker tells by itself which wrist.
ipc::WornTracker worn(const DeviceMemory& device, const PlacedTracker* place) {
  if (device.kind != DeviceKind::Tt1) return {};
  if (place != nullptr) return {1, place->role, {}, device.serial};
  const bool is_left = device.hand == Hand::Left;
  return {
      1, is_left ? ipc::TrackerRole::LeftWrist : ipc::TrackerRole::RightWrist, {}, device.serial};
}

ipc::PublishedHolds published_holds(const TickOutput& out, const ipc::BodyNames& bodies,
                                    HostTime now) {
  ipc::PublishedHolds holds;
  holds.bodies = bodies;
  holds.t_ns = now.time_since_epoch().count();
  holds.wearer = out.wearer_contacts;
  holds.own = out.own_contacts;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    const Grasp& grasp = out.grasps[hand];
    holds.grasps[hand] = ipc::to_published(grasp, grasp.region, grasp.body);
  }
  holds.hug = ipc::to_published(out.hug, Region::None);
  return holds;
}

}  // namespace

Engine::Engine(const PipelineParams& params, ipc::Published* published) noexcept
    : params_(params), published_(published) {
  if (published != nullptr) published->proportions.write(params.body.profile.proportions);
}

void Engine::allow(Allowed allowed, HostTime now) noexcept {
  log_.write(Line::Allow, now, LoggedFlag{static_cast<std::uint32_t>(allowed)});
  for (LimitState& state : memory_.pipeline.limit) tactus::allow(state, allowed);
  for (LimitState& state : memory_.pipeline.garment_limit) tactus::allow(state, allowed);
}

void Engine::set_step(std::uint32_t number, HostTime now) noexcept {
  log_.write(Line::Step, now, LoggedCount{number});
  memory_.step = number;
}

void Engine::set_wearer(const Wearer& wearer, HostTime now) noexcept {
  log_.write(Line::Wearer, now, wearer);
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    LimitState& state = memory_.pipeline.limit[hand];
    state.comfort = memory_.pipeline.garment_limit[hand].comfort = wearer.comfort;
    state.exposure.dose_m2_per_s3 = wearer.dose_m2_per_s3[hand];
  }
}

Wearer Engine::wearer() const noexcept {
  Wearer wearer;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    const LimitState& state = memory_.pipeline.limit[hand];
    wearer.comfort = state.comfort;
    wearer.dose_m2_per_s3[hand] = state.exposure.dose_m2_per_s3;
  }
  return wearer;
}

void Engine::set_body(const BodyProfile& body, HostTime now) noexcept {
  const std::uint32_t changed = params_.body.profile.changed + 1;
  params_.body.profile = body;
  params_.body.profile.changed = changed;
  log_.write(Line::WearerBody, now, params_.body.profile);
  if (published_ != nullptr) published_->proportions.write(body.proportions);
}

void Engine::set_trackers(const TrackerPlaces& places, HostTime now) noexcept {
  log_.write(Line::Trackers, now, places);
  places_ = places;
  memory_.pipeline.body.segments = {};  // what was worn there may be worn elsewhere
}

void Engine::set_feel(const FeelProfile& feel, HostTime now) noexcept {
  log_.write(Line::WearerFeel, now, feel);
  params_.feel = feel;
}

void Engine::update_presence(HostTime now) noexcept {
  const auto step = static_cast<float>(seconds(kFramePeriod) / seconds(kBodyFade));
  for (std::size_t i = 0; i < kMaxBodies; ++i) {
    BodyTrack& track = memory_.tracks[i];
    const bool heard = bodies_[i] != nullptr && !frames_[i].empty() &&
                       now - track.t_last_arrival <= kBodySilence &&
                       track.client == memory_.focused_client;
    track.presence = std::clamp(track.presence + (heard ? step : -step), 0.0f, 1.0f);
  }
}

/// Finds for each body the two frames around `t`.
void Engine::enclose(HostTime t) noexcept {
  for (std::size_t i = 0; i < kMaxBodies; ++i) {
    const auto& held = frames_[i];
    if (bodies_[i] == nullptr || held.empty()) {
      intervals_[i] = {};
      continue;
    }
    std::size_t after = 0;
    while (after + 1 < held.size() && held[after]->said.t_shown < t) ++after;
    const std::size_t before = after > 0 ? after - 1 : 0;
    const BodyTrack& track = memory_.tracks[i];
    intervals_[i] = {&bodies_[i]->model, &held[before]->surface, &held[after]->surface,
                     track.presence, track.carrier};
  }
}

std::span<const TactileFrame> Engine::play_haptics(HostTime now) noexcept {
  if (hangs(now)) end_haptics();
  bool is_any = false;
  for (const Hand hand : {Hand::Left, Hand::Right}) {
    TactileFrame& frame = haptic_frames_[index(hand)];
    frame = {};
    frame.t = now;
    frame.hand = hand;
    is_any |= service::play(memory_.haptics[index(hand)], frame);
  }
  if (!is_any) return {};
  return haptic_frames_;
}

void Engine::encode_frames() noexcept {
  outgoing_.clear();
  for (std::size_t slot = 0; slot < kMaxDevices; ++slot) {
    DeviceMemory& device = memory_.devices[slot];
    TactileFrame packet;
    if (!device.connected ||
        !deliver(device.delivery, playing_of(device.kind), output_.frames[index(device.hand)],
                 memory_.counts.ticks, packet)) {
      continue;
    }
    OutgoingReport out;
    out.device = static_cast<DeviceSlot>(slot);
    out.size = tg1::kOutputBytes;
    tg1::encode(packet, {++device.output_sequence, device.tg1.newest_input},
                std::span(out.bytes).first<tg1::kOutputBytes>());
    static_cast<void>(outgoing_.push_back(out));
  }
}

void Engine::tick(HostTime now) noexcept {
  update_presence(now);
  enclose(now + params_.actuator_delay);
  tactus::tick(memory_.pipeline, params_, intervals_, now, output_, heard_patterns(now),
               play_haptics(now));
  encode_frames();
  for (DeviceMemory& device : memory_.devices) use(device.latency, now);
  ++memory_.counts.ticks;
  if (published_ != nullptr) publish(now);
  if (log_.sink == nullptr) return;
  std::uint32_t crc = 0;
  for (const TactileFrame& frame : output_.frames) {
    crc = crc32(bytes_of(&frame.wave, sizeof(frame.wave)), crc);
  }
  log_.write(Line::Tick, now,
             LoggedTick{now.time_since_epoch().count(),
                        static_cast<std::uint32_t>(output_.contacts.size()), crc});
  for (const OutgoingReport& out : outgoing_) {
    log_.write(Line::Output, now,
               LoggedReport{now.time_since_epoch().count(), out.device, out.size, out.bytes});
  }
}

std::uint64_t Engine::reports_dropped() const noexcept {
  std::uint64_t dropped = memory_.counts.reports_overflowed + memory_.counts.reports_late;
  for (const DeviceMemory& device : memory_.devices) {
    dropped += device.tg1.sequence.gaps + device.tt1.sequence.gaps;
  }
  return dropped;
}

void Engine::publish(HostTime now) noexcept {
  for (const HandPose& pose : output_.poses) ipc::publish(*published_, pose);
  if (memory_.counts.ticks % kBodyEvery == 0) ipc::publish(*published_, output_.body);
  ipc::BodyNames names{};
  for (std::size_t slot = 0; slot < kMaxBodies; ++slot) {
    if (bodies_[slot] != nullptr) names[slot] = {bodies_[slot]->client, bodies_[slot]->number};
  }
  published_->contacts.write({now.time_since_epoch().count(), names, output_.contacts});
  published_->holds.write(published_holds(output_, names, now));
  ipc::PublishedState state;
  state.heartbeat_ns = now.time_since_epoch().count();
  state.allowed = memory_.pipeline.limit[0].allowed;
  state.hangs = hangs(now) ? 1 : 0;
  state.step = memory_.step;
  state.focused_client = memory_.focused_client;
  for (std::size_t slot = 0; slot < kMaxDevices; ++slot) {
    const DeviceMemory& device = memory_.devices[slot];
    const bool is_heard = device.connected && now - device.t_last_report <= kOldestReport;
    const PlacedTracker* place = place_of(device);
    published_->trackers[slot].worn.write(is_heard ? worn(device, place) : ipc::WornTracker{});
    if (!is_heard) continue;
    ipc::LinkHealth& link = state.links[index(device.hand)];
    if (device.kind == DeviceKind::Tt1) {
      if (place == nullptr) link.tracker_connected = 1;
      continue;
    }
    link.connected = 1;
    link.battery_percent = static_cast<std::uint8_t>(100.0f * device.battery);
    link.reports_in = static_cast<std::uint32_t>(device.tg1.reports);
    link.reports_dropped = static_cast<std::uint32_t>(device.tg1.sequence.gaps);
    link.latency_us = static_cast<std::uint32_t>(worst(device.latency) / 1us);
    link.touch_kPa = device.touch_kPa;
  }
  published_->state.write(state);
}

}  // namespace tactus::service
