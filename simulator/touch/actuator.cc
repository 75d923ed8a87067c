#include "tactus/simulator/actuator.h"

#include <cmath>

namespace tactus::simulator {
namespace {

constexpr int kSteps = 64;  // of one sample at 8 kHz: 2 µs

}  // namespace

ResonantMass::ResonantMass(double resonance_Hz, double q) noexcept
    : omega_(2 * 3.14159265358979323846 * resonance_Hz), q_(q) {}

void ResonantMass::push(double drive, double time_s) noexcept {
  const double dt = time_s / kSteps;
  const auto acceleration = [&](double x, double v) {
    return drive - omega_ / q_ * v - omega_ * omega_ * x;
  };
  for (int i = 0; i < kSteps; ++i) {  // Runge and Kutta's fourth order
    const double v1 = v_, a1 = acceleration(x_, v_);
    const double v2 = v_ + dt / 2 * a1, a2 = acceleration(x_ + dt / 2 * v1, v2);
    const double v3 = v_ + dt / 2 * a2, a3 = acceleration(x_ + dt / 2 * v2, v3);
    const double v4 = v_ + dt * a3, a4 = acceleration(x_ + dt * v3, v4);
    x_ += dt / 6 * (v1 + 2 * v2 + 2 * v3 + v4);
    v_ += dt / 6 * (a1 + 2 * a2 + 2 * a3 + a4);
  }
  a_ = acceleration(x_, v_);
}

double ResonantMass::strength() const noexcept {
  const double steady = q_ / (omega_ * omega_);
  return std::hypot(x_, v_ / omega_) / steady;
}

void SpinningMass::push(double drive, double time_s) noexcept {
  for (int i = 0; i < kSteps; ++i) speed_ += time_s / kSteps * (drive - speed_) / lag_s_;
}

}  // namespace tactus::simulator
