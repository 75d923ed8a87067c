#include "tactus/contact/hug.h"

#include "tactus/contact/opposed.h"

namespace tactus {

Hold tell_hug(HugState& state, const ContactParams& params, std::span<const Contact> of_hands,
              std::span<const Contact> of_wearer, const BodyPose& wearer,
              std::span<const BodyInterval> bodies, HostTime t) noexcept {
  float force_N = 0;
  if (is_told(wearer)) {
    force_N = hug_force(of_hands, of_wearer);
  } else {
    force_N =
        hug_force(of_hands, query_wearer(state.likely, params, wearer, bodies, t, Trust::Likely));
  }
  return follow(state.hold, kHug, force_N, t);
}

}  // namespace tactus
