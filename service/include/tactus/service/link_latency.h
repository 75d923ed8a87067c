// How long reports of one device waited before their tick: the worst of the last second.
//
//   Clocks   HostTime.
//   Units    nanoseconds.
//   Errors   none.
//   Threads  RT-safe; one owner.
//   Proof    tests/service/link_latency_test.cc
#pragma once
#include "tactus/base/time.h"

namespace tactus::service {

struct LinkLatency {
  HostTime t_waiting;      ///< of the oldest report that no tick used yet; the epoch: none
  HostTime t_since;        ///< when `this_second` began
  Duration this_second{};  ///< in the second that runs
  Duration last_second{};  ///< in the one before
};

/// A report arrived.
inline void arrive(LinkLatency& latency, HostTime t) noexcept {
  if (latency.t_waiting == HostTime{}) latency.t_waiting = t;
}

/// A tick used what had arrived.
inline void use(LinkLatency& latency, HostTime now) noexcept {
  if (latency.t_waiting != HostTime{} && now - latency.t_waiting > latency.this_second) {
    latency.this_second = now - latency.t_waiting;
  }
  latency.t_waiting = {};
  if (now - latency.t_since < 1s) return;
  latency.t_since = now;
  latency.last_second = latency.this_second;
  latency.this_second = {};
}

/// Of at least the last second, at most the last two.
[[nodiscard]] inline Duration worst(const LinkLatency& latency) noexcept {
  return latency.last_second > latency.this_second ? latency.last_second : latency.this_second;
}

}  // namespace tactus::service
