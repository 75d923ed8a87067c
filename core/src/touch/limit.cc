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

/// One frame further towards what is allowed.
void ease(LimitState& state, const LimitParams& params) {
  const float to = state.allowed == Allowed::Full   ? 1.0f
                   : state.allowed == Allowed::Soft ? params.soft_gain
                                                    : 0.0f;
  const auto step = static_cast<float>(seconds(kFramePeriod) / seconds(params.ease));
  state.eased = slewed(state.eased, to, step);
}

}  // namespace

void reset(LimitState& state) noexcept {
  LimitState fresh;
  fresh.allowed = state.allowed;
  fresh.comfort = state.comfort;
  fresh.eased = state.eased;
  fresh.exposure = state.exposure;
  state = fresh;
}

void allow(LimitState& state, Allowed allowed) noexcept {
  if (state.allowed == Allowed::Stopped) {
    if (allowed != Allowed::Full) return;
    reset(state);
    state.eased = 1;  // the ramp from zero is gentle enough
  }
  state.allowed = allowed;
}

float ceiling_of(const LimitState& state, const LimitParams& params) noexcept {
  const float ceiling = params.validated ? params.ceiling : params.unvalidated_ceiling;
  return state.comfort >= 0 ? std::min(ceiling, state.comfort) : 0;
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
  const bool silent = state.allowed == Allowed::Stopped || wanted.t < now - params.life ||
                      wanted.t > now + params.life;
  const float ceiling = ceiling_of(state, params);
  ease(state, params);

  TactileFrame safe;
  safe.t = now;
  safe.hand = wanted.hand;
  const float glove_gain = silent ? 0.0f
                                  : ramp_gain(state, params, now) * state.eased *
                                        dose_gain(state.exposure, params.exposure);
  for (std::size_t a = 0; a < kActuators; ++a) {
    const float gain = glove_gain * heat_gain(state.exposure, params.exposure, a);
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
  expose(state.exposure, params.exposure, safe);
  return safe;
}

}  // namespace tactus
