// The participant's part in an embrace, but for the touch itself: hands that come around her from both
// sides, and a head that leans over her shoulder.
//
// It goes with her chest, as whoever holds somebody sways with them.
//
//   Clocks   seconds of the stage's clock.
//   Frames   world; her chest's is her own: +X her left, +Y up, +Z ahead, wherever her bones' axes lie.
//   Units    metres, radians.
//   Errors   whoever was never seen is not embraced.
//   Threads  plain value.
//   Proof    tests/simulator/participant/participant_test.cc
#pragma once
#include <optional>

#include "person_track.h"

namespace tactus::simulator {

class Embrace {
 public:
  /// Arms open at `from_s`; the head goes to her left (+1) or her right (-1).
  Embrace(double from_s, double side) : from_s_(from_s), side_(side) {}

  /// Hands that are at her sides leave, and the head rises, from then on.
  void end(double to_s) { to_s_ = to_s; }

  /// Where her chest is at `t_s`. Whoever leans on somebody's shoulder gives way while
  /// they settle, and does not go after them later.
  void see(double t_s, const Pose3d& T_world_chest);

  /// The hand on its way to her side and back, in place of what it would do otherwise.
  [[nodiscard]] HandSample hand(Hand hand, double t_s, const HandSample& otherwise) const;

  /// The head likewise.
  [[nodiscard]] Pose3d head(double t_s, const Pose3d& otherwise) const;

 private:
  double from_s_, side_;
  double to_s_ = 1e9;
  std::optional<Pose3d> T_world_chest_;  ///< for the hands
  Pose3d T_world_leant_on_;              ///< for the head
};

}  // namespace tactus::simulator
