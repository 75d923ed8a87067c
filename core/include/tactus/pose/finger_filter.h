// One finger: a Kalman filter over its angles, what its sensors get wrong, and nothing else.
//
// Flexion channels know where a joint is, but lag and creep; the two inertial units know precisely
// how their segments turn and which way is up, but not how they were put on. Each corrects the
// other: angles, rates, hysteresis of the channels, mounting and bias of the units are one state.
// What the hand as a whole does is taken from the palm, rigidly carried to each unit.
//
//   Clocks   HostTime; `dt_s` from the caller.
//   Frames   a right hand's wrist and segment frames: the caller mirrors a left hand's readings.
//   Units    SI, radians.
//   Errors   a channel that is NaN is missing and is skipped; angles stay inside their limits.
//   Threads  plain value, one owner. RT-safe.
//   Proof    tests/core/pose/finger_filter_test.cc; equations: docs/notes/hand-filters.md
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#include "tactus/pose/hand_model.h"
#include "tactus/sense/sample.h"

namespace tactus {

inline constexpr std::size_t kFingerStates = 24;

struct FingerFilterState {
  bool started = false;
  std::uint8_t missing = 0;       ///< channels that said nothing last time
  std::array<double, 4> angle{};  ///< base flexion, base abduction, middle, distal
  std::array<double, 4> rate{};
  std::array<double, 4> hysteresis{};  ///< of the channel of each angle
  std::array<std::array<double, 4>, 2> q_segment_mount{{{0, 0, 0, 1}, {0, 0, 0, 1}}};
  std::array<std::array<double, 3>, 2> gyro_bias{};
  std::array<std::array<double, 3>, 2> v_wrist_unit{};  ///< of the last step, for acceleration
  std::array<double, kFingerStates * kFingerStates> covariance{};
};
static_assert(std::is_trivially_copyable_v<FingerFilterState>);

}  // namespace tactus
