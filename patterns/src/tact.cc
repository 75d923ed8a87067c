// bHaptics (.tact): dots and paths on the motors of a garment, in steps of 20 ms.
//
// A file holds the designer's project, the frames it was rendered to, or both; the project says more
// and wins. Motors have no pitch: they play their own.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <utility>

#include "json_fields.h"

namespace tactus::patterns {
namespace {

constexpr double kStep_s = 0.020;
constexpr double kMost_ms = kLongest_s * 1000;
constexpr std::int64_t kMostMotors = 1024;
constexpr const char* kFrom = "export the file again from the bHaptics designer";

struct Motor {
  std::int64_t index = 0;
  double x = 0, y = 0;
};
using Layouts = std::map<std::string, std::vector<Motor>>;
using Motors = std::map<std::pair<std::string, int>, Track>;

struct Garment {
  std::string_view name;
  std::uint32_t body_parts;
};
constexpr std::array<Garment, 4> kHandGarments = {{
    {"GloveL", kLeftFingers | kLeftPalm},
    {"GloveR", kRightFingers | kRightPalm},
    {"HandL", kLeftPalm},
    {"HandR", kRightPalm},
}};

Track& track_of(Motors& motors, const std::string& device, std::int64_t motor) {
  const auto [found, added] = motors.try_emplace({device, static_cast<int>(motor)});
  Track& track = found->second;
  if (added) {
    track.name = fmt::format("{} {}", device, motor);
    track.place.device = device;
    track.place.motor = static_cast<int>(motor);
    const auto* garment = std::ranges::find(kHandGarments, device, &Garment::name);
    if (garment != kHandGarments.end()) track.place.body_parts = garment->body_parts;
  }
  return track;
}

/// The vest's four by five, which designs without a layout are for.
std::vector<Motor> vest() {
  constexpr int kAcross = 4, kDown = 5;
  std::vector<Motor> motors;
  motors.reserve(kAcross * kDown);
  for (int row = 0; row < kDown; ++row) {
    for (int column = 0; column < kAcross; ++column) {
      motors.push_back({row * kAcross + column, column / 3.0, row / 4.0});
    }
  }
  return motors;
}

Layouts layouts_of(const Field& project) {
  Layouts layouts;
  const auto layout = project.find("layout");
  const auto garments = layout ? layout->find("layouts") : std::nullopt;
  if (!garments) return layouts;
  for (const auto& [device, list] : garments->members()) {
    for (const Field& motor : list.items()) {
      layouts[device].push_back({motor.whole("index", 0, 0, kMostMotors),
                                 motor.number("x", 0, -1e6, 1e6), motor.number("y", 0, -1e6, 1e6)});
    }
  }
  return layouts;
}

/// The shape of a dot's strength over its time.
std::vector<CurvePoint> faded(const Field& dot, double intensity, double duration_s) {
  const std::string kind = dot.text("playbackType", "NONE");
  if (kind == "FADE_IN") return {{0, 0}, {duration_s, intensity}};
  if (kind == "FADE_OUT") return {{0, intensity}, {duration_s, 0}};
  if (kind == "FADE_IN_OUT") return {{0, 0}, {duration_s / 2, intensity}, {duration_s, 0}};
  return {{0, intensity}};
}

void read_dots(const Field& dots, const std::string& device, double t_s, Motors& motors) {
  for (const Field& dot : dots.items("feedback")) {
    const double begin_ms = dot.number("startTime", 0, 0, kMost_ms);
    const double end_ms = dot.number("endTime", begin_ms, 0, kMost_ms);
    if (end_ms < begin_ms) {
      dot.at("endTime").refuse(
          fmt::format("is {:g} ms, before the start at {:g} ms", end_ms, begin_ms), kFrom);
    }
    for (const Field& point : dot.items("pointList")) {
      const double intensity = point.number("intensity", 1, 0, 1);
      if (intensity == 0) continue;
      Note note;
      note.t_s = t_s + begin_ms / 1000;
      note.duration_s = (end_ms - begin_ms) / 1000;
      note.amplitude = faded(dot, intensity, note.duration_s);
      track_of(motors, device, point.whole("index", 0, 0, kMostMotors))
          .notes.push_back(std::move(note));
    }
  }
}

struct PathPoint {
  double t_s = 0, x = 0, y = 0, intensity = 0;
};

PathPoint between(const PathPoint& a, const PathPoint& b, double part) {
  return {a.t_s + part * (b.t_s - a.t_s), a.x + part * (b.x - a.x), a.y + part * (b.y - a.y),
          a.intensity + part * (b.intensity - a.intensity)};
}

PathPoint path_at(const std::vector<PathPoint>& path, double t_s) {
  const auto after = std::ranges::upper_bound(path, t_s, {}, &PathPoint::t_s);
  if (after == path.begin()) return path.front();
  if (after == path.end()) return path.back();
  const PathPoint& a = *(after - 1);
  return between(a, *after, (t_s - a.t_s) / (after->t_s - a.t_s));
}

/// How strongly each motor plays a point between them: the sum of their powers is that of one.
std::vector<double> shares(const std::vector<Motor>& motors, const PathPoint& at) {
  std::vector<double> power(motors.size());
  double sum = 0;
  for (std::size_t m = 0; m < motors.size(); ++m) {
    power[m] = std::max(0.0, 1 - 3 * std::abs(motors[m].x - at.x)) *
               std::max(0.0, 1 - 4 * std::abs(motors[m].y - at.y));
    sum += power[m];
  }
  if (sum == 0) {
    const auto distance = [&at](const Motor& motor) {
      return std::hypot(motor.x - at.x, motor.y - at.y);
    };
    const auto nearest = std::ranges::min_element(motors, {}, distance);
    power[static_cast<std::size_t>(nearest - motors.begin())] = sum = 1;
  }
  for (double& p : power) p = std::sqrt(p / sum);
  return power;
}

std::vector<PathPoint> path_of(const Field& field) {
  std::vector<PathPoint> path;
  for (const Field& point : field.items("pointList")) {
    PathPoint read{point.number("time", 0, 0, kMost_ms) / 1000, point.number("x", 0, -1e3, 1e3),
                   point.number("y", 0, -1e3, 1e3), point.number("intensity", 1, 0, 1)};
    if (!path.empty() && read.t_s < path.back().t_s) {
      point.at("time").refuse("is before the point in front of it",
                              "put the points in order of their times");
    }
    path.push_back(read);
  }
  return path;
}

/// Moves along a path in steps, each shared between the motors around it.
void read_paths(const Field& paths, const std::string& device, const Layouts& layouts, double t_s,
                double duration_s, Budget& budget, Motors& motors) {
  const auto known = layouts.find(device);
  const std::vector<Motor> grid =
      known != layouts.end() && !known->second.empty() ? known->second : vest();
  for (const Field& field : paths.items("feedback")) {
    const std::vector<PathPoint> path = path_of(field);
    if (path.empty()) continue;
    const double end_s = std::max(duration_s, path.back().t_s);
    const auto steps = static_cast<std::size_t>(std::ceil(end_s / kStep_s - 1e-6));
    budget.spend(steps * grid.size() / 4, field);
    std::vector<std::vector<double>> strength(grid.size(), std::vector<double>(steps));
    for (std::size_t k = 0; k < steps; ++k) {
      const PathPoint at = path_at(path, static_cast<double>(k) * kStep_s);
      const std::vector<double> share = shares(grid, at);
      for (std::size_t m = 0; m < grid.size(); ++m) strength[m][k] = at.intensity * share[m];
    }
    for (std::size_t m = 0; m < grid.size(); ++m) {
      for (std::size_t k = 0; k < steps; ++k) {
        if (strength[m][k] == 0) continue;
        Note note;
        note.t_s = t_s + static_cast<double>(k) * kStep_s;
        while (k < steps && strength[m][k] > 0) {
          note.amplitude.push_back({note.duration_s, strength[m][k++]});
          note.duration_s += kStep_s;
        }
        track_of(motors, device, grid[m].index).notes.push_back(std::move(note));
      }
    }
  }
}

void read_project(const Field& project, Motors& motors, double& duration_s) {
  Budget budget;
  const Layouts layouts = layouts_of(project);
  for (const Field& track : project.items("tracks")) {
    if (!track.flag("enable", true)) continue;
    for (const Field& effect : track.items("effects")) {
      const double t_s = effect.number("startTime", 0, 0, kMost_ms) / 1000;
      const double length_s = effect.number("offsetTime", 0, 0, kMost_ms) / 1000;
      duration_s = std::max(duration_s, t_s + length_s);
      const auto modes = effect.find("modes");
      if (!modes) continue;
      for (const auto& [device, mode] : modes->members()) {
        const bool path = mode.text("mode", "DOT_MODE") == "PATH_MODE";
        const auto way = mode.find(path ? "pathMode" : "dotMode");
        if (!way) continue;
        if (path) {
          read_paths(*way, device, layouts, t_s, length_s, budget, motors);
        } else {
          read_dots(*way, device, t_s, motors);
        }
      }
    }
  }
}

/// Rendered frames: a motor's strength at each time, held until the next.
void read_frames(const Field& frames, double interval_s, Motors& motors) {
  std::map<double, Field> in_order;
  for (const auto& [key, list] : frames.members()) {
    double at_ms = -1;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), at_ms);
    if (error != std::errc{} || end != key.data() + key.size() ||
        !(at_ms >= 0 && at_ms <= kMost_ms)) {
      list.refuse("is not named by a time in milliseconds", kFrom);
    }
    in_order.emplace(at_ms / 1000, list);
  }
  std::map<std::pair<std::string, int>, Note> open;
  for (const auto& [t_s, list] : in_order) {
    for (const Field& garment : list.items()) {
      const std::string device = garment.at("position").text();
      const std::vector<Field> values = garment.items("values");
      for (std::size_t m = 0; m < values.size(); ++m) {
        const double strength = values[m].number(0, 100) / 100;
        if (strength == 0) continue;
        Track& track = track_of(motors, device, static_cast<std::int64_t>(m));
        Note* last = track.notes.empty() ? nullptr : &track.notes.back();
        if (last == nullptr || last->t_s + last->duration_s < t_s - 1e-9) {
          track.notes.emplace_back().t_s = t_s;
          last = &track.notes.back();
        }
        const double from_s = t_s - last->t_s;
        if (!last->amplitude.empty() && last->amplitude.back().value != strength) {
          last->amplitude.push_back({from_s, last->amplitude.back().value});
        }
        if (last->amplitude.empty() || last->amplitude.back().value != strength) {
          last->amplitude.push_back({from_s, strength});
        }
        last->duration_s = from_s + interval_s;
      }
    }
  }
}

