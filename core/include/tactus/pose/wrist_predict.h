// The wrist at a time asked for: replayed to now, extrapolated beyond.
//
//   Clocks   HostTime, as the tracker keeps it: what the tracker says it saw at t is the answer
//            for t, however late the palm unit's own readings are.
//   Frames   world.
//   Units    SI.
//   Errors   a wrist that was never anchored is at the origin. Always finite.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/wrist_predict_test.cc; `tactus eval wrist`; docs/notes/hand_filters.md
//            (9)-(10)
#pragma once
#include "tactus/base/geometry.h"
#include "tactus/pose/wrist_filter.h"

namespace tactus {

/// For how long each derivative of motion goes on as it was: fitted to hands that rotate, shift and
/// do both, slowly and fast, 10 to 80 ms ahead (BROAD, development half).
struct WristPredictParams {
  Duration horizon = 100ms;        ///< reaches no further than this from the newest reading
  Duration inertial = 500ms;       ///< without the tracker for longer, nothing accelerates
  double accel_s = 0.5;            ///< acceleration
  double jerk_s = 0.04;            ///< its change …
  Duration jerk_span = 12ms;       ///< … seen over this: shorter is vibration
  double angular_accel_s = 0.085;  ///< angular acceleration
  double angular_jerk_s = 0.04;    ///< its change …
  Duration angular_span = 7ms;     ///< … seen over twice this
};

struct WristAt {
  Pose T_world_wrist;
  Vec3 v_world;  ///< of the wrist joint
  Vec3 omega_world;
};

[[nodiscard]] WristAt predict(const WristFilterState& state, const WristPredictParams& params,
                              HostTime t) noexcept;

}  // namespace tactus
