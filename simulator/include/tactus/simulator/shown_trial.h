// A hand is pressed into a body that sways, curls its fingers, strokes and withdraws: is the one that
// is drawn on the skin, frame by frame?
//
// As an application would, it asks for the hand before it has posed the body for that frame; truth is
// the body that is then drawn, by brute force.
//
//   Clocks   frames every 11 ms.
//   Units    metres, m/s, radians.
//   Errors   none.
//   Threads  pure but for the subject that is read.
//   Proof    tests/simulator/touch/shown_trial_test.cc: a hand that does not yield is found inside, one
//            that stays away in the air
#pragma once
#include <cstdint>
#include <vector>

#include "tactus/contact/shown_hand.h"
#include "tactus/simulator/moving_body.h"

namespace tactus::simulator {

struct ShownTrial {
  std::uint64_t seed = 1;
  float speed_m_per_s = 0.3f;  ///< of the palm towards the skin, and back
  float depth_m = 0.02f;       ///< that the tracked palm goes into it
  float sway_rad = 0.1f;       ///< of every joint of the body
  float sway_rate_Hz = 0.5f;
  float turn_rad = 0;  ///< of the whole body, likewise
};

struct ShownScore {
  std::vector<double>
      tracked_m;  ///< deepest patch of each frame in which the tracked hand is inside
  std::vector<double> inside_m;  ///< of the drawn hand in the same frames; 0 when none is inside
  std::vector<double> gap_m;     ///< from its nearest patch to the skin, where the tracked one is
                                 ///< 2 mm inside; 0 when it touches
  double pop_m = 0;  ///< farthest that a drawn patch moved in a frame beyond the tracked one
};

[[nodiscard]] ShownScore run_trial(const TouchSubject& subject, const ShownTrial& trial,
                                   const ShownHandParams& params = {});

}  // namespace tactus::simulator
