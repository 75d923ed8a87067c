#include "tactus/contact/grasp.h"

#include <algorithm>

#include "tactus/contact/opposed.h"

namespace tactus {
namespace {

constexpr HoldParams kGrasp{};

/// Which of two is told.
bool is_before(const Grasp& a, const Grasp& b) {
  if (a.holds != b.holds) return a.holds;
  if (a.holds) return a.t_since < b.t_since;
  const auto nearness = [](const Grasp& g) {
    return std::max(g.strength, g.force_N / kGrasp.full_N);
  };
  return nearness(a) > nearness(b);
}

}  // namespace

Grasp tell_grasp(GraspState& state, Hand hand, std::span<const Contact> of_hands,
                 std::span<const BodyInterval> bodies, HostTime t) noexcept {
  Grasp told;
  for (std::size_t b = 0; b < kMaxBodies; ++b) {
    if (b >= bodies.size() || bodies[b].model == nullptr) {
      state.holds[b] = {};
      state.pressed[b] = Region::None;
      continue;
    }
    const auto body = static_cast<std::uint8_t>(b);
    const Region pressed = most_pressed(hand, body, of_hands);
    if (pressed != Region::None) state.pressed[b] = pressed;
    const Hold hold = follow(state.holds[b], kGrasp, grasp_force(hand, body, of_hands), t);
    const bool is_any = hold.holds || hold.force_N > 0 || hold.strength > 0;
    if (!is_any) continue;
    const Grasp grasp{hold, body, state.pressed[b]};
    if (told.body == kNoBody || is_before(grasp, told)) told = grasp;
  }
  return told;
}

}  // namespace tactus
