// A short session in virtual time for tests: both gloves and trackers on hands that press onto a
// ball again and again, driving an engine through the devices' own bytes.
//
//   Clocks   virtual HostTime from 0.
//   Frames   world.
//   Units    SI.
//   Errors   none.
//   Threads  one.
//   Proof    used by engine_test, replay_test, tick_guard_test and path_bench
#pragma once
#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <vector>

#include "tactus/service/body_shelf.h"
#include "tactus/service/engine.h"
#include "tactus/simulator/emulated_device.h"
#include "tactus/simulator/sensors.h"

namespace tactus::service::tests {

/// All that reaches the engine in one millisecond.
struct Step {
  struct Arrival {
    DeviceSlot slot = 0;
    DeviceReport report;
  };
  HostTime now;
  SkinnedFrame* frame = nullptr;  ///< nullptr: the application said nothing
  std::vector<Arrival> arrivals;
};

/// What the service does with it: frames and reports in, one tick.
void drive(Engine& engine, const Step& step);

class Session {
 public:
  /// Ball: the hands meet a ball that an application shows. None: somebody else shows a body.
  enum class Body { Ball, None };
  explicit Session(Engine& engine, Body body = Body::Ball);

  /// Runs until `t`. `around` is given each millisecond, to drive the engine with.
  void run_until(HostTime t, const std::function<void(const Step&)>& around);
  void run_until(HostTime t);

  /// Connects what is there to another engine, which can then be driven with the same steps.
  void introduce(Engine& engine) const;

  /// The application is silent from now on.
  void silence_application() { application_speaks_ = false; }
  /// The gloves' cables are pulled.
  void unplug();

  [[nodiscard]] const simulator::EmulatedTg1& glove(Hand hand) const;
  [[nodiscard]] HostTime now() const { return now_; }

 private:
  struct Side;
  SkinnedFrame* show_body();
  Engine& engine_;
  BodyShelf shelf_;
  const service::Body* body_ = nullptr;
  std::array<std::shared_ptr<Side>, kHands> sides_;
  HostTime now_{};
  bool application_speaks_ = true;
};

/// A session that was run once, as the steps it was made of: to drive fresh engines with.
class RecordedSession {
 public:
  explicit RecordedSession(Duration length);

  /// The calls that come before the first step.
  void introduce(Engine& engine) const { session_.introduce(engine); }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }
  /// Contacts over all ticks.
  [[nodiscard]] std::size_t contacts() const { return contacts_; }

 private:
  std::unique_ptr<Engine> engine_;
  Session session_;
  std::deque<SkinnedFrame> frames_;
  std::vector<Step> steps_;
  std::size_t contacts_ = 0;
};

}  // namespace tactus::service::tests
