// Interhaptics (.haps): melodies of notes with curves of amplitude and frequency.
//
// Version 5 names its fields m_…, version 6 does without; both are read, 5 is written. No
// specification is public: what is assumed is said where it is used.
#include <fmt/format.h>

#include <algorithm>

#include "json_fields.h"

namespace tactus::patterns {
namespace {

constexpr double kUnsaidLength_s = 0.022;  ///< of a transient, in what exporters write

/// Exporters write an empty stream as a list around it.
Field unwrapped(const Field& field) {
  if (!field.is_list()) return field;
  const std::vector<Field> items = field.items();
  return items.empty() ? field : items.front();
}

/// Gains beyond 1 are cut: nothing can be driven harder than fully.
double gain_of(const Field& field, double fallback = 1) {
  const auto gain = field.find_any({"m_gain", "gain"});
  return gain ? std::clamp(gain->number(-1e6, 1e6), 0.0, 1.0) : fallback;
}

std::vector<CurvePoint> curve_of(const std::optional<Field>& modulation, double high) {
  std::vector<CurvePoint> curve;
  const auto keyframes =
      modulation ? modulation->find_any({"m_keyframes", "keyframes"}) : std::nullopt;
  if (!keyframes) return curve;
  for (const Field& keyframe : keyframes->items()) {
    const auto time = keyframe.find_any({"m_time", "time", "position"});
    if (!time) keyframe.refuse("has no \"m_time\"", "export the file again");
    const double t_s = time->number(0, kLongest_s);
    if (!curve.empty() && t_s < curve.back().t_s) {
      time->refuse(fmt::format("is {:g} s, before the keyframe in front of it at {:g} s", t_s,
                               curve.back().t_s),
                   "put the keyframes in order of their times");
    }
    const auto value = keyframe.find_any({"m_value", "value"});
    if (!value) keyframe.refuse("has no \"m_value\"", "export the file again");
    curve.push_back({t_s, std::clamp(value->number(-1e9, 1e9), 0.0, high)});
  }
  return curve;
}

/// A note with keyframes lasts; one without is a tap.
void read_note(const Field& field, Track& track) {
  const auto effect = field.find_any({"m_hapticEffect", "haptic_effect", "hapticEffect", "effect"});
  // Some streams keep a note's numbers within its effect.
  const auto number = [&](std::initializer_list<std::string_view> names, double fallback) {
    auto found = field.find_any(names);
    if (!found && effect) found = effect->find_any(names);
    return found ? found->number(0, kLongest_s) : fallback;
  };
  const double t_s = number({"m_startingPoint", "starting_point", "startingPoint", "position"}, 0);
  const double length_s = number({"m_length", "length", "duration"}, kUnsaidLength_s);
  const double gain = gain_of(field, effect ? gain_of(*effect) : 1);
  const auto inside = [&](std::initializer_list<std::string_view> names) {
    auto found = effect ? effect->find_any(names) : std::nullopt;
    return found ? found : field.find_any(names);
  };
  std::vector<CurvePoint> amplitude =
      curve_of(inside({"m_amplitudeModulation", "amplitude_modulation"}), 1);
  std::vector<CurvePoint> frequency_Hz =
      curve_of(inside({"m_frequencyModulation", "frequency_modulation"}), kHighest_Hz);
  if (amplitude.empty()) {
    track.taps.push_back({t_s, gain, frequency_Hz.empty() ? 0 : frequency_Hz.front().value});
    return;
  }
  // Assumed: keyframes count from the note, unless they all stand behind its start: then from the
  // pattern's.
  const bool global = t_s > 0 && amplitude.front().t_s >= t_s &&
                      (frequency_Hz.empty() || frequency_Hz.front().t_s >= t_s);
  if (global) {
    for (auto* curve : {&amplitude, &frequency_Hz}) {
      for (CurvePoint& point : *curve) point.t_s -= t_s;
    }
  }
  Note note;
  note.t_s = t_s;
  note.duration_s = amplitude.back().t_s > 0 ? amplitude.back().t_s : length_s;
  note.gain = gain;
  note.amplitude = std::move(amplitude);
  note.frequency_Hz = std::move(frequency_Hz);
  track.notes.push_back(std::move(note));
}

Json curve_json(const std::vector<CurvePoint>& curve) {
  Json keyframes = Json::array();
  for (const CurvePoint& point : curve) {
    keyframes.push_back({{"m_time", rounded(point.t_s)}, {"m_value", rounded(point.value)}});
  }
  return {{"m_extrapolationStrategy", 0}, {"m_keyframes", std::move(keyframes)}};
}

Json note_json(const Note& note) {
  std::vector<CurvePoint> amplitude = note.amplitude;
  if (amplitude.empty()) amplitude = {{0, 1}};
  for (CurvePoint& point : amplitude) point.value = std::abs(point.value);
  if (amplitude.back().t_s < note.duration_s) {
    amplitude.push_back({note.duration_s, amplitude.back().value});
  }
  Json effect = {{"m_type", 0}, {"m_amplitudeModulation", curve_json(amplitude)}};
  if (!note.frequency_Hz.empty()) effect["m_frequencyModulation"] = curve_json(note.frequency_Hz);
  return {{"m_startingPoint", rounded(note.t_s)},
          {"m_length", rounded(note.duration_s)},
          {"m_priority", 1},
          {"m_gain", rounded(note.gain)},
          {"m_hapticEffect", std::move(effect)}};
}

Json tap_json(const Tap& tap) {
  Json effect = {{"m_type", 0}};
  if (tap.frequency_Hz > 0) effect["m_frequencyModulation"] = curve_json({{0, tap.frequency_Hz}});
  return {{"m_startingPoint", rounded(tap.t_s)},
          {"m_length", kUnsaidLength_s},
          {"m_priority", 0},
          {"m_gain", rounded(tap.amplitude)},
          {"m_hapticEffect", std::move(effect)}};
}

Json stream(Json melodies) {
  return {{"m_loop", 0},
          {"m_maximum", 1.0},
          {"m_gain", 1.0},
          {"m_signalEvaluationMethod", 3},
          {"m_melodies", std::move(melodies)}};
}

bool is_stream_used(const Field& root, std::initializer_list<std::string_view> names) {
  const auto found = root.find_any(names);
  if (!found) return false;
  const Field one = unwrapped(*found);
  if (!one.is_object()) return false;
  const auto melodies = one.find_any({"m_melodies", "melodies", "keyframes"});
  return melodies && !melodies->items().empty();
}

}  // namespace

Pattern read_haps(const Field& root, std::vector<std::string>& notices) {
  const auto found = root.find_any({"m_vibration", "vibration"});
  if (!found) root.refuse("has no \"m_vibration\"", "export the file with a vibration");
  const Field vibration = unwrapped(*found);
  Pattern pattern;
  pattern.description = root.text("m_description", root.text("description", ""));
  const double gain = gain_of(root) * gain_of(vibration);
  const auto melodies = vibration.find_any({"m_melodies", "melodies"});
  if (!melodies) vibration.refuse("has no \"m_melodies\"", "export the file again");
  for (const Field& melody : melodies->items()) {
    if (melody.flag("m_mute", melody.flag("mute", false))) {
      notices.push_back(fmt::format("{}: muted, not felt", melody.place()));
      continue;
    }
    Track track;
    track.gain = gain * gain_of(melody);
    if (const auto notes = melody.find_any({"m_notes", "notes"})) {
      for (const Field& note : notes->items()) read_note(note, track);
    }
    pattern.tracks.push_back(std::move(track));
  }
  if (const auto transients = vibration.find("transients")) {
    Track track;
    track.name = "transients";
    track.gain = gain;
    for (const Field& note : transients->items()) read_note(note, track);
    if (!track.taps.empty() || !track.notes.empty()) pattern.tracks.push_back(std::move(track));
  }
  if (is_stream_used(root, {"m_stiffness", "stiffness"})) {
    notices.emplace_back("stiffness is kept but not felt");
  }
  if (is_stream_used(root, {"m_texture", "texture"})) {
    notices.emplace_back("texture over distance is kept but not felt");
  }
  pattern.duration_s = end_of(pattern);
  return pattern;
}

Json write_haps(const Pattern& pattern) {
  Json melodies = Json::array();
  for (const Track& track : pattern.tracks) {
    Json notes = Json::array();
    for (const Tap& tap : track.taps) notes.push_back(tap_json(tap));
    for (const Note& note : track.notes) notes.push_back(note_json(note));
    melodies.push_back(
        {{"m_mute", 0}, {"m_gain", rounded(track.gain)}, {"m_notes", std::move(notes)}});
  }
  return {{"m_version", "5"},
          {"m_description", pattern.description},
          {"m_HDFlag", 0},
          {"m_time_unit", 0},
          {"m_length_unit", 7},
          {"m_gain", 1.0},
          {"m_stiffness", stream(Json::array())},
          {"m_texture", stream(Json::array())},
          {"m_vibration", stream(std::move(melodies))}};
}

}  // namespace tactus::patterns
