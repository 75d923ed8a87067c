// What must never happen to a solved body, asked of many random ones.
//
//   Clocks   none. Frames: world. Units: metres; residuals in millimetres.
//   Errors   none. Threads: pure; one seed, one answer.
//   Proof    tests/tools/body_checks_test.cc
#pragma once
#include <cstdint>

namespace tactus::tools {

struct BodyFlips {
  std::uint64_t targets = 0;
  std::uint64_t flips = 0;  ///< an elbow or knee jumped, or bends the wrong way
  double residual_mm = 0;   ///< worst of seven trackers' places against the solved body
};
/// Random postures within the joints' limits, seven trackers that know only places and rotations
/// of a body that can reach them; each asked twice, a hair apart.
[[nodiscard]] BodyFlips count_flips(std::uint64_t seed, std::uint64_t targets);

struct BodyFaults {
  std::uint64_t inputs = 0;
  std::uint64_t not_finite = 0;
  std::uint64_t beyond_limits = 0;
};
/// Random readings: sound ones, absurd ones, missing ones, not-a-numbers.
[[nodiscard]] BodyFaults count_faults(std::uint64_t seed, std::uint64_t inputs);

}  // namespace tactus::tools
