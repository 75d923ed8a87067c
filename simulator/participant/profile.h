// Time laws and curves of human movement, all twice continuously differentiable.
//
//   Units    seconds, metres; progress and lift as named.
//   Frames   none.
//   Errors   outside their time a law holds its end value; degenerate durations are the caller's.
//   Threads  plain values.
//   Proof    tests/simulator/participant/profile_test.cc
#pragma once
#include <cstddef>
#include <vector>

namespace tactus::simulator {

/// Minimum-jerk progress from 0 to 1 for s in [0, 1] (Flash & Hogan 1985,
/// doi 10.1523/JNEUROSCI.05-07-01688.1985); held outside.
[[nodiscard]] double min_jerk(double s);

/// A straight way at a steady speed with smooth start and stop: the way a hand meets a surface,
/// fast until the skin and still a few millimetres later.
struct Glide {
  double t_begin_s = 0;
  double from_m = 0;
  double to_m = 0;
  double speed_m_per_s = 0.25;
  double start_s = 0.12;  ///< time in which it gathers speed
  double stop_s = 0.036;  ///< time in which it stops: half of speed x stop is the stopping way

  /// Shorter than the ramps need, the speed is lowered to fit.
  [[nodiscard]] double duration_s() const;
  [[nodiscard]] double at(double t_s) const;

 private:
  [[nodiscard]] double reached_speed() const;
};

/// One value moved by glides in the order of their times; holds between them.
class Lift {
 public:
  explicit Lift(double initial_m) : initial_m_(initial_m) {}
  void add(const Glide& glide) { glides_.push_back(glide); }
  [[nodiscard]] double at(double t_s) const;

 private:
  double initial_m_;
  std::vector<Glide> glides_;
};

/// The natural cubic spline through equally spaced keys of several channels.
class NaturalSpline {
 public:
  /// `keys`: at least one row; all rows of one length.
  explicit NaturalSpline(std::vector<std::vector<double>> keys);

  /// At `u` in [0, keys - 1]; clamped.
  [[nodiscard]] std::vector<double> at(double u) const;

 private:
  std::vector<std::vector<double>> keys_;
  std::vector<std::vector<double>> curvature_;  ///< second derivative at each key
};

}  // namespace tactus::simulator
