#include "tactus/patterns/pattern.h"

#include <algorithm>
#include <cmath>

namespace tactus::patterns {
namespace {

bool within(double value, double low, double high) { return value >= low && value <= high; }

bool is_curve(const std::vector<CurvePoint>& curve, double low, double high) {
  double t_last_s = 0;
  for (const CurvePoint& point : curve) {
    if (!within(point.t_s, t_last_s, kLongest_s) || !within(point.value, low, high)) return false;
    t_last_s = point.t_s;
  }
  return true;
}

bool is_note(const Note& note) {
  const double least = note.shape == PatternShape::Direct ? -1 : 0;
  return within(note.t_s, 0, kLongest_s) && within(note.duration_s, 0, kLongest_s) &&
         within(note.gain, 0, 1) && std::isfinite(note.phase_turns) &&
         is_curve(note.amplitude, least, 1) && is_curve(note.frequency_Hz, 0, kHighest_Hz);
}

bool is_tap(const Tap& tap) {
  return within(tap.t_s, 0, kLongest_s) && within(tap.amplitude, 0, 1) &&
         within(tap.frequency_Hz, 0, kHighest_Hz);
}

}  // namespace

bool is_sound(const Pattern& pattern) noexcept {
  std::size_t points = 0;
  for (const Track& track : pattern.tracks) {
    if (!within(track.gain, 0, 1) || !std::ranges::all_of(track.notes, is_note) ||
        !std::ranges::all_of(track.taps, is_tap)) {
      return false;
    }
    points += track.notes.size() + track.taps.size();
    for (const Note& note : track.notes) points += note.amplitude.size() + note.frequency_Hz.size();
  }
  return points <= kMaxPoints && within(pattern.duration_s, 0, kLongest_s) &&
         pattern.duration_s >= end_of(pattern);
}

double end_of(const Pattern& pattern) noexcept {
  double end_s = pattern.duration_s;
  for (const Track& track : pattern.tracks) {
    for (const Note& note : track.notes) end_s = std::max(end_s, note.t_s + note.duration_s);
    for (const Tap& tap : track.taps) end_s = std::max(end_s, tap.t_s);
  }
  return end_s;
}

double value_at(const std::vector<CurvePoint>& curve, double t_s, double otherwise) noexcept {
  if (curve.empty()) return otherwise;
  const auto after = std::ranges::upper_bound(curve, t_s, {}, &CurvePoint::t_s);
  if (after == curve.begin()) return curve.front().value;
  if (after == curve.end()) return curve.back().value;
  const CurvePoint& a = *(after - 1);
  return a.value + (after->value - a.value) * (t_s - a.t_s) / (after->t_s - a.t_s);
}

}  // namespace tactus::patterns
