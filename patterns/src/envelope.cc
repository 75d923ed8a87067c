#include "envelope.h"

#include <algorithm>
#include <cmath>

namespace tactus::patterns {
namespace {

struct Part {
  const Note* note;
  double gain;
};

/// A curve's value at a time, or just before it where the curve jumps there.
double side_value(const std::vector<CurvePoint>& curve, double t_s, bool before, double otherwise) {
  if (before) {
    const auto at = std::ranges::lower_bound(curve, t_s, {}, &CurvePoint::t_s);
    if (at != curve.end() && at->t_s == t_s) return at->value;
  }
  return value_at(curve, t_s, otherwise);
}

struct Sum {
  double power = 0, pitch_power = 0, frequency_Hz = 0;
  [[nodiscard]] double amplitude() const { return std::min(1.0, std::sqrt(power)); }
  [[nodiscard]] double mean_pitch() const {
    return pitch_power > 0 ? frequency_Hz / pitch_power : 0;
  }
};

/// All notes that sound at a time, or just before it.
Sum sum_at(const std::vector<Part>& parts, double t_s, bool before) {
  Sum sum;
  for (const Part& part : parts) {
    const double begin_s = part.note->t_s, end_s = begin_s + part.note->duration_s;
    const bool sounds = before ? begin_s < t_s && t_s <= end_s : begin_s <= t_s && t_s < end_s;
    if (!sounds) continue;
    const double amplitude =
        part.gain * std::abs(side_value(part.note->amplitude, t_s - begin_s, before, 1));
    const double power = amplitude * amplitude;
    sum.power += power;
    if (part.note->frequency_Hz.empty()) continue;
    sum.pitch_power += power;
    sum.frequency_Hz += power * side_value(part.note->frequency_Hz, t_s - begin_s, before, 0);
  }
  return sum;
}

/// One note keeps its own points.
void copy_note(const Part& part, Envelope& envelope) {
  const Note& note = *part.note;
  const auto shifted = [&note](const CurvePoint& point, double gain) {
    return CurvePoint{note.t_s + point.t_s, std::min(1.0, gain * std::abs(point.value))};
  };
  for (const CurvePoint& point : note.amplitude) {
    envelope.amplitude.push_back(shifted(point, part.gain));
  }
  if (note.amplitude.empty()) envelope.amplitude = {{note.t_s, part.gain}};
  if (envelope.amplitude.back().t_s < note.t_s + note.duration_s) {
    envelope.amplitude.push_back({note.t_s + note.duration_s, envelope.amplitude.back().value});
  }
  for (const CurvePoint& point : note.frequency_Hz) {
    envelope.frequency_Hz.push_back({note.t_s + point.t_s, point.value});
  }
}

/// Every time at which a note or one of its curves turns.
std::vector<double> turns_of(const std::vector<Part>& parts) {
  std::vector<double> times_s;
  for (const Part& part : parts) {
    const double begin_s = part.note->t_s, end_s = begin_s + part.note->duration_s;
    times_s.push_back(begin_s);
    times_s.push_back(end_s);
    for (const auto* curve : {&part.note->amplitude, &part.note->frequency_Hz}) {
      for (const CurvePoint& point : *curve) {
        if (begin_s + point.t_s < end_s) times_s.push_back(begin_s + point.t_s);
      }
    }
  }
  std::ranges::sort(times_s);
  times_s.erase(std::unique(times_s.begin(), times_s.end()), times_s.end());
  return times_s;
}

void add_notes(const std::vector<Part>& parts, Envelope& envelope) {
  constexpr double kSame = 1e-9;
  // Only those that may sound are looked at: parts are in order of their starts.
  std::vector<Part> sounding;
  std::size_t next = 0;
  const std::vector<double> turns_s = turns_of(parts);
  for (const double t_s : turns_s) {
    std::erase_if(sounding,
                  [t_s](const Part& p) { return p.note->t_s + p.note->duration_s < t_s; });
    while (next < parts.size() && parts[next].note->t_s <= t_s) sounding.push_back(parts[next++]);
    const Sum before = sum_at(sounding, t_s, true), after = sum_at(sounding, t_s, false);
    const bool jumps = std::abs(before.amplitude() - after.amplitude()) > kSame;
    const bool first = t_s == turns_s.front(), last = t_s == turns_s.back();
    if (last || (jumps && !first)) envelope.amplitude.push_back({t_s, before.amplitude()});
    if (!last) envelope.amplitude.push_back({t_s, after.amplitude()});
    const double frequency_Hz = after.mean_pitch() > 0 ? after.mean_pitch() : before.mean_pitch();
    if (frequency_Hz > 0) envelope.frequency_Hz.push_back({t_s, frequency_Hz});
  }
}

}  // namespace

double hertz_of(double pitch) { return kLowest_Hz + pitch * (kHighestPitch_Hz - kLowest_Hz); }

double pitch_of(double frequency_Hz) {
  if (frequency_Hz <= 0) return 0.5;
  return std::clamp((frequency_Hz - kLowest_Hz) / (kHighestPitch_Hz - kLowest_Hz), 0.0, 1.0);
}

Envelope merge(const Pattern& pattern) {
  Envelope envelope;
  std::vector<Part> parts;
  for (const Track& track : pattern.tracks) {
    for (const Note& note : track.notes) parts.push_back({&note, track.gain * note.gain});
    for (Tap tap : track.taps) {
      tap.amplitude *= track.gain;
      envelope.taps.push_back(tap);
    }
  }
  std::ranges::stable_sort(envelope.taps, {}, &Tap::t_s);
  std::ranges::stable_sort(parts, {}, [](const Part& part) { return part.note->t_s; });
  if (parts.size() == 1) copy_note(parts[0], envelope);
  if (parts.size() > 1) add_notes(parts, envelope);
  return envelope;
}

}  // namespace tactus::patterns
