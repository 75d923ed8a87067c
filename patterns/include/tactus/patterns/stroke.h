// A stroke that is felt to move from actuator to actuator, though none of them moves.
//
// Vibrations that overlap in time on neighbouring skin are felt as one that travels, if the next
// begins as long after the last as that one's duration asks: 0.32 of it and 47.3 ms (Israr &
// Poupyrev, Tactile Brush, CHI 2011, doi 10.1145/1978942.1979235).
//
//   Clocks   seconds from the stroke's start.
//   Units    s.
//   Errors   a stroke too fast for its stops has no visits; kLeastStep_s says how slow it must be.
//   Threads  pure; allocates.
//   Proof    tests/patterns/stroke_test.cc
#pragma once
#include <cstddef>
#include <vector>

#include "tactus/patterns/pattern.h"

namespace tactus::patterns {

/// From stop to stop, at least: a faster stroke would have to leave before it has come.
inline constexpr double kLeastStep_s = 0.0473;

/// The time in which one stop vibrates.
struct Visit {
  double t_start_s = 0;
  double duration_s = 0;
};

/// The visits of a stroke that passes `stops` places at an even pace from 0 to `duration_s`, each
/// felt around the time at which it is passed. One stop has it all; none where the stroke is too
/// fast. The last but one may be asked to go on a little longer than `duration_s`.
[[nodiscard]] std::vector<Visit> visit_in_turn(std::size_t stops, double duration_s);

/// What of a track is played in a visit: notes are cut, taps outside are left out.
[[nodiscard]] Track part_of(const Track& track, const Visit& visit);

}  // namespace tactus::patterns
