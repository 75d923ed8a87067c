// A short session in virtual time for tests: both gloves and trackers on hands that press onto a
// ball again and again, driving an engine through the devices' own bytes.
//
//   Clocks   virtual HostTime from 0.
//   Frames   world.
//   Units    SI.
//   Errors   none.
//   Threads  one.
//   Proof    used by engine_test and replay_test
#pragma once
#include <array>
#include <functional>
#include <memory>

#include "tactus/service/body_shelf.h"
#include "tactus/service/engine.h"
#include "tactus/simulator/emulated_device.h"
#include "tactus/simulator/sensors.h"

namespace tactus::service::tests {

class Session {
 public:
  explicit Session(Engine& engine);

  /// Runs until `t`. `around_tick` is given each tick to call.
  void run_until(HostTime t, const std::function<void(HostTime)>& around_tick);
  void run_until(HostTime t);

  /// The application is silent from now on.
  void silence_application() { application_speaks_ = false; }
  /// The gloves' cables are pulled.
  void unplug();

  [[nodiscard]] const simulator::EmulatedTg1& glove(Hand hand) const;
  [[nodiscard]] HostTime now() const { return now_; }

 private:
  struct Side;
  void show_body();
  Engine& engine_;
  BodyShelf shelf_;
  std::array<std::shared_ptr<Side>, kHands> sides_;
  HostTime now_{};
  bool application_speaks_ = true;
};

}  // namespace tactus::service::tests
