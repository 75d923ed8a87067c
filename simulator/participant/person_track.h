// Where a person's head, wrists and fingers were, at any time of the last tenth of a second.
//
// Samples a millisecond apart are the control points of a uniform cubic B-spline, and that curve is
// the truth: twice continuously differentiable by construction, whatever made the samples, and the
// same whenever it is asked (cumulative form for rotations: Kim, Kim & Shin 1995,
// doi 10.1145/218380.218486).
//
//   Clocks   seconds of the stage's clock. Frames: world.
//   Units    metres, radians.
//   Errors   a time outside what is kept is clamped to it.
//   Threads  one owner.
//   Proof    tests/simulator/participant/person_track_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tactus/simulator/true_hand.h"

namespace tactus::simulator {

struct HandSample {
  Pose3d T_world_wrist;
  std::array<TrueFinger, kFingers> finger{};
};

struct PersonSample {
  Pose3d T_world_head;
  std::array<HandSample, kHands> hand{};
};

/// The B-spline of four control points at u in [0, 1] between the second and the third.
[[nodiscard]] PersonSample spline(std::span<const PersonSample, 4> control, double u);

/// A share of the way from a to b; fingers and positions straight, rotations along the arc.
[[nodiscard]] HandSample blend(const HandSample& a, const HandSample& b, double s);

class PersonTrack {
 public:
  static constexpr double kStep_s = 1e-3;
  static constexpr std::size_t kKept = 256;
  /// Samples a time needs beyond it so that its pose never changes afterwards: the spline's two,
  /// and three milliseconds for a sensor's differences around the present.
  static constexpr std::int64_t kAhead = 5;

  /// The sample of the next millisecond; the first is that of time 0.
  void push(const PersonSample& sample);

  /// How many samples were pushed.
  [[nodiscard]] std::int64_t count() const { return count_; }
  [[nodiscard]] PersonSample at(double t_s) const;

 private:
  std::vector<PersonSample> ring_ = std::vector<PersonSample>(kKept);
  std::int64_t count_ = 0;
};

}  // namespace tactus::simulator
