#include "tactus/calibration/feel_session.h"

#include <algorithm>
#include <cmath>

namespace tactus::calibration {
namespace {

/// One in so many trials is silent.
constexpr std::uint64_t kSilentOneIn = 5;
/// What is not believed of an actuator or of skin is cut to what a profile may hold.
float believed(float db) { return std::clamp(db, -kMostOff_db, kMostOff_db); }

/// The norm's threshold beside that at the reference's pitch, dB.
float norm_db(std::size_t point) {
  return threshold_db(response_pitch(point)) - threshold_db(response_pitch(kReferencePoint));
}

}  // namespace

FeelSession::FeelSession(Hand hand, const std::vector<std::size_t>& actuators, bool pitches,
                         std::uint64_t seed)
    : hand_(hand), pitches_(pitches), random_(seed) {
  tracks_.push_back({kReferenceActuator, kReferencePoint, Staircase{}});
  for (std::size_t point = 0; pitches && point < kResponsePoints; point += kPitchStep) {
    if (point != kReferencePoint) tracks_.push_back({kReferenceActuator, point, Staircase{}});
  }
  for (const std::size_t actuator : actuators) {
    if (actuator != kReferenceActuator && actuator < kActuators) {
      tracks_.push_back({actuator, kReferencePoint, Staircase{}});
    }
  }
  draw();
}

void FeelSession::draw() { is_silent_ = random_() % kSilentOneIn == 0; }

FeelTone FeelSession::tone() const noexcept {
  if (is_done()) return {.is_silent = true};
  const Track& track = tracks_[at_];
  return {track.actuator, track.point, track.staircase.level_db(), is_silent_};
}

void FeelSession::answer(bool felt) {
  if (is_done()) return;
  if (is_silent_) {
    ++silent_;
    said_felt_ += felt ? 1 : 0;
  } else {
    tracks_[at_].staircase.answer(felt);
    if (tracks_[at_].staircase.is_done()) ++at_;
  }
  draw();
}

float FeelSession::progress() const noexcept {
  const float under_way = is_done() ? 0.0f : tracks_[at_].staircase.progress();
  return (static_cast<float>(at_) + under_way) / static_cast<float>(tracks_.size());
}

const FeelSession::Track* FeelSession::found(std::size_t actuator,
                                             std::size_t point) const noexcept {
  const auto is_it = [&](const Track& track) {
    return track.actuator == actuator && track.point == point && track.staircase.threshold_db();
  };
  const auto track = std::find_if(tracks_.begin(), tracks_.end(), is_it);
  return track == tracks_.end() ? nullptr : &*track;
}

/// What this skin needs more than the norm's at each measured pitch beside the reference's, straight
/// between them.
void FeelSession::fit_pitches(FeelProfile& profile, float reference_db) const {
  const auto& response_db = profile.response[index(hand_)][kReferenceActuator].gain_db;
  auto& needs_db = profile.threshold_db[index(hand_)];
  const float even_db = needs_db[kReferencePoint] - response_db[kReferencePoint] - reference_db;
  std::optional<std::size_t> before;
  for (std::size_t point = 0; point < kResponsePoints; ++point) {
    const Track* track = found(kReferenceActuator, point);
    if (track == nullptr) continue;
    needs_db[point] =
        believed(*track->staircase.threshold_db() + even_db - norm_db(point) + response_db[point]);
    for (std::size_t p = before.value_or(point) + 1; p < point; ++p) {
      const float share = static_cast<float>(p - *before) / static_cast<float>(point - *before);
      needs_db[p] = (1 - share) * needs_db[*before] + share * needs_db[point];
    }
    before = point;
  }
}

/// What stronger or weaker skin and actuator are together beside the reference's: the whole response is
/// shifted, whose shape somebody may have measured.
void FeelSession::fit_actuators(FeelProfile& profile, float reference_db) const {
  auto& responses = profile.response[index(hand_)];
  const float reference_gain_db = responses[kReferenceActuator].gain_db[kReferencePoint];
  for (const Track& track : tracks_) {
    const auto threshold = track.staircase.threshold_db();
    if (track.actuator == kReferenceActuator || !threshold) continue;
    auto& gain_db = responses[track.actuator].gain_db;
    const float shift = reference_gain_db - (*threshold - reference_db) - gain_db[kReferencePoint];
    for (float& db : gain_db) db = believed(db + shift);
  }
}

Expected<FeelProfile, FeelError> FeelSession::fit(FeelProfile profile) const {
  if (static_cast<float>(said_felt_) > kMostGuessed * static_cast<float>(silent_)) {
    return Unexpected{FeelError::Guessed};
  }
  const Track* reference = found(kReferenceActuator, kReferencePoint);
  if (reference == nullptr) return Unexpected{FeelError::NoReference};
  const float reference_db = *reference->staircase.threshold_db();
  if (pitches_) fit_pitches(profile, reference_db);
  fit_actuators(profile, reference_db);
  return profile;
}

std::vector<FeelTone> FeelSession::missing() const {
  std::vector<FeelTone> tones;
  for (std::size_t i = 0; i < at_; ++i) {
    const Track& track = tracks_[i];
    if (track.staircase.threshold_db()) continue;
    tones.push_back({track.actuator, track.point, track.staircase.level_db()});
  }
  return tones;
}

}  // namespace tactus::calibration
