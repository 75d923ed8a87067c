// The host's side of Tactus TG1's reports: bytes to GloveSample, TactileFrame to bytes.
//
// A state of the glove is 200 bytes, cut into four reports of one millisecond each. The decoder
// gathers them and delivers whole states only: half a state would be two instants in one.
//
//   Clocks   in the glove's 32-bit microsecond counter; out DeviceTime, unwrapped.
//   Units    SI out; scales in layout.h.
//   Errors   every rejected report is counted in the state, and the next sample says kSampleGap.
//   Threads  one decoder per link, one owner. No allocation, no calls: RT-safe.
//   Proof    tests/drivers/tg1/codec_test.cc, tests/fuzz/tg1_fuzz.cc; docs/devices/tg1.md
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <type_traits>

#include "tactus/drivers/sequence.h"
#include "tactus/drivers/tg1/layout.h"
#include "tactus/sense/sample.h"
#include "tactus/touch/deliver.h"

namespace tactus::tg1 {

/// Everything the decoder remembers. Zero it to begin; copy it to snapshot.
struct DecoderState {
  SequenceState sequence;        ///< gaps, duplicates, reordered: counted in reports
  std::uint64_t reports = 0;     ///< all that had TG1's input report id
  std::uint64_t states = 0;      ///< complete states delivered
  std::uint64_t incomplete = 0;  ///< states begun and never completed
  std::uint64_t bad_length = 0;
  std::uint64_t bad_crc = 0;
  std::uint64_t inconsistent = 0;    ///< a fragment that contradicts the others of its state
  std::uint32_t newest_input = 0;    ///< sequence of the newest report, for OutputStamp
  std::uint32_t last_output = 0;     ///< the glove's word: sequence of the last frame it took
  std::uint8_t outputs_refused = 0;  ///< the glove's count of refused output reports, wraps
  bool silenced = false;             ///< the glove's watchdog holds its actuators at zero

  DeviceTime t_newest{};        ///< unwrapped
  std::uint32_t gathering = 0;  ///< state number being gathered
  std::uint32_t t_gathering_us = 0;
  std::uint8_t fragments = 0;  ///< bit per fragment that came
  std::uint8_t flags = 0;
  bool joined_midway = false;  ///< the link opened in the middle of this state
  bool gap = false;            ///< something was lost since the last delivered state
  std::array<std::uint8_t, kStateBytes> block{};
};
static_assert(std::is_trivially_copyable_v<DecoderState>);

enum class DecodeResult : std::uint8_t {
  Complete,    ///< a whole state is in `out`
  Incomplete,  ///< taken; more fragments are needed
  NotMine,     ///< not an input report of TG1
  Repeated,    ///< a duplicate, or too late to be of use
  Malformed,   ///< wrong length, or it contradicts its state
  BadCrc,
};

/// Takes one report. `out` is written only when the result is Complete; all its numbers are finite.
[[nodiscard]] DecodeResult decode(DecoderState& state, std::span<const std::uint8_t> report,
                                  GloveSample& out) noexcept;

/// A glove makes its tones by itself; a report every other millisecond leaves room for what comes in.
inline constexpr Playing kPlaying{.taking = Taking::Frames, .every_ms = 2};

/// What the host says of an output report beside the touch itself.
struct OutputStamp {
  std::uint32_t sequence = 0;      ///< counts the output reports of this link
  std::uint32_t newest_input = 0;  ///< report that was the newest when the frame was made
};

/// Writes the frame's envelope and frequency as one output report. Amplitudes round down, so a
/// ceiling kept by the frame is kept on the wire; what is not finite becomes silence.
void encode(const TactileFrame& frame, OutputStamp stamp,
            std::span<std::uint8_t, kOutputBytes> report) noexcept;

/// Writes the report that silences all actuators within a millisecond.
void encode_stop(std::uint32_t sequence, std::span<std::uint8_t, kStopBytes> report) noexcept;

}  // namespace tactus::tg1
