// How XrTime, which counts from where the runtime likes, lies on the service's clock.
//
// The two run at one rate, so one offset is all there is. The runtime tells it once a frame; a
// locate only adds.
//
//   Clocks   in XrTime, out HostTime: CLOCK_MONOTONIC, or the simulator's virtual clock, whichever
//            the runtime's XR_KHR_convert_timespec_time speaks.
//   Units    nanoseconds.
//   Errors   before the offset is known to_host is false. Times past ±73 years are clamped.
//   Threads  any, no lock.
//   Proof    tests/openxr-layer/hand_tracking_test.cc
#pragma once
#include <atomic>
#include <cstdint>

#include "next.h"
#include "tactus/base/time.h"
#include "tactus/ipc/published.h"

namespace tactus::layer {

class TimeMap {
 public:
  /// `next` and `instance` as long as this lives.
  void start(const Next& next, XrInstance instance) noexcept;

  /// Once a frame, when xrWaitFrame returned: learns the offset, and how far ahead of now the
  /// application looks.
  void learn(const XrFrameState& frame, ipc::ClockKind service_clock) noexcept;

  /// False when it cannot be known yet. Asks the runtime if it must, the system never.
  [[nodiscard]] bool to_host(XrTime time, HostTime& t) noexcept;

  /// XrTime of an instant; asks the runtime likewise. 0 when it cannot be known yet.
  [[nodiscard]] XrTime stamp(HostTime t) noexcept;

  /// The inverse; 0 when the offset is not known.
  [[nodiscard]] XrTime to_xr(HostTime t) const noexcept;

  /// How far ahead of the host's now a displayed time lies, as last seen: 0 to 1 s.
  [[nodiscard]] Duration lead() const noexcept {
    return Duration(lead_ns_.load(std::memory_order_relaxed));
  }

 private:
  bool ask_runtime(XrTime time) noexcept;

  static constexpr std::int64_t kUnknown = INT64_MIN;
  const Next* next_ = nullptr;
  XrInstance instance_ = XR_NULL_HANDLE;
  std::atomic<std::int64_t> offset_ns_{kUnknown};  ///< host minus XrTime
  std::atomic<std::int64_t> lead_ns_{0};
};

}  // namespace tactus::layer
