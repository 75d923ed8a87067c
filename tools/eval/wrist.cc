// `tactus eval wrist`: a late tracker and an inertial unit, against optical truth.
//
// The motion and the inertial readings are real (BROAD); the tracker is simulated on the truth:
// 95 Hz, 0.5 mm, 0.1 degrees, 21 ms late, unless a row says otherwise. One set of parameters.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <random>

#include "evaluation.h"
#include "wrist_trial.h"

namespace tactus::tools {
namespace {

constexpr std::size_t kNow = 0, kLater = 1;  // of kAhead

bool is_of(const BroadRecording& recording, std::string_view group) {
  return std::ranges::find(recording.groups, group) != recording.groups.end();
}
bool is_fast_translation(const BroadRecording& recording) {
  return is_of(recording, "translation") && is_of(recording, "fast");
}

/// The kind of motion, as the recording's groups name it.
std::string motion_of(const BroadRecording& recording) {
  std::string motion;
  for (const std::string& group : recording.groups) {
    const bool of_all = group == "all_trials" || group == "undisturbed" || group == "disturbed" ||
                        group == "no_breaks" || group == "with_breaks";
    if (!of_all) motion += (motion.empty() ? "" : " ") + group;
  }
  return motion;
}

double mean(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}
double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

using Recordings = std::vector<const BroadRecording*>;

std::vector<double> figures_of(const WristTrial& trial) {
  std::vector<double> figures;
  for (const auto* errors : {&trial.ours, &trial.peer}) {
    for (const WristErrors& at : *errors) {
      figures.push_back(at.position_rms_mm());
      figures.push_back(at.rotation_rms_deg());
    }
  }
  return figures;
}

const std::vector<std::string> kColumns = {"now mm", "now deg", "+31 mm",   "+31 deg",
                                           "CV mm",  "CV deg",  "CV+31 mm", "CV+31 deg"};

/// The rows' mean, column by column.
std::vector<double> mean_row(const std::vector<EvalTable::Row>& rows) {
  std::vector<double> means(kColumns.size());
  for (std::size_t c = 0; c < means.size(); ++c) {
    std::vector<double> column;
    column.reserve(rows.size());
    for (const EvalTable::Row& row : rows) column.push_back(row.figures[c]);
    means[c] = mean(column);
  }
  return means;
}

EvalCurve curve_of(const char* name, const WristErrors& errors) {
  return {name, errors.t_s, errors.position_mm};
}

/// Rows by recording and by motion. Gives the rows by recording.
std::vector<EvalTable::Row> score_recordings(EvalReport& report,
                                             const std::vector<BroadRecording>& recordings,
                                             unsigned seed) {
  EvalTable table{"recording", kColumns, {}};
  for (const BroadRecording& recording : recordings) {
    const WristTrial trial = try_wrist(recording, {}, seed);
    table.rows.push_back({recording.name, figures_of(trial)});
    report.add(
        {recording.name,
         {curve_of("now", trial.ours[kNow]), curve_of("31.5 ms ahead", trial.ours[kLater])}});
  }
  std::vector<EvalTable::Row> rows = table.rows;
  report.print(table);
  std::vector<std::string> motions;
  for (const BroadRecording& recording : recordings) {
    if (std::ranges::find(motions, motion_of(recording)) == motions.end()) {
      motions.push_back(motion_of(recording));
    }
  }
  EvalTable by_motion{"motion", kColumns, {}};
  for (const std::string& motion : motions) {
    std::vector<EvalTable::Row> of_motion;
    for (std::size_t i = 0; i < recordings.size(); ++i) {
      if (motion_of(recordings[i]) == motion) of_motion.push_back(rows[i]);
    }
    by_motion.rows.push_back({motion, mean_row(of_motion)});
  }
  report.print(by_motion);
  return rows;
}

/// The offset believed after 20 s of movement against what was injected and what the recording has.
void score_offsets(EvalReport& report, const std::vector<BroadRecording>& recordings,
                   unsigned seed) {
  EvalTable table{"injected [ms]", {"mean [ms]", "median [ms]", "worst [ms]"}, {}};
  double worst_ms = 0;
  for (const int injected_ms : {0, 5, 10, 20, 30}) {
    std::vector<double> errors_ms;
    for (const BroadRecording& recording : recordings) {
      TrackerModel model;
      model.offset = std::chrono::milliseconds(injected_ms);
      const double found_s = try_wrist(recording, model, seed).delay_20s_s;
      const double true_s = inertial_delay_s(recording) - 1e-3 * injected_ms;
      errors_ms.push_back(1e3 * std::fabs(found_s - true_s));
    }
    const double worst = *std::ranges::max_element(errors_ms);
    table.rows.push_back(
        {std::to_string(injected_ms), {mean(errors_ms), median(errors_ms), worst}});
    worst_ms = std::max(worst_ms, worst);
  }
  report.print(table);
  report.metric("wrist.time_offset_error_ms", worst_ms, "ms");
}

/// Trackers that are worse than the usual one.
void score_trackers(EvalReport& report, const Recordings& recordings, unsigned seed) {
  const std::pair<const char*, TrackerModel> trackers[] = {
      {"no latency", {.latency = 0ms}},
      {"57 Hz, 2 mm, 0.3 deg", {.every = 5, .noise_m = 0.002, .noise_deg = 0.3}},
      {"noise correlated over 50 ms", {.correlation = 50ms}},
      {"runtime, asked for the past", {.noise_m = 0.001, .noise_deg = 0.2, .correlation = 100ms}},
      {"runtime, its own prediction", {.correlation = 50ms, .predicted = 21ms}},
      {"blind 0.1 s in 10", {.gap = 100ms}},
      {"blind 0.5 s in 10", {.gap = 500ms}},
      {"blind 2 s in 10", {.gap = 2s}},
      {"recentred after 60 s", {.recentre_at = 60s}},
  };
  EvalTable table{"tracker", kColumns, {}};
  table.columns.push_back("anchors");
  for (const auto& [name, model] : trackers) {
    std::vector<EvalTable::Row> rows;
    double anchors = 0;
    for (const BroadRecording* recording : recordings) {
      const WristTrial trial = try_wrist(*recording, model, seed);
      rows.push_back({recording->name, figures_of(trial)});
      anchors += trial.reanchored;
    }
    table.rows.push_back({name, mean_row(rows)});
    table.rows.back().figures.push_back(anchors / static_cast<double>(rows.size()));
  }
  report.print(table);
}

/// A hand that lies still, with a sensor as noisy as BROAD's at rest.
BroadRecording still_hand(unsigned seed) {
  constexpr float kGyro = 0.0018f, kAccel = 0.05f;
  std::mt19937_64 random(seed);
  std::normal_distribution<float> normal;
  const auto noise = [&](float sigma) {
    return Vec3{sigma * normal(random), sigma * normal(random), sigma * normal(random)};
  };
  BroadRecording recording;
  recording.name = "still";
  recording.rate_Hz = 2000.0 / 7;
  for (int i = 0; i < 20000; ++i) {
    recording.gyro_rad_per_s.push_back(noise(kGyro));
    recording.accel_m_per_s2.push_back(Vec3{0, 0, kGravity_m_per_s2} + noise(kAccel));
    recording.q_earth_sensor.push_back({0, 0, 0, 1});
    recording.p_earth_sensor.push_back({0.1f, 0.2f, 1});
    recording.moving.push_back(i > 3000);
  }
  return recording;
}

void tell_all(EvalReport& report, const std::vector<BroadRecording>& recordings,
              const std::vector<EvalTable::Row>& rows) {
  std::vector<EvalTable::Row> combined, fast;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (is_of(recordings[i], "stationary_magnet")) combined.push_back(rows[i]);
    if (is_fast_translation(recordings[i])) fast.push_back(rows[i]);
  }
  const std::vector<double> figures = mean_row(combined.empty() ? rows : combined);
  report.metric("wrist.now_mm", figures[0], "mm");
  report.metric("wrist.now_deg", figures[1], "deg");
  report.metric("wrist.ahead31_mm", figures[2], "mm");
  report.metric("wrist.ahead31_deg", figures[3], "deg");
  if (!fast.empty()) report.metric("wrist.fast_ahead31_mm", mean_row(fast)[2], "mm");
}

}  // namespace

