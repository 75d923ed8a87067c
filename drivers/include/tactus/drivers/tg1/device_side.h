// The glove's side of TG1's reports, for emulators and tests: it is the check on what we send.
//
//   Clocks   the glove's microsecond counter.
//   Units    SI in; scales in layout.h.
//   Errors   decode_output names what is wrong with a report.
//   Threads  pure.
//   Proof    tests/drivers/tg1/codec_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "tactus/drivers/tg1/layout.h"
#include "tactus/sense/sample.h"

namespace tactus::tg1 {

using InputReport = std::array<std::uint8_t, kInputBytes>;

/// What the glove says beside its sensors.
struct Feedback {
  std::uint32_t last_output = 0;
  std::uint8_t outputs_refused = 0;
  bool silenced = true;
};

/// The four reports of one state, number `state_sequence`, taken at `t_us` of the glove's clock.
/// Values beyond a scale stand at its limit; what is not finite becomes 0.
[[nodiscard]] std::array<InputReport, kFragments> encode_state(const GloveSample& sample,
                                                               std::uint32_t state_sequence,
                                                               std::uint32_t t_us,
                                                               const Feedback& feedback) noexcept;

/// An output report as the glove reads it.
struct Output {
  std::uint32_t sequence = 0;
  std::uint32_t newest_input = 0;
  std::array<float, kActuators> amplitude{};  ///< [0, 1]
  std::array<float, kActuators> frequency_Hz{};
};

enum class OutputKind : std::uint8_t { Frame, Stop, Unknown, BadLength, BadCrc };

/// `out` is written for Frame; for Stop only its sequence.
[[nodiscard]] OutputKind decode_output(std::span<const std::uint8_t> report, Output& out) noexcept;

}  // namespace tactus::tg1
