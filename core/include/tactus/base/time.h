// Times of two clocks that cannot be mixed up.
//
// A device stamps with its own crystal, the host with CLOCK_MONOTONIC or with the simulator's
// virtual clock. Subtracting one from the other is meaningless until `align` has related them, so
// the compiler refuses it.
//
//   Clocks   HostTime: the service's clock. DeviceTime: one device's own. XrTime lives in the
//            layer.
//   Units    std::chrono nanoseconds, 64 bit signed.
//   Errors   none.
//   Threads  plain values.
//   Proof    tests/core/base/base_test.cc
#pragma once
#include <chrono>
#include <cstdint>

namespace tactus {

template <class Tag>
struct ClockOf {
  using rep = std::int64_t;
  using period = std::nano;
  using duration = std::chrono::nanoseconds;
  using time_point = std::chrono::time_point<ClockOf>;
  static constexpr bool is_steady = true;
};

using Duration = std::chrono::nanoseconds;
using HostTime = ClockOf<struct HostTag>::time_point;
using DeviceTime = ClockOf<struct DeviceTag>::time_point;
using namespace std::chrono_literals;

/// The duration in seconds.
[[nodiscard]] constexpr double seconds(Duration d) noexcept {
  return std::chrono::duration<double>(d).count();
}

/// The nearest duration to a number of seconds; the caller keeps it within ±290 years.
[[nodiscard]] constexpr Duration from_seconds(double s) noexcept {
  return Duration(static_cast<std::int64_t>(s * 1e9 + (s < 0 ? -0.5 : 0.5)));
}

}  // namespace tactus
