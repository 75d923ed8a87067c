// Puts a device's timestamps on the host clock.
//
// A device stamps each report with its own crystal; the host stamps the arrival. Their difference
// is the clock offset plus a transport delay that is never negative, so the truth runs along the
// lower edge of the differences. We keep the smallest of each 150 ms, take the lower convex hull of
// the last half minute, and read the offset off the hull's edge under the middle of the window:
// it knows the crystals' drift, where a plain minimum lags it by drift times window. A radio that
// sends only at events in step with the samples has no smallest delay that recurs: there the block
// minima are averaged over minutes instead.
//
//   Clocks   in DeviceTime, HostTime; out HostTime. One aligner per device.
//   Units    std::chrono nanoseconds; drift dimensionless (1e-6 is one part per million).
//   Errors   none. A time always comes out, never earlier than the one before it for samples in
//            order; ClockStatus says how far to trust it.
//   Threads  one owner. No locks, no allocation, no system calls: RT-safe.
//   Proof    tests/core/sense/clock_align_test.cc; docs/notes/clock.md
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tactus/base/time.h"

namespace tactus {

inline constexpr std::size_t kClockBlocks = 200;

/// Fixed for the life of the aligner.
struct ClockAlignParams {
  Duration block = 150ms;  ///< > 0. Of each, the smallest delay is kept; 200 of them: the window.
  Duration warm_up = 2s;   ///< shorter history than this: plain minimum, no drift.
  double max_drift = 200e-6;  ///< Two cheap crystals; a steeper edge is jitter, not drift.
  double max_slew = 0.01;  ///< of elapsed device time: how fast the answer moves to a new belief.
  Duration max_jump =
      100ms;                 ///< a difference this far off for `hold_off` is a reset of the device.
  Duration hold_off = 30ms;  ///< > 0. A stalled transport catches up sooner than this (Monado).
  Duration max_gap = 2s;     ///< > 0. A longer silence, or step back, starts afresh.
  /// > 0: the smallest delay itself wanders by this (one sigma), as samples and connection events
  /// beat against each other, and forgets itself within `beat_time`. 0: it recurs; take the edge.
  Duration beat{};
  Duration beat_time = 35s;
  double drift_sigma = 20e-6;  ///< of crystals, before anything is known (with `beat`)
  double drift_walk = 2e-8;    ///< per root second: temperature (with `beat`)
};

inline constexpr ClockAlignParams kPlainClock;

/// Of a link of Bluetooth Low Energy with events every 7.5 ms: the quickest of samples at 200 Hz
/// waits for 0 to 2.5 ms. Every other link takes the plain one.
inline constexpr ClockAlignParams kBleClock{.block = 500ms, .beat = 720us};

/// What a device's reports come over.
enum class Transport : std::uint8_t { Usb, Bluetooth, Socket };
inline constexpr int kTransports = 3;

[[nodiscard]] constexpr const ClockAlignParams& clock_params(Transport transport) noexcept {
  return transport == Transport::Bluetooth ? kBleClock : kPlainClock;
}

/// The smallest difference within one block: a point the lower edge may pass through.
struct ClockPoint {
  std::int64_t t_ns = 0;     ///< device time since `t_start`
  std::int64_t seen_ns = 0;  ///< host minus device, relative to `seen_start_ns`
};

/// Everything the aligner remembers. Copy it to snapshot, zero it to restart.
struct ClockAlignState {
  bool started = false;
  bool suspect = false;  ///< recent samples disagree by more than max_jump, or run backwards
  DeviceTime t_start{};
  DeviceTime t_last{};
  HostTime t_suspect{};   ///< arrival of the first that disagreed
  HostTime t_out_last{};  ///< the latest answer: none after it is earlier
  std::int64_t seen_start_ns = 0;
  double offset_ns = 0;  ///< of the answer, relative to seen_start_ns
  double edge_ns = 0;    ///< believed lower edge at edge_t_ns …
  double edge_t_ns = 0;
  double drift = 0;  ///< … and its slope
  ClockPoint open;   ///< best of the block being filled
  std::int64_t open_block = -1;
  std::array<double, 3> spread{};  ///< covariance of edge and drift, with `beat`: ns^2, ns, 1
  std::uint32_t first = 0;
  std::uint32_t count = 0;
  std::uint32_t restarts = 0;  ///< how often it began afresh, the first start included
  std::array<ClockPoint, kClockBlocks> points{};
};
static_assert(std::is_trivially_copyable_v<ClockAlignState>);

enum class ClockStatus : std::uint8_t {
  Aligned,    ///< offset carried on from earlier reports
  Restarted,  ///< first report, long gap or device reset: trust once the next few agree
  Reordered,  ///< not later than the last report: placed, but the offset did not learn from it
};

struct AlignedTime {
  HostTime t;      ///< when the device took the sample, plus the transport's smallest delay
  Duration delay;  ///< from then to arrival, >= 0
  ClockStatus status = ClockStatus::Aligned;
};

/// Places one report on the host clock and learns from it.
[[nodiscard]] AlignedTime align(ClockAlignState& state, const ClockAlignParams& params,
                                DeviceTime t_device, HostTime t_arrived) noexcept;

}  // namespace tactus
