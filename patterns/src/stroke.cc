#include "tactus/patterns/stroke.h"

#include <algorithm>

namespace tactus::patterns {
namespace {

constexpr double kSlope = 0.32;

/// A curve from `from_s` on, in time since then.
std::vector<CurvePoint> rest_of(const std::vector<CurvePoint>& curve, double from_s) {
  if (curve.empty() || !(from_s > 0)) return curve;
  std::vector<CurvePoint> rest = {{0, value_at(curve, from_s, 0)}};
  for (const CurvePoint& point : curve) {
    if (point.t_s > from_s) rest.push_back({point.t_s - from_s, point.value});
  }
  return rest;
}

}  // namespace

std::vector<Visit> visit_in_turn(std::size_t stops, double duration_s) {
  if (stops == 0) return {};
  const double step_s = stops > 1 ? duration_s / static_cast<double>(stops - 1) : 0;
  if (stops > 1 && step_s < kLeastStep_s) return {};
  std::vector<Visit> visits;
  double t_start_s = 0, before_s = 0;  // before_s: from its start until it is passed
  for (std::size_t i = 0; i + 1 < stops; ++i) {
    const double to_next_s = static_cast<double>(i + 1) * step_s - t_start_s;
    // The next begins as this one has `after_s` to go: next - start = 0.32 (before + after) + 0.0473.
    const double onset_s = (kSlope * (before_s + to_next_s) + kLeastStep_s) / (1 + kSlope);
    const double after_s = to_next_s - onset_s;
    visits.push_back({t_start_s, before_s + after_s});
    t_start_s += onset_s;
    before_s = after_s;
  }
  visits.push_back({t_start_s, duration_s - t_start_s});
  return visits;
}

Track part_of(const Track& track, const Visit& visit) {
  const double end_s = visit.t_start_s + visit.duration_s;
  Track part = track;
  part.notes.clear();
  for (const Note& note : track.notes) {
    const double from_s = std::max(0.0, visit.t_start_s - note.t_s);
    const double left_s = std::min(note.t_s + note.duration_s, end_s) - note.t_s - from_s;
    if (!(left_s > 0)) continue;
    Note& cut = part.notes.emplace_back(note);
    cut.t_s += from_s;
    cut.duration_s = left_s;
    cut.amplitude = rest_of(note.amplitude, from_s);
    cut.frequency_Hz = rest_of(note.frequency_Hz, from_s);
  }
  std::erase_if(part.taps,
                [&](const Tap& tap) { return tap.t_s < visit.t_start_s || tap.t_s > end_s; });
  return part;
}

}  // namespace tactus::patterns
