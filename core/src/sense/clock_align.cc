#include "tactus/sense/clock_align.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

std::int64_t seen_ns(DeviceTime t_device, HostTime t_arrived) noexcept {
  return t_arrived.time_since_epoch().count() - t_device.time_since_epoch().count();
}

AlignedTime restart(ClockAlignState& state, DeviceTime t_device, HostTime t_arrived) noexcept {
  const HostTime t_out_last = std::max(state.t_out_last, t_arrived);
  const std::uint32_t restarts = state.restarts + 1;
  state = {};
  state.started = true;
  state.t_start = state.t_last = t_device;
  state.t_out_last = t_out_last;
  state.seen_start_ns = seen_ns(t_device, t_arrived);
  state.restarts = restarts;
  return {t_out_last, Duration::zero(), ClockStatus::Restarted};
}

// Cross product of (b - a) and (c - a): > 0 when c lies to the left of a -> b, above a lower hull.
double turn(const ClockPoint& a, const ClockPoint& b, const ClockPoint& c) noexcept {
  return static_cast<double>(b.t_ns - a.t_ns) * static_cast<double>(c.seen_ns - a.seen_ns) -
         static_cast<double>(b.seen_ns - a.seen_ns) * static_cast<double>(c.t_ns - a.t_ns);
}

// Moon, Skelly & Towsley 1999 by way of its geometry: of all lines below the points, the one with
// the smallest total distance is the hull's edge under their mean abscissa (docs/notes/clock.md).
void fit_edge(ClockAlignState& state, const ClockAlignParams& params) noexcept {
  std::array<ClockPoint, kClockBlocks> hull;
  std::size_t size = 0;
  double mean_t_ns = 0;
  const ClockPoint* lowest = &state.points[state.first];
  for (std::uint32_t i = 0; i < state.count; ++i) {
    const ClockPoint& point = state.points[(state.first + i) % kClockBlocks];
    mean_t_ns += static_cast<double>(point.t_ns) / state.count;
    if (point.seen_ns < lowest->seen_ns) lowest = &point;
    while (size >= 2 && turn(hull[size - 2], hull[size - 1], point) <= 0) --size;
    hull[size++] = point;
  }
  state.edge_t_ns = static_cast<double>(lowest->t_ns);
  state.edge_ns = static_cast<double>(lowest->seen_ns);
  state.drift = 0;
  const ClockPoint& oldest = hull[0];
  const ClockPoint& newest = hull[size - 1];
  if (newest.t_ns - oldest.t_ns < params.warm_up.count()) return;
  std::size_t right = 1;
  while (right + 1 < size && static_cast<double>(hull[right].t_ns) < mean_t_ns) ++right;
  const ClockPoint& a = hull[right - 1];
  const ClockPoint& b = hull[right];
  const double slope =
      static_cast<double>(b.seen_ns - a.seen_ns) / static_cast<double>(b.t_ns - a.t_ns);
  if (std::fabs(slope) > params.max_drift) return;
  state.edge_t_ns = static_cast<double>(a.t_ns);
  state.edge_ns = static_cast<double>(a.seen_ns);
  state.drift = slope;
}

// Kalman filter of offset and drift on the block minima; (3)-(4) of docs/notes/clock.md. A beat is
// not white: its power below 1 / beat_time is what one minimum counts for.
void follow_beat(ClockAlignState& state, const ClockAlignParams& params) noexcept {
  const ClockPoint& seen = state.open;
  auto& [offset2, cross, drift2] = state.spread;
  const double noise2 = std::pow(static_cast<double>(params.beat.count()), 2) *
                        seconds(params.beat_time) / seconds(params.block);
  if (state.count == 0) {
    state.edge_ns = static_cast<double>(seen.seen_ns);
    state.drift = 0;
    offset2 = noise2;
    cross = 0;
    drift2 = params.drift_sigma * params.drift_sigma;
  } else {
    const double dt_ns = static_cast<double>(seen.t_ns) - state.edge_t_ns;
    state.edge_ns += state.drift * dt_ns;
    offset2 += 2 * dt_ns * cross + dt_ns * dt_ns * drift2;
    cross += dt_ns * drift2;
    drift2 += params.drift_walk * params.drift_walk * 1e-9 * dt_ns;
    const double error_ns = static_cast<double>(seen.seen_ns) - state.edge_ns;
    const double offset_gain = offset2 / (offset2 + noise2);
    const double drift_gain = cross / (offset2 + noise2);
    state.edge_ns += offset_gain * error_ns;
    state.drift =
        std::clamp(state.drift + drift_gain * error_ns, -params.max_drift, params.max_drift);
    drift2 -= drift_gain * cross;
    cross -= offset_gain * cross;
    offset2 -= offset_gain * offset2;
  }
  state.edge_t_ns = static_cast<double>(seen.t_ns);
  state.count = 1;
}

