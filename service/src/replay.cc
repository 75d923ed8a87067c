#include "tactus/service/replay.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <optional>
#include <vector>

#include "tactus/base/crc32.h"
#include "tactus/service/body_file.h"
#include "tactus/service/body_shelf.h"
#include "tactus/service/engine.h"

namespace tactus::service {
namespace {

using Bytes = std::span<const std::uint8_t>;

template <class T>
bool take(Bytes& bytes, T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (bytes.size() < sizeof(T)) return false;
  std::memcpy(static_cast<void*>(&value), bytes.data(), sizeof(T));
  bytes = bytes.subspan(sizeof(T));
  return true;
}

/// Puts parts together; whole when the last one came.
class Parts {
 public:
  bool add(const LoggedPart& part, Bytes bytes, std::size_t most) {
    if (part.total > most || part.offset > part.total || bytes.size() > part.total - part.offset) {
      return false;
    }
    if (part.offset == 0) bytes_.assign(part.total, std::byte{0});
    if (bytes_.size() != part.total) return false;
    std::memcpy(bytes_.data() + part.offset, bytes.data(), bytes.size());
    whole_ = part.offset + bytes.size() == part.total;
    return true;
  }
  [[nodiscard]] bool whole() const { return whole_; }
  std::vector<std::byte> take_bytes() {
    whole_ = false;
    return std::move(bytes_);
  }

 private:
  std::vector<std::byte> bytes_;
  bool whole_ = false;
};

bool is_sound(const LoggedWrist& said) {
  const auto source = static_cast<WristSource>(said.source);
  const bool is_seen = source == WristSource::Controller || source == WristSource::Hand;
  return said.source <= 0xFF && is_seen && said.hand < kHands && is_valid(said.T_world_seen);
}

bool is_sound(const LoggedHead& said) {
  return is_valid(said.T_world_head) && is_finite(said.v_world_head) &&
         is_finite(said.omega_world_head);
}

class Replay {
 public:
  explicit Replay(const PipelineParams& params)
      : engine_(std::make_unique<Engine>(params, nullptr)) {}

  /// False: the line does not fit.
  bool run(Line line, HostTime t, Bytes bytes, ReplayResult& result);

 private:
  bool run_device(Line line, HostTime t, Bytes bytes, ReplayResult& result);
  bool run_body(Line line, HostTime t, Bytes bytes);
  bool run_pattern(Line line, HostTime t, Bytes bytes);
  bool compare_tick(Bytes bytes, ReplayResult& result);
  bool compare_output(HostTime t, Bytes bytes, ReplayResult& result);
  void collect() {
    for (SkinnedFrame* frame : engine_->released()) shelf_.give_back(frame);
    engine_->clear_released();
  }

