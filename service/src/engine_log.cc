// What the engine writes into a recording beside the calls themselves: bodies, patterns, and all that a
// recording which begins late must know.
#include <algorithm>

#include "tactus/service/engine.h"

namespace tactus::service {

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
