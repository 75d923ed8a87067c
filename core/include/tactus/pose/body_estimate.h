// The wearer's body at a tick, from what a session has of it: the headset, the gloves' wrists, and
// whatever further trackers are worn.
//
// A headset is heard of once a frame, a tracker each few milliseconds and a glove each, so head and
// trackers are carried on to the tick, the one with the speed that came with it, the others with that
// of their last two places; what is late or lost is left to the solver.
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
  Duration head_late = 60ms;  ///< older than this headset and trackers are no reading any more
};

/// A segment of the body that carries a tracker.
struct SeenSegment {
  HostTime t;
  bool tracked = false;
  Pose T_world_segment;
  Vec3 v_world;
  Vec3 omega_world;
};

struct BodyEstimatorState {
  SeenHead head;
  std::array<SeenSegment, kBodySites> segments{};
  BodySolverState solver;
};
static_assert(std::is_trivially_copyable_v<BodyEstimatorState>);

/// What a runtime saw of the headset; one older than the last is left aside.
void hear(BodyEstimatorState& state, const SeenHead& seen) noexcept;

/// Where a tracker says that its segment is; one older than the last is left aside, and one of the
/// head or of a hand, which others tell.
void hear(BodyEstimatorState& state, BodySite site, HostTime t, const Pose& T_world_segment,
          bool tracked) noexcept;

/// The body at `now`, with the hands at `now`.
[[nodiscard]] BodyPose estimate_body(BodyEstimatorState& state, const BodyEstimatorParams& params,
                                     const HandPair& hands, HostTime now) noexcept;

}  // namespace tactus
