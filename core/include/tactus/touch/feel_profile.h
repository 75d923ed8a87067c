// How strongly one wearer in one pair of gloves feels each actuator's drive, by pitch.
//
// Two of one make are not equally strong, and skin grows less keen with age, cold and callus. Where
// that is known a touch feels as strong on each finger as on the others, and on each person.
//
//   Frames   none.
//   Units    dB; pitches are those of an ActuatorResponse.
//   Errors   is_sound says whether numbers from outside can be; the default is flat and the norm.
//   Threads  plain value, pure functions; RT-safe.
//   Proof    tests/core/touch/feel_profile_test.cc
#pragma once
#include <type_traits>

#include "tactus/base/hand.h"
#include "tactus/touch/perceive.h"

namespace tactus {

/// No actuator or skin is believed to be further off than this, dB.
inline constexpr float kMostOff_db = 30;

struct FeelProfile {
  /// What each actuator makes of its drive, measured on the glove.
  std::array<ActuatorResponses, kHands> response{};
  /// What the wearer's skin needs more than threshold_db says, on each hand.
  std::array<std::array<float, kResponsePoints>, kHands> threshold_db{};
};
static_assert(sizeof(FeelProfile) == 4 * kHands * (kActuators + 1) * kResponsePoints &&
              std::is_trivially_copyable_v<FeelProfile>);

/// Every number is finite and within kMostOff_db.
[[nodiscard]] bool is_sound(const FeelProfile& profile) noexcept;

/// What the wearer makes of each actuator's drive: its response less what the skin needs more.
[[nodiscard]] ActuatorResponses felt_responses(const FeelProfile& profile, Hand hand) noexcept;

}  // namespace tactus
