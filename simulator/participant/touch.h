// One touch: a way over the skin, fixed to a bone, with times to come down, move along and lift
// off.
//
//   Clocks   seconds of the stage's clock.
//   Frames   keys in the bone's frame; the hand comes out in world.
//   Units    metres, radians; progress in keys.
//   Errors   none.
//   Threads  plain value.
//   Proof    tests/simulator/participant/participant_test.cc
#pragma once
#include <span>
#include <vector>

#include "person_track.h"
#include "profile.h"
#include "touch_solver.h"

namespace tactus::simulator {

class Touch {
 public:
  /// `keys`, in world now, go with `bone`, which is at `T_world_bone` now. The hand waits
  /// `hover_m` above the skin before it comes down.
  Touch(std::size_t bone, const Pose3d& T_world_bone, std::span<const TouchAnswer> keys,
        double hover_m);

  Lift lift;         ///< height above the pressed-in place
  Lift progress{0};  ///< along the keys

  [[nodiscard]] std::size_t bone() const { return bone_; }
  [[nodiscard]] HandSample at(double t_s, const Pose3d& T_world_bone) const;

 private:
  std::size_t bone_;
  Q4d q_bone_first_;
  NaturalSpline path_;
};

/// What the story needs to know of the child to plan a touch.
struct TouchPlace {
  V3d p_world, n_world;
  std::size_t bone = 0;
};

/// The touches, planned on the skin as it is now. Empty keys: there is no such place.
struct TouchPlan {
  std::size_t bone = 0;
  std::vector<TouchAnswer> keys;
  double key_spacing_m = 0;
};
[[nodiscard]] TouchPlan plan_cheek(const PosedBody& body, const TouchSolver& solver, Hand hand);
[[nodiscard]] TouchPlan plan_hair(const PosedBody& body, const TouchSolver& solver, Hand hand);
/// First key: palm on palm. Second: fingers closed around her hand.
[[nodiscard]] TouchPlan plan_hold(const PosedBody& body, const TouchSolver& solver);
/// First key: palm on her back, from its own side. Second: fingers laid on it too.
[[nodiscard]] TouchPlan plan_back(const PosedBody& body, const TouchSolver& solver, Hand hand);

}  // namespace tactus::simulator
