// The part of `tactus eval touch` that asks when a hug begins, how, and when it ends.
//
//   Clocks   virtual; a millisecond a tick.
//   Units    every column names its own.
//   Errors   none.
//   Threads  one owner.
//   Proof    tests/tools/hug_trial_test.cc; docs/metrics.md
#pragma once
#include "evaluation.h"

namespace tactus::tools {

/// Hugs of a trunk that breathes, and touches that are none. Prints tables and metrics, and draws one.
void score_hugs(EvalReport& report, unsigned seed);

}  // namespace tactus::tools
