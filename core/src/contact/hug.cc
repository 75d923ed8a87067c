#include "tactus/contact/hug.h"

#include "tactus/contact/opposed.h"

namespace tactus {

Hold tell_hug(HugState& state, const ContactParams& params, std::span<const Contact> of_hands,
              std::span<const Contact> of_wearer, const BodyPose& wearer,
              std::span<const BodyInterval> bodies, HostTime t) noexcept {
  if (is_told(wearer)) return follow(state.hold, kHug, hug_force(of_hands, of_wearer), t);
  const auto likely = query_wearer(state.likely, params, wearer, bodies, t, Trust::Likely);
  // A head that nods takes a chest that is solved for centimetres along. Arms that have closed stay
  // closed until one of them opens.
  const float force_N =
      state.hold.holds ? arms_force(of_hands, likely) : hug_force(of_hands, likely);
  return follow(state.hold, kHug, force_N, t);
}

}  // namespace tactus
