// The part of `tactus eval touch` that asks whether a hand at rest is left in peace.
//
//   Clocks   virtual; a millisecond a tick.
//   Units    every column names its own.
//   Errors   none.
//   Threads  one owner.
//   Proof    docs/metrics.md, touch.still_level_db
#pragma once
#include "evaluation.h"
#include "tactus/simulator/moving_body.h"

namespace tactus::tools {

/// Where a hand is laid: a point of the skin and its outward normal.
struct HeldPlace {
  Vec3 p, n;
};

/// A minute of a palm laid on the body at three depths, both at rest, through the whole path from
/// synthetic sensors to limited frames. The tracker has 0.1 mm rms of noise an axis. Prints a table
/// and gives the strongest vibration after five seconds, in dB over the threshold of the skin.
[[nodiscard]] double score_still_hand(EvalReport& report, const simulator::TouchSubject& subject,
                                      const HeldPlace& place, unsigned seed);

}  // namespace tactus::tools
