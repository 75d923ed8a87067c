#include "tactus/service/engine.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "tactus/base/crc32.h"

namespace tactus::service {
namespace {

constexpr Duration kOldestReport = 100ms;  ///< hidraw keeps old reports: after a stall they lie

std::span<const std::uint8_t> bytes_of(const void* data, std::size_t size) {
  return {static_cast<const std::uint8_t*>(data), size};
}

/// A wrist tracker tells by itself which wrist.
ipc::WornTracker worn(const DeviceMemory& device, const PlacedTracker* place) {
  if (device.kind != DeviceKind::Tt1) return {};
  if (place != nullptr) return {1, place->role, {}, device.serial};
  const bool is_left = device.hand == Hand::Left;
  return {
      1, is_left ? ipc::TrackerRole::LeftWrist : ipc::TrackerRole::RightWrist, {}, device.serial};
}

/// The same glove as before: what was learnt of its wearer still holds.
bool is_same_glove(const HandProfile& a, const HandProfile& b) {
  return a.serial == b.serial && a.serial[0] != '\0';
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

std::unique_ptr<PlayedPattern> PlayedPattern::create(PatternAdded added) {
  auto made = std::make_unique<PlayedPattern>();
  made->slot = added.slot;
  made->client = added.client;
  made->bytes = std::move(added.bytes);
  const auto view = view_pattern(made->bytes);
  if (!view || added.slot >= kMaxPatterns) return nullptr;
  made->view = *view;
  return made;
}

Engine::Engine(const PipelineParams& params, ipc::Published* published) noexcept
    : params_(params), published_(published) {
  if (published != nullptr) published->proportions.write(params.body.profile.proportions);
}

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

void Engine::add_body(const Body& body, HostTime now) noexcept {
  log_body(body, now);
  release_frames(body.slot);
  bodies_[body.slot] = &body;
  for (GraspState& grasp : memory_.pipeline.grasps) grasp.holds[body.slot] = {};
  memory_.tracks[body.slot] = {};
  memory_.tracks[body.slot].client = body.client;
}

void Engine::remove_body(BodySlot slot, HostTime now) noexcept {
  if (slot >= kMaxBodies) return;
  log_.write(Line::BodyGone, now, LoggedSlot{slot});
  release_frames(slot);
  bodies_[slot] = nullptr;
  intervals_[slot] = {};
  memory_.tracks[slot] = {};
}

void Engine::release_frames(BodySlot slot) noexcept {
  for (SkinnedFrame* frame : frames_[slot]) {
    if (!released_.push_back(frame)) ++memory_.counts.frames_refused;
  }
  frames_[slot].clear();
}

void Engine::add_frame(SkinnedFrame& frame) noexcept {
  log_frame(frame);
  ++memory_.counts.frames_in;
  const BodySlot slot = frame.said.slot;
  const bool known = slot < kMaxBodies && bodies_[slot] != nullptr;
  const BodyTrack& track = memory_.tracks[slot < kMaxBodies ? slot : 0];
  // Poses in two frames are never interpolated.
  const bool is_same_frame = track.epoch == frame.said.epoch && track.carrier == frame.said.carrier;
  if (known && !is_same_frame) release_frames(slot);
  const bool in_order =
      known && (frames_[slot].empty() ||
                frames_[slot][frames_[slot].size() - 1]->said.t_shown < frame.said.t_shown);
  if (!in_order) {
    ++memory_.counts.frames_refused;
    static_cast<void>(released_.push_back(&frame));
    return;
  }
  auto& held = frames_[slot];
  if (held.size() == kFramesHeld) {
    static_cast<void>(released_.push_back(held[0]));
    auto kept = held;
    held.clear();
    for (std::size_t i = 1; i < kept.size(); ++i) static_cast<void>(held.push_back(kept[i]));
  }
  static_cast<void>(held.push_back(&frame));
  memory_.tracks[slot].epoch = frame.said.epoch;
  memory_.tracks[slot].carrier = frame.said.carrier;
  memory_.tracks[slot].t_last_arrival = frame.t_arrived;
}

std::span<SkinnedFrame* const> Engine::released() const noexcept {
  return {released_.begin(), released_.end()};
}

const PlayedPattern* Engine::play(const PlayedPattern& pattern, HostTime now) noexcept {
  log_pattern(pattern, now);
  for (PatternState& state : memory_.pipeline.patterns[pattern.slot]) start(state, now);
  memory_.t_pattern_signs[pattern.slot] = now;
  return std::exchange(patterns_[pattern.slot], &pattern);
}

const PlayedPattern* Engine::end_pattern(PatternSlot slot, HostTime now) noexcept {
  if (slot >= kMaxPatterns) return nullptr;
  log_.write(Line::PatternGone, now, LoggedSlot{slot});
  return std::exchange(patterns_[slot], nullptr);
}

/// Only the focused session drives actuators; a tool does when no session is focused, and neither
/// when it hangs.
PatternSlots Engine::heard_patterns(HostTime now) const noexcept {
  PatternSlots heard{};
  for (std::size_t i = 0; i < kMaxPatterns; ++i) {
    const PlayedPattern* pattern = patterns_[i];
    if (pattern == nullptr) continue;
    const bool focused = memory_.focused_client == 0 || memory_.focused_client == pattern->client;
    const bool alive = now - memory_.t_pattern_signs[i] <= kSignOfLife;
    if (focused && alive) heard[i] = &pattern->view;
  }
  return heard;
}

void Engine::focus(std::uint32_t client, bool focused, HostTime now) noexcept {
  log_.write(Line::Focus, now, LoggedFocus{client, focused ? 1u : 0u});
  const std::uint32_t before = memory_.focused_client;
  if (focused) {
    memory_.focused_client = client;
  } else if (memory_.focused_client == client) {
    memory_.focused_client = 0;
  }
  if (memory_.focused_client == before) return;
  memory_.t_sign = now;
  end_haptics();
}

void Engine::sign(std::uint32_t client, HostTime now) noexcept {
  log_.write(Line::Sign, now, LoggedSign{client});
  if (client == memory_.focused_client) memory_.t_sign = now;
  for (std::size_t i = 0; i < kMaxPatterns; ++i) {
    if (patterns_[i] != nullptr && patterns_[i]->client == client) {
      memory_.t_pattern_signs[i] = now;
    }
  }
}

bool Engine::hangs(HostTime now) const noexcept {
  return memory_.focused_client != 0 && now - memory_.t_sign > kSignOfLife;
}

void Engine::end_haptics() noexcept {
  for (HapticState& haptic : memory_.haptics) haptic.form = ipc::HapticForm::Stop;
}

void Engine::play(std::uint32_t client, const HapticEffect& effect, HostTime now) noexcept {
  const auto* points = reinterpret_cast<const std::uint8_t*>(effect.points.data());
  log_.write(Line::Haptic, now, LoggedHaptic{client, 0, effect.said},
             {points, effect.said.count * sizeof(float)});
  if (client != memory_.focused_client) return;
  memory_.t_sign = now;
  for (std::size_t hand = 0; hand < kHands; ++hand) {
    if ((effect.said.hands >> hand & 1) != 0) begin(memory_.haptics[hand], effect, now);
  }
}

void Engine::see(std::uint32_t client, const SeenWrist& seen, HostTime now) noexcept {
  log_.write(Line::WristSeen, now,
             LoggedWrist{client, static_cast<std::uint32_t>(seen.hand),
                         static_cast<std::uint32_t>(seen.source), seen.tracked,
                         seen.t.time_since_epoch().count(), seen.T_world_seen, 0});
  if (client != memory_.focused_client || seen.t > now || seen.t < now - kOldestSeen) return;
  sense(memory_.pipeline, params_, seen, now);
}

void Engine::see(std::uint32_t client, const SeenHead& seen, HostTime now) noexcept {
  log_.write(Line::HeadSeen, now,
             LoggedHead{client, seen.tracked, seen.t.time_since_epoch().count(), seen.T_world_head,
                        seen.v_world_head, seen.omega_world_head, 0});
  if (client != memory_.focused_client || seen.t > now || seen.t < now - kOldestSeen) return;
  hear(memory_.pipeline.body, seen);
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

void Engine::log_body(const Body& body, HostTime now) noexcept {
  const auto total = static_cast<std::uint32_t>(body.bytes.size());
  for (std::uint32_t offset = 0; offset < total && log_.sink != nullptr; offset += kPartBytes) {
    const std::size_t size = std::min<std::size_t>(kPartBytes, total - offset);
    log_.write(Line::BodyPart, now, LoggedPart{body.slot, body.client, offset, total},
               bytes_of(body.bytes.data() + offset, size));
  }
}

void Engine::log_pattern(const PlayedPattern& pattern, HostTime now) noexcept {
  const auto total = static_cast<std::uint32_t>(pattern.bytes.size());
  for (std::uint32_t offset = 0; offset < total && log_.sink != nullptr; offset += kPartBytes) {
    const std::size_t size = std::min<std::size_t>(kPartBytes, total - offset);
    log_.write(Line::PatternPart, now, LoggedPart{pattern.slot, pattern.client, offset, total},
               bytes_of(pattern.bytes.data() + offset, size));
  }
}

void Engine::log_frame(const SkinnedFrame& frame) noexcept {
  const FrameArrived& said = frame.said;
  log_.write(Line::Frame, frame.t_arrived,
             LoggedFrame{frame.t_arrived.time_since_epoch().count(),
                         said.t_shown.time_since_epoch().count(), said.slot, said.epoch,
                         said.bone_count, to_bits(said.carrier)},
             bytes_of(said.T_world_bone.data(), said.bone_count * sizeof(Pose)));
}

void Engine::start_log(Log log, HostTime now) noexcept {
  log_ = log;
  log_.write(Line::Wearer, now, wearer());
  log_.write(Line::WearerBody, now, params_.body.profile);
  log_.write(Line::Trackers, now, places_);
  log_.write(Line::WearerFeel, now, params_.feel);
  for (std::size_t i = 0; i < kMaxBodies; ++i) {
    if (bodies_[i] == nullptr) continue;
    log_body(*bodies_[i], now);
    for (const SkinnedFrame* frame : frames_[i]) log_frame(*frame);
  }
  for (const PlayedPattern* pattern : patterns_) {
    if (pattern != nullptr) log_pattern(*pattern, now);
  }
  const bool used = std::ranges::any_of(memory_.devices, &DeviceMemory::connected);
  if (!used && memory_.counts.ticks == 0) return;  // a new engine needs no snapshot
  constexpr auto kTotal = static_cast<std::uint32_t>(sizeof(EngineMemory));
  for (std::uint32_t offset = 0; offset < kTotal; offset += kPartBytes) {
    const std::size_t size = std::min<std::size_t>(kPartBytes, kTotal - offset);
    log_.write(Line::Snapshot, now, LoggedPart{0, 0, offset, kTotal},
               bytes_of(reinterpret_cast<const std::uint8_t*>(&memory_) + offset, size));
  }
}

}  // namespace tactus::service