  std::unique_ptr<Engine> engine_;
  BodyShelf shelf_;
  std::array<Parts, kMaxBodies> bodies_;
  std::array<Parts, kMaxPatterns> pattern_parts_;
  std::array<std::unique_ptr<PlayedPattern>, kMaxPatterns> patterns_;
  Parts snapshot_;
  std::size_t next_output_ = 0;
};

bool Replay::run(Line line, HostTime t, Bytes bytes, ReplayResult& result) {
  switch (line) {
    case Line::Connect:
    case Line::Disconnect:
    case Line::Profile:
    case Line::Report:
    case Line::Overflow:
      return run_device(line, t, bytes, result);
    case Line::BodyPart:
    case Line::BodyGone:
    case Line::Frame:
      return run_body(line, t, bytes);
    case Line::PatternPart:
    case Line::PatternGone:
      return run_pattern(line, t, bytes);
    case Line::Focus: {
      LoggedFocus focus;
      if (!take(bytes, focus)) return false;
      engine_->focus(focus.client, focus.focused != 0, t);
      return true;
    }
    case Line::WristSeen: {
      LoggedWrist said;
      if (!take(bytes, said) || !is_sound(said)) return false;
      engine_->see(
          said.client,
          SeenWrist{HostTime(Duration(said.t_ns)), static_cast<Hand>(said.hand),
                    static_cast<WristSource>(said.source), said.tracked != 0, said.T_world_seen},
          t);
      return true;
    }
    case Line::HeadSeen: {
      LoggedHead said;
      if (!take(bytes, said) || !is_sound(said)) return false;
      engine_->see(said.client,
                   SeenHead{HostTime(Duration(said.t_ns)), said.tracked != 0, said.T_world_head,
                            said.v_world_head, said.omega_world_head},
                   t);
      return true;
    }
    case Line::Sign: {
      LoggedSign sign;
      if (!take(bytes, sign)) return false;
      engine_->sign(sign.client, t);
      return true;
    }
    case Line::Haptic: {
      LoggedHaptic haptic;
      HapticEffect effect;
      if (!take(bytes, haptic) || bytes.size() != haptic.said.count * sizeof(float) ||
          haptic.said.count > effect.points.size()) {
        return false;
      }
      effect.said = haptic.said;
      std::memcpy(effect.points.data(), bytes.data(), bytes.size());
      if (!is_sound(effect)) return false;
      engine_->play(haptic.client, effect, t);
      return true;
    }
    case Line::Allow: {
      LoggedFlag flag;
      if (!take(bytes, flag) || flag.value >= kAlloweds) return false;
      engine_->allow(static_cast<Allowed>(flag.value), t);
      return true;
    }
    case Line::Step: {
      LoggedCount step;
      if (!take(bytes, step) || step.value > 0xffffffffu) return false;
      engine_->set_step(static_cast<std::uint32_t>(step.value), t);
      return true;
    }
    case Line::Wearer: {
      Wearer wearer;
      if (!take(bytes, wearer) || !is_sound(wearer)) return false;
      engine_->set_wearer(wearer, t);
      return true;
    }
    case Line::WearerBody: {
      BodyProfile body;
      if (!take(bytes, body) || !service::is_sound(body)) return false;
      engine_->set_body(body, t);
      return true;
    }
    case Line::Trackers: {
      TrackerPlaces places;
      if (!take(bytes, places) || !service::is_sound(places)) return false;
      engine_->set_trackers(places, t);
      return true;
    }
    case Line::WearerFeel: {
      FeelProfile feel;
      if (!take(bytes, feel) || !is_sound(feel)) return false;
      engine_->set_feel(feel, t);
      return true;
    }
    case Line::Snapshot: {
      LoggedPart part;
      if (!take(bytes, part) || part.total != sizeof(EngineMemory) ||
          !snapshot_.add(part, bytes, sizeof(EngineMemory))) {
        return false;
      }
      if (!snapshot_.whole()) return true;
      const auto memory = std::make_unique<EngineMemory>();
      const std::vector<std::byte> whole = snapshot_.take_bytes();
      std::memcpy(static_cast<void*>(memory.get()), whole.data(), sizeof(EngineMemory));
      engine_->restore(*memory);
      return true;
    }
    case Line::Tick:
      return compare_tick(bytes, result);
    case Line::Output:
      return compare_output(t, bytes, result);
  }
  return false;
}

bool Replay::run_device(Line line, HostTime t, Bytes bytes, ReplayResult& result) {
  if (line == Line::Connect) {
    LoggedConnect connect;
    if (!take(bytes, connect) || index(connect.hand) >= kHands) return false;
    if (connect.kind != DeviceKind::Tg1 && connect.kind != DeviceKind::Tt1) return false;
    if (static_cast<int>(connect.transport) >= kTransports) return false;
    return engine_->connect(connect.slot, connect.kind, connect.hand, connect.transport,
                            connect.profile, t);
  }
  if (line == Line::Disconnect) {
    LoggedSlot slot;
    if (!take(bytes, slot)) return false;
    engine_->disconnect(static_cast<DeviceSlot>(slot.slot), t);
    return slot.slot < kMaxDevices;
  }
  if (line == Line::Profile) {
    LoggedProfile profile;
    if (!take(bytes, profile) || profile.hand >= kHands) return false;
    engine_->set_profile(static_cast<Hand>(profile.hand), profile.profile, t);
    return true;
  }
  if (line == Line::Overflow) {
    LoggedCount count;
    if (!take(bytes, count)) return false;
    engine_->count_overflow(count.value);
    return true;
  }
  LoggedReport logged;
  if (!take(bytes, logged) || logged.size > kReportBytes) return false;
  engine_->take(logged.slot, {HostTime(Duration(logged.t_arrived_ns)), logged.size, logged.bytes});
  ++result.reports;
  return true;
}

bool Replay::run_body(Line line, HostTime t, Bytes bytes) {
  if (line == Line::BodyGone) {
    LoggedSlot slot;
    if (!take(bytes, slot) || slot.slot >= kMaxBodies) return false;
    const auto gone = static_cast<BodySlot>(slot.slot);
    engine_->remove_body(gone, t);
    collect();
    shelf_.drop(shelf_.retire(gone));
    return true;
  }
  if (line == Line::BodyPart) {
    LoggedPart part;
    if (!take(bytes, part) || part.slot >= kMaxBodies) return false;
    Parts& parts = bodies_[part.slot];
    if (!parts.add(part, bytes, ipc::kMaxBodyBytes)) return false;
    if (!parts.whole()) return true;
    const auto slot = static_cast<BodySlot>(part.slot);
    engine_->remove_body(slot, t);
    collect();
    const Body* body = shelf_.add({slot, part.client, parts.take_bytes()});
    if (body == nullptr) return false;
    engine_->add_body(*body, t);
    collect();
    return true;
  }
  LoggedFrame logged;
  if (!take(bytes, logged) || logged.slot >= kMaxBodies || logged.bone_count > ipc::kMaxBones ||
      bytes.size() != logged.bone_count * sizeof(Pose) || !is_carrier(logged.carrier)) {
    return false;
  }
  FrameArrived said{static_cast<BodySlot>(logged.slot),
                    logged.epoch,
                    HostTime(Duration(logged.t_shown_ns)),
                    logged.bone_count,
                    carrier_of(logged.carrier),
                    {}};
  std::memcpy(static_cast<void*>(said.T_world_bone.data()), bytes.data(), bytes.size());
  SkinnedFrame* frame = shelf_.skin(said, HostTime(Duration(logged.t_arrived_ns)));
  if (frame == nullptr) return false;
  engine_->add_frame(*frame);
  collect();
  return true;
}

bool Replay::run_pattern(Line line, HostTime t, Bytes bytes) {
  if (line == Line::PatternGone) {
    LoggedSlot gone;
    if (!take(bytes, gone) || gone.slot >= kMaxPatterns) return false;
    engine_->end_pattern(static_cast<PatternSlot>(gone.slot), t);
    patterns_[gone.slot].reset();
    return true;
  }
  LoggedPart part;
  if (!take(bytes, part) || part.slot >= kMaxPatterns) return false;
  Parts& parts = pattern_parts_[part.slot];
  if (!parts.add(part, bytes, ipc::kMaxPatternBytes)) return false;
  if (!parts.whole()) return true;
  auto pattern =
      PlayedPattern::create({static_cast<PatternSlot>(part.slot), part.client, parts.take_bytes()});
  if (pattern == nullptr) return false;
  engine_->play(*pattern, t);
  patterns_[part.slot] = std::move(pattern);
  return true;
}

bool Replay::compare_tick(Bytes bytes, ReplayResult& result) {
  LoggedTick logged;
  if (!take(bytes, logged)) return false;
  const HostTime now{Duration(logged.now_ns)};
  engine_->tick(now);
  ++result.ticks;
  next_output_ = 0;
  std::uint32_t crc = 0;
  for (const TactileFrame& frame : engine_->output().frames) {
    crc = crc32({reinterpret_cast<const std::uint8_t*>(&frame.wave), sizeof(frame.wave)}, crc);
  }
  if (crc != logged.crc || engine_->output().contacts.size() != logged.contacts) {
    if (result.ticks_different++ == 0) result.t_first_difference = now;
  }
  return true;
}

bool Replay::compare_output(HostTime t, Bytes bytes, ReplayResult& result) {
  LoggedReport logged;
  if (!take(bytes, logged)) return false;
  ++result.outputs;
  const auto outgoing = engine_->outgoing();
  const bool same = next_output_ < outgoing.size() &&
                    outgoing[next_output_].device == logged.slot &&
                    outgoing[next_output_].bytes == logged.bytes;
  ++next_output_;
  if (!same && result.outputs_different++ == 0 && result.ticks_different == 0) {
    result.t_first_difference = t;
  }
  return true;
}

}  // namespace

ReplayResult replay(std::span<const std::uint8_t> mcap, const PipelineParams& params,
                    Snapshots snapshots) {
  ReplayResult result;
  McapReader reader(mcap);
  Replay run(params);
  McapMessage message;
  while (reader.next(message)) {
    ++result.lines;
    const auto* name = std::ranges::find(kLineNames, message.topic, &LineName::topic);
    const auto line = static_cast<Line>(name - kLineNames.begin());
    if (line == Line::Snapshot && snapshots == Snapshots::Refuse) {
      ++result.refused_snapshots;
    } else if (name == kLineNames.end() || !run.run(line, message.t, message.bytes, result)) {
      ++result.bad_lines;
    }
  }
  result.status = reader.status();
  return result;
}

}  // namespace tactus::service
