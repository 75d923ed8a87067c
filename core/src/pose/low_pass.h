// A low-pass whose step may change from call to call.
//
//   Clocks   none. Frames: the caller's.
//   Units    the input's.
//   Errors   none; steps are longer than zero.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose (through the filters)
#pragma once
#include "tactus/pose/gyro_errors.h"

namespace tactus {

/// Second-order Butterworth low-pass with time constant `tau_s`, its two integrators by the
/// trapezoidal rule (Zavalishin, "The Art of VA Filter Design", 2012, ch. 3). The first `tau_s`
/// seconds are a plain mean.
class LowPassStep {
 public:
  LowPassStep(float dt_s, float tau_s)
      : dt_s_(dt_s), tau_s_(tau_s), g_(dt_s / (kSqrt2 * tau_s)), a_(1 / (1 + g_ * (g_ + kSqrt2))) {}

  Vec3 operator()(LowPass& s, Vec3 in) const {
    if (s.age_s < tau_s_) {
      s.age_s += dt_s_;
      s.rate = {};
      return s.value += (dt_s_ / s.age_s) * (in - s.value);
    }
    const Vec3 rate = a_ * (s.rate + g_ * (in - s.value));
    const Vec3 value = s.value + g_ * rate;
    s.rate = 2 * rate - s.rate;
    s.value = 2 * value - s.value;
    return value;
  }

 private:
  static constexpr float kSqrt2 = 1.41421356f;
  float dt_s_, tau_s_, g_, a_;
};

}  // namespace tactus
