// `tactus eval body`: joints of whole bodies against known-proportion truth, from calibrations that
// use sensors alone.
#include "evaluation.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "body_checks.h"
#include "body_files.h"
#include "body_patches.h"
#include "body_trial.h"
#include "tactus/contact/query_wearer.h"
#include "tactus/simulator/recorded_person.h"

namespace tactus::tools {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kTargets = 1'000'000, kInputs = 10'000'000;
constexpr std::size_t kPeople = 6;
constexpr double kActivity_s = 12;
constexpr double kDeviation = 0.04;  // of bones from the average, one sigma

/// Scores of many trials put together.
class Total {
 public:
  void add(const BodyScore& score) { scores_.push_back(score); }
  [[nodiscard]] bool empty() const { return scores_.empty(); }
  [[nodiscard]] double mean() const { return over(&BodyScore::mean_cm); }
  [[nodiscard]] double median() const { return over(&BodyScore::median_cm); }
  [[nodiscard]] double free() const { return over(&BodyScore::free_cm); }
  [[nodiscard]] double worst_trial() const {
    double worst = 0;
    for (const BodyScore& s : scores_) worst = std::max(worst, s.mean_cm);
    return worst;
  }
  [[nodiscard]] double worst() const {
    double worst = 0;
    for (const BodyScore& s : scores_) worst = std::max(worst, s.worst_cm);
    return worst;
  }
  [[nodiscard]] double joint(std::size_t j) const {
    double sum = 0;
    for (const BodyScore& s : scores_) sum += s.joint_cm[j];
    return sum / static_cast<double>(std::max<std::size_t>(1, scores_.size()));
  }
  [[nodiscard]] std::vector<double> row() const {
    return {mean(), median(), free(), worst_trial(), worst()};
  }

 private:
  [[nodiscard]] double over(double BodyScore::*figure) const {
    double sum = 0;
    for (const BodyScore& s : scores_) sum += s.*figure;
    return sum / static_cast<double>(std::max<std::size_t>(1, scores_.size()));
  }
  std::vector<BodyScore> scores_;
};

const std::vector<std::string> kColumns = {"mean [cm]", "median [cm]", "untracked [cm]",
                                           "worst trial [cm]", "worst joint [cm]"};

/// The error over time of a trial, as a panel.
EvalPanel panel_of(const BodyTrial& trial, const BodyScore& score) {
  return {trial.name, {{"mean of joints", trial.t_s, score.over_time_cm}}};
}

/// One person wearing one outfit: calibrated once, then everything a person does.
struct Wearer {
  simulator::PersonBones bones;
  simulator::PersonTrackers trackers;
  BodyProfile profile;

