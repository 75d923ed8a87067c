#include "tactus/touch/limit.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

/// `wanted` within ±ceiling; not a number is silence, infinite too.
float bounded(float wanted, float ceiling) {
  return std::isfinite(wanted) ? std::clamp(wanted, -ceiling, ceiling) : 0.0f;
}

float slewed(float from, float to, float step) { return std::clamp(to, from - step, from + step); }

/// The ramp's gain at `t`, [0, 1].
float ramp_gain(const LimitState& state, const LimitParams& params, HostTime t) {
  const double part = seconds(t - state.t_start) / seconds(params.ramp);
  return static_cast<float>(std::clamp(part, 0.0, 1.0));
}

}  // namespace

void reset(LimitState& state) noexcept {
  const bool stopped = state.stopped;
  state = {};
  state.stopped = stopped;
}

void stop(LimitState& state) noexcept { state.stopped = true; }

void resume(LimitState& state) noexcept {
  if (state.stopped) reset(state);
  state.stopped = false;
}

TactileFrame limit(LimitState& state, const LimitParams& params, const TactileFrame& wanted,
                   HostTime now) noexcept {
  const Duration pause = now - state.t_last;
  if (!state.started || pause < Duration{} || pause > params.longest_gap) {
    reset(state);
    state.started = true;
    state.t_start = now;
  }
  state.t_last = now;
  // Compared, not subtracted: a stranger's time may be at the end of the range.
  const bool silent = state.stopped || wanted.t < now - params.life || wanted.t > now + params.life;
  const float ceiling = params.validated ? params.ceiling : params.unvalidated_ceiling;

  TactileFrame safe;
  safe.t = now;
  safe.hand = wanted.hand;
  const float gain = silent ? 0.0f : ramp_gain(state, params, now);
  for (std::size_t a = 0; a < kActuators; ++a) {
    for (std::size_t n = 0; n < kFrameSamples; ++n) {
      const float target = gain * bounded(wanted.wave[a][n], ceiling);
      state.sample[a] = slewed(state.sample[a], target, params.sample_slew);
      safe.wave[a][n] = state.sample[a];
    }
    const bool tone = std::isfinite(wanted.frequency_Hz[a]);
    const float target = tone ? gain * std::max(0.0f, bounded(wanted.envelope[a], ceiling)) : 0.0f;
    state.envelope[a] = slewed(state.envelope[a], target, params.envelope_slew);
    safe.envelope[a] = state.envelope[a];
    safe.frequency_Hz[a] = state.envelope[a] > 0
                               ? std::clamp(tone ? wanted.frequency_Hz[a] : params.least_Hz,
                                            params.least_Hz, params.most_Hz)
                               : 0.0f;
  }
  return safe;
}

}  // namespace tactus
