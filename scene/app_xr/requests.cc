#include "scene/app_xr/requests.h"

#include <poll.h>
#include <unistd.h>

#include <csignal>

namespace tactus::scene {
namespace {

volatile std::sig_atomic_t stop_asked = 0;
volatile std::sig_atomic_t leave_asked = 0;

void on_stop(int) { stop_asked = 1; }
void on_leave(int number) {
  leave_asked = 1;
  std::signal(number, SIG_DFL);
}

bool key_pressed(char& key) {
  pollfd input{STDIN_FILENO, POLLIN, 0};
  return poll(&input, 1, 0) > 0 && (input.revents & POLLIN) && read(STDIN_FILENO, &key, 1) == 1;
}

}  // namespace

Requests::Requests() {
  std::signal(SIGUSR1, on_stop);
  std::signal(SIGINT, on_leave);
  std::signal(SIGTERM, on_leave);
  // A background job may not touch the terminal: it would be stopped for trying.
  has_terminal_ = isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp() &&
                  tcgetattr(STDIN_FILENO, &before_) == 0;
  if (!has_terminal_) return;
  termios keys = before_;
  keys.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO);
  tcsetattr(STDIN_FILENO, TCSANOW, &keys);
}

Requests::~Requests() {
  if (has_terminal_) tcsetattr(STDIN_FILENO, TCSANOW, &before_);
}

bool Requests::stop() {
  char key = 0;
  while (has_terminal_ && key_pressed(key))
    if (key == 's' || key == 'S' || key == ' ') stop_asked = 1;
  const bool asked = stop_asked != 0;
  stop_asked = 0;
  return asked;
}

bool Requests::leave() {
  const bool asked = leave_asked != 0;
  leave_asked = 0;
  return asked;
}

}  // namespace tactus::scene
