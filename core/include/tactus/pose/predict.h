// The hand at a time asked for, near the newest measurement on either side.
//
//   Clocks   HostTime.
//   Frames   world.
//   Units    metres, m/s, rad/s.
//   Errors   `origin` says how the pose came to be known; the numbers are always finite, and the
//            angles behind them always inside the joints' limits.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/predict_test.cc
#pragma once
#include "tactus/pose/estimate.h"
#include "tactus/pose/hand_pose.h"

namespace tactus {

/// All 26 joints with velocities at `t`; times further than `params.horizon` from what is known
/// give the pose at the horizon, stamped `t`. Never seen: identity joints, origin None.
/// `epoch` counts re-anchorings: poses on two sides of a jump of the tracker are not interpolated.
[[nodiscard]] HandPose predict(const HandEstimatorState& state, const HandEstimatorParams& params,
                               const HandProfile& profile, HostTime t) noexcept;

}  // namespace tactus
