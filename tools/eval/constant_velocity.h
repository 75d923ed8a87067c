// The predictor most runtimes have: velocities fitted to the last four poses, carried on.
//
//   Clocks   the tracker's stamps.
//   Frames   the tracker's.
//   Units    SI.
//   Errors   with one pose it stands still.
//   Threads  one owner.
//   Proof    tests/tools/wrist_trial_test.cc
#pragma once
#include <deque>

#include "tactus/sense/measurement.h"

namespace tactus::tools {

class ConstantVelocity {
 public:
  void see(const WristMeasurement& m) {
    seen_.push_back(m);
    if (seen_.size() > 4) seen_.pop_front();
  }

  [[nodiscard]] Pose predict(HostTime t) const {
    if (seen_.empty()) return {};
    const WristMeasurement& newest = seen_.back();
    // Least squares: slope and mean of positions and of turns against the newest.
    double mean_s = 0, square = 0;
    for (const WristMeasurement& m : seen_) mean_s += seconds(m.t - newest.t) / n();
    Vec3 v{}, omega{}, p_mean{}, turn_mean{};
    for (const WristMeasurement& m : seen_) {
      const double s = seconds(m.t - newest.t) - mean_s;
      const Vec3 turn = log_rotation(m.T_world_wrist.q * conjugate(newest.T_world_wrist.q));
      square += s * s;
      v = v + float(s) * m.T_world_wrist.p;
      omega = omega + float(s) * turn;
      p_mean = p_mean + float(1 / n()) * m.T_world_wrist.p;
      turn_mean = turn_mean + float(1 / n()) * turn;
    }
    const double ahead_s = seconds(t - newest.t) - mean_s;
    const float reach = square > 0 ? float(ahead_s / square) : 0.0f;
    return {normalized(exp_rotation(turn_mean + reach * omega) * newest.T_world_wrist.q),
            p_mean + reach * v};
  }

 private:
  [[nodiscard]] double n() const { return static_cast<double>(seen_.size()); }
  std::deque<WristMeasurement> seen_;
};

}  // namespace tactus::tools
