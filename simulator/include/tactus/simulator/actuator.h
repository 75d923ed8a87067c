// A simulated actuator: what a drive really makes of a mass, for judging those who drive it.
//
// Newton's law, integrated in small steps; it knows nothing of the models in core, and shares no
// code with them.
//
//   Clocks   none: time passes with the drive.
//   Units    drive, 1 is rated; acceleration relative to what the rated tone gives at rest.
//   Errors   none.
//   Threads  plain value.
//   Proof    tests/simulator/touch/actuator_test.cc
#pragma once

namespace tactus::simulator {

/// A mass on a spring, pushed by a coil or a piezo: m ẍ + c ẋ + k x = F u.
class ResonantMass {
 public:
  ResonantMass(double resonance_Hz, double q) noexcept;

  /// A constant drive for a while.
  void push(double drive, double time_s) noexcept;

  /// The amplitude at which it would ring on undriven, of the steady one at resonance and rated
  /// drive: from the energy in spring and mass.
  [[nodiscard]] double strength() const noexcept;
  /// The acceleration of the mass over the force's own, F u / m at u = 1.
  [[nodiscard]] double acceleration() const noexcept { return a_; }

 private:
  double omega_, q_;
  double x_ = 0, v_ = 0, a_ = 0;  ///< in units in which F / m is 1
};

/// An unbalanced mass on a motor: I ω̇ = torque(u) − drag ω.
class SpinningMass {
 public:
  explicit SpinningMass(double lag_s) noexcept : lag_s_(lag_s) {}
  void push(double drive, double time_s) noexcept;
  /// Shaking, of that at rated drive.
  [[nodiscard]] double strength() const noexcept { return speed_ * speed_; }
  [[nodiscard]] double speed() const noexcept { return speed_; }

 private:
  double lag_s_;
  double speed_ = 0;
};

}  // namespace tactus::simulator
