// The part of `tactus eval touch` that judges what is felt: dose, actuators, strength, texture.
//
//   Clocks   none of its own.
//   Units    every column and metric names its own.
//   Errors   none.
//   Threads  one owner.
//   Proof    tests/tools/feel_test.cc
#pragma once
#include <vector>

#include "evaluation.h"

namespace tactus::tools {

/// Power of a signal at 8 kHz in each of the `size / 2 + 1` steps of its spectrum, in double
/// precision; shorter signals end in silence. `size` is a power of two.
[[nodiscard]] std::vector<double> spectrum(const std::vector<double>& signal, std::size_t size);

/// ISO 5349-1's dose of a drive, by its spectrum and the annex's own transfer function.
[[nodiscard]] double true_dose_m2_per_s3(const std::vector<double>& drive,
                                         double full_scale_m_per_s2);

/// Prints tables and metrics.
void score_feel(EvalReport& report, unsigned seed);

}  // namespace tactus::tools
