// Postures of a hand that nothing touches, and how its fingers idle.
//
//   Units    radians. Frames: none.
//   Errors   none.
//   Threads  plain values; IdleFingers has one owner.
//   Proof    tests/simulator/participant/participant_test.cc (speeds and limits)
#pragma once
#include <array>
#include <cstdint>
#include <random>

#include "tactus/simulator/true_hand.h"

namespace tactus::simulator {

using Fingers = std::array<TrueFinger, kFingers>;

/// Slightly curled, as a hand that does nothing.
[[nodiscard]] Fingers relaxed_fingers();

/// Moves the fingers from posture to posture without purpose: minimum-jerk movements between
/// postures whose spread and coupling are those of recorded hands (adjacent MCPs correlate 0.9;
/// MCP speed about 76 deg/s rms when lively).
class IdleFingers {
 public:
  explicit IdleFingers(std::uint64_t seed);

  /// The fingers at `t_s`; call with times that do not run backwards. `liveliness` 0 is relaxed and
  /// still, 1 moves as in recordings.
  [[nodiscard]] Fingers at(double t_s, double liveliness);

 private:
  Fingers invent();

  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  Fingers from_, to_;
  double t_begin_s_ = 0;
  double duration_s_ = 0.45;
};

/// The size of a seed's hand: every bone of the medium hand times one factor within ±5 %.
[[nodiscard]] std::array<TrueBones, kFingers> bones_of(std::uint64_t seed);

}  // namespace tactus::simulator
