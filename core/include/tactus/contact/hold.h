// When something is held, and when it is let go: a grasp or a hug as a fact with beginning and end.
//
// A force begins and ends it with hysteresis and dwell, so that noise does not; its strength eases in
// and out, so that what follows it (a heartbeat, an application's scene) does not start.
//
//   Clocks   HostTime, not decreasing from call to call.
//   Units    newtons, seconds.
//   Errors   none: a force that is not finite counts as none.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/contact/hold_test.cc
#pragma once
#include <type_traits>

#include "tactus/base/time.h"

namespace tactus {

struct HoldParams {
  float begin_N = 0.3f;  ///< a firm hold begins when this has lasted for ...
  Duration begin_dwell = 40ms;
  float end_N = 0.1f;  ///< ... and ends when it was less than this for ...
  Duration end_dwell = 80ms;
  float smooth_s = 0.02f;        ///< time constant of the force, against a tracker's noise
  float full_N = 3;              ///< of strength 1
  float ease_s = 0.15f;          ///< time constant of the strength
  Duration longest_gap = 100ms;  ///< a longer pause lets go
};

/// Plain memory of one hold. A zeroed one holds nothing.
struct HoldState {
  HostTime t;
  HostTime t_since;    ///< held: since when
  HostTime t_crossed;  ///< when the force passed the threshold now being waited for
  float force_N = 0;   ///< smoothed
  float strength = 0;
  bool holds = false;
  bool waiting = false;
};
static_assert(std::is_trivially_copyable_v<HoldState>);

struct Hold {
  bool holds = false;
  HostTime t_since;    ///< held: since when
  float force_N = 0;   ///< smoothed; also before it counts as held
  float strength = 0;  ///< [0, 1]; eases to 0 when it ends
};
static_assert(std::is_trivially_copyable_v<Hold>);

/// What `force_N` (of opposed.h) at `t` makes of it.
[[nodiscard]] Hold follow(HoldState& state, const HoldParams& params, float force_N,
                          HostTime t) noexcept;

}  // namespace tactus