int eval_wrist(const EvalRequest& request) {
  if (request.data.empty()) {
    fmt::print(stderr, "tactus eval wrist: needs recorded motion, --data DIR\n");
    return 2;
  }
  const auto loaded = load_broad(request.data);
  if (!loaded) {
    fmt::print(stderr, "tactus eval wrist: {}\n", loaded.error());
    return 1;
  }
  const std::vector<BroadRecording>& recordings = *loaded;
  EvalReport report("wrist", request);
  const auto rows = score_recordings(report, recordings, request.seed);
  Recordings combined;
  for (const BroadRecording& recording : recordings) {
    if (is_of(recording, "stationary_magnet")) combined.push_back(&recording);
  }
  if (combined.empty()) {
    for (const BroadRecording& recording : recordings) combined.push_back(&recording);
  }
  score_trackers(report, combined, request.seed);
  const WristTrial still = try_wrist(still_hand(request.seed), {}, request.seed);
  report.print({"still hand", kColumns, {{"rms", figures_of(still)}}});
  score_offsets(report, recordings, request.seed);
  tell_all(report, recordings, rows);
  report.metric("wrist.still_mm", still.ours[kNow].position_rms_mm(), "mm");
  report.metric("wrist.still_deg", still.ours[kNow].rotation_rms_deg(), "deg");
  return report.write("time [s]", "position error [mm]") ? 0 : 1;
}

}  // namespace tactus::tools
