// Mouse and keys of the terminal we run in: xterm's mouse reporting, which most terminals speak.
//
//   Clocks   none.
//   Units    character cells; fractions of the window.
//   Errors   `open` is false when standard input is no terminal. Unknown sequences are skipped.
//   Threads  one owner. The terminal is put back by the destructor.
//   Proof    tests/drivers/emulate_input_test.cc
#pragma once
#include <termios.h>

#include <string>
#include <string_view>

namespace tactus::tools {

/// What the mouse and keys say now.
struct MouseState {
  double right = 0, up = 0;  ///< [-1, 1] of the window
  bool left_button = false, right_button = false;
  int wheel = 0;  ///< notches since the start, towards the user negative
  char key = 0;   ///< the last key, 0 after it was taken
};

/// Takes bytes as a terminal sends them, in any pieces; window size in cells.
class MouseReader {
 public:
  void take(std::string_view bytes, int columns, int rows);
  [[nodiscard]] MouseState& state() { return state_; }

 private:
  bool take_sequence(int columns, int rows);
  std::string pending_;
  MouseState state_;
};

class TerminalMouse {
 public:
  TerminalMouse();
  ~TerminalMouse();
  TerminalMouse(const TerminalMouse&) = delete;
  TerminalMouse& operator=(const TerminalMouse&) = delete;

  [[nodiscard]] bool open() const { return open_; }
  /// Takes what has come since the last call, without waiting.
  MouseState& poll();

 private:
  MouseReader reader_;
  termios before_{};
  bool open_ = false;
};

}  // namespace tactus::tools
