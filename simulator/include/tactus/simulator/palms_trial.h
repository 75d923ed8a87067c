// A balloon is held between two palms and waved about: does each palm feel its own side of it, all the time?
//
//   Clocks   milliseconds of the trial; the balloon is shown every 11 ms.
//   Units    metres, m/s; counts, as HeldScore; a grasp is of one hand, and none is told.
//   Errors   none.
//   Threads  pure but for the subject that is read.
//   Proof    tests/simulator/touch/held_trial_test.cc
#pragma once
#include "tactus/simulator/held_trial.h"

namespace tactus::simulator {

struct PalmsTrial {
  std::uint64_t seed = 1;
  float depth_m = 0.006f;  ///< that each palm is pressed
  float speed_m_per_s = 1;
  float turn_rad = 0.6f;
  float noise_m = 0.0001f;  ///< rms of each hand, axis and tick
  int length_ms = 1000;
};

[[nodiscard]] HeldScore run_trial(const TouchSubject& subject, const PalmsTrial& trial,
                                  const ContactParams& params = {});

}  // namespace tactus::simulator
