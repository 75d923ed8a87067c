// For devices that take few packets: which milliseconds are worth one.
//
// A device that hears ten times a second cannot follow a stroke, but it can begin on time and end
// soon. Packets are saved like coins: a lasting contact may spend all but one, the last is kept for
// a beginning or an end.
//
//   Clocks   none: one call a millisecond.
//   Units    packets per second; envelope as in TactileFrame.
//   Errors   none.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/touch/pace_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/touch/tactile_frame.h"

namespace tactus {

struct PaceParams {
  float packets_per_s = 10;  ///< > 0
  float saved = 2;           ///< >= 1; packets that may follow each other at once
  float onset = 0.05f;       ///< a rise of an envelope by this is a beginning
  float change = 0.03f;      ///< a smaller change of an envelope is not worth a packet
};

struct PaceState {
  float packets = 0;                           ///< saved up
  std::array<float, kActuators> sent{};        ///< envelopes of the last packet
  std::array<float, kActuators> missed{};      ///< the strongest since, while it is still young
  std::array<std::uint8_t, kActuators> age{};  ///< of `missed`, ms
};
static_assert(std::is_trivially_copyable_v<PaceState>);

/// True: `packet` is to be sent now, and holds until the next. It is the frame, with each envelope
/// as strong as the strongest that found no packet in the last life of a frame.
[[nodiscard]] bool pace(PaceState& state, const PaceParams& params, const TactileFrame& safe,
                        TactileFrame& packet) noexcept;

}  // namespace tactus
