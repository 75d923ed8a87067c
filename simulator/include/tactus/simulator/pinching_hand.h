// A hand that holds something between thumb and index: truth in double precision.
//
//   Clocks   none.
//   Frames   world.
//   Units    metres, radians.
//   Errors   none; what no hand can hold (a gap beyond some 8 cm) is held as nearly as it can be.
//   Threads  pure.
//   Proof    tests/simulator/touch/held_trial_test.cc
#pragma once
#include "tactus/pose/hand_pose.h"
#include "tactus/simulator/true_hand.h"

namespace tactus::simulator {

/// `hand` with the skin of the pulps of thumb and index `gap_m` apart; less than 0 where they press
/// something between them together.
[[nodiscard]] TrueHand pinching(TrueHand hand, double gap_m);

/// What is between the pulps.
struct PinchedPlace {
  V3d p_world;  ///< the middle
  V3d n_world;  ///< from the thumb's pulp to the index's, unit length
};
[[nodiscard]] PinchedPlace pinched_place(const TrueHand& hand);

/// The pose that a tracker without any error has of the hand at rest.
[[nodiscard]] HandPose tracked_pose(const TrueHand& hand, HostTime t);

}  // namespace tactus::simulator
