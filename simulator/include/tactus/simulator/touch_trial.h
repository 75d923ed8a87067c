// Forty fingertips and a body that moves into them: does every contact begin, last and end as it truly
// does?
//
//   Clocks   milliseconds of the trial.
//   Units    metres, m/s; counts.
//   Errors   none.
//   Threads  pure but for the subject that is read.
//   Proof    tests/simulator/touch/touch_trial_test.cc: a blind and a deaf engine lose all
#pragma once
#include <cstdint>
#include <vector>

#include "tactus/contact/query.h"
#include "tactus/simulator/moving_body.h"

namespace tactus::simulator {

inline constexpr std::size_t kTrialProbes = 40;

struct TouchTrial {
  std::uint64_t seed = 1;
  float speed_m_per_s = 1;  ///< of body against fingers, as they come together
  float depth_m = 0.02f;    ///< how far they come together after they meet
  float fingers_share = 0;  ///< [0, 1] of the way that the fingers go; the body the rest
  float sway_rad = 0.1f;    ///< of every joint of the body meanwhile
  float sway_rate_Hz = 1.0f;
  float turn_rad = 0;  ///< of the whole body, likewise
};

struct TouchScore {
  int probes = 0;  ///< that truly were touched
  int lost = 0;    ///< of them: not felt for 3 ms though 1 mm deep, or felt inside the body
  int inside = 0;  ///< of the lost: felt at a place that is no outer skin
  double worst_error_m =
      0;  ///< of the closest distance, against the truth, over all that was asked
  double worst_off_skin_m = 0;  ///< of a place reported as touched, from the true skin
  /// Where the skin was touched, how deep: one of the trial's places each.
  struct Place {
    std::uint32_t triangle;  ///< the file's
    float force_N;
  };
  std::vector<Place> places;
};

/// Runs one trial. A probe is judged every other millisecond.
[[nodiscard]] TouchScore run_trial(const TouchSubject& subject, const TouchTrial& trial,
                                   const ContactParams& params = {});

}  // namespace tactus::simulator
