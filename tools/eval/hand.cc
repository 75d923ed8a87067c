// `tactus eval hand`: joint angles and fingertips of synthetic hands in five kinds of glove.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "evaluation.h"
#include "hand_floor.h"
#include "hand_trial.h"
#include "hand_wild.h"

namespace tactus::tools {
namespace {

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

}  // namespace

int eval_hand(const EvalRequest& request) {
  if (!request.data.empty()) {
    fmt::print(stderr, "tactus eval hand: only synthetic hands; leave out --data\n");
    return 2;
  }
  EvalReport report("hand", request);
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
