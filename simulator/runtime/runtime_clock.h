// The clock of the runtime and the instants at which its display refreshes.
//
// With a stage page it is the simulator's virtual clock, else CLOCK_MONOTONIC. Both count
// nanoseconds; XrTime is that count plus one second, because an XrTime must be positive and
// virtual time starts at 0. The display refreshes 90 times a second, at round(k · 10⁹ / 90) ns.
//
//   Clocks   ns: virtual, or CLOCK_MONOTONIC. XrTime = ns + 10⁹.
//   Units    nanoseconds
//   Errors   from_timespec: false for what has no XrTime.
//   Threads  const functions; any thread.
//   Proof    tests/simulator/runtime/runtime_clock_test.cc
#pragma once
#include <cstdint>

#include "tactus/simulator/stage_page.h"
#include "xr.h"

namespace tactus::runtime {

inline constexpr std::int64_t kSecond_ns = 1'000'000'000;
inline constexpr std::int64_t kXrOffset_ns = kSecond_ns;
inline constexpr std::int64_t kRefreshRate_Hz = 90;
inline constexpr XrDuration kPeriod_ns = kSecond_ns / kRefreshRate_Hz;
inline constexpr std::int64_t kFramesToDisplay = 2;  ///< from xrWaitFrame's return to the display

[[nodiscard]] constexpr XrTime to_xr_time(std::int64_t ns) { return ns + kXrOffset_ns; }
[[nodiscard]] constexpr std::int64_t to_ns(XrTime t) { return t - kXrOffset_ns; }

/// When refresh `k` >= 0 happens.
[[nodiscard]] constexpr std::int64_t refresh_ns(std::int64_t k) {
  const std::int64_t in_second = k % kRefreshRate_Hz;
  return k / kRefreshRate_Hz * kSecond_ns +
         (in_second * kSecond_ns + kRefreshRate_Hz / 2) / kRefreshRate_Hz;
}

/// The first refresh after `ns` >= 0.
[[nodiscard]] constexpr std::int64_t refresh_after(std::int64_t ns) {
  std::int64_t k =
      ns / kSecond_ns * kRefreshRate_Hz + ns % kSecond_ns * kRefreshRate_Hz / kSecond_ns;
  while (refresh_ns(k) <= ns) ++k;
  return k;
}

class RuntimeClock {
 public:
  /// `page`: the simulator's, or nullptr for CLOCK_MONOTONIC. Not owned.
  explicit RuntimeClock(simulator::StagePage* page) : page_(page) {}

  [[nodiscard]] std::int64_t now_ns() const;

  /// The refresh at which the frame after that of `last` starts. On the real clock an application
  /// that is late by less than a period starts at once, for the refresh just past; in virtual time
  /// frames start at refreshes exactly.
  [[nodiscard]] std::int64_t next_refresh(std::int64_t last) const;

  /// Sleeps until the instant. False: the simulator asks to quit; time may not have come.
  bool wait_until(std::int64_t ns) const;

 private:
  simulator::StagePage* page_;
};

/// timespec counts the same nanoseconds as `ns`.
[[nodiscard]] timespec to_timespec(std::int64_t ns);
[[nodiscard]] bool from_timespec(const timespec& t, XrTime& time);

}  // namespace tactus::runtime
