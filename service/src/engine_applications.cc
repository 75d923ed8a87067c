// The engine's applications: the bodies that they show, what they play, and what their runtime sees.
#include <algorithm>
#include <utility>

#include "tactus/service/engine.h"

namespace tactus::service {

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

}  // namespace tactus::service
