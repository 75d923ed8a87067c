// What moves the headset and the controllers when no simulator does: a gentle script, and the
// keyboard and mouse of the mirror window.
//
//   Clocks   the runtime's nanoseconds. Frames: stage.
//   Units    metres, radians
//   Errors   none
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/tracking_test.cc
#pragma once
#include <array>
#include <cstdint>

#include "tracking.h"

namespace tactus::runtime {

/// Buttons and levers of the two controllers, left and right.
struct Controls {
  std::array<float, 2> trigger{};  ///< [0, 1]
  std::array<float, 2> squeeze{};  ///< [0, 1]
  std::array<bool, 2> menu{};
};

/// Where the user of the mirror window has gone to.
struct Steering {
  Vec3 p_stage_head{0.0f, 1.6f, 0.0f};
  float yaw_rad = 0;
  float pitch_rad = 0;
  bool taken = false;  ///< the first key or drag ends the script
  Controls controls;
};

/// The head breathes and looks about, the hands sway before the chest. Periodic and smooth.
[[nodiscard]] TrackingSample scripted(std::int64_t t_ns);

/// The head where it was steered, the hands before it.
[[nodiscard]] TrackingSample steered(const Steering& steering, std::int64_t t_ns);

}  // namespace tactus::runtime
