// One millisecond of vibration for one glove, or for one side of a garment.
//
// The waveform is the truth. The envelope and frequency beside it say the same thing to devices
// that synthesise their own tone; the limit stage bounds both.
//
//   Clocks   HostTime of the first sample; 8 samples at 8 kHz.
//   Units    drive, dimensionless, [-1, 1] of the actuator's full scale; Hz.
//   Errors   none; `limit` is the last stage and makes any frame safe.
//   Threads  plain value, RT-safe.
//   Proof    tests/core/touch
#pragma once
#include <array>
#include <cstddef>
#include <type_traits>

#include "tactus/base/glove_layout.h"
#include "tactus/base/hand.h"
#include "tactus/base/time.h"

namespace tactus {

inline constexpr std::size_t kFrameSamples = 8;
inline constexpr int kActuatorRate_Hz = 8000;
inline constexpr Duration kFramePeriod = 1ms;
inline constexpr Duration kFrameLife = 20ms;  ///< a frame older than this is silence

struct TactileFrame {
  HostTime t;
  Hand hand = Hand::Left;
  std::array<std::array<float, kFrameSamples>, kActuators> wave{};
  std::array<float, kActuators> envelope{};      ///< [0, 1]
  std::array<float, kActuators> frequency_Hz{};  ///< of the tone the envelope belongs to
};
static_assert(std::is_trivially_copyable_v<TactileFrame>);

}  // namespace tactus
