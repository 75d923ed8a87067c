// Curves that the scene moves along: everything here has a continuous slope.
//
// A touched body must not jump, or the hand feels a knock that nobody sees. So motion is put
// together from these and from nothing with a corner in it.
//
//   Clocks   seconds since the scene began.
//   Units    as named; unnamed quantities keep the unit of their argument.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/scene/motion_test.cc
#pragma once
#include <algorithm>
#include <cmath>

#include "scene/world/geometry.h"

namespace tactus::scene {

/// 0 below 0, 1 above 1, in between a quintic whose slope and curvature end at zero (Perlin 2002).
[[nodiscard]] inline float ease(float x) {
  const float u = std::clamp(x, 0.0f, 1.0f);
  return u * u * u * (u * (u * 6.0f - 15.0f) + 10.0f);
}

/// When something is so: it comes in over a ramp after `from_s` and goes over one after `to_s`.
struct Span {
  float from_s = 0, to_s = 0;
};
[[nodiscard]] inline float presence(const Span& span, double t_s, float ramp_s) {
  return ease(static_cast<float>(t_s - span.from_s) / ramp_s) *
         (1.0f - ease(static_cast<float>(t_s - span.to_s) / ramp_s));
}

/// `x` near zero, never beyond ±`limit`.
[[nodiscard]] inline float soft_limit(float x, float limit) { return limit * std::tanh(x / limit); }

/// The part of `x` beyond ±`threshold`; the corner is rounded over ±`softness`.
[[nodiscard]] inline float beyond(float x, float threshold, float softness) {
  const float a = std::fabs(x) - threshold;
  const float excess = a <= -softness  ? 0.0f
                       : a >= softness ? a
                                       : (a + softness) * (a + softness) / (4.0f * softness);
  return std::copysign(excess, x);
}

/// A value that follows its target as a critically damped spring, exact for any step.
template <class Value>
struct Follower {
  Value value;
  Value rate;  ///< per second

  /// Moves on by `dt_s` >= 0; after `time_constant_s` about a quarter of a step is left to go.
  void step(const Value& target, float time_constant_s, float dt_s) {
    const float omega = 2.7f / time_constant_s;
    const float decay = std::exp(-omega * dt_s);
    const Value offset = value - target;
    const Value slope = rate + omega * offset;
    value = target + (offset + slope * dt_s) * decay;
    rate = (rate - slope * (omega * dt_s)) * decay;
  }
};

}  // namespace tactus::scene