  Wearer(std::uint64_t seed, std::size_t person, const simulator::TrackerSet& set, double noise)
      : bones(simulator::random_bones(seed * 1000 + person, 1.52 + 0.075 * double(person),
                                      kDeviation)),
        trackers(seed * 1000 + person, bones, set, simulator::scaled({}, noise)),
        profile(calibrated_profile(seed * 1000 + person, bones, trackers)) {}
  BodyTrial trial(std::uint64_t seed, std::size_t activity) {
    return synthetic_trial(seed * 7777 + activity, bones,
                           static_cast<simulator::Activity>(activity), kActivity_s, trackers);
  }
};

struct Synthetic {
  Total all, known;
  std::array<Total, simulator::kActivities> activity;
};

Synthetic score_people(std::uint64_t seed, const simulator::TrackerSet& set, double noise,
                       std::vector<EvalPanel>* panels = nullptr) {
  Synthetic result;
  for (std::size_t person = 0; person < kPeople; ++person) {
    Wearer wearer(seed, person, set, noise);
    const BodyProfile known = true_profile(wearer.bones, wearer.trackers);
    for (std::size_t a = 0; a < simulator::kActivities; ++a) {
      const BodyTrial trial = wearer.trial(seed + person, a);
      const BodyScore score = score_body(trial, wearer.profile);
      result.all.add(score);
      result.activity[a].add(score);
      result.known.add(score_body(trial, known));
      if (panels != nullptr && person == 0) panels->push_back(panel_of(trial, score));
    }
  }
  return result;
}

/// Chest and forearms as headset and hands alone have them.
void evaluate_patches(EvalReport& report, std::uint64_t seed) {
  EvalTable table{"skin, from headset and hands", {"off, p95 [cm]", "sure [%]"}, {}};
  const char* const kNames[] = {"forearm near elbow", "forearm middle", "forearm near wrist",
                                "chest upper",        "chest middle",   "chest lower"};
  double sure_percent = 100;
  const auto doubts = doubt_patches(seed);
  for (std::size_t cell = 0; cell < doubts.size(); ++cell) {
    const PatchDoubt& doubt = doubts[cell];
    table.rows.push_back({kNames[cell], {doubt.off_p95_cm, doubt.sure_percent}});
    if (kWearerPatches[cell].sure.radius_m > 0) {
      sure_percent = std::min(sure_percent, doubt.sure_percent);
    }
  }
  report.print(table);
  report.metric("body.skin_sure_percent", sure_percent, "percent");
}

void evaluate_synthetic(EvalReport& report, std::uint64_t seed) {
  std::vector<EvalPanel> panels;
  const Synthetic six = score_people(seed, six_trackers().set, 1, &panels);
  EvalTable by_activity{"headset, hands, pelvis, feet", kColumns, {}};
  for (std::size_t a = 0; a < simulator::kActivities; ++a) {
    by_activity.rows.push_back(
        {simulator::name_of(static_cast<simulator::Activity>(a)), six.activity[a].row()});
  }
  by_activity.rows.push_back({"all", six.all.row()});
  by_activity.rows.push_back({"all, bones and mounts known", six.known.row()});
  report.print(by_activity);
  EvalTable by_joint{"joint", {"mean [cm]", "bones known [cm]"}, {}};
  for (std::size_t j = 0; j < kBodyJoints; ++j) {
    by_joint.rows.push_back(
        {std::string(name_of(static_cast<BodyJoint>(j))), {six.all.joint(j), six.known.joint(j)}});
  }
  report.print(by_joint);

  EvalTable by_outfit{"trackers", kColumns, {}};
  Total three;
  for (const BodyOutfit& outfit : body_outfits()) {
    const bool is_six = &outfit == &six_trackers();
    const Total total = is_six ? six.all : score_people(seed, outfit.set, 1).all;
    if (&outfit == &three_trackers()) three = total;
    by_outfit.rows.push_back({outfit.name, total.row()});
  }
  const Total noisy = score_people(seed, six_trackers().set, 2).all;
  by_outfit.rows.push_back({"+ pelvis, feet: noise x 2", noisy.row()});
  report.print(by_outfit);
  for (EvalPanel& panel : panels) report.add(std::move(panel));
  report.metric("body.joint_cm", six.all.mean(), "cm");
  report.metric("body.joint_median_cm", six.all.median(), "cm");
  report.metric("body.joint_worst_trial_cm", six.all.worst_trial(), "cm");
  report.metric("body.joint_2x_cm", noisy.mean(), "cm");
  report.metric("body.joint_known_cm", six.known.mean(), "cm");
  report.metric("body.joint3_cm", three.mean(), "cm");
  evaluate_patches(report, seed);
}

std::optional<std::string> text_of(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path, error);
  if (error || size > kMaxBodyFile) return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// What a folder of recordings adds up to.
struct Recordings {
  EvalTable table{"recording", kColumns, {}};
  Total six, noisy, known, three;

