#include "time_map.h"

#include <algorithm>
#include <chrono>

namespace tactus::layer {
namespace {

// Sums of three such values stay inside 64 bits.
constexpr std::int64_t kFarthest_ns = INT64_MAX / 4;
constexpr std::int64_t kNsPerSecond = 1000000000;

std::int64_t clamped(std::int64_t time_ns) noexcept {
  return std::clamp(time_ns, -kFarthest_ns, kFarthest_ns);
}

std::int64_t steady_now_ns() noexcept {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

}  // namespace

void TimeMap::start(const Next& next, XrInstance instance) noexcept {
  next_ = &next;
  instance_ = instance;
}

bool TimeMap::ask_runtime(XrTime time) noexcept {
  if (next_->xrConvertTimeToTimespecTimeKHR == nullptr) return false;
  timespec at{};
  if (XR_FAILED(next_->xrConvertTimeToTimespecTimeKHR(instance_, time, &at))) return false;
  if (at.tv_nsec < 0 || at.tv_nsec >= kNsPerSecond) return false;
  constexpr std::int64_t kFarthest_s = kFarthest_ns / kNsPerSecond;
  const std::int64_t whole_s = std::clamp<std::int64_t>(at.tv_sec, -kFarthest_s, kFarthest_s);
  const std::int64_t host_ns = whole_s * kNsPerSecond + at.tv_nsec;
  offset_ns_.store(clamped(host_ns - clamped(time)), std::memory_order_relaxed);
  return true;
}

void TimeMap::learn(const XrFrameState& frame, ipc::ClockKind service_clock) noexcept {
  const XrTime shown = frame.predictedDisplayTime;
  if (shown <= 0) return;
  if (!ask_runtime(shown)) {
    // A runtime without the extension: xrWaitFrame returns about one period before the display.
    const std::int64_t shown_ns = steady_now_ns() + clamped(frame.predictedDisplayPeriod);
    offset_ns_.store(clamped(shown_ns - clamped(shown)), std::memory_order_relaxed);
  }
  if (service_clock == ipc::ClockKind::Virtual) return;
  const std::int64_t offset_ns = offset_ns_.load(std::memory_order_relaxed);
  const std::int64_t lead_ns = clamped(shown) + offset_ns - steady_now_ns();
  lead_ns_.store(std::clamp<std::int64_t>(lead_ns, 0, kNsPerSecond), std::memory_order_relaxed);
}

bool TimeMap::to_host(XrTime time, HostTime& t) noexcept {
  std::int64_t offset_ns = offset_ns_.load(std::memory_order_relaxed);
  if (offset_ns == kUnknown) {
    if (!ask_runtime(time)) return false;
    offset_ns = offset_ns_.load(std::memory_order_relaxed);
  }
  t = HostTime(Duration(clamped(clamped(time) + offset_ns)));
  return true;
}

XrTime TimeMap::stamp(HostTime t) noexcept {
  HostTime learnt;
  static_cast<void>(to_host(1, learnt));  // any time will do: the clocks run alike
  return to_xr(t);
}

XrTime TimeMap::to_xr(HostTime t) const noexcept {
  const std::int64_t offset_ns = offset_ns_.load(std::memory_order_relaxed);
  if (offset_ns == kUnknown) return 0;
  return clamped(t.time_since_epoch().count()) - offset_ns;
}

}  // namespace tactus::layer
