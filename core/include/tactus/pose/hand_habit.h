// How people hold their hands: what the joints that are seen say of those that are not.
//
// One Gaussian over the twenty angles, from recorded grasping: neighbouring fingers bend together,
// the distal joint follows the middle one. Few sensors need it, many sensors barely notice it.
//
//   Clocks   none. Frames: angles as in hand_model.h, base flexion, base abduction, middle, distal.
//   Units    radians.
//   Errors   none.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/hand_habit_test.cc; docs/notes/hand_filters.md
#pragma once
#include <array>

#include "tactus/base/hand.h"

namespace tactus {

/// One finger's angles x as a Gaussian, in independent rows: along * (x - mean) has `variance`.
struct FingerHabit {
  std::array<double, 4> mean{};
  std::array<std::array<double, 4>, 4> along{};  ///< unit upper triangular
  std::array<double, 4> variance{1e6, 1e6, 1e6, 1e6};
};

/// What is usual for one finger when all others are as believed (thumb first, four angles each).
[[nodiscard]] FingerHabit habit_of(Finger finger,
                                   const std::array<double, 4 * kFingers>& believed) noexcept;

/// How one finger's angles vary together, nothing being known of the hand.
[[nodiscard]] const std::array<std::array<double, 4>, 4>& usual_covariance(Finger finger) noexcept;

/// The usual angles of the whole hand, nothing being known of it.
[[nodiscard]] std::array<double, 4 * kFingers> usual_angles() noexcept;

}  // namespace tactus
