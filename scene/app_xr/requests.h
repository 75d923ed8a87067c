// What the person at the terminal asks for while the scene runs: STOP, or to leave.
//
//   Clocks   none. Frames: none. Units: none.
//   Errors   without a terminal only the signals work.
//   Threads  signals set flags; the frame loop asks for them. One at a time in a program.
//   Proof    tests/scene/headset_test.py
#pragma once
#include <termios.h>

namespace tactus::scene {

/// While it lives, SIGUSR1 and the key `s` mean STOP; SIGINT and SIGTERM mean leave. A second
/// SIGINT ends the program at once.
class Requests {
 public:
  Requests();
  ~Requests();
  Requests(const Requests&) = delete;
  Requests& operator=(const Requests&) = delete;

  /// Each true once for each time asked.
  [[nodiscard]] bool stop();
  [[nodiscard]] bool leave();

 private:
  bool has_terminal_ = false;
  termios before_{};
};

}  // namespace tactus::scene
