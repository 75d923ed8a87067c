// What a person does with head and hands when nothing is touched: the cues, then rest.
//
//   Clocks   seconds of the stage's clock, asked in rising order.
//   Frames   world; the person stands at the origin and faces -Z.
//   Units    metres, radians.
//   Errors   none.
//   Threads  one owner.
//   Proof    tests/simulator/participant/participant_test.cc
#pragma once
#include <array>
#include <random>

#include "person_track.h"
#include "posture.h"
#include "tactus/simulator/participant.h"

namespace tactus::simulator {

class AtEase {
 public:
  explicit AtEase(const ParticipantParams& params);
  [[nodiscard]] HandSample hand(Hand hand, double t_s);
  /// The fingers alone.
  [[nodiscard]] Fingers idle(Hand hand, double t_s, double liveliness);
  /// Small sway of who stands or kneels.
  [[nodiscard]] V3d sway(double t_s) const;

 private:
  struct Wobble {
    double amplitude, rate_rad_per_s, phase_rad;
    [[nodiscard]] double at(double t_s) const;
  };
  [[nodiscard]] Wobble wobble(double amplitude, double rate_Hz);

  std::mt19937_64 random_;
  std::array<IdleFingers, kHands> idle_;
  std::array<Fingers, kHands> flat_;
  std::array<std::array<Wobble, 6>, kHands> drift_;  ///< position, then rotation
  std::array<Wobble, 3> sway_;
};

}  // namespace tactus::simulator
