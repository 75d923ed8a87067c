// A thing is held between thumb and index and waved about: does each finger feel its own side of it, all
// the time, and is it told as one grasp?
//
// The thing is where the hand truly holds it, frame by frame; the hand is tracked with noise. Truth is
// brute force on the thing as it is then.
//
//   Clocks   milliseconds of the trial; the thing is shown every 11 ms.
//   Units    metres, m/s; counts.
//   Errors   a thing that is nowhere thin enough to be held so has a score without ticks.
//   Threads  pure but for the subject that is read.
//   Proof    tests/simulator/touch/held_trial_test.cc: an engine that forgets sides flips
#pragma once
#include <cstdint>

#include "tactus/contact/query.h"
#include "tactus/simulator/moving_body.h"

namespace tactus::simulator {

struct HeldTrial {
  std::uint64_t seed = 1;
  float depth_m = 0.002f;   ///< that each pulp is pressed
  float speed_m_per_s = 1;  ///< of the hand, at most about
  float turn_rad = 0.6f;    ///< that it turns to each side meanwhile
  float noise_m = 0.0001f;  ///< rms of each axis and tick
  float stray_m = 0;        ///< that the thing drifts from thumb to index and back, to each side
  int length_ms = 2000;
};

struct HeldScore {
  int ticks = 0;                ///< judged, of two pulps each
  int lost = 0;                 ///< pulps not felt for 3 ms though 1 mm deep
  int flips = 0;                ///< ticks of a pulp that is felt on the other finger's side
  int toggles = 0;              ///< beginnings and ends of a pulp's contact, but for the first
  int grasps = 0;               ///< told
  int releases = 0;             ///< told, though it was held all the time
  double worst_off_skin_m = 0;  ///< of a place told as touched, from the true skin
};

[[nodiscard]] HeldScore run_trial(const TouchSubject& subject, const HeldTrial& trial,
                                  const ContactParams& params = {});

}  // namespace tactus::simulator