void close_block(ClockAlignState& state, const ClockAlignParams& params) noexcept {
  if (params.beat > Duration::zero()) return follow_beat(state, params);
  if (state.count == kClockBlocks) {
    state.first = static_cast<std::uint32_t>((state.first + 1) % kClockBlocks);
    --state.count;
  }
  state.points[(state.first + state.count++) % kClockBlocks] = state.open;
  fit_edge(state, params);
}

void learn(ClockAlignState& state, const ClockAlignParams& params, ClockPoint point) noexcept {
  const std::int64_t block = point.t_ns / params.block.count();
  if (block != state.open_block && state.open_block >= 0) close_block(state, params);
  if (block != state.open_block || point.seen_ns < state.open.seen_ns) state.open = point;
  state.open_block = block;
  // Nothing may lie below an edge: a faster report than any before lowers it at once.
  if (params.beat > Duration::zero() && state.count > 0) return;
  const double edge_ns =
      state.edge_ns + state.drift * (static_cast<double>(point.t_ns) - state.edge_t_ns);
  if (static_cast<double>(point.seen_ns) < edge_ns) {
    state.edge_t_ns = static_cast<double>(point.t_ns);
    state.edge_ns = static_cast<double>(point.seen_ns);
  }
}

}  // namespace

AlignedTime align(ClockAlignState& state, const ClockAlignParams& params, DeviceTime t_device,
                  HostTime t_arrived) noexcept {
  const Duration step = t_device - state.t_last;
  if (!state.started || step > params.max_gap || step < -params.max_gap) {
    return restart(state, t_device, t_arrived);
  }
  const ClockPoint point{(t_device - state.t_start).count(),
                         seen_ns(t_device, t_arrived) - state.seen_start_ns};
  const double t_ns = static_cast<double>(point.t_ns);
  const double edge_ns = state.edge_ns + state.drift * (t_ns - state.edge_t_ns);
  const double off_ns = static_cast<double>(point.seen_ns) - edge_ns;
  const bool jumped = std::fabs(off_ns) > static_cast<double>(params.max_jump.count());
  const bool backwards = step <= Duration::zero();

  if (jumped || backwards) {
    if (!state.suspect) state.t_suspect = t_arrived;
    state.suspect = true;
    if (t_arrived - state.t_suspect >= params.hold_off) {
      return restart(state, t_device, t_arrived);
    }
  } else {
    state.suspect = false;
  }
  if (!backwards) {
    if (!jumped) learn(state, params, point);
    const double wanted_ns = state.edge_ns + state.drift * (t_ns - state.edge_t_ns);
    const bool warm = point.t_ns >= params.hold_off.count();
    const double reach_ns =
        warm ? params.max_slew * static_cast<double>(step.count()) : std::fabs(wanted_ns) + 1.0;
    state.offset_ns += std::clamp(wanted_ns - state.offset_ns, -reach_ns, reach_ns);
    state.t_last = t_device;
  }
  const auto offset_ns = state.seen_start_ns + static_cast<std::int64_t>(state.offset_ns);
  HostTime t{Duration(t_device.time_since_epoch().count() + offset_ns)};
  t = std::min(t, t_arrived);
  if (!backwards) t = state.t_out_last = std::max(t, state.t_out_last);
  return {t, std::max(t_arrived - t, Duration::zero()),
          backwards ? ClockStatus::Reordered : ClockStatus::Aligned};
}

}  // namespace tactus