/// The strongest a track is in each step.
std::vector<double> steps_of(const Track& track) {
  std::vector<double> steps;
  const auto raise = [&steps](double from_s, double to_s, auto strength) {
    const auto first = static_cast<std::size_t>(from_s / kStep_s + 1e-6);
    const auto end = static_cast<std::size_t>(std::ceil(to_s / kStep_s - 1e-6));
    if (end > steps.size()) steps.resize(end);
    for (std::size_t k = first; k < end; ++k) {
      steps[k] = std::max(steps[k], strength(static_cast<double>(k) * kStep_s - from_s));
    }
  };
  for (const Note& note : track.notes) {
    raise(note.t_s, note.t_s + note.duration_s, [&](double t_s) {
      return track.gain * note.gain * std::abs(value_at(note.amplitude, std::max(t_s, 0.0), 1));
    });
  }
  for (const Tap& tap : track.taps) {
    raise(tap.t_s, tap.t_s + kStep_s, [&](double) { return track.gain * tap.amplitude; });
  }
  return steps;
}

std::pair<std::string, int> motor_of(const Place& place) {
  constexpr int kIndexFinger = 1;
  if (!place.device.empty()) return {place.device, std::max(place.motor, 0)};
  const bool left = (place.body_parts & (kLeftPalm | kLeftBack | kLeftFingers)) != 0;
  return {left ? "GloveL" : "GloveR", kIndexFinger};
}

}  // namespace

