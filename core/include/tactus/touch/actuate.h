// Turns what should be felt into what an actuator must be given.
//
// A frame says what the skin should feel; actuators answer late, at their own pitch, or unevenly.
// Each kind has a model here that its driver runs backwards: resonators are overdriven to rise and
// braked to fall, spinning masses likewise, coils and piezos are equalised. What comes in has been
// limited and the model keeps what comes out of the actuator below it. The drive may exceed full
// scale while the actuator is short of it, as far as `overdrive`, and only while its mean power over
// `load_s` is near a lasting rated drive's: no input heats an actuator by a third more than that.
//
//   Clocks   none: each frame is one millisecond, its samples at 8 kHz.
//   Units    drive, 1 is the actuator's rated voltage; Hz.
//   Errors   none: finite frames in, finite drive out, within ±overdrive.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/touch/actuate_test.cc; tactus eval touch; docs/notes/actuators.md
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/touch/tactile_frame.h"

namespace tactus {

enum class ActuatorKind : std::uint8_t {
  Lra,        ///< a mass on a spring: one pitch, strength alone is free
  Erm,        ///< a spinning mass: strength and pitch are one; direct current
  VoiceCoil,  ///< a damped resonance, below it weak
  Piezo,      ///< stiff: weak below its resonance, one-sided voltage
};

struct ActuatorParams {
  ActuatorKind kind = ActuatorKind::Lra;
  float resonance_Hz = 175;  ///< not of an Erm
  float q = 10;              ///< sharpness of the resonance
  float rise_s = 0.05f;      ///< of an Erm: time constant of its speed
  float overdrive = 2;       ///< >= 1; most drive, of rated
  float load_s = 0.1f;       ///< time over which overdrive must be made good
  float least_Hz = 40;       ///< of coil and piezo: below it the mass would travel too far
};

struct ActuatorState {
  float load = 0;                     ///< mean power, of a lasting rated drive's
  float speed = 0;                    ///< of an Erm by the model, of that at rated drive
  std::array<double, 2> mass{};       ///< of an Lra by the model: way and speed, 1 at rated drive
  std::array<double, 2> equaliser{};  ///< of a VoiceCoil or Piezo
};
static_assert(std::is_trivially_copyable_v<ActuatorState>);

/// What one actuator of a limited frame is given, sample by sample. An Erm's is the same for all
/// eight; a Piezo's is between 0 and overdrive, at rest in the middle.
[[nodiscard]] std::array<float, kFrameSamples> actuate(ActuatorState& state,
                                                       const ActuatorParams& params,
                                                       const TactileFrame& safe,
                                                       std::size_t actuator) noexcept;

}  // namespace tactus
