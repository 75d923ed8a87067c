// Whether a finger sticks to the skin or slips over it.
//
// A fingertip's pulp shears before it slides. The shear is a spring between finger and skin, carried
// with the skin; where it pulls harder than friction holds, it slips and keeps what friction holds.
//
//   Frames   world axes; the shear is kept in the triangle's, which moves and turns with the skin.
//   Units    metres, m/s, newtons, seconds.
//   Errors   none: a triangle without area keeps no shear.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/contact/friction_test.cc; docs/notes/contact.md
#pragma once
#include <array>
#include <type_traits>

#include "tactus/contact/contact.h"

namespace tactus {

struct FrictionParams {
  /// Of a fingertip's pulp, sheared: as in a finger's model with stick and slip, ROBOMECH J. 2017,
  /// doi 10.1186/s40648-017-0080-8, table 1.
  float stiffness_N_per_m = 1000;
  /// By material, before it slips and while it does. Skin on skin 0.5 to 1.5, hair 0.2 to 0.5, cloth
  /// 0.3 to 0.6 in the literature; ours are in between, the drop what makes a finger stutter. Of foam
  /// and rubber design values: crumb is dry and gives way under the finger, rubber holds best of all.
  std::array<float, kMaterials> sticking = {0.9f, 0.35f, 0.5f, 0.6f, 0.55f, 1.1f};
  std::array<float, kMaterials> slipping = {0.7f, 0.3f, 0.42f, 0.5f, 0.45f, 0.8f};
};

/// Plain memory of one contact. A zeroed one sticks without shear.
struct FrictionState {
  float along_ab = 0,
        along_ac = 0;  ///< shear of the finger against the skin, in edges of the triangle
  bool slips = false;
};
static_assert(std::is_trivially_copyable_v<FrictionState>);

/// Edges of the triangle that the contact is on, and its normal.
struct FrictionFrame {
  Vec3 ab, ac, n;
};

struct Friction {
  Vec3 drag_N;  ///< on the finger, tangential
  Vec3 v_slip;  ///< of the finger over the skin; 0 while it sticks
};

/// Advances by `dt_s` a contact pressed with `force_N`, whose finger moves with `v_tangential`
/// relative to the skin, tangential. `last` is where the triangle of the step before is now, `now` the
/// triangle touched now, perhaps the same. Return mapping of Coulomb friction with a
/// spring (Kikuuwe et al., IEEE T-RO 22(6), 2006, without its damper): no drift, no chatter.
[[nodiscard]] Friction slide(FrictionState& state, const FrictionParams& params, Material material,
                             const FrictionFrame& last, const FrictionFrame& now, float force_N,
                             Vec3 v_tangential, float dt_s) noexcept;

}  // namespace tactus
