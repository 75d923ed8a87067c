// What the skin has been given: the day's vibration by ISO 5349-1, and the warmth of each actuator.
//
// Counted on what leaves the limit stage, and on frames played rather than on a clock: a clock that
// jumps neither adds to a dose nor takes from it. All actuators of a glove count as if they shook
// one place of the hand, which is never less than the dose of any one of them.
//
//   Clocks   none: each frame is one millisecond.
//   Units    m/s²; dose in m²/s³ (weighted acceleration squared, times time); °C, K.
//   Errors   none: finite frames in, finite sums out.
//   Threads  one owner of the state; RT-safe.
//   Proof    tests/core/touch/exposure_test.cc; tactus eval touch; docs/safety.md
#pragma once
#include <array>
#include <type_traits>

#include "tactus/touch/tactile_frame.h"

namespace tactus {

struct ExposureParams {
  float full_scale_m_per_s2 = 21;  ///< peak acceleration at drive 1: 1.5 g rms of a tone
  float most_a8_m_per_s2 = 1.25f;  ///< of a day: half the action value of 2002/44/EC
  float eased_from = 0.8f;         ///< share of the day's dose at which vibration begins to ease
  float skin_C = 33;               ///< of a hand in a glove, before anything plays
  float full_drive_K = 20;         ///< lasting rise under a tone at drive 1
  float heating_s = 90;            ///< time constant of that rise
  float eased_C = 39;              ///< from here vibration eases …
  float hottest_C = 41;            ///< … to nothing here
};

/// The frequency weighting's memory of one glove: two inputs, then two values of each section.
struct WeightingState {
  std::array<std::array<double, kActuators>, 2> input{};
  std::array<std::array<std::array<double, kActuators>, 2>, 3> sections{};
};

struct ExposureState {
  double dose_m2_per_s3 = 0;  ///< since the day began
  std::array<float, kActuators> warmth_K{};
  WeightingState weighting;
};
static_assert(std::is_trivially_copyable_v<ExposureState>);

/// W_h of a steady tone, ISO 5349-1:2001 annex A.
[[nodiscard]] double hand_weight(double frequency_Hz) noexcept;

/// Adds a frame that is about to be played. Its waveform or its tone counts, whichever gives more:
/// devices play one or the other.
void expose(ExposureState& state, const ExposureParams& params, const TactileFrame& safe) noexcept;

/// A(8): the steady weighted acceleration that would give the day's dose in eight hours.
[[nodiscard]] float a8_m_per_s2(const ExposureState& state) noexcept;

/// What the day's dose leaves of the drive, [0, 1]: 1 for most of the day, 0 when it is spent.
[[nodiscard]] float dose_gain(const ExposureState& state, const ExposureParams& params) noexcept;

/// What an actuator's warmth leaves of its drive, [0, 1].
[[nodiscard]] float heat_gain(const ExposureState& state, const ExposureParams& params,
                              std::size_t actuator) noexcept;

}  // namespace tactus
