// `tactus eval hand`: joint angles and fingertips of synthetic hands in five kinds of glove.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "evaluation.h"
#include "hand_files.h"
#include "hand_floor.h"
#include "hand_trial.h"
#include "hand_wild.h"

namespace tactus::tools {
namespace {

namespace fs = std::filesystem;

constexpr double kLong_s = 608;   // ten minutes after the flat hand: what drifts has time to
constexpr double kShort_s = 128;  // flexion channels do not drift
constexpr unsigned kHandsEach = 3;
constexpr int kWildInputs = 1'000'000;  // of a hundred numbers each

struct Kind {
  GloveKind glove;
  const char* name;
  double length_s;
};
constexpr std::array<Kind, 5> kKinds = {{
    {GloveKind::Imu16, "16 units", kLong_s},
    {GloveKind::Tg1, "TG1: 11 units, 19 channels", kLong_s},
    {GloveKind::Imu11, "11 units alone", kShort_s},
    {GloveKind::Flex10, "10 channels", kShort_s},
    {GloveKind::Flex5, "5 channels", kShort_s},
}};

std::array<double, 3> mean_median_worst(std::vector<double> values) {
  std::ranges::sort(values, {}, [](double x) { return std::fabs(x); });
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / double(values.size());
  return {mean, values[values.size() / 2], values.back()};
}

struct Means {
  double joint_deg = 0, tip_mm = 0, drift_deg = 0, floor_deg = 0;
};

Means score(EvalReport& report, const Kind& kind, double noise, unsigned seed) {
  const std::string title = std::string(kind.name) + (noise > 1 ? ", twice the noise" : "");
  EvalTable table{
      title, {"joints [deg]", "worst joint [deg]", "tips [mm]", "drift [deg]", "floor [deg]"}, {}};
  std::vector<double> joint, worst, tip, drift, least;
  EvalPanel panel{title, {}};
  for (unsigned k = 0; k < kHandsEach; ++k) {
    fmt::print(stderr, "{}: hand {} of {}, {:.0f} s of motion\n", title, k + 1, kHandsEach,
               kind.length_s);
    const Hand hand = k % 2 == 0 ? Hand::Right : Hand::Left;
    const HandTrial trial{kind.glove, hand, seed + k, noise, kind.length_s};
    HandScore s = run(trial);
    least.push_back(floor_deg(trial));
    const std::string name = "seed " + std::to_string(seed + k);
    table.rows.push_back({name, {s.joint_deg, s.worst_deg, s.tip_mm, s.drift_deg, least.back()}});
    joint.push_back(s.joint_deg);
    worst.push_back(s.worst_deg);
    tip.push_back(s.tip_mm);
    drift.push_back(s.drift_deg);
    panel.curves.push_back({name, std::move(s.t_s), std::move(s.joint_deg_at)});
  }
  const auto j = mean_median_worst(joint), w = mean_median_worst(worst);
  const auto t = mean_median_worst(tip), d = mean_median_worst(drift);
  const auto l = mean_median_worst(least);
  for (const auto& [name, k] : {std::pair{"mean", 0}, {"median", 1}, {"worst", 2}}) {
    const auto i = static_cast<std::size_t>(k);
    table.rows.push_back({name, {j[i], w[i], t[i], d[i], l[i]}});
  }
  report.print(table);
  report.add(std::move(panel));
  return {j[0], t[0], d[2], l[0]};
}

/// Kinds of glove as folders are named by `--write`.
constexpr std::array<std::string_view, 5> kFolders = {"imu16", "tg1", "imu11", "flex10", "flex5"};
constexpr double kWritten_s = 60;

bool write_text(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  file.close();
  if (!file) fmt::print(stderr, "eval hand: cannot write {}\n", path.string());
  return bool(file);
}

/// A recording of each kind of glove, in the layout that `--data` reads.
int write_recordings(const EvalRequest& request) {
  for (std::size_t k = 0; k < kKinds.size(); ++k) {
    const HandRecording recording =
        record({kKinds[k].glove, Hand::Right, request.seed, 1, kWritten_s});
    const fs::path folder = fs::path(request.write) / kFolders[k];
    std::error_code error;
    fs::create_directories(folder, error);
    const bool written = write_text(folder / "hand.csv", hand_csv(recording)) &&
                         write_text(folder / "glove.csv", glove_csv(recording)) &&
                         write_text(folder / "tracker.csv", wrist_csv(recording)) &&
                         write_text(folder / "truth.csv", truth_csv(recording));
    if (!written) return 1;
    fmt::print("{}\n", folder.string());
  }
  return 0;
}

std::optional<std::string> text_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > kMaxHandFile) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// What `read` makes of a file; says what is wrong with it.
template <class Read>
auto read_file(const fs::path& path, Read read)
    -> std::optional<std::decay_t<decltype(*read({}))>> {
  const auto text = text_of(path);
  if (!text) {
    fmt::print(stderr, "eval hand: {} cannot be read\n", path.string());
    return std::nullopt;
  }
  auto rows = read(*text);
  if (!rows) {
    fmt::print(stderr, "eval hand: {}: line {}: {}\n", path.string(), rows.error().line,
               rows.error().what);
    return std::nullopt;
  }
  return std::move(*rows);
}

std::optional<HandRecording> read_recording(const fs::path& folder) {
  const auto description = read_file(folder / "hand.csv", read_hand);
  if (!description) return std::nullopt;
  const Hand hand = description->hand;
  auto glove = read_file(folder / "glove.csv",
                         [hand](std::string_view csv) { return read_glove(csv, hand); });
  auto truth = read_file(folder / "truth.csv", read_hand_truth);
  if (!glove || !truth) return std::nullopt;
  HandRecording recording{
      folder.filename().string(), description->profile, std::move(*glove), {}, std::move(*truth)};
  if (!fs::exists(folder / "tracker.csv")) return recording;
  auto wrist = read_file(folder / "tracker.csv",
                         [hand](std::string_view csv) { return read_wrist(csv, hand); });
  if (!wrist) return std::nullopt;
  recording.wrist = std::move(*wrist);
  return recording;
}

int eval_recordings(EvalReport& report, const EvalRequest& request) {
  std::error_code error;
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(request.data, error)) {
    if (fs::exists(entry.path() / "glove.csv")) folders.push_back(entry.path());
  }
  std::ranges::sort(folders);
  EvalTable table{
      "recording", {"joints [deg]", "worst joint [deg]", "tips [mm]", "drift [deg]"}, {}};
  bool good = true;
  std::vector<double> joint, tip;
  for (const fs::path& folder : folders) {
    fmt::print(stderr, "{}\n", folder.string());
    const auto recording = read_recording(folder);
    good = good && recording;
    if (!recording) continue;
    HandScore s = score(*recording);
    if (s.t_s.empty()) {
      fmt::print(stderr, "eval hand: {}: nothing after the flat hand\n", folder.string());
      good = false;
      continue;
    }
    table.rows.push_back({recording->name, {s.joint_deg, s.worst_deg, s.tip_mm, s.drift_deg}});
    joint.push_back(s.joint_deg);
    tip.push_back(s.tip_mm);
    report.add({recording->name, {{"joints", std::move(s.t_s), std::move(s.joint_deg_at)}}});
  }
  if (joint.empty()) {
    fmt::print(stderr, "eval hand: no folder with hand.csv, glove.csv and truth.csv in {}\n",
               request.data);
    return 1;
  }
  report.print(table);
  report.metric("hand.recorded_joint_deg", mean_median_worst(joint)[0], "deg");
  report.metric("hand.recorded_tip_mm", mean_median_worst(tip)[0], "mm");
  return report.write("time [s]", "joint error [deg]") && good ? 0 : 1;
}

}  // namespace

