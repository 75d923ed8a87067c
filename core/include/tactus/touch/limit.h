// The last stage before the skin: makes any frame safe. Never skipped.
//
// It trusts nothing: not the renderer, not the clock, not the application's patterns. What it does
// and why is in docs/safety.md.
//
//   Clocks   HostTime; `now` is the tick, frame.t when the frame was made.
//   Units    drive, full scale 1; Hz.
//   Errors   none: whatever comes in, a safe frame comes out.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/touch/limit_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/base/allowed.h"
#include "tactus/touch/exposure.h"
#include "tactus/touch/tactile_frame.h"

namespace tactus {

struct LimitParams {
  bool validated = false;  ///< the profile was fitted to this wearer
  float ceiling = 0.6f;    ///< of |sample| and envelope, validated
  float unvalidated_ceiling = 0.3f;
  float sample_slew = 0.15f;    ///< most change between samples: a 318 Hz tone at 0.6 passes whole
  float envelope_slew = 0.15f;  ///< most change between frames: full ceiling in 4 ms
  Duration life = kFrameLife;   ///< older frames, and frames from as far in the future, are silence
  Duration ramp = 50ms;         ///< from zero to full after a start, stop or gap
  Duration longest_gap = 20ms;  ///< a longer pause between calls counts as a reconnect
  float least_Hz = 20, most_Hz = 1000;
  float soft_gain = 0.5f;  ///< of Allowed::Soft
  Duration ease = 200ms;   ///< from full to nothing when softened or paused, and back
  ExposureParams exposure;
};

/// One glove's memory. A new one starts from zero, as after a reconnect.
struct LimitState {
  HostTime t_last;   ///< of the last call
  HostTime t_start;  ///< of the ramp
  bool started = false;
  Allowed allowed = Allowed::Full;
  float comfort = 1;                         ///< the wearer's own ceiling, drive
  float eased = 1;                           ///< gain that follows what is allowed, [0, 1]
  std::array<float, kActuators> sample{};    ///< last one sent
  std::array<float, kActuators> envelope{};  ///< last one sent
  ExposureState exposure;
};
static_assert(std::is_trivially_copyable_v<LimitState>);

/// The glove was reconnected: what it last played is unknown, it begins again from zero. What is
/// allowed, the wearer's comfort and the day's exposure stay.
void reset(LimitState& state) noexcept;

/// From the next frame on.
void allow(LimitState& state, Allowed allowed) noexcept;

/// The highest drive that may pass: of the glove, and of the wearer. Not a number allows nothing.
[[nodiscard]] float ceiling_of(const LimitState& state, const LimitParams& params) noexcept;

/// A frame that is safe to play: finite, within the ceiling and the slew, silent when stopped, late
/// or early. One state per glove.
[[nodiscard]] TactileFrame limit(LimitState& state, const LimitParams& params,
                                 const TactileFrame& wanted, HostTime now) noexcept;

}  // namespace tactus
