#include "body_files.h"

#include <algorithm>
#include <cmath>

namespace tactus::tools {
namespace {

using calibration::BodyStep;

constexpr std::array<std::string_view, kBodySites> kSites = {
    "head",       "chest",           "pelvis",        "left_upper_arm", "left_forearm",
    "left_hand",  "right_upper_arm", "right_forearm", "right_hand",     "left_thigh",
    "left_shank", "left_foot",       "right_thigh",   "right_shank",    "right_foot"};
constexpr std::array<std::string_view, kBodyJoints> kJoints = {
    "pelvis",      "spine_lower",   "spine_middle", "chest",      "neck",         "head",
    "left_collar", "left_shoulder", "left_elbow",   "left_wrist", "right_collar", "right_shoulder",
    "right_elbow", "right_wrist",   "left_hip",     "left_knee",  "left_ankle",   "left_toe",
    "right_hip",   "right_knee",    "right_ankle",  "right_toe"};
constexpr std::array<std::string_view, calibration::kBodyCalibrationSteps> kSteps = {
    "stand",           "t_pose",          "swing_arms",       "curl_arms",
    "nod_head",        "swing_left_leg",  "lift_left_heel",   "circle_left_foot",
    "swing_right_leg", "lift_right_heel", "circle_right_foot"};
constexpr std::string_view kTrackerHead = "t_s,site,px,py,pz,qx,qy,qz,qw,floor,step";
constexpr std::string_view kTruthHead = "t_s,joint,px,py,pz";
constexpr double kMostSeconds = 1e6;
constexpr double kMostMetres = 1e4;

float narrow(double x) { return static_cast<float>(x); }

}  // namespace

std::string_view name_of(BodySite site) { return kSites[index(site)]; }
std::string_view name_of(BodyJoint joint) { return kJoints[index(joint)]; }
std::string_view name_of(BodyStep step) { return kSteps[static_cast<std::size_t>(step)]; }

Expected<std::vector<TrackerRow>, CsvError> read_trackers(std::string_view csv) {
  Csv in(csv);
  if (!in.next_line() || in.rest() != kTrackerHead) {
    return in.error("expected the heading " + std::string(kTrackerHead));
  }
  std::vector<TrackerRow> rows;
  while (in.next_line()) {
    if (in.rest().empty()) continue;
    const auto t_s = in.number(kMostSeconds);
    const auto site = find_name(kSites, in.field());
    if (!t_s || !std::isfinite(*t_s)) return in.error("expected a time in seconds");
    if (!site) return in.error("expected a site such as left_hand");
    std::array<double, 8> value{};
    for (double& v : value) {
      const auto number = in.number(kMostMetres);
      if (!number) return in.error("expected px,py,pz,qx,qy,qz,qw,floor as numbers or empty");
      v = *number;
    }
    const std::string_view step = in.field();
    const auto known_step = find_name(kSteps, step);
    if (!step.empty() && !known_step) return in.error("expected no step, or one such as t_pose");
    if (rows.empty() || *t_s > rows.back().t_s) {
      if (rows.size() == kMaxBodyRows) return in.error("too many instants");
      TrackerRow row;
      row.t_s = *t_s;
      row.reading.t = HostTime(from_seconds(*t_s));
      if (std::isfinite(value[7])) row.reading.floor_m = narrow(value[7]);
      if (known_step) row.step = static_cast<BodyStep>(*known_step);
      rows.push_back(row);
    } else if (*t_s < rows.back().t_s) {
      return in.error("a time earlier than the line before");
    }
    BodyTrackerReading& r = rows.back().reading.site[*site];
    const auto all_finite = [&](std::size_t from, std::size_t to) {
      return std::all_of(value.begin() + static_cast<std::ptrdiff_t>(from),
                         value.begin() + static_cast<std::ptrdiff_t>(to),
                         [](double v) { return std::isfinite(v); });
    };
    r.has_position = all_finite(0, 3);
    r.has_rotation = all_finite(3, 7);
    if (r.has_position)
      r.T_world_tracker.p = {narrow(value[0]), narrow(value[1]), narrow(value[2])};
    if (r.has_rotation) {
      r.T_world_tracker.q = {narrow(value[3]), narrow(value[4]), narrow(value[5]),
                             narrow(value[6])};
    }
  }
  if (rows.empty()) return in.error("no readings");
  return rows;
}

Expected<std::vector<TruthRow>, CsvError> read_truth(std::string_view csv) {
  Csv in(csv);
  if (!in.next_line() || in.rest() != kTruthHead) {
    return in.error("expected the heading " + std::string(kTruthHead));
  }
  std::vector<TruthRow> rows;
  while (in.next_line()) {
    if (in.rest().empty()) continue;
    const auto t_s = in.number(kMostSeconds);
    const auto joint = find_name(kJoints, in.field());
    if (!t_s || !std::isfinite(*t_s)) return in.error("expected a time in seconds");
    if (!joint) return in.error("expected a joint such as left_knee");
    std::array<double, 3> p{};
    for (double& v : p) {
      const auto number = in.number(kMostMetres);
      if (!number || !std::isfinite(*number)) return in.error("expected px,py,pz in metres");
      v = *number;
    }
    if (rows.empty() || *t_s > rows.back().t_s) {
      if (rows.size() == kMaxBodyRows) return in.error("too many instants");
      rows.push_back({*t_s, {}, {}});
    } else if (*t_s < rows.back().t_s) {
      return in.error("a time earlier than the line before");
    }
    rows.back().known.set(*joint);
    rows.back().p_world[*joint] = {p[0], p[1], p[2]};
  }
  if (rows.empty()) return in.error("no truth");
  return rows;
}

BodyTrial paired(std::string name, const std::vector<TrackerRow>& trackers,
                 const std::vector<TruthRow>& truth) {
  BodyTrial trial;
  trial.name = std::move(name);
  trial.scored.set();
  for (const TruthRow& row : truth) trial.scored &= row.known;
  std::size_t next = 0;
  for (const TrackerRow& row : trackers) {
    if (row.step || row.t_s < truth.front().t_s || row.t_s > truth.back().t_s) continue;
    while (next + 1 < truth.size() && truth[next].t_s < row.t_s) ++next;
    const TruthRow& after = truth[next];
    const TruthRow& before = truth[next > 0 ? next - 1 : 0];
    const double gap_s = after.t_s - before.t_s;
    const double s = gap_s > 0 ? std::clamp((row.t_s - before.t_s) / gap_s, 0.0, 1.0) : 1;
    simulator::PersonJoints joints;
    for (std::size_t j = 0; j < kBodyJoints; ++j) {
      joints[j].p = before.p_world[j] + s * (after.p_world[j] - before.p_world[j]);
    }
    trial.t_s.push_back(row.t_s);
    trial.readings.push_back(row.reading);
    trial.truth.push_back(joints);
  }
  return trial;
}

}  // namespace tactus::tools
