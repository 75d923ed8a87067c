#include "tactus/contact/friction.h"

#include <algorithm>

namespace tactus {
namespace {

/// Writes a tangential vector in the edges of the triangle.
void keep(FrictionState& state, const FrictionFrame& frame, Vec3 shear) {
  const float bb = dot(frame.ab, frame.ab), bc = dot(frame.ab, frame.ac);
  const float cc = dot(frame.ac, frame.ac), area = bb * cc - bc * bc;
  const float b = dot(shear, frame.ab), c = dot(shear, frame.ac);
  const bool flat = !(area > 1e-6f * bb * cc);
  state.along_ab = flat ? 0 : (cc * b - bc * c) / area;
  state.along_ac = flat ? 0 : (bb * c - bc * b) / area;
}

}  // namespace

Friction slide(FrictionState& state, const FrictionParams& params, Material material,
               const FrictionFrame& last, const FrictionFrame& now, float force_N,
               Vec3 v_tangential, float dt_s) noexcept {
  const auto m = static_cast<std::size_t>(material);
  const float grip = state.slips ? params.slipping[m] : params.sticking[m];
  const float most_m = grip * force_N / params.stiffness_N_per_m;
  const Vec3 carried = state.along_ab * last.ab + state.along_ac * last.ac;
  const Vec3 wanted = carried - dot(carried, now.n) * now.n + dt_s * v_tangential;
  const float wanted_m = length(wanted);
  Friction out;
  Vec3 shear = wanted;
  state.slips = wanted_m > most_m;
  if (state.slips) {
    shear = params.slipping[m] * force_N / params.stiffness_N_per_m * normalized(wanted);
    // What snaps back when grip is lost is the finger's, not a stroke: no faster than it moves.
    const Vec3 slipped = wanted - shear;
    const float most_slip_m = dt_s * length(v_tangential);
    const float share = std::min(1.0f, most_slip_m / std::max(length(slipped), 1e-9f));
    if (dt_s > 0) out.v_slip = share / dt_s * slipped;
  }
  out.drag_N = -params.stiffness_N_per_m * shear;
  keep(state, now, shear);
  return out;
}

}  // namespace tactus
