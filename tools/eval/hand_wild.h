// Numbers that no glove would send, and whether the hand stays a hand.
//
//   Clocks   none of its own. Frames: none.
//   Units    counts.
//   Errors   none.
//   Threads  one owner.
//   Proof    tests/tools/hand_trial_test.cc
#pragma once
#include <cstdint>

namespace tactus::tools {

/// How many of so many random measurements, of some hundred numbers each, left an angle beyond its
/// limit, or an angle or joint that is not a finite number.
[[nodiscard]] int violations(std::uint64_t seed, int inputs);

}  // namespace tactus::tools
