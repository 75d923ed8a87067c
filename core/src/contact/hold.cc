#include "tactus/contact/hold.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

/// The share of the way to go in `dt_s`; exact for any step.
float share(float dt_s, float time_s) { return 1 - std::exp(-dt_s / time_s); }

/// Holds or lets go once the force has been past the threshold for the dwell.
void decide(HoldState& state, const HoldParams& params, HostTime t) {
  const bool past = state.holds ? state.force_N < params.end_N : state.force_N > params.begin_N;
  if (past && !state.waiting) state.t_crossed = t;
  state.waiting = past;
  const Duration dwell = state.holds ? params.end_dwell : params.begin_dwell;
  if (!past || t - state.t_crossed < dwell) return;
  state.holds = !state.holds;
  state.waiting = false;
  state.t_since = t;
}

}  // namespace

Hold follow(HoldState& state, const HoldParams& params, float force_N, HostTime t) noexcept {
  const Duration gap = t - state.t;
  const bool goes_on = gap >= Duration{} && gap <= params.longest_gap;
  if (!goes_on) state = {};
  const float dt_s = goes_on ? static_cast<float>(seconds(gap)) : 0.0f;
  state.t = t;
  const float now_N = std::isfinite(force_N) ? std::max(0.0f, force_N) : 0.0f;
  state.force_N += share(dt_s, params.smooth_s) * (now_N - state.force_N);
  decide(state, params, t);
  const float strength = state.holds ? std::min(1.0f, state.force_N / params.full_N) : 0.0f;
  state.strength += share(dt_s, params.ease_s) * (strength - state.strength);
  return {state.holds, state.holds ? state.t_since : HostTime{}, state.force_N, state.strength};
}

}  // namespace tactus
