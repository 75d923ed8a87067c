// Finds how a hand must be held so that the named fingertips, or the palm, press a given depth into
// a given place of the skin, and nothing else touches.
//
// The person knows the child's skin as a sculptor does: the real surface is asked, so that a bump
// under one finger bends that finger and not the others.
//
//   Frames   world, at one instant of the body; the answer is carried on with a bone.
//   Units    metres, radians.
//   Errors   the answer says how well it fits; unreachable skin is approached as far as bending
//            goes.
//   Threads  pure.
//   Proof    tests/simulator/participant/participant_test.cc
#pragma once
#include <array>
#include <cstddef>

#include "person_track.h"
#include "posture.h"
#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {

/// Which patch of the hand goes where.
struct TouchGoal {
  V3d p_world;      ///< on the skin
  V3d n_world;      ///< outward there
  V3d along_world;  ///< where the fingers point; only its part along the skin counts
  double depth_m = 0.0038;
  double incline_rad = 0.63;  ///< fingertips point this far into the skin: pulp and apex touch
  std::array<bool, kFingers> fingers{};  ///< that touch with their pulps; none: the palm does
  Fingers shape = {};                    ///< to start from
};

struct TouchAnswer {
  HandSample hand;
  V3d n_world;             ///< the way to leave
  double worst_m = 0;      ///< largest error of a wanted depth
  double clearance_m = 0;  ///< of the nearest patch that should not touch
};

class TouchSolver {
 public:
  TouchSolver(const PosedBody& body, Hand hand, const std::array<TrueBones, kFingers>& bones)
      : body_(body), hand_(hand), bones_(bones) {}

  [[nodiscard]] TouchAnswer fingertips(const TouchGoal& goal) const;

  /// The palm's centre over the place, fingers along, the back of the hand along the normal, and as
  /// low as its first patch is at the depth.
  [[nodiscard]] HandSample palm(const TouchGoal& goal) const;

  /// Signed distances of a placed hand's patches.
  [[nodiscard]] HandTruth distances(const HandSample& hand) const;

  /// Bends each finger of a placed hand until its pulp or apex presses `depth_m` in, or it is
  /// closed.
  void close_fingers(HandSample& hand, double depth_m) const;

 private:
  [[nodiscard]] TrueHand true_hand(const HandSample& hand) const;
  [[nodiscard]] double distance(V3d p_world, double radius_m) const;
  [[nodiscard]] double pulp_distance(const HandSample& hand, std::size_t finger) const;
  void turn_to(HandSample& hand, const TouchGoal& goal) const;
  void move_to(HandSample& hand, const TouchGoal& goal) const;
  double bend_to(HandSample& hand, std::size_t finger, double depth_m) const;

  const PosedBody& body_;
  Hand hand_;
  std::array<TrueBones, kFingers> bones_;
};

/// The rotation whose axes are these (orthonormal, right-handed).
[[nodiscard]] Q4d rotation_of_axes(V3d x, V3d y, V3d z);

/// The part of `v` in the plane of unit normal `n`, unit length.
[[nodiscard]] V3d in_plane(V3d v, V3d n);

}  // namespace tactus::simulator
