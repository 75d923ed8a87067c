// Apple haptic and audio patterns (.ahap): events, and curves that all of them follow.
//
// Intensity is the root of amplitude and sharpness the root of pitch, but for a tap's sharpness:
// so Meta's own converter maps them (NiceVibrations, core/datamodel/src/ios).
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "envelope.h"
#include "json_fields.h"

namespace tactus::patterns {
namespace {

constexpr double kAny = std::numeric_limits<double>::max();
constexpr double kDefaultIntensity = 1, kDefaultSharpness = 0.5;  ///< assumed: Apple does not say
constexpr double kUnsaidDuration_s = 1;
constexpr double kLongestEvent_s = 30;          ///< Core Haptics cuts an event there
constexpr std::size_t kMostControlPoints = 16;  ///< of one curve, as Core Haptics takes them

struct Control {
  std::vector<CurvePoint> points;  ///< from the pattern's start
};

struct Controls {
  Control intensity, sharpness;
};

struct Event {
  bool tap = false;
  double t_s = 0, duration_s = 0;
  double intensity = kDefaultIntensity, sharpness = kDefaultSharpness;
  double attack_s = 0, release_s = 0;
};

/// A curve's points count from the curve; some tools write them from the pattern's start, which
/// shows when the first stands exactly at the curve's own time.
void add_curve(const Field& curve, Control& control) {
  const double begin_s = curve.number("Time", 0, 0, kLongest_s);
  double offset_s = begin_s, t_last_s = 0;
  bool first = true;
  for (const Field& point : curve.at("ParameterCurveControlPoints").items()) {
    const Field time = point.at("Time");
    const double t_s = time.number(0, kLongest_s);
    if (first && begin_s > 0 && t_s == begin_s) offset_s = 0;
    if (!first && t_s < t_last_s) {
      time.refuse(
          fmt::format("is {:g} s, before the point in front of it at {:g} s", t_s, t_last_s),
          "put the points in order of their times");
    }
    first = false;
    t_last_s = t_s;
    control.points.push_back({offset_s + t_s, point.at("ParameterValue").number(-kAny, kAny)});
  }
}

/// A parameter holds from its time on: a step.
void add_step(const Field& parameter, Control& control) {
  const double t_s = parameter.number("Time", 0, 0, kLongest_s);
  const double value = parameter.at("ParameterValue").number(-kAny, kAny);
  const double before = control.points.empty() ? value : control.points.back().value;
  if (!control.points.empty() && control.points.back().t_s <= t_s) {
    control.points.push_back({t_s, before});
  }
  control.points.push_back({t_s, value});
}

/// What a control says at a time: nothing before its first point.
double control_at(const Control& control, double t_s, double neutral) {
  if (control.points.empty() || t_s < control.points.front().t_s) return neutral;
  return value_at(control.points, t_s, neutral);
}

void read_parameters(const Field& event, Event& read) {
  for (const Field& parameter : event.items("EventParameters")) {
    const std::string id = parameter.at("ParameterID").text();
    const double value = parameter.at("ParameterValue").number(-kAny, kAny);
    if (id == "HapticIntensity") read.intensity = std::clamp(value, 0.0, 1.0);
    if (id == "HapticSharpness") read.sharpness = std::clamp(value, 0.0, 1.0);
    if (id == "AttackTime") read.attack_s = std::clamp(value, 0.0, 1.0);
    if (id == "ReleaseTime") read.release_s = std::clamp(value, 0.0, 1.0);
  }
}

double intensity_at(const Event& event, const Controls& controls, double t_s) {
  return std::clamp(event.intensity * control_at(controls.intensity, t_s, 1), 0.0, 1.0);
}

double sharpness_at(const Event& event, const Controls& controls, double t_s) {
  return std::clamp(event.sharpness + control_at(controls.sharpness, t_s, 0), 0.0, 1.0);
}

/// What a control says until a time: the first of its points there, where it jumps.
double control_before(const Control& control, double t_s, double neutral) {
  const auto at = std::ranges::lower_bound(control.points, t_s, {}, &CurvePoint::t_s);
  if (at != control.points.end() && at->t_s == t_s) return at->value;
  return control_at(control, t_s, neutral);
}

/// An event's share of a control, from the event's start to its end.
std::vector<CurvePoint> share_of(const Event& event, const Control& control, double neutral) {
  const double end_s = event.t_s + event.duration_s;
  std::vector<CurvePoint> share = {{0, control_at(control, event.t_s, neutral)}};
  const auto first = std::ranges::upper_bound(control.points, event.t_s, {}, &CurvePoint::t_s);
  if (first == control.points.begin() && first != control.points.end() && first->t_s < end_s) {
    share.push_back({first->t_s - event.t_s, neutral});
  }
  for (auto point = first; point != control.points.end() && point->t_s < end_s; ++point) {
    share.push_back({point->t_s - event.t_s, point->value});
  }
  share.push_back({event.duration_s, control_before(control, end_s, neutral)});
  return share;
}

/// Rises over the attack and falls over the release, within the event.
double fade_at(const Event& event, double t_s) {
  const double rise = event.attack_s > 0 ? std::min(1.0, t_s / event.attack_s) : 1;
  const double left_s = event.duration_s - t_s;
  const double fall = event.release_s > 0 ? std::min(1.0, left_s / event.release_s) : 1;
  return rise * std::max(0.0, fall);
}

Note note_of(const Event& event, const Controls& controls) {
  Note note;
  note.t_s = event.t_s;
  note.duration_s = event.duration_s;
  std::vector<CurvePoint> control = share_of(event, controls.intensity, 1);
  // Where the event fades, the control has a point too.
  for (const double t_s : {event.attack_s, event.duration_s - event.release_s}) {
    if (!(t_s > 0 && t_s < event.duration_s)) continue;
    const auto at = std::ranges::lower_bound(control, t_s, {}, &CurvePoint::t_s);
    if (at->t_s != t_s) control.insert(at, {t_s, value_at(control, t_s, 1)});
  }
  for (const CurvePoint& point : control) {
    const double intensity =
        std::clamp(event.intensity * point.value, 0.0, 1.0) * fade_at(event, point.t_s);
    note.amplitude.push_back({point.t_s, intensity * intensity});
  }
  for (const CurvePoint& point : share_of(event, controls.sharpness, 0)) {
    const double sharpness = std::clamp(event.sharpness + point.value, 0.0, 1.0);
    note.frequency_Hz.push_back({point.t_s, hertz_of(sharpness * sharpness)});
  }
  return note;
}

Json event_parameters(double intensity, double sharpness) {
  return Json::array(
      {{{"ParameterID", "HapticIntensity"}, {"ParameterValue", rounded(intensity)}},
       {{"ParameterID", "HapticSharpness"}, {"ParameterValue", rounded(sharpness)}}});
}

/// Curves of at most 16 points, each beginning where the last one ended.
void write_curve(Json& elements, const char* id, const std::vector<CurvePoint>& points) {
  for (std::size_t first = 0; first < points.size(); first += kMostControlPoints - 1) {
    if (first > 0 && first + 1 == points.size()) break;
    const double begin_s = rounded(points[first].t_s);
    Json list = Json::array();
    const std::size_t end = std::min(points.size(), first + kMostControlPoints);
    for (std::size_t i = first; i < end; ++i) {
      list.push_back({{"Time", rounded(std::max(0.0, rounded(points[i].t_s) - begin_s))},
                      {"ParameterValue", rounded(points[i].value)}});
    }
    elements.push_back({{"ParameterCurve",
                         {{"ParameterID", id},
                          {"Time", begin_s},
                          {"ParameterCurveControlPoints", std::move(list)}}}});
  }
}

/// Taps follow the intensity control, too: where it is lower than a tap needs, it is raised for a
/// moment too short to be felt.
void make_room(std::vector<CurvePoint>& control, const std::vector<Tap>& taps) {
  constexpr double kMoment_s = 1e-4;
  for (const Tap& tap : taps) {
    const double t_s = rounded(tap.t_s), needed = std::sqrt(tap.amplitude);
    const double there = control_at({control}, t_s, 1);
    if (there >= needed || control.empty()) continue;
    const double after = value_at(control, t_s + kMoment_s, 0);
    const auto next = std::ranges::upper_bound(control, t_s, {}, &CurvePoint::t_s);
    std::vector<CurvePoint> bump = {{t_s, there}, {t_s, needed}};
    if (next == control.end() || next->t_s > t_s + kMoment_s) {
      bump.push_back({t_s + kMoment_s, after});
    }
    control.insert(next, bump.begin(), bump.end());
  }
}

}  // namespace

Pattern read_ahap(const Field& root, std::vector<std::string>& notices) {
  if (const auto version = root.find("Version")) {
    if (const double number = version->number(-kAny, kAny); number < 1 || number >= 2) {
      version->refuse(fmt::format("is {:g}, and only 1 is known", number),
                      "export the file as version 1");
    }
  }
  Pattern pattern;
  if (const auto metadata = root.find("Metadata"); metadata && metadata->is_object()) {
    pattern.name = metadata->text("Project", "");
    pattern.description = metadata->text("Description", "");
  }
  std::vector<Event> events;
  Controls controls;
  std::size_t sounds = 0, others = 0;
  for (const Field& element : root.at("Pattern").items()) {
    if (const auto event = element.find("Event")) {
      const std::string type = event->at("EventType").text();
      Event read;
      read.t_s = event->at("Time").number(0, kLongest_s);
      read.tap = type == "HapticTransient";
      if (!read.tap && type != "HapticContinuous") {
        ++(type.starts_with("Audio") ? sounds : others);
        continue;
      }
      if (!read.tap && !event->find("EventDuration")) {
        notices.push_back(fmt::format("{}: no EventDuration, taken as {:g} s", event->place(),
                                      kUnsaidDuration_s));
      }
      read.duration_s = event->number("EventDuration", kUnsaidDuration_s, 0, kLongest_s);
      read_parameters(*event, read);
      events.push_back(read);
    }
    const auto curve = element.find("ParameterCurve");
    const auto parameter = curve ? curve : element.find("Parameter");
    if (!parameter) continue;
    const std::string id = parameter->at("ParameterID").text();
    const bool strength = id == "HapticIntensityControl";
    if (!strength && id != "HapticSharpnessControl") {
      ++others;
      continue;
    }
    Control& control = strength ? controls.intensity : controls.sharpness;
    if (curve) {
      add_curve(*curve, control);
    } else {
      add_step(*parameter, control);
    }
  }
  for (Control* control : {&controls.intensity, &controls.sharpness}) {
    std::ranges::stable_sort(control->points, {}, &CurvePoint::t_s);
    // A long curve comes in pieces, each beginning with the point the last one ended with.
    const auto twice = std::unique(control->points.begin(), control->points.end());
    control->points.erase(twice, control->points.end());
  }
  if (sounds > 0) notices.push_back(fmt::format("{} sound events are not felt", sounds));
  if (others > 0)
    notices.push_back(fmt::format("{} unknown events or controls are not felt", others));
  std::ranges::stable_sort(events, {}, &Event::t_s);
  Budget budget;
  Track track;
  for (const Event& event : events) {
    if (event.tap) {
      const double intensity = intensity_at(event, controls, event.t_s);
      track.taps.push_back(
          {event.t_s, intensity * intensity, hertz_of(sharpness_at(event, controls, event.t_s))});
    } else {
      track.notes.push_back(note_of(event, controls));
      budget.spend(track.notes.back().amplitude.size() + track.notes.back().frequency_Hz.size(),
                   root.at("Pattern"));
    }
  }
  pattern.tracks.push_back(std::move(track));
  pattern.duration_s = end_of(pattern);
  return pattern;
}

Json write_ahap(const Pattern& pattern) {
  Envelope envelope = merge(pattern);
  Json elements = Json::array();
  for (CurvePoint& point : envelope.amplitude) point.value = std::sqrt(point.value);
  for (CurvePoint& point : envelope.frequency_Hz) point.value = std::sqrt(pitch_of(point.value));
  if (!envelope.amplitude.empty()) {
    const double begin_s = rounded(envelope.amplitude.front().t_s);
    const double end_s = rounded(envelope.amplitude.back().t_s);
    make_room(envelope.amplitude, envelope.taps);
    const bool pitched = !envelope.frequency_Hz.empty();
    const double sharpness = pitched ? 0 : std::sqrt(pitch_of(0));
    for (double t_s = begin_s; t_s < end_s; t_s += kLongestEvent_s) {
      elements.push_back({{"Event",
                           {{"Time", rounded(t_s)},
                            {"EventType", "HapticContinuous"},
                            {"EventDuration", rounded(std::min(kLongestEvent_s, end_s - t_s))},
                            {"EventParameters", event_parameters(1, sharpness)}}}});
    }
    write_curve(elements, "HapticIntensityControl", envelope.amplitude);
    if (pitched) {
      // Before its first point a control says nothing: it begins and ends with the vibration.
      auto& pitch = envelope.frequency_Hz;
      if (pitch.front().t_s > begin_s) pitch.insert(pitch.begin(), {begin_s, pitch.front().value});
      if (pitch.back().t_s < end_s) pitch.push_back({end_s, pitch.back().value});
    }
    write_curve(elements, "HapticSharpnessControl", envelope.frequency_Hz);
  }
  // Taps follow the controls too: theirs is divided out, as far as it goes.
  const Control strength{envelope.amplitude}, pitch{envelope.frequency_Hz};
  for (const Tap& tap : envelope.taps) {
    const double control = control_at(strength, tap.t_s, 1);
    const double intensity = std::sqrt(tap.amplitude);
    const double sharpness = pitch_of(tap.frequency_Hz) - control_at(pitch, tap.t_s, 0);
    elements.push_back(
        {{"Event",
          {{"Time", rounded(tap.t_s)},
           {"EventType", "HapticTransient"},
           {"EventParameters",
            event_parameters(control > 0 ? std::clamp(intensity / control, 0.0, 1.0) : intensity,
                             std::clamp(sharpness, 0.0, 1.0))}}}});
  }
  return {{"Version", 1.0},
          {"Metadata", {{"Project", pattern.name}, {"Description", pattern.description}}},
          {"Pattern", std::move(elements)}};
}

}  // namespace tactus::patterns
