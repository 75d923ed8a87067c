// Many notes as the one envelope that phones and controllers can play, and the scale of its pitch.
//
//   Clocks   seconds from the pattern's start.
//   Units    amplitude [0, 1], Hz.
//   Errors   none.
//   Threads  pure; allocates.
//   Proof    tests/patterns
#pragma once
#include <vector>

#include "tactus/patterns/pattern.h"

namespace tactus::patterns {

/// The band that 0 to 1 of Meta's "frequency" and Apple's "sharpness" stand for. Neither maker
/// says; MPEG's reference software takes Apple's for this band.
inline constexpr double kLowest_Hz = 65, kHighestPitch_Hz = 300;

[[nodiscard]] double hertz_of(double pitch);
/// [0, 1]; 0 Hz, the actuator's own, is the middle.
[[nodiscard]] double pitch_of(double frequency_Hz);

struct Envelope {
  std::vector<CurvePoint> amplitude, frequency_Hz;  ///< from the pattern's start
  std::vector<Tap> taps;                            ///< in order
};

/// Amplitudes that sound together add as powers, their frequencies are averaged by power.
[[nodiscard]] Envelope merge(const Pattern& pattern);

}  // namespace tactus::patterns
