#include "runtime_clock.h"

#include <algorithm>
#include <cerrno>

namespace tactus::runtime {

std::int64_t RuntimeClock::now_ns() const {
  if (page_) return page_->now_ns.load(std::memory_order_acquire);
  timespec t{};
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * kSecond_ns + t.tv_nsec;
}

std::int64_t RuntimeClock::next_refresh(std::int64_t last) const {
  const std::int64_t coming = refresh_after(now_ns());
  return std::max(last + 1, page_ ? coming : coming - 1);
}

bool RuntimeClock::wait_until(std::int64_t ns) const {
  if (page_) return simulator::wait_until(*page_, ns);
  const timespec t = to_timespec(ns);
  while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, nullptr) == EINTR) {
  }
  return true;
}

timespec to_timespec(std::int64_t ns) {
  timespec t{ns / kSecond_ns, ns % kSecond_ns};
  if (t.tv_nsec < 0) {
    t.tv_sec -= 1;
    t.tv_nsec += kSecond_ns;
  }
  return t;
}

bool from_timespec(const timespec& t, XrTime& time) {
  std::int64_t ns = 0;
  if (t.tv_nsec < 0 || t.tv_nsec >= kSecond_ns ||
      __builtin_mul_overflow(t.tv_sec, kSecond_ns, &ns) ||
      __builtin_add_overflow(ns, t.tv_nsec + kXrOffset_ns, &ns) || ns <= 0) {
    return false;
  }
  time = ns;
  return true;
}

}  // namespace tactus::runtime
