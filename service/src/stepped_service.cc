#include "tactus/service/stepped_service.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstring>
#include <type_traits>
#include <utility>

namespace tactus::service {

Expected<std::unique_ptr<SteppedService>, std::string> SteppedService::create(
    const std::string& socket_path, const PipelineParams& params) {
  auto memory = PublishedMemory::create(ipc::ClockKind::Virtual);
  if (!memory) {
    return Unexpected{fmt::format("no shared memory: {}", std::strerror(memory.error()))};
  }
  auto server = Server::listen(socket_path, memory->fd());
  if (!server) return Unexpected{fmt::format("{}: {}", socket_path, describe(server.error()))};
  return std::unique_ptr<SteppedService>(
      new SteppedService(*std::move(memory), *std::move(server), params));
}

SteppedService::SteppedService(PublishedMemory memory, std::unique_ptr<Server> server,
                               const PipelineParams& params)
    : memory_(std::move(memory)),
      server_(std::move(server)),
      engine_(std::make_unique<Engine>(params, &*memory_)),
      shown_(*memory_) {}

void SteppedService::serve(HostTime now, Duration wait) {
  events_.clear();
  server_->poll(wait, events_);
  for (Event& event : events_) {
    if (listener) listener(event);
    handle(event, now);
  }
}

void SteppedService::collect() {
  for (SkinnedFrame* frame : engine_->released()) shelf_.give_back(frame);
  engine_->clear_released();
}

void SteppedService::handle(Event& event, HostTime now) {
  std::visit(
      [&](auto& said) {
        using T = std::decay_t<decltype(said)>;
        if constexpr (std::is_same_v<T, BodyAdded>) {
          shown_.add_body(said);
          const Body* body = shelf_.add(std::move(said));
          if (body != nullptr) engine_->add_body(*body, now);
        } else if constexpr (std::is_same_v<T, BodyRemoved>) {
          shown_.remove_body(said.slot);
          engine_->remove_body(said.slot, now);
          collect();
          shelf_.drop(shelf_.retire(said.slot));
        } else if constexpr (std::is_same_v<T, FrameArrived>) {
          shown_.add_frame(said, now);
          SkinnedFrame* frame = shelf_.skin(said, now);
          if (frame != nullptr) engine_->add_frame(*frame);
        } else if constexpr (std::is_same_v<T, FocusChanged>) {
          engine_->focus(said.client, said.focused, now);
        } else if constexpr (std::is_same_v<T, SignOfLife>) {
          engine_->sign(said.client, now);
        } else if constexpr (std::is_same_v<T, WristTold> || std::is_same_v<T, HeadTold>) {
          engine_->see(said.client, said.seen, now);
        } else if constexpr (std::is_same_v<T, HapticAsked>) {
          engine_->play(said.client, said.effect, now);
        } else if constexpr (std::is_same_v<T, AllowedChanged>) {
          engine_->allow(said.allowed, now);
        } else if constexpr (std::is_same_v<T, StepChanged>) {
          engine_->set_step(said.number, now);
        } else if constexpr (std::is_same_v<T, RecordChanged>) {
          if (said.fd >= 0) close(said.fd);  // a stepped session records itself
          server_->send_done(said.client, false);
        } else if constexpr (std::is_same_v<T, PatternAdded>) {
          auto pattern = PlayedPattern::create(std::move(said));
          if (pattern == nullptr) return;
          engine_->play(*pattern, now);
          auto& slot = patterns_[pattern->slot];
          slot = std::move(pattern);
        } else if constexpr (std::is_same_v<T, PatternRemoved>) {
          engine_->end_pattern(said.slot, now);
          patterns_[said.slot].reset();
        } else if constexpr (std::is_same_v<T, DevicesAsked>) {
          server_->send_text(said.client, "emulated devices in virtual time\n");
        }
      },
      event);
  collect();
}

}  // namespace tactus::service
