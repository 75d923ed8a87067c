#include "interrupt.h"

#include <signal.h>

namespace tactus::tools {
namespace {

std::atomic<bool> interrupted{false};
static_assert(std::atomic<bool>::is_always_lock_free);

void on_signal(int number) {
  interrupted.store(true);
  signal(number, SIG_DFL);
}

}  // namespace

const std::atomic<bool>& catch_interrupt() {
  signal(SIGINT, on_signal);
  signal(SIGTERM, on_signal);
  return interrupted;
}

}  // namespace tactus::tools
