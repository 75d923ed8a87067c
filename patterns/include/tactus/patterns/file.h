// Reads and writes the files that designers of touch have.
//
// MPEG haptics (.hjif, ISO/IEC 23090-31), Meta haptics (.haptic), Apple (.ahap), bHaptics (.tact)
// and Interhaptics (.haps). Valid files of any age are taken and what they hold beyond our
// understanding is kept: written again in its own format, a file says all that it said.
//
//   Clocks   none.
//   Units    as pattern.h.
//   Errors   PatternError names the place in the file, what is wrong there and what to do.
//   Threads  pure; allocates.
//   Proof    tests/patterns; tests/fuzz/*_pattern_fuzz.cc
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/patterns/pattern.h"

namespace tactus::patterns {

enum class Format : std::uint8_t { Hjif, Haptic, Ahap, Tact, Haps };
inline constexpr std::array kFormats = {Format::Hjif, Format::Haptic, Format::Ahap, Format::Tact,
                                        Format::Haps};

/// "hjif", "haptic", "ahap", "tact", "haps".
[[nodiscard]] std::string_view extension(Format format) noexcept;

/// By the name's ending, in any case; none for another ending.
[[nodiscard]] std::optional<Format> format_of(std::string_view path) noexcept;

struct PatternError {
  std::string place;   ///< "line 3, column 7" or "signals.continuous.envelopes.amplitude[2].time"
  std::string cause;   ///< what is there and what should be
  std::string remedy;  ///< what the person who has the file can do
};

/// "PLACE: CAUSE; REMEDY".
[[nodiscard]] std::string describe(const PatternError& error);

struct PatternFile {
  Format format = Format::Haptic;
  Pattern pattern;
  std::string document;  ///< the whole file as compact JSON, unknown fields too, in their order
  std::vector<std::string> notices;  ///< what is in the file and will not be felt, and why
};

[[nodiscard]] Expected<PatternFile, PatternError> load(std::string_view text, Format format);

/// The file's text. In its own format: the document as it was, indented. In another: its pattern.
[[nodiscard]] std::string write(const PatternFile& file, Format format);

/// A pattern in a format, as near as that can say it: docs/patterns.md names what each leaves out.
/// Loaded and written again it gives the same bytes.
[[nodiscard]] std::string write(const Pattern& pattern, Format format);

}  // namespace tactus::patterns
