// A hand that grasps as people do, for as long as one likes: truth for gloves to be tried on.
//
// Minimum-jerk moves between random grasps whose spreads, correlations and speeds are those measured
// in recordings of grasping (ManipNet, 590 s): knuckles at 76 degrees a second rms, neighbouring
// fingers together, distal joints loosely after the middle ones and less so in contact. It begins
// with the hand held flat, as well as people can, in several orientations.
//
//   Clocks   true time, from 0. Frames: world.
//   Units    metres, radians, seconds.
//   Errors   none; before 0 and after the end the hand is still.
//   Threads  pure once made.
//   Proof    tests/simulator/sensors/grasping_test.cc (speeds, ranges, correlations)
#pragma once
#include <cstdint>
#include <random>
#include <vector>

#include "tactus/simulator/true_hand.h"

namespace tactus::simulator {

class Grasping {
 public:
  Grasping(std::uint64_t seed, Hand hand, double length_s);

  [[nodiscard]] TrueHand operator()(double t_s) const;

  static constexpr double kFlat_s = 8;  ///< until then the hand is held flat

 private:
  using Fingers = std::array<TrueFinger, kFingers>;
  struct WristKey {
    double t_s;
    V3d turned;
    V3d p;
  };
  struct FingerKey {
    double t_s;
    Fingers angles;
  };

  void hold_flat();
  void wander(double length_s);
  void grasp_on(double length_s);
  Fingers grasp();
  double gauss() { return normal_(random_); }
  double between(double low, double high);

  Hand hand_;
  std::mt19937_64 random_;
  std::normal_distribution<double> normal_;
  std::array<TrueBones, kFingers> bones_ = kMediumBones;
  std::vector<WristKey> wrist_;
  std::vector<FingerKey> fingers_;
};

}  // namespace tactus::simulator
