// Draws a pattern: what each track does over time, and the signal that comes out.
//
//   Clocks   seconds from the pattern's start.
//   Units    amplitude [0, 1]; Hz; drive [-1, 1].
//   Errors   draw_png is empty where the picture cannot be made.
//   Threads  pure; allocates.
//   Proof    tests/patterns/compile_test.cc
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tactus/patterns/pattern.h"

namespace tactus::patterns {

/// An SVG document with scales and names.
[[nodiscard]] std::string draw_svg(const Pattern& pattern);

/// The same curves as the bytes of a PNG, with a grid in place of the words: a line for each tenth
/// of the time.
[[nodiscard]] std::vector<std::uint8_t> draw_png(const Pattern& pattern);

}  // namespace tactus::patterns
