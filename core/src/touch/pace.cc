#include "tactus/touch/pace.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

constexpr auto kLife_ms = static_cast<std::uint8_t>(kFrameLife / 1ms);

/// The strongest envelope that the device has not been told and that is not old.
void remember(PaceState& state, const TactileFrame& safe) {
  for (std::size_t a = 0; a < kActuators; ++a) {
    if (state.age[a] < kLife_ms) ++state.age[a];
    if (state.age[a] < kLife_ms && state.missed[a] > safe.envelope[a]) continue;
    state.missed[a] = safe.envelope[a];
    state.age[a] = 0;
  }
}

}  // namespace

bool pace(PaceState& state, const PaceParams& params, const TactileFrame& safe,
          TactileFrame& packet) noexcept {
  state.packets = std::min(params.saved, state.packets + params.packets_per_s / 1000);
  remember(state, safe);
  bool begins = false, changes = false, ends = false;
  for (std::size_t a = 0; a < kActuators; ++a) {
    begins |= state.missed[a] >= state.sent[a] + params.onset;
    changes |= std::abs(safe.envelope[a] - state.sent[a]) >= params.change;
    ends |= safe.envelope[a] == 0 && state.sent[a] > 0;
  }
  const float cost = begins || ends ? 1.0f : 2.0f;
  if (!(begins || ends || changes) || state.packets < std::min(cost, params.saved)) return false;
  packet = safe;
  if (begins) packet.envelope = state.missed;
  state.packets -= 1;
  state.sent = packet.envelope;
  state.missed = {};
  state.age = {};
  return true;
}

}  // namespace tactus
