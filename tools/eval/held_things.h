// The part of `tactus eval touch` that holds things: a cake, a letter, a balloon, a blanket.
//
//   Clocks   virtual; a millisecond a tick.
//   Units    every column names its own.
//   Errors   none.
//   Threads  one owner.
//   Proof    tests/simulator/touch, tests/tools/carried_thing_test.cc; docs/metrics.md
#pragma once
#include "evaluation.h"

namespace tactus::tools {

/// Each thing moved, turned, pressed, pinched, squeezed between two palms and carried about, against brute
/// force. Prints tables and metrics.
void score_things(EvalReport& report, unsigned seed);

}  // namespace tactus::tools
