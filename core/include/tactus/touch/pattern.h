// A designed pattern as plain data, and the voice that plays it.
//
// A pattern is compiled once, outside (patterns/), into voices on actuators. What is felt at a time
// is then a function of that time alone: phases are summed at the curve's points beforehand, so
// playing needs no history, and a pattern starts anywhere with the same bytes.
//
//   Clocks   HostTime of the frame's first sample; inside, seconds from the pattern's start.
//   Units    drive, full scale 1; Hz; s; turns.
//   Errors   `view_pattern` refuses bytes that are not a whole, sound pattern: PatternFault.
//   Threads  `play` is RT-safe; at most kMaxVoicesAtOnce voices sound, which bounds its time.
//   Proof    tests/core/touch/pattern_test.cc; tests/fuzz/pattern_fuzz.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "tactus/base/expected.h"
#include "tactus/contact/contact.h"
#include "tactus/touch/tactile_frame.h"

namespace tactus {

inline constexpr std::uint32_t kPatternMagic = 0x31544150;  ///< "PAT1" in memory
inline constexpr std::size_t kMaxPatternVoices = 1u << 17;
inline constexpr std::size_t kMaxPatternPoints = 1u << 20;
inline constexpr std::size_t kMaxVoicesAtOnce = 48;
inline constexpr double kLongestPattern_s = 3600;

/// What one period looks like. Direct: the amplitude curve itself is the signal.
enum class PatternShape : std::uint8_t { Sine, Square, Triangle, SawUp, SawDown, Direct };
inline constexpr std::size_t kPatternShapes = 6;

/// Where a pattern is felt.
enum class PatternAim : std::uint32_t {
  Actuators,  ///< on those that each voice names, touched or not
  Contacts,   ///< on whichever actuators touch something now; `region` narrows it
};

struct PatternHeader {
  std::uint32_t magic = kPatternMagic;
  PatternAim aim = PatternAim::Actuators;
  std::uint32_t region = 0;  ///< with Contacts: only on this region of a body; 0 for any
  std::uint32_t voice_count = 0;
  std::uint32_t point_count = 0;
  std::uint32_t reserved = 0;
  double duration_s = 0;
};
static_assert(sizeof(PatternHeader) == 32 && std::is_trivially_copyable_v<PatternHeader>);

/// A point of a voice's curve, from the voice's start.
struct PatternPoint {
  double t_s = 0;
  double value = 0;  ///< amplitude, or Hz
  double turns = 0;  ///< of a frequency point: periods since the voice's start
};
static_assert(sizeof(PatternPoint) == 24 && std::is_trivially_copyable_v<PatternPoint>);

/// One sound: it starts, follows its two curves, ends. In order of their starts.
struct PatternVoice {
  double t_start_s = 0;
  double duration_s = 0;
  double phase_turns = 0;
  std::uint32_t first_amplitude = 0, amplitudes = 0;   ///< points, at least one
  std::uint32_t first_frequency = 0, frequencies = 0;  ///< points, at least one unless Direct
  std::array<std::uint16_t, kHands> actuators{};       ///< bit a: actuator a of that hand
  PatternShape shape = PatternShape::Sine;
  std::array<std::uint8_t, 3> reserved{};
};
static_assert(sizeof(PatternVoice) == 48 && std::is_trivially_copyable_v<PatternVoice>);

struct PatternView {
  PatternHeader header;
  std::span<const PatternVoice> voices;
  std::span<const PatternPoint> points;
};

enum class PatternFault : std::uint8_t {
  NotAPattern,  ///< wrong magic, or misaligned: compile the file with this version
  CutShort,     ///< fewer or more bytes than its header says: send it whole
  NotSound,     ///< a number out of range, or voices out of order: compile it again
  TooDense,     ///< more than kMaxVoicesAtOnce sound together: thin it out
};

/// Checks everything; what passes is safe to play. `bytes` 8-byte aligned, as a vector's are.
[[nodiscard]] Expected<PatternView, PatternFault> view_pattern(
    std::span<const std::byte> bytes) noexcept;

/// What remains of playing from one frame to the next: which voices sound.
struct PatternState {
  HostTime t_start;
  std::uint32_t next_voice = 0;
  std::uint32_t sounding = 0;
  std::array<std::uint32_t, kMaxVoicesAtOnce> voices{};
};
static_assert(std::is_trivially_copyable_v<PatternState>);

/// From the beginning, at `t`.
void start(PatternState& state, HostTime t) noexcept;

/// Adds the millisecond from `frame.t` to the frame of one hand; each hand has its own state.
/// False: the pattern is over, nothing was added and nothing more will be.
bool play(PatternState& state, const PatternView& pattern, const ContactSet& contacts,
          TactileFrame& frame) noexcept;

}  // namespace tactus
