// A millisecond of vibration with its envelope: each sample beside the one a quarter period earlier.
//
// What is added up as pairs has its envelope for nothing: their length. So a waveform made of many
// tones and the envelope that simpler gloves play stay one signal.
//
//   Clocks   none: eight samples at 8 kHz.
//   Units    drive, full scale 1; Hz.
//   Errors   none.
//   Threads  plain value, RT-safe.
//   Proof    tests/core/touch/texture_test.cc
#pragma once
#include <algorithm>
#include <array>
#include <cmath>

#include "tactus/touch/tactile_frame.h"

namespace tactus {

struct Signal {
  std::array<float, kFrameSamples> sine{};    ///< what is played
  std::array<float, kFrameSamples> cosine{};  ///< the same a quarter period earlier
  float power = 0;                            ///< of what was added, sums of squares …
  float power_Hz = 0;                         ///< … and each times its pitch

  void add(float gain, const Signal& other) noexcept {
    for (std::size_t n = 0; n < kFrameSamples; ++n) {
      sine[n] += gain * other.sine[n];
      cosine[n] += gain * other.cosine[n];
    }
    power += gain * gain * other.power;
    power_Hz += gain * gain * other.power_Hz;
  }

  /// The sum with the envelope kept within `peak`, into one actuator's part of a frame.
  void write(float peak, std::size_t actuator, TactileFrame& frame) const noexcept {
    if (!(power > 0)) return;
    float most = 0;
    for (std::size_t n = 0; n < kFrameSamples; ++n) {
      const float length = std::sqrt(sine[n] * sine[n] + cosine[n] * cosine[n]);
      frame.wave[actuator][n] = length > peak ? peak / length * sine[n] : sine[n];
      most = std::max(most, length);
    }
    frame.envelope[actuator] = std::min(most, peak);
    frame.frequency_Hz[actuator] = power_Hz / power;
  }
};

}  // namespace tactus
