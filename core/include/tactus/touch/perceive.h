// How strong a vibration feels, and the drive that feels as strong at another pitch.
//
// Skin answers to some tones more than to others, and so do actuators. Strength is meant here as
// sensation level, how far a tone is above the weakest that is felt; a renderer asks for it as the
// drive of a flat actuator where skin is most even, and each tone is weighed by what skin and
// actuator make of its pitch.
//
//   Clocks   none.
//   Units    Hz; dB.
//   Errors   none; outside 40 to 400 Hz the nearer end counts.
//   Threads  pure functions, RT-safe.
//   Proof    tests/core/touch/perceive_test.cc; tactus eval touch
#pragma once
#include <array>
#include <cstddef>
#include <type_traits>

#include "tactus/base/glove_layout.h"

namespace tactus {

/// Third octaves from 40 to 400 Hz.
inline constexpr std::size_t kResponsePoints = 11;

/// What an actuator makes of a drive: acceleration at the skin, in dB of a flat actuator's, at 40,
/// 50.4, 63.5 … 403 Hz; between them straight over the logarithm of the pitch. Zero: flat.
struct ActuatorResponse {
  std::array<float, kResponsePoints> gain_db{};
};
static_assert(std::is_trivially_copyable_v<ActuatorResponse>);

using ActuatorResponses = std::array<ActuatorResponse, kActuators>;  ///< of a glove

/// The pitch of a point of a response, in Hz.
[[nodiscard]] float response_pitch(std::size_t point) noexcept;

/// How much more acceleration than at 160 Hz it takes to be felt, in dB. In displacement the
/// threshold falls by 12 dB an octave from 40 to 250 Hz (Gescheider & Verrillo 1979, doi
/// 10.1007/978-1-4613-3039-4_10, after Verrillo 1963): in acceleration it is even. Above, it rises
/// by 12 dB an octave in displacement: MPEG's reference software has these 8 dB at 400 Hz too, and
/// less on the way.
[[nodiscard]] float threshold_db(float frequency_Hz) noexcept;

/// How much a drive must grow to feel as strong as it would at 160 Hz on a flat one, in dB, at a
/// pitch of so many octaves over 1 Hz.
[[nodiscard]] float equal_drive_db(const ActuatorResponse& response, float octaves) noexcept;

/// The same as a factor, at a pitch in Hz.
[[nodiscard]] float equal_drive(const ActuatorResponse& response, float frequency_Hz) noexcept;

}  // namespace tactus
