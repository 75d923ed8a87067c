// What one device is given of a safe frame: as it is, as a drive, or now and then.
//
// A driver says what its device takes; the rest follows. A device that makes its own tones is given
// envelopes, one that plays samples as they come is given the drive that makes its actuators do what
// the frame says, one that hears rarely is told what matters. All of it is below what the limit let
// through: actuate.h and pace.h say how.
//
//   Clocks   milliseconds, one call each.
//   Units    drive, 1 is the actuator's rated voltage; packets per second.
//   Errors   none.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/touch/deliver_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/touch/actuate.h"
#include "tactus/touch/pace.h"

namespace tactus {

/// How a device takes touch.
enum class Taking : std::uint8_t {
  Nothing,  ///< it has no actuators
  Frames,   ///< it makes tones of envelopes and pitches by itself
  Drives,   ///< it plays samples as they are, each millisecond
  Packets,  ///< frames, but few
};

/// What a driver declares of its device.
struct Playing {
  Taking taking = Taking::Nothing;
  std::uint8_t every_ms = 1;  ///< of Frames: > 0, from one to the next
  ActuatorParams actuator;    ///< of Drives: what all of them are
  PaceParams pace;            ///< of Packets
};

struct DeliveryState {
  std::array<ActuatorState, kActuators> actuators{};
  PaceState pace;
};
static_assert(std::is_trivially_copyable_v<DeliveryState>);

/// True: `packet` is to be sent in millisecond `ms`. To one who takes drives its waves are those.
[[nodiscard]] bool deliver(DeliveryState& state, const Playing& playing, const TactileFrame& safe,
                           std::uint64_t ms, TactileFrame& packet) noexcept;

}  // namespace tactus
