// Somebody hugs a trunk that breathes and rocks, or only touches it: what the engine makes of it, and
// what is true.
//
// The trunk is made of formulas, two bones wide and thick as a child's. Hands go to its back, forearms
// to its sides, a chest to its front. Whether each truly touches is asked by brute force in double
// precision, with the whole skin of the wearer, where it truly is.
//
//   Clocks   milliseconds from the beginning; frames every 11 ms.
//   Frames   world: the trunk stands upright at the origin, its front towards +Z.
//   Units    metres, seconds, newtons.
//   Errors   none.
//   Threads  pure; one seed, one answer.
//   Proof    tests/tools/hug_trial_test.cc
#pragma once
#include <optional>
#include <vector>

#include "tactus/simulator/moving_body.h"

namespace tactus::tools {

/// The trunk of all trials.
[[nodiscard]] simulator::TouchSubject make_trunk();

struct HugTrial {
  unsigned seed = 1;
  bool has_left_arm = true, has_right_arm = true, has_chest = true;  ///< that come to the trunk
  bool has_forearms = true;                                          ///< beside the hands
  bool has_trackers = true;  ///< on forearms and chest; else they are where a solver may have them
  float speed_m_per_s = 0.3f;    ///< at which they come and go
  float hand_depth_m = 0.010f;   ///< at last; of forearms the same
  float chest_depth_m = 0.040f;  ///< < 0: it stays before the trunk
  float stay_s = 4;
  float noise_m = 0.0003f;  ///< rms an axis and tick, of all that is tracked
};

struct HugScore {
  /// Both arms truly touch, and either the chest does or both forearms do, for the first time ...
  std::optional<double> closed_s;
  std::optional<double> opened_s;        ///< ... and for the last
  std::vector<double> begins_s, ends_s;  ///< as the engine has it
  std::vector<double> strength;          ///< by millisecond
};

[[nodiscard]] HugScore run_trial(const simulator::TouchSubject& trunk, const HugTrial& trial);

}  // namespace tactus::tools
