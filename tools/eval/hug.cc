#include "hug.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

#include "hug_trial.h"

namespace tactus::tools {
namespace {

constexpr int kHugs = 12, kTouches = 3;  // of each kind
constexpr float kHugged_s = 5, kTouched_s = 20;

/// What all hugs of one outfit came to.
struct Hugs {
  int missed = 0, false_releases = 0;
  std::vector<double> onset_ms, release_ms;  ///< against the truth
  double steepest_percent = 0;               ///< of strength, in a millisecond

  void add(const HugScore& score) {
    for (std::size_t ms = 1; ms < score.strength.size(); ++ms) {
      const double step = std::abs(score.strength[ms] - score.strength[ms - 1]);
      steepest_percent = std::max(steepest_percent, 100 * step);
    }
    if (!score.closed_s || score.begins_s.empty()) {
      ++missed;
      return;
    }
    onset_ms.push_back(1e3 * (score.begins_s.front() - *score.closed_s));
    for (const double end_s : score.ends_s) false_releases += end_s < *score.opened_s ? 1 : 0;
    if (!score.ends_s.empty()) {
      release_ms.push_back(1e3 * (score.ends_s.back() - *score.opened_s));
    }
  }
};

double middle(std::vector<double> values) {
  if (values.empty()) return 0;
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), at, values.end());
  return *at;
}

double most(const std::vector<double>& values) {
  return values.empty() ? 0 : *std::ranges::max_element(values);
}

EvalPanel panel_of(const HugScore& score) {
  EvalCurve strength{"strength", {}, score.strength}, truth{"truly closed", {}, {}};
  for (std::size_t ms = 0; ms < score.strength.size(); ++ms) {
    const double t_s = 1e-3 * static_cast<double>(ms);
    strength.x.push_back(t_s);
    truth.x.push_back(t_s);
    const bool closed = score.closed_s && t_s >= *score.closed_s && t_s <= *score.opened_s;
    truth.y.push_back(closed ? 1 : 0);
  }
  return {"a hug of a trunk that breathes", {strength, truth}};
}

Hugs hug(EvalReport& report, const simulator::TouchSubject& trunk, unsigned seed,
         bool has_trackers) {
  Hugs hugs;
  std::mt19937 random(seed);
  std::uniform_real_distribution<float> uniform(0, 1);
  for (int i = 0; i < kHugs; ++i) {
    HugTrial trial;
    trial.seed = static_cast<unsigned>(random());
    trial.has_trackers = has_trackers;
    trial.speed_m_per_s = 0.15f + 0.45f * uniform(random);
    trial.hand_depth_m = 0.006f + 0.01f * uniform(random);
    trial.chest_depth_m = 0.02f + 0.04f * uniform(random);
    trial.stay_s = kHugged_s;
    const HugScore score = run_trial(trunk, trial);
    hugs.add(score);
    if (i == 0 && has_trackers) report.add(panel_of(score));
  }
  return hugs;
}

/// How often what is no hug became one.
int touch_only(const simulator::TouchSubject& trunk, unsigned seed, HugTrial trial) {
  int begins = 0;
  for (unsigned i = 0; i < kTouches; ++i) {
    trial.seed = seed + i;
    trial.stay_s = kTouched_s;
    begins += static_cast<int>(run_trial(trunk, trial).begins_s.size());
  }
  return begins;
}

}  // namespace

void score_hugs(EvalReport& report, unsigned seed) {
  const simulator::TouchSubject trunk = make_trunk();
  const Hugs told = hug(report, trunk, seed, true), solved = hug(report, trunk, seed, false);
  const auto row = [](const char* name, const Hugs& hugs) {
    return EvalTable::Row{
        name,
        {double(hugs.missed), middle(hugs.onset_ms), most(hugs.onset_ms), hugs.steepest_percent,
         double(hugs.false_releases), middle(hugs.release_ms), most(hugs.release_ms)}};
  };
  report.print({fmt::format("{} hugs of 5 s, of a trunk that breathes and rocks", kHugs),
                {"missed", "onset p50 [ms]", "worst", "steepest [%/ms]", "false ends",
                 "release p50 [ms]", "worst"},
                {row("trackers on arms and chest", told), row("headset and gloves", solved)}});

  const int palms = touch_only(trunk, seed, {.has_chest = false, .has_forearms = false});
  const int one_arm = touch_only(trunk, seed, {.has_right_arm = false});
  const int leaning = touch_only(trunk, seed, {.has_left_arm = false, .has_right_arm = false});
  HugTrial before{.has_forearms = false, .chest_depth_m = -0.02f};
  const int near = touch_only(trunk, seed, before);
  before.has_trackers = false;
  const int near_solved = touch_only(trunk, seed, before);
  report.print({"touched for a minute, and not hugged",
                {"hugs"},
                {{"both palms on the back", {double(palms)}},
                 {"one arm and the chest", {double(one_arm)}},
                 {"the chest alone", {double(leaning)}},
                 {"both palms, the chest 2 cm away", {double(near)}},
                 {"the same, headset and gloves", {double(near_solved)}}}});
  report.metric("touch.hugs", kHugs, "count");
  report.metric("touch.hugs_missed", told.missed, "count");
  report.metric("touch.hugs_solved_missed", solved.missed, "count");
  report.metric("touch.hug_onset_ms", most(told.onset_ms), "ms");
  report.metric("touch.hug_release_ms", most(told.release_ms), "ms");
  report.metric("touch.hug_steepest_percent", told.steepest_percent, "percent");
  report.metric("touch.hug_false_releases", told.false_releases, "count");
  report.metric("touch.hugs_false", palms + one_arm + leaning + near, "count");
  report.metric("touch.hugs_solved_false", near_solved, "count");
}

}  // namespace tactus::tools
