// The simulated headset: its clock, where it and its controllers are, and what its user asks for.
//
// $TACTUS_STAGE names the simulator's page; without it the real clock runs and a script moves the
// devices until the user of the mirror window takes over.
//
//   Clocks   the runtime's nanoseconds. Frames: stage.
//   Units    metres, radians, nanoseconds
//   Errors   a page that cannot be mapped: the constructor throws, so the application is told.
//   Threads  guarded by Runtime::mutex, but for `clock`, whose functions any thread may call.
//   Proof    tests/simulator/runtime/virtual_time_test.cc
#pragma once
#include <cstdint>
#include <memory>

#include "input_script.h"
#include "runtime_clock.h"
#include "tactus/simulator/stage_page.h"
#include "tracking.h"

namespace tactus::runtime {

class World {
 public:
  World();
  ~World();
  World(const World&) = delete;
  World& operator=(const World&) = delete;

  [[nodiscard]] const RuntimeClock& clock() const { return clock_; }

  /// Notes where all devices are now. xrWaitFrame calls it, so that in virtual time the history
  /// does not depend on how fast the machine is.
  void sample();

  /// A device at any time. Samples by itself only when no frame loop does.
  [[nodiscard]] Motion locate(Device device, std::int64_t ns);

  /// Whether the application should draw at refresh `k`.
  [[nodiscard]] bool draws_at(std::int64_t k) const;

  /// True once for each time the user asked to recentre.
  [[nodiscard]] bool take_recentre();

  /// The user or the simulator asks the application to exit.
  [[nodiscard]] bool quit_requested() const;

  void count_frame();

  [[nodiscard]] bool is_virtual() const { return page_ != nullptr; }
  [[nodiscard]] const Controls& controls() const { return steering.controls; }

  Steering steering;  ///< written by the mirror window
  bool window_closed = false;
  bool window_recentres = false;

 private:
  [[nodiscard]] TrackingSample measure() const;

  simulator::StagePage* page_;
  RuntimeClock clock_;
  TrackingHistory history_;
  std::uint32_t recentre_seen_ = 0;
};

}  // namespace tactus::runtime
