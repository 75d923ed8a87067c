// A device's short time counter, made long.
//
// A 16-bit microsecond counter wraps every 65 ms, a 32-bit one every 72 minutes. As long as reports
// come more often than half a wrap the counter alone says which wrap it is in; after a silence the
// host's clock does.
//
//   Clocks   in: ticks of the device's counter and arrival HostTime; out DeviceTime since the
//            first.
//   Units    nanoseconds; a tick is what the device says it is.
//   Errors   none. A device that starts again looks like any step: the aligner after this finds it.
//   Threads  one owner. No locks, no allocation, no system calls: RT-safe.
//   Proof    tests/core/sense/counter_test.cc
#pragma once
#include <cstdint>
#include <type_traits>

#include "tactus/base/time.h"

namespace tactus {

struct CounterParams {
  int bits = 32;        ///< [1, 32] of the counter
  Duration tick = 1us;  ///< > 0
};

struct CounterState {
  bool started = false;
  std::int64_t ticks = 0;  ///< since the first reading, of the newest
  std::uint32_t raw = 0;   ///< newest reading
  HostTime t_arrived{};    ///< of the newest
};
static_assert(std::is_trivially_copyable_v<CounterState>);

/// The reading in full. A reading up to half a wrap behind the newest is taken as late, and does
/// not move the state.
[[nodiscard]] DeviceTime unwrap(CounterState& state, const CounterParams& params, std::uint32_t raw,
                                HostTime t_arrived) noexcept;

}  // namespace tactus
