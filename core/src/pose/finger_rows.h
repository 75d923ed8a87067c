// Readings taken into a covariance, a few rows at once: the finger filter's innermost loops.
//
// Rows of one sensor see the same few states, so their products with the covariance are gathered
// together and it is written once. The result is that of scalar updates one after the other.
//
//   Clocks   none. Frames: none.
//   Units    the caller's.
//   Errors   none; what is not finite stays so and is found by the filter.
//   Threads  pure, RT-safe. The same bits whatever the processor.
//   Proof    tests/core/pose/finger_rows_test.cc (against textbook updates)
#pragma once
#include <array>
#include <cstddef>

#include "tactus/pose/finger_filter.h"

namespace tactus {

using FingerErrors = std::array<float, kFingerStride>;
using FingerCovariance = std::array<float, kFingerStride * kFingerStride>;

inline constexpr std::size_t kMostRows = 4;
inline constexpr std::size_t kMostSeen = 8 + 6 * kFingerUnits;  ///< angles, rates, units' errors

/// `count` rows over the states `seen`, each with its own variance.
struct FingerRows {
  std::size_t count = 0;
  std::size_t seen_count = 0;
  std::array<std::size_t, kMostSeen> seen{};
  std::array<std::array<float, kMostSeen>, kMostRows> h{};
  std::array<float, kMostRows> residual{};
  std::array<float, kMostRows> variance{};
};

struct FingerKernels {
  /// Kalman updates, row after row, linearised where `correction` was zero; it gathers them. Beyond
  /// `gate` sigmas a row is trusted less (Huber).
  void (*take)(FingerCovariance& covariance, FingerErrors& correction, const FingerRows& rows,
               float gate) noexcept;

  /// P <- F P F^T, where four angles follow their rates by `dt_s` and four lags keep `keep` of
  /// themselves and gain `share` of the rates.
  void (*carry)(FingerCovariance& covariance, float dt_s, float keep, float share) noexcept;
};

/// For this processor, or for any.
[[nodiscard]] FingerKernels fastest_kernels() noexcept;
[[nodiscard]] FingerKernels plain_kernels() noexcept;

}  // namespace tactus
