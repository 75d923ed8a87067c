#include "interrupt.h"

#include <signal.h>

namespace tactus::tools {
namespace {

std::atomic<bool> interrupted{false};
std::atomic<bool> stop{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int number) {
  interrupted.store(true);
  signal(number, SIG_DFL);
}

void on_stop(int) { stop.store(true); }

}  // namespace

const std::atomic<bool>& catch_interrupt() {
  signal(SIGINT, on_signal);
  signal(SIGTERM, on_signal);
  return interrupted;
}

std::atomic<bool>& catch_stop() {
  signal(SIGUSR1, on_stop);
  return stop;
}

}  // namespace tactus::tools
