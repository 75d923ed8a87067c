// Where skin is felt that has no actuator of its own: between those that are near.
//
// Two vibrations near each other on one piece of skin are felt as one, between them, nearer to the
// stronger; its strength is theirs by power (Israr & Poupyrev, Tactile Brush, CHI 2011), so the shares
// of a patch add up to one. Fingers are separate skin: one line each, with actuators at its two ends
// alone, between which its middle is felt, wider than on a palm. The ring finger's inner end is between
// the cells of its neighbours.
//
//   Frames   patches lie where they do on a flat hand.
//   Units    gain, dimensionless; metres.
//   Errors   none: a patch that is not between actuators within reach is not felt: at a fingertip its
//            touch would be in the wrong place.
//   Threads  pure.
//   Proof    tests/core/touch/phantom_test.cc; tactus eval touch
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

#include "tactus/base/hand_patches.h"
#include "tactus/base/inline_vector.h"

namespace tactus {

inline constexpr std::size_t kPhantomActuators = 3;
inline constexpr float kPhantomReach_m = 0.045f;  ///< on a palm, farther ones are felt as two
/// Along a finger, of which nothing nearer tells: a medium hand's are 70 to 85 mm from pulp to base.
inline constexpr float kFingerReach_m = 0.07f;

struct PhantomShare {
  std::uint8_t actuator = 0;
  float gain = 0;  ///< of amplitude; the squares of a patch's add up to 1
};
using Phantom = InlineVector<PhantomShare, kPhantomActuators>;
using PhantomTable = std::array<Phantom, kPatches>;

/// Of every patch of a medium hand, strongest first. An actuator's own patch is its alone. The share
/// of power falls with the distance: on the line between two it is that of linear panning.
[[nodiscard]] PhantomTable place_phantoms() noexcept;

}  // namespace tactus