Pattern read_tact(const Field& root, std::vector<std::string>& notices) {
  Pattern pattern;
  pattern.name = root.text("name", "");
  const double interval_s = root.number("intervalMillis", 20, 1, 10'000) / 1000;
  pattern.duration_s = root.number("durationMillis", 0, 0, kMost_ms) / 1000;
  const auto project = root.find("project");
  const auto frames = root.find("feedback");
  if (!project && !frames) root.refuse("has neither \"project\" nor \"feedback\"", kFrom);
  Motors motors;
  if (project) {
    if (pattern.name.empty()) pattern.name = project->text("name", "");
    read_project(*project, motors, pattern.duration_s);
  }
  if (motors.empty() && frames) read_frames(*frames, interval_s, motors);
  if (motors.empty()) notices.emplace_back("no motor is used");
  for (auto& [key, track] : motors) {
    std::ranges::stable_sort(track.notes, {}, &Note::t_s);
    pattern.tracks.push_back(std::move(track));
  }
  pattern.duration_s = end_of(pattern);
  return pattern;
}

Json write_tact(const Pattern& pattern) {
  std::map<std::string, Json> dots;
  std::size_t longest = 0;
  for (const Track& track : pattern.tracks) {
    const auto [device, motor] = motor_of(track.place);
    const std::vector<double> steps = steps_of(track);
    longest = std::max(longest, steps.size());
    Json& list = dots.try_emplace(device, Json::array()).first->second;
    for (std::size_t k = 0; k < steps.size();) {
      std::size_t end = k;
      while (end < steps.size() && rounded(steps[end]) == rounded(steps[k])) ++end;
      if (rounded(steps[k]) > 0) {
        list.push_back({{"startTime", 20 * k},
                        {"endTime", 20 * end},
                        {"playbackType", "NONE"},
                        {"pointList", {{{"index", motor}, {"intensity", rounded(steps[k])}}}}});
      }
      k = end;
    }
  }
  Json modes = Json::object();
  for (auto& [device, list] : dots) {
    modes[device] = {{"mode", "DOT_MODE"},
                     {"dotMode", {{"dotConnected", false}, {"feedback", std::move(list)}}},
                     {"pathMode", {{"feedback", Json::array()}}}};
  }
  Json effects = Json::array({{{"name", "Tactus"},
                               {"startTime", 0},
                               {"offsetTime", 20 * longest},
                               {"modes", std::move(modes)}}});
  return {{"intervalMillis", 20},
          {"size", 20},
          {"name", pattern.name},
          {"durationMillis", 20 * longest},
          {"project",
           {{"name", pattern.name},
            {"mediaFileDuration", rounded(0.02 * static_cast<double>(longest))},
            {"tracks", Json::array({{{"enable", true}, {"effects", std::move(effects)}}})}}}};
}

}  // namespace tactus::patterns
