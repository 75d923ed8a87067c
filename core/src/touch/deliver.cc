#include "tactus/touch/deliver.h"

namespace tactus {

bool deliver(DeliveryState& state, const Playing& playing, const TactileFrame& safe,
             std::uint64_t ms, TactileFrame& packet) noexcept {
  switch (playing.taking) {
    case Taking::Nothing:
      return false;
    case Taking::Frames:
      if (ms % playing.every_ms != 0) return false;
      packet = safe;
      return true;
    case Taking::Drives:
      packet = safe;
      for (std::size_t a = 0; a < kActuators; ++a) {
        packet.wave[a] = actuate(state.actuators[a], playing.actuator, safe, a);
      }
      return true;
    case Taking::Packets:
      return pace(state.pace, playing.pace, safe, packet);
  }
  return false;
}

}  // namespace tactus
