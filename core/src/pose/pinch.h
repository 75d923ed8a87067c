// Thumb and finger that press on each other tell where both are.
//
// A glove that feels pressure on the pulp of the thumb and of a finger knows that the two touch, if
// they are believed close enough: then their skins are a distance of zero apart, which no flexion
// channel or unit says as well. Pressed far apart, they hold an object, and nothing is said.
//
//   Clocks   `dt_s` since the measurement before.
//   Frames   wrist.
//   Units    metres, seconds, kPa.
//   Errors   none; pressures that are not finite are no pressure.
//   Threads  plain value, one owner. RT-safe.
//   Proof    tests/core/pose/pinch_test.cc; equations: docs/notes/hand_filters.md, (17)
#pragma once
#include <array>

#include "tactus/pose/estimate.h"

namespace tactus {

/// After all fingers have advanced.
void pinch(HandEstimatorState& state, const HandEstimatorParams& params, const HandProfile& profile,
           const std::array<float, kGloveTouches>& touch_kPa, double dt_s) noexcept;

}  // namespace tactus
