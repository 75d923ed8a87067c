#include "terminal_mouse.h"

#include <poll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>

namespace tactus::tools {
namespace {

// All motion, in SGR's form: ESC [ < button ; column ; row, then M (pressed, moved) or m
// (released).
constexpr char kOn[] = "\x1b[?1003h\x1b[?1006h";
constexpr char kOff[] = "\x1b[?1003l\x1b[?1006l";
constexpr std::size_t kLongestSequence = 32;

}  // namespace

void MouseReader::take(std::string_view bytes, int columns, int rows) {
  pending_ += bytes;
  while (!pending_.empty() && take_sequence(columns, rows)) {
  }
}

/// Takes one key or sequence off the front. False: the rest of it has not come yet.
bool MouseReader::take_sequence(int columns, int rows) {
  if (pending_[0] != '\x1b') {
    state_.key = pending_[0];
    pending_.erase(0, 1);
    return true;
  }
  const std::size_t end = pending_.find_first_of("Mm");
  if (end == std::string::npos) {
    if (pending_.size() > kLongestSequence) pending_.clear();
    return false;
  }
  const bool pressed = pending_[end] == 'M';
  int button = 0, column = 0, row = 0;
  const int got = std::sscanf(pending_.c_str(), "\x1b[<%6d;%6d;%6d", &button, &column, &row);
  pending_.erase(0, end + 1);
  if (got != 3 || columns < 2 || rows < 2) return true;
  state_.right = 2.0 * (column - 1) / (columns - 1) - 1.0;
  state_.up = 1.0 - 2.0 * (row - 1) / (rows - 1);
  if (button == 0) state_.left_button = pressed;
  if (button == 2) state_.right_button = pressed;
  if (button == 64) ++state_.wheel;
  if (button == 65) --state_.wheel;
  return true;
}

TerminalMouse::TerminalMouse() {
  if (isatty(STDIN_FILENO) == 0 || tcgetattr(STDIN_FILENO, &before_) != 0) return;
  termios raw = before_;
  raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);  // Ctrl-C stays a signal
  raw.c_cc[VMIN] = 0;
  raw.c_cc[VTIME] = 0;
  if (tcsetattr(STDIN_FILENO, TCSANOW, &raw) != 0) return;
  open_ = true;
  std::fputs(kOn, stdout);
  std::fflush(stdout);
}

TerminalMouse::~TerminalMouse() {
  if (!open_) return;
  std::fputs(kOff, stdout);
  std::fflush(stdout);
  tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
}

MouseState& TerminalMouse::poll() {
  pollfd readable{STDIN_FILENO, POLLIN, 0};
  char bytes[512];
  while (open_ && ::poll(&readable, 1, 0) > 0) {
    const ssize_t got = read(STDIN_FILENO, bytes, sizeof(bytes));
    if (got <= 0) break;
    winsize window{};
    ioctl(STDOUT_FILENO, TIOCGWINSZ, &window);
    reader_.take({bytes, static_cast<std::size_t>(got)}, window.ws_col, window.ws_row);
  }
  return reader_.state();
}

}  // namespace tactus::tools
