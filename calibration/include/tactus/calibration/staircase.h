// How weak a tone somebody just feels: up when it was not felt, down when it was, until it has turned
// back often enough.
//
// One up, one down finds the level that is felt half of the time (Levitt, Transformed up-down methods
// in psychoacoustics, J. Acoust. Soc. Am. 49, 467, 1971).
//
//   Clocks   none: answers in the order they came.
//   Units    dB of full drive.
//   Errors   `threshold_db` is empty where no level was found between the weakest and the strongest.
//   Threads  one owner.
//   Proof    tests/calibration/staircase_test.cc
#pragma once
#include <array>
#include <cstddef>
#include <optional>

namespace tactus::calibration {

/// Drives that a glove can tell apart, of full scale: TG1's reports carry an amplitude in 255ths.
inline constexpr float kDriveStep = 1.0f / 255;

struct StaircaseParams {
  float start_db = -17;
  float strongest_db = -11;  ///< within what a wearer without a profile is given (docs/safety.md)
  float first_step_db = 6;   ///< until it has turned back twice
  float step_db = 2;
};

class Staircase {
 public:
  static constexpr std::size_t kReversals = 8;  ///< after which it ends; the last six count
  static constexpr std::size_t kMostTrials = 60;

  explicit Staircase(const StaircaseParams& params = {}) noexcept;

  /// Of the tone to play now: a level that the glove can play.
  [[nodiscard]] float level_db() const noexcept;
  void answer(bool felt) noexcept;

  [[nodiscard]] bool is_done() const noexcept;
  /// [0, 1], for whoever waits.
  [[nodiscard]] float progress() const noexcept;
  /// The mean of the levels at which it turned back.
  [[nodiscard]] std::optional<float> threshold_db() const noexcept;

 private:
  StaircaseParams params_;
  float drive_;
  std::array<float, kReversals> reversal_db_{};
  std::size_t reversals_ = 0, trials_ = 0, at_end_ = 0;
  std::optional<bool> last_;
};

}  // namespace tactus::calibration
