// Meta haptics (.haptic, before that Lofelt): one envelope of amplitude, one of frequency, taps.
#include <fmt/format.h>

#include <algorithm>

#include "envelope.h"
#include "json_fields.h"

namespace tactus::patterns {
namespace {

double time_of(const Field& point, double t_last_s) {
  const Field time = point.at("time");
  const double t_s = time.number(0, kLongest_s);
  if (t_s < t_last_s) {
    time.refuse(fmt::format("is {:g} s, before the point in front of it at {:g} s", t_s, t_last_s),
                "put the points in order of their times");
  }
  return t_s;
}

}  // namespace

Pattern read_haptic(const Field& root, std::vector<std::string>& notices) {
  const Field version = root.at("version");
  const std::int64_t major = version.whole("major", -1, -1, 1'000'000);
  if (major != 1) {
    version.refuse(major < 0 ? std::string("has no \"major\"")
                             : fmt::format("is {}, and only 1 is known", major),
                   "export the file as version 1");
  }
  const Field envelopes = root.at("signals").at("continuous").at("envelopes");
  Pattern pattern;
  if (const auto metadata = root.find("metadata")) {
    pattern.name = metadata->text("project", "");
    pattern.description = metadata->text("description", "");
  }
  Track track;
  track.name = "continuous";
  Note note;
  const Field amplitudes = envelopes.at("amplitude");
  double t_last_s = 0;
  for (const Field& point : amplitudes.items()) {
    t_last_s = time_of(point, t_last_s);
    const double amplitude = point.at("amplitude").number(0, 1);
    note.amplitude.push_back({t_last_s, amplitude});
    if (const auto emphasis = point.find("emphasis")) {
      const Field strength = emphasis->at("amplitude");
      const double tap = strength.number(0, 1);
      if (tap < amplitude) {
        strength.refuse(
            fmt::format("is {:g}, below the amplitude {:g} it stands on", tap, amplitude),
            "raise the emphasis or lower the amplitude there");
      }
      track.taps.push_back({t_last_s, tap, hertz_of(emphasis->at("frequency").number(0, 1))});
    }
  }
  if (note.amplitude.empty()) {
    amplitudes.refuse("has no points", "give the amplitude at least one point");
  }
  const double begin_s = note.amplitude.front().t_s;
  t_last_s = 0;
  for (const Field& point : envelopes.items("frequency")) {
    t_last_s = time_of(point, t_last_s);
    note.frequency_Hz.push_back({t_last_s, hertz_of(point.at("frequency").number(0, 1))});
  }
  pattern.duration_s = std::max(note.amplitude.back().t_s, t_last_s);
  note.t_s = begin_s;
  note.duration_s = note.amplitude.back().t_s - begin_s;
  for (CurvePoint& point : note.amplitude) point.t_s -= begin_s;
  if (begin_s > 0 && !note.frequency_Hz.empty()) {
    const double first_Hz = value_at(note.frequency_Hz, begin_s, 0);
    std::erase_if(note.frequency_Hz, [begin_s](const CurvePoint& p) { return p.t_s < begin_s; });
    for (CurvePoint& point : note.frequency_Hz) point.t_s -= begin_s;
    if (note.frequency_Hz.empty() || note.frequency_Hz.front().t_s > 0) {
      note.frequency_Hz.insert(note.frequency_Hz.begin(), {0, first_Hz});
    }
  }
  if (note.duration_s == 0 && track.taps.empty()) notices.emplace_back("lasts no time at all");
  track.notes.push_back(std::move(note));
  pattern.tracks.push_back(std::move(track));
  return pattern;
}

Json write_haptic(const Pattern& pattern) {
  Envelope envelope = merge(pattern);
  auto& curve = envelope.amplitude;
  if (curve.empty()) curve = {{0, 0}};
  for (const Tap& tap : envelope.taps) {
    const auto at = std::ranges::lower_bound(curve, tap.t_s, {}, &CurvePoint::t_s);
    if (at != curve.end() && at->t_s == tap.t_s) continue;
    // Beside the notes there is silence, not a ramp towards them.
    if (at == curve.begin()) {
      if (at->value > 0) curve.insert(at, {curve.front().t_s, 0});
      curve.insert(curve.begin(), {tap.t_s, 0});
    } else if (at == curve.end()) {
      if (curve.back().value > 0) curve.push_back({curve.back().t_s, 0});
      curve.push_back({tap.t_s, 0});
    } else {
      curve.insert(at, {tap.t_s, value_at(curve, tap.t_s, 0)});
    }
  }
  Json amplitudes = Json::array(), frequencies = Json::array();
  auto tap = envelope.taps.begin();
  for (const CurvePoint& point : curve) {
    Json at = {{"time", rounded(point.t_s)}, {"amplitude", rounded(point.value)}};
    if (tap != envelope.taps.end() && tap->t_s == point.t_s) {
      Tap strongest = *tap;
      for (; tap != envelope.taps.end() && tap->t_s == point.t_s; ++tap) {
        if (tap->amplitude > strongest.amplitude) strongest = *tap;
      }
      at["emphasis"] = {{"amplitude", rounded(std::max(strongest.amplitude, point.value))},
                        {"frequency", rounded(pitch_of(strongest.frequency_Hz))}};
    }
    amplitudes.push_back(std::move(at));
  }
  for (const CurvePoint& point : envelope.frequency_Hz) {
    frequencies.push_back(
        {{"time", rounded(point.t_s)}, {"frequency", rounded(pitch_of(point.value))}});
  }
  Json envelopes = {{"amplitude", std::move(amplitudes)}};
  if (!frequencies.empty()) envelopes["frequency"] = std::move(frequencies);
  return {{"version", {{"major", 1}, {"minor", 0}, {"patch", 0}}},
          {"metadata",
           {{"editor", "Tactus"}, {"project", pattern.name}, {"description", pattern.description}}},
          {"signals", {{"continuous", {{"envelopes", std::move(envelopes)}}}}}};
}

}  // namespace tactus::patterns
