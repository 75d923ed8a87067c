// The service in virtual time: socket, bodies and engine joined on one thread, stepped by its
// owner.
//
// The same parts as the live service; only the threads between them are missing, so that one seed
// gives one result.
//
//   Clocks   virtual HostTime, given with each call.
//   Units    SI.
//   Errors   create says in words why there is no service.
//   Threads  one owner.
//   Proof    the demo; tests/service/stepped_service_test.cc
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "tactus/service/body_shelf.h"
#include "tactus/service/engine.h"
#include "tactus/service/published_memory.h"
#include "tactus/service/server.h"
#include "tactus/service/shown_hands.h"

namespace tactus::service {

class SteppedService {
 public:
  static Expected<std::unique_ptr<SteppedService>, std::string> create(
      const std::string& socket_path, const PipelineParams& params);

  /// Waits at most `wait` (real time) for what clients say, and does it at virtual time `now`.
  void serve(HostTime now, Duration wait);

  void tick(HostTime now) {
    engine_->tick(now);
    shown_.solve(now);
  }

  [[nodiscard]] Engine& engine() noexcept { return *engine_; }
  [[nodiscard]] const Server& server() const noexcept { return *server_; }

  /// Called for what clients said, before it is done: a simulator's truth listens here.
  std::function<void(const Event&)> listener;

 private:
  SteppedService(PublishedMemory memory, std::unique_ptr<Server> server,
                 const PipelineParams& params);
  void handle(Event& event, HostTime now);
  void collect();

  PublishedMemory memory_;
  std::unique_ptr<Server> server_;
  std::unique_ptr<Engine> engine_;
  BodyShelf shelf_;
  ShownHands shown_;
  std::array<std::unique_ptr<PlayedPattern>, kMaxPatterns> patterns_;
  std::vector<Event> events_;
};

}  // namespace tactus::service
