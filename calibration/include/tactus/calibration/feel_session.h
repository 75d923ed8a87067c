// A session with the wearer that finds how strongly each actuator of a glove is felt: tones that grow
// weaker until they are not felt any more.
//
// First the index finger's pulp at each pitch, which says how keen the skin is there; then every other
// actuator at one pitch, beside the index. How strong all of it is together is left as it was: that is
// for the wearer's ceiling to say. Among the tones are silent trials, so that who says yes to everything is found out.
//
//   Clocks   none: answers in the order they came.
//   Units    dB of full drive.
//   Errors   `fit` says why nothing of it counts; `missing` what was not found. The rest counts.
//   Threads  one owner.
//   Proof    tests/calibration/feel_session_test.cc; docs/feel.md
#pragma once
#include <cstdint>
#include <random>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/calibration/staircase.h"
#include "tactus/touch/feel_profile.h"

namespace tactus::calibration {

/// Beside which all others are felt: the index finger's pulp, at 160 Hz.
inline constexpr std::size_t kReferenceActuator = pulp_actuator(Finger::Index);
inline constexpr std::size_t kReferencePoint = 6;

struct FeelTone {
  std::size_t actuator = kReferenceActuator;
  std::size_t point = kReferencePoint;  ///< of a response: its pitch is response_pitch(point)
  float level_db = 0;
  bool is_silent = false;
};

enum class FeelError : std::uint8_t {
  Guessed,      ///< silent trials were said to be felt: the wearer says yes only to what was felt
  NoReference,  ///< the index finger's tone was not found: is the glove on, and close to the skin?
};

class FeelSession {
 public:
  /// Of each pitch one in two is measured; between them it goes straight.
  static constexpr std::size_t kPitchStep = 2;

  /// `actuators`: those to measure beside the reference, which is always first; `pitches`: the
  /// reference at all of them.
  FeelSession(Hand hand, const std::vector<std::size_t>& actuators, bool pitches,
              std::uint64_t seed);

  /// What to play now.
  [[nodiscard]] FeelTone tone() const noexcept;
  void answer(bool felt);
  [[nodiscard]] bool is_done() const noexcept { return at_ == tracks_.size(); }
  [[nodiscard]] float progress() const noexcept;  ///< [0, 1]

  /// More silent trials than this share, said to be felt, are a guesser's.
  static constexpr float kMostGuessed = 0.25f;

  /// The profile that stood in the file, with what was found.
  [[nodiscard]] Expected<FeelProfile, FeelError> fit(FeelProfile profile) const;
  /// What was asked for and felt at no level that the glove plays, or at every one; so far.
  [[nodiscard]] std::vector<FeelTone> missing() const;

 private:
  struct Track {
    std::size_t actuator, point;
    Staircase staircase;
  };

  void draw();
  [[nodiscard]] const Track* found(std::size_t actuator, std::size_t point) const noexcept;
  void fit_pitches(FeelProfile& profile, float reference_db) const;
  void fit_actuators(FeelProfile& profile, float reference_db) const;

  Hand hand_;
  bool pitches_;
  std::vector<Track> tracks_;
  std::size_t at_ = 0;
  bool is_silent_ = false;
  std::uint32_t silent_ = 0, said_felt_ = 0;
  std::mt19937_64 random_;
};

}  // namespace tactus::calibration