  void row(const std::string& name, Total& total, const BodyScore& score) {
    total.add(score);
    Total one;
    one.add(score);
    table.rows.push_back({name, one.row()});
  }
};

/// Trackers strapped to a recorded person, who first did the calibration's movements.
bool add_motion(Recordings& out, EvalReport& report, std::uint64_t seed, const fs::path& path) {
  const auto bvh = simulator::read_bvh_file(path.string());
  const auto person =
      bvh ? simulator::recorded_person(*bvh)
          : Expected<simulator::RecordedPerson, std::string>(Unexpected<std::string>{bvh.error()});
  if (!person) {
    fmt::print(stderr, "eval body: {}: {}\n", path.string(), person.error());
    return false;
  }
  const auto trial_of = [&](simulator::PersonTrackers& trackers) {
    BodyTrial trial;
    trial.name = path.stem().string();
    trial.scored = person->recorded;
    for (std::size_t f = 0; f < person->frames.size(); ++f) {
      trial.t_s.push_back(static_cast<double>(f) * person->frame_time_s);
      trial.truth.push_back(person->frames[f]);
      trial.readings.push_back(trackers.read(trial.truth.back(), trial.t_s.back()));
    }
    return trial;
  };
  const auto score = [&](const simulator::TrackerSet& set, double noise, bool known,
                         BodyTrial* kept = nullptr) {
    simulator::PersonTrackers trackers(seed, person->bones, set, simulator::scaled({}, noise));
    const BodyProfile profile = known ? true_profile(person->bones, trackers)
                                      : calibrated_profile(seed, person->bones, trackers);
    const BodyTrial trial = trial_of(trackers);
    if (kept != nullptr) *kept = trial;
    return score_body(trial, profile);
  };
  BodyTrial kept;
  const std::string name = path.stem().string();
  const BodyScore six = score(six_trackers().set, 1, false, &kept);
  out.row(name, out.six, six);
  out.row(name + ", bones and mounts known", out.known, score(six_trackers().set, 1, true));
  out.row(name + ", noise x 2", out.noisy, score(six_trackers().set, 2, false));
  out.row(name + ", headset and hands", out.three, score(three_trackers().set, 1, false));
  report.add(panel_of(kept, six));
  return true;
}

/// A folder with trackers.csv and truth.csv.
bool add_folder(Recordings& out, EvalReport& report, const fs::path& path) {
  const auto complain = [&](std::string_view file, const CsvError& error) {
    fmt::print(stderr, "eval body: {}/{}: line {}: {}\n", path.string(), file, error.line,
               error.what);
    return false;
  };
  const auto tracker_text = text_of(path / "trackers.csv"),
             truth_text = text_of(path / "truth.csv");
  if (!tracker_text || !truth_text) {
    fmt::print(stderr, "eval body: {}: trackers.csv or truth.csv cannot be read\n", path.string());
    return false;
  }
  const auto trackers = read_trackers(*tracker_text);
  if (!trackers) return complain("trackers.csv", trackers.error());
  const auto truth = read_truth(*truth_text);
  if (!truth) return complain("truth.csv", truth.error());
  calibration::BodySession session;
  for (const TrackerRow& row : *trackers) {
    if (row.step) session.add(*row.step, row.reading);
  }
  const auto profile = session.solve();
  if (!profile) {
    fmt::print(stderr, "eval body: {}: no stand or t_pose that can be used\n", path.string());
    return false;
  }
  const BodyTrial trial = paired(path.filename().string(), *trackers, *truth);
  if (trial.readings.empty() || trial.scored.none()) {
    fmt::print(stderr, "eval body: {}: no reading has truth\n", path.string());
    return false;
  }
  const BodyScore score = score_body(trial, *profile);
  out.row(trial.name, out.six, score);
  report.add(panel_of(trial, score));
  return true;
}

bool evaluate_recordings(EvalReport& report, const EvalRequest& request) {
  std::error_code error;
  std::vector<fs::path> entries;
  for (const auto& entry : fs::directory_iterator(request.data, error)) entries.push_back(entry);
  std::sort(entries.begin(), entries.end());
  Recordings found;
  bool good = !error;
  for (const fs::path& path : entries) {
    if (path.extension() == ".bvh")
      good = add_motion(found, report, request.seed, path) && good;
    else if (fs::exists(path / "trackers.csv"))
      good = add_folder(found, report, path) && good;
  }
  if (found.six.empty()) {
    fmt::print(stderr, "eval body: no .bvh and no folder with trackers.csv in {}\n", request.data);
    return false;
  }
  found.table.rows.push_back({"all", found.six.row()});
  report.print(found.table);
  report.metric("body.joint_cm", found.six.mean(), "cm");
  report.metric("body.joint_median_cm", found.six.median(), "cm");
  report.metric("body.joint_worst_trial_cm", found.six.worst_trial(), "cm");
  if (found.known.empty()) return good;
  report.metric("body.joint_2x_cm", found.noisy.mean(), "cm");
  report.metric("body.joint_known_cm", found.known.mean(), "cm");
  report.metric("body.joint3_cm", found.three.mean(), "cm");
  return good;
}

void evaluate_checks(EvalReport& report, std::uint64_t seed) {
  const BodyFlips flips = count_flips(seed, kTargets);
  const BodyFaults faults = count_faults(seed, kInputs);
  report.metric("body.flips", static_cast<double>(flips.flips), "count");
  report.metric("body.flip_targets", static_cast<double>(flips.targets), "count");
  report.metric("body.residual_mm", flips.residual_mm, "mm");
  report.metric("body.limit_violations", static_cast<double>(faults.beyond_limits), "count");
  report.metric("body.not_finite", static_cast<double>(faults.not_finite), "count");
  report.metric("body.random_inputs", static_cast<double>(faults.inputs), "count");
}

}  // namespace

int eval_body(const EvalRequest& request) {
  EvalReport report("body", request);
  bool good = true;
  if (request.data.empty())
    evaluate_synthetic(report, request.seed);
  else
    good = evaluate_recordings(report, request);
  evaluate_checks(report, request.seed);
  return report.write("time [s]", "mean joint error [cm]") && good ? 0 : 1;
}

}  // namespace tactus::tools
