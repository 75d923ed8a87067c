// What nobody could know better: joints that a glove does not see have a life of their own.
//
// The error of the best linear guess at all angles from those that a glove sees, seen perfectly, and
// fitted to the very motion that it is scored on. An estimate near it has nothing left to win but
// what is not linear.
//
//   Clocks   true time. Frames: none.
//   Units    degrees.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/tools/hand_trial_test.cc
#pragma once
#include "hand_trial.h"

namespace tactus::tools {

/// RMS over the scored angles; of a glove that sees all, the thumb's passive turn alone.
[[nodiscard]] double floor_deg(const HandTrial& trial);

}  // namespace tactus::tools
