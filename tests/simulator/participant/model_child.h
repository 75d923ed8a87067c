// A child that a test can know by heart: a ball for a head with cheeks and hair, one for a
// trunk, and a flat hand.
//
//   Frames   model: +Y up, +Z the way she faces; she stands at the model's origin.
//   Units    metres.
//   Errors   none.
//   Threads  plain functions.
//   Proof    tests/simulator/participant/participant_test.cc
#pragma once
#include <vector>

#include "tactus/simulator/true_body.h"

namespace tactus::simulator {

inline constexpr V3d kHeadCentre{0, 1.0, 0};
inline constexpr double kHeadRadius_m = 0.11;
inline constexpr V3d kTrunkCentre{0, 0.72, 0};
inline constexpr V3d kTrunkRadii_m{0.10, 0.17, 0.075};

/// Bones hips, head, chest, leftHand (its palm is up at rest's -Y, offered by offered_bones) and
/// leftMiddleProximal. With hands of clay: a slab 9 cm long, 8 cm wide, 2.4 cm thick.
[[nodiscard]] TrueBody model_child();

/// She stands at z_m before the stage's origin, turned to face it, her left hand held out palm up.
[[nodiscard]] std::vector<Pose3d> offered_bones(const TrueBody& body, double z_m);

}  // namespace tactus::simulator
