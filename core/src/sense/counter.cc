#include "tactus/sense/counter.h"

namespace tactus {

DeviceTime unwrap(CounterState& state, const CounterParams& params, std::uint32_t raw,
                  HostTime t_arrived) noexcept {
  const std::int64_t wrap = std::int64_t{1} << params.bits;
  const std::int64_t half = wrap / 2;
  raw &= static_cast<std::uint32_t>(wrap - 1);
  if (!state.started) state = {true, 0, raw, t_arrived};
  // The step nearest to what the host's clock lets expect; within half a wrap, nearest to none.
  const std::int64_t passed = (t_arrived - state.t_arrived) / params.tick;
  const std::int64_t expected = passed < half ? 0 : passed;
  const std::int64_t step = std::int64_t{raw} - std::int64_t{state.raw};
  const std::int64_t off = expected - step + half;
  const std::int64_t wraps = off / wrap - (off % wrap < 0 ? 1 : 0);  // rounded down
  const std::int64_t ticks = state.ticks + step + wraps * wrap;
  if (ticks > state.ticks) state = {true, ticks, raw, t_arrived};
  return DeviceTime(ticks * params.tick);
}

}  // namespace tactus
