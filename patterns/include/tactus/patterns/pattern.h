// A tactile pattern: what a designer's file says shall be felt, whatever format it came in.
//
// Five formats mean the same few things: a vibration whose amplitude and frequency follow curves, a
// tap at a moment, and a place on the body. This is that meaning, in seconds and hertz; core plays
// what `compile` makes of it.
//
//   Clocks   seconds from the pattern's own start.
//   Units    s, Hz; amplitudes and gains of the actuator's full scale, [0, 1].
//   Errors   none: plain data; `load` gives no pattern that `is_sound` refuses.
//   Threads  plain values; allocates.
//   Proof    tests/patterns
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tactus/touch/pattern.h"

namespace tactus::patterns {

/// A point of a curve: straight lines between points, held before the first and after the last.
struct CurvePoint {
  double t_s = 0;  ///< from the note's start; never decreasing along a curve
  double value = 0;
  bool operator==(const CurvePoint&) const = default;
};

/// A vibration that lasts.
struct Note {
  double t_s = 0;  ///< of its start, at least 0
  double duration_s = 0;
  double gain = 1;  ///< on all of `amplitude`
  double phase_turns = 0;
  PatternShape shape = PatternShape::Sine;
  std::vector<CurvePoint> amplitude;     ///< empty: 1 throughout. [-1, 1] where shape is Direct
  std::vector<CurvePoint> frequency_Hz;  ///< empty: the actuator's own
  bool operator==(const Note&) const = default;
};

/// A tap.
struct Tap {
  double t_s = 0;
  double amplitude = 0;
  double frequency_Hz = 0;  ///< 0: the actuator's own
  bool operator==(const Tap&) const = default;
};

/// Parts of the body as MPEG's body_part_mask numbers them (ISO/IEC 23090-31); those of the hand.
inline constexpr std::uint32_t kRightPalm = 0x10000, kLeftPalm = 0x20000;
inline constexpr std::uint32_t kRightBack = 0x40000, kLeftBack = 0x80000;
inline constexpr std::uint32_t kRightFingers = 0x100000, kLeftFingers = 0x200000;

/// Where a file wants a track. All empty: wherever the player puts it.
struct Place {
  std::uint32_t body_parts = 0;  ///< MPEG's mask, 0 for unsaid
  std::string device;            ///< bHaptics' name of a garment: "GloveL", "VestFront"
  int motor = -1;                ///< of that garment, -1 for all of it
  bool operator==(const Place&) const = default;
};

struct Track {
  std::string name;
  Place place;
  double gain = 1;
  std::vector<Note> notes;
  std::vector<Tap> taps;
  bool operator==(const Track&) const = default;
};

struct Pattern {
  std::string name, description;
  double duration_s = 0;  ///< at least the end of its last note
  std::vector<Track> tracks;
  bool operator==(const Pattern&) const = default;
};

/// What a pattern may hold; more is no design but an accident.
inline constexpr std::size_t kMaxFileBytes = 32u << 20;
inline constexpr std::size_t kMaxPoints = 1u << 20;  ///< curve points, notes and taps together
inline constexpr double kLongest_s = 3600;
inline constexpr double kHighest_Hz = 48000;

/// True when every number is finite and in its range, and every curve runs forward.
[[nodiscard]] bool is_sound(const Pattern& pattern) noexcept;

/// When the last note or tap ends, or `duration_s` if that is later.
[[nodiscard]] double end_of(const Pattern& pattern) noexcept;

/// A curve's value; `otherwise` where it has no points.
[[nodiscard]] double value_at(const std::vector<CurvePoint>& curve, double t_s,
                              double otherwise) noexcept;

}  // namespace tactus::patterns
