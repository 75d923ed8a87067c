// The part of `tactus eval touch` that asks whether a stroke sounds as its texture says, and is as
// strong between actuators as on one.
//
// What is asked is worked out anew here, in double precision and from the parameters alone.
//
//   Clocks   virtual; a millisecond a tick.
//   Units    every column names its own.
//   Errors   none.
//   Threads  one owner.
//   Proof    tests/tools/feel_test.cc (the spectrum); docs/metrics.md
#pragma once
#include "evaluation.h"

namespace tactus::tools {

/// Strokes of every material at several speeds and forces on a flat actuator: third octaves of what
/// is felt against those that were asked. Prints tables and metrics.
void score_strokes(EvalReport& report);

}  // namespace tactus::tools
