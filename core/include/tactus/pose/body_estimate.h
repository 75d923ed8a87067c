// The wearer's body at a tick, from what a session has of it: the headset and the gloves' wrists.
//
// A headset is heard of once a frame and a glove each millisecond, so the head is carried on to the
// tick with the speed that came with it; what is late or lost is left to the solver.
//
//   Clocks   HostTime of the tick. Frames: world, whose floor is at y = 0.
//   Units    SI.
//   Errors   none: without a headset there is no body, and `origin` says so.
//   Threads  one owner. RT-safe.
//   Proof    tests/core/pose/body_estimate_test.cc
#pragma once
#include <type_traits>

#include "tactus/pose/body_joint_sets.h"
#include "tactus/pose/body_solver.h"
#include "tactus/sense/seen_head.h"

namespace tactus {

struct BodyEstimatorParams {
  BodyProfile profile = body_profile(1.70f);  ///< until the wearer's own is known
  BodySolverParams solver;
  Duration head_late = 60ms;  ///< older than this the headset is no reading any more
};

struct BodyEstimatorState {
  SeenHead head;
  BodySolverState solver;
};
static_assert(std::is_trivially_copyable_v<BodyEstimatorState>);

/// What a runtime saw of the headset; one older than the last is left aside.
void hear(BodyEstimatorState& state, const SeenHead& seen) noexcept;

/// The body at `now`, with the hands at `now`.
[[nodiscard]] BodyPose estimate_body(BodyEstimatorState& state, const BodyEstimatorParams& params,
                                     const HandPair& hands, HostTime now) noexcept;

}  // namespace tactus
