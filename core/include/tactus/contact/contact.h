// Where a hand meets a body: the fixed-capacity result of a query.
//
//   Clocks   HostTime. Frames: world.
//   Units    metres, m/s, newtons.
//   Errors   none; more contacts than fit cannot be, each probe has at most one.
//   Threads  plain values.
//   Proof    tests/core/contact
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/hand.h"
#include "tactus/base/hand_patches.h"
#include "tactus/base/inline_vector.h"
#include "tactus/base/time.h"

namespace tactus {

/// Parts of a person that a touch can tell apart, and what is none. Stable numbers: they are on disk and in the API.
enum class Region : std::uint8_t {
  None = 0,
  Face = 1,
  CheekLeft = 2,
  CheekRight = 3,
  Forehead = 4,
  Nose = 5,
  Lips = 6,
  Ear = 7,
  Hair = 8,
  Neck = 9,
  Shoulder = 10,
  Arm = 11,
  HandLeft = 12,
  HandRight = 13,
  Chest = 14,
  Back = 15,
  Lap = 16,
  Leg = 17,
  Foot = 18,
  Cloth = 19,
  Thing = 20,  ///< of no person: a letter, a balloon
};
inline constexpr std::size_t kRegions = 21;

/// What a surface is made of, to the finger.
enum class Material : std::uint8_t {
  Skin = 0,
  Hair = 1,
  Cloth = 2,
  Hard = 3,    ///< wood, porcelain, paper
  Foam = 4,    ///< sponge, crumb, stuffing
  Rubber = 5,  ///< a balloon's skin
};
inline constexpr std::size_t kMaterials = 6;

/// In place of a body's slot: what is touched is the wearer's own, or nothing is.
inline constexpr std::uint8_t kNoBody = 0xff;

/// One patch of a hand's skin that touches.
struct Contact {
  HostTime t_since;  ///< when this probe's contact with this body began
  Hand hand = Hand::Left;
  std::uint8_t actuator = 0;  ///< index into kPatchSites; below kActuators that actuator's own
  Region region = Region::None;
  Material material = Material::Skin;
  std::uint32_t triangle = 0;
  Vec3 p_world;                 ///< closest point on the skin of the body
  Vec3 n_world;                 ///< outward normal there
  float depth_m = 0;            ///< > 0 in contact
  float force_N = 0;            ///< virtual, from pad mechanics; drives perception, not a motor
  Vec3 v_slip_world;            ///< slip over the moving skin, tangential; 0 while it sticks
  Vec3 drag_world_N;            ///< friction on the finger, tangential; virtual as force_N is
  float approach_m_per_s = 0;   ///< speed along the normal when the contact began, >= 0
  float presence = 1;           ///< [0, 1] of the body: it fades when its application falls silent
  bool sticks = false;          ///< friction holds: no slip
  std::uint8_t body = kNoBody;  ///< slot of the body that is touched, below kMaxBodies
};
static_assert(std::is_trivially_copyable_v<Contact>);

using ContactSet = InlineVector<Contact, kHands * kPatches>;

/// Seconds until each actuator's own patch touches, if hand and body go on as they do now: 0 while it
/// touches, infinite when it never will.
using TimeToTouch = std::array<float, kActuators>;
inline constexpr TimeToTouch kNeverTouches = [] {
  TimeToTouch never{};
  never.fill(std::numeric_limits<float>::infinity());
  return never;
}();

}  // namespace tactus
