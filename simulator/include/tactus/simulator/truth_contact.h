// What the skin of the true hands really touches: one signed distance for each actuator's patch.
//
//   Clocks   the instant the body was posed for and the hands were asked for. Frames: world.
//   Units    metres.
//   Errors   a patch farther than kTruthReach_m from the body reads kTruthReach_m, region None.
//   Threads  plain values; truth_contacts is pure.
//   Proof    tests/simulator/truth/true_body_test.cc
#pragma once
#include <array>

#include "tactus/base/glove_layout.h"
#include "tactus/base/hand.h"
#include "tactus/contact/contact.h"
#include "tactus/simulator/true_body.h"
#include "tactus/simulator/true_hand.h"

namespace tactus::simulator {

inline constexpr double kTruthReach_m = 0.03;  ///< farther than any tolerance of the score

struct TruthContact {
  double distance_m = kTruthReach_m;  ///< from the patch's sphere to the skin; negative: pressed in
  Region region = Region::None;       ///< of the nearest skin within reach
  double around_m = kTruthReach_m;    ///< the least distance of the hand's skin without actuators
                                      ///< that may be felt through it; see surroundings
  [[nodiscard]] bool touching() const { return distance_m < 0; }
  [[nodiscard]] double depth_m() const { return touching() ? -distance_m : 0; }
};

using HandTruth = std::array<TruthContact, kActuators>;
using BothHandsTruth = std::array<HandTruth, kHands>;

/// What lies between actuators may be felt through any of them that is as near as this on the hand
/// held flat, times its scale.
inline constexpr double kAround_m = 0.05;
/// And the middle of a finger through those at its ends that are as near as this: its own, and for the
/// ring finger, whose base has none, the cells beside that.
inline constexpr double kAlongFinger_m = 0.07;

/// Asks the body about the patches between the actuators of one hand and fills `around_m`.
void add_surroundings(HandTruth& truth, const PosedBody& body, const TrueHand& hand);

/// Asks the body about every actuator site of one hand.
[[nodiscard]] HandTruth truth_contacts(const PosedBody& body, const TrueHand& hand);

}  // namespace tactus::simulator