int eval_hand(const EvalRequest& request) {
  if (!request.write.empty()) return write_recordings(request);
  EvalReport report("hand", request);
  if (!request.data.empty()) return eval_recordings(report, request);
  std::array<Means, 5> usual;
  for (std::size_t k = 0; k < usual.size(); ++k) {
    usual[k] = score(report, kKinds[k], 1, request.seed);
  }
  for (const Kind& kind : kKinds) static_cast<void>(score(report, kind, 2, request.seed));
  report.metric("hand.imu16_joint_deg", usual[0].joint_deg, "deg");
  report.metric("hand.imu16_tip_mm", usual[0].tip_mm, "mm");
  report.metric("hand.drift_deg", usual[0].drift_deg, "deg");
  report.metric("hand.imu11_joint_deg", usual[1].joint_deg, "deg");
  report.metric("hand.imu11_tip_mm", usual[1].tip_mm, "mm");
  report.metric("hand.imu11_alone_joint_deg", usual[2].joint_deg, "deg");
  report.metric("hand.imu11_alone_tip_mm", usual[2].tip_mm, "mm");
  report.metric("hand.imu11_alone_floor_deg", usual[2].floor_deg, "deg");
  report.metric("hand.flex10_joint_deg", usual[3].joint_deg, "deg");
  report.metric("hand.flex10_floor_deg", usual[3].floor_deg, "deg");
  report.metric("hand.flex5_joint_deg", usual[4].joint_deg, "deg");
  report.metric("hand.flex5_floor_deg", usual[4].floor_deg, "deg");
  report.metric("hand.limit_violations", violations(request.seed, kWildInputs), "count");
  return report.write("time [s]", "joint error [deg]") ? 0 : 1;
}

}  // namespace tactus::tools
