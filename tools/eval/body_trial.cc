#include "body_trial.h"

#include <algorithm>

#include "tactus/calibration/body_session.h"

namespace tactus::tools {
namespace {

using simulator::TrackerKind;
using simulator::TrackerSet;

TrackerSet wearing(std::initializer_list<std::pair<BodySite, TrackerKind>> worn) {
  TrackerSet set{};
  set[index(BodySite::Head)] = TrackerKind::Pose;
  set[index(BodySite::LeftHand)] = set[index(BodySite::RightHand)] = TrackerKind::Pose;
  for (const auto& [site, kind] : worn) set[index(site)] = kind;
  return set;
}

constexpr auto kPose = TrackerKind::Pose;
constexpr auto kPosition = TrackerKind::Position;
constexpr auto kRotation = TrackerKind::Rotation;

TrackerSet inertial() {
  TrackerSet set = wearing({{BodySite::Chest, kRotation}, {BodySite::Pelvis, kRotation}});
  for (const BodySite site :
       {BodySite::LeftUpperArm, BodySite::LeftThigh, BodySite::LeftShank, BodySite::LeftFoot}) {
    for (const Hand side : {Hand::Left, Hand::Right}) set[index(on_side(site, side))] = kRotation;
  }
  return set;
}

const std::array<BodyOutfit, 7> kOutfits = {{
    {"headset, hands", wearing({})},
    {"+ pelvis", wearing({{BodySite::Pelvis, kPose}})},
    {"+ feet", wearing({{BodySite::LeftFoot, kPose}, {BodySite::RightFoot, kPose}})},
    {"+ pelvis, feet",
     wearing(
         {{BodySite::Pelvis, kPose}, {BodySite::LeftFoot, kPose}, {BodySite::RightFoot, kPose}})},
    {"+ chest, knees, elbows", wearing({{BodySite::Pelvis, kPose},
                                        {BodySite::LeftFoot, kPose},
                                        {BodySite::RightFoot, kPose},
                                        {BodySite::Chest, kPose},
                                        {BodySite::LeftUpperArm, kPose},
                                        {BodySite::RightUpperArm, kPose},
                                        {BodySite::LeftThigh, kPose},
                                        {BodySite::RightThigh, kPose}})},
    {"+ pelvis, feet: position only", wearing({{BodySite::Pelvis, kPosition},
                                               {BodySite::LeftFoot, kPosition},
                                               {BodySite::RightFoot, kPosition}})},
    {"+ nine inertial", inertial()},
}};

bool is_free(std::size_t joint) {
  constexpr std::array kFree = {
      BodyJoint::SpineLower,   BodyJoint::SpineMiddle,   BodyJoint::Chest,
      BodyJoint::Neck,         BodyJoint::LeftCollar,    BodyJoint::RightCollar,
      BodyJoint::LeftShoulder, BodyJoint::RightShoulder, BodyJoint::LeftElbow,
      BodyJoint::RightElbow,   BodyJoint::LeftKnee,      BodyJoint::RightKnee};
  return std::find(kFree.begin(), kFree.end(), static_cast<BodyJoint>(joint)) != kFree.end();
}

Vec3 narrowed(const simulator::V3d& v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}

}  // namespace

std::span<const BodyOutfit> body_outfits() { return kOutfits; }
const BodyOutfit& six_trackers() { return kOutfits[3]; }
const BodyOutfit& three_trackers() { return kOutfits[0]; }

BodyProfile true_profile(const simulator::PersonBones& bones,
                         const simulator::PersonTrackers& trackers) {
  const auto offset = [&](BodyJoint joint) { return bones.p_parent_joint[index(joint)]; };
  const auto bone_m = [&](BodyJoint joint) { return static_cast<float>(norm(offset(joint))); };
  BodyProfile profile;
  BodyProportions& body = profile.proportions;
  const simulator::V3d chest_neck = offset(BodyJoint::Neck);
  body.height_m = static_cast<float>(bones.height_m);
  body.p_pelvis_hip = narrowed(offset(BodyJoint::RightHip));
  body.p_pelvis_neck = narrowed(offset(BodyJoint::SpineLower) + offset(BodyJoint::SpineMiddle) +
                                offset(BodyJoint::Chest) + chest_neck);
  body.p_neck_head = narrowed(offset(BodyJoint::Head));
  body.p_neck_collar = narrowed(offset(BodyJoint::RightCollar) - chest_neck);
  body.p_collar_shoulder = narrowed(offset(BodyJoint::RightShoulder));
  body.upper_arm_m = bone_m(BodyJoint::RightElbow);
  body.forearm_m = bone_m(BodyJoint::RightWrist);
  body.thigh_m = bone_m(BodyJoint::RightKnee);
  body.shank_m = bone_m(BodyJoint::RightAnkle);
  body.ankle_height_m = static_cast<float>(bones.ankle_height_m);
  // The truth's foot points along its toes, the model's along the knee.
  const auto toes_out = [&bones](Hand side) {
    return exp_rotation(
        {0, static_cast<float>(bones.toe_out_rad) * (side == Hand::Right ? -1 : 1), 0});
  };
  body.p_ankle_toe = rotate(toes_out(Hand::Right), narrowed(offset(BodyJoint::RightToe)));
  for (std::size_t s = 0; s < kBodySites; ++s) {
    profile.T_segment_tracker[s] = plain(trackers.mount(static_cast<BodySite>(s)));
  }
  for (const Hand side : {Hand::Left, Hand::Right}) {
    Pose& T = profile.T_segment_tracker[index(on_side(BodySite::LeftFoot, side))];
    T = Pose{toes_out(side), {}} * T;
  }
  return profile;
}

BodyProfile calibrated_profile(std::uint64_t seed, const simulator::PersonBones& bones,
                               simulator::PersonTrackers& trackers) {
  constexpr double kTakes_s = simulator::kCalibrationSteps * simulator::kCalibrationStep_s;
  constexpr double kGetsReady_s = 1;  // at the start of each step, which does not count
  const BodyTrial trial =
      synthetic_trial(seed, bones, simulator::Activity::Calibrate, kTakes_s, trackers);
  calibration::BodySession session;
  for (std::size_t i = 0; i < trial.readings.size() && trial.t_s[i] < kTakes_s; ++i) {
    const auto step = static_cast<std::size_t>(trial.t_s[i] / simulator::kCalibrationStep_s);
    const double into_s = trial.t_s[i] - static_cast<double>(step) * simulator::kCalibrationStep_s;
    if (into_s < kGetsReady_s) continue;
    session.add(static_cast<calibration::BodyStep>(step), trial.readings[i]);
  }
  const auto profile = session.solve();
  return profile ? *profile : body_profile(static_cast<float>(bones.height_m));
}

BodyScore score_body(const BodyTrial& trial, const BodyProfile& profile,
                     const BodySolverParams& params) {
  BodyScore score;
  BodySolverState state;
  std::vector<double> all;
  std::size_t free_count = 0;
  for (std::size_t i = 0; i < trial.readings.size(); ++i) {
    const BodyPose pose = solve_body(state, params, profile, trial.readings[i]);
    double sum = 0;
    for (std::size_t j = 0; j < kBodyJoints; ++j) {
      if (!trial.scored[j]) continue;
      const Vec3 p = pose.T_world_joint[j].p;
      const double off_cm = 100 * norm(simulator::V3d{p.x, p.y, p.z} - trial.truth[i][j].p);
      all.push_back(off_cm);
      sum += off_cm;
      score.joint_cm[j] += off_cm;
      if (is_free(j)) {
        score.free_cm += off_cm;
        ++free_count;
      }
    }
    score.over_time_cm.push_back(sum / static_cast<double>(trial.scored.count()));
  }
  if (all.empty()) return score;
  const auto n = static_cast<double>(trial.readings.size());
  for (double& cm : score.joint_cm) cm /= n;
  for (const double cm : all) score.mean_cm += cm / static_cast<double>(all.size());
  score.free_cm /= static_cast<double>(std::max<std::size_t>(1, free_count));
  std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2),
                   all.end());
  score.median_cm = all[all.size() / 2];
  score.worst_cm = *std::max_element(all.begin(), all.end());
  return score;
}

BodyTrial synthetic_trial(std::uint64_t seed, const simulator::PersonBones& bones,
                          simulator::Activity activity, double duration_s,
                          simulator::PersonTrackers& trackers) {
  const simulator::PersonMotion motion(seed, bones, activity, duration_s);
  BodyTrial trial;
  trial.name = simulator::name_of(activity);
  trial.scored.set();
  for (double t_s = 0; t_s < motion.duration_s(); t_s += 1 / kBodyRate_Hz) {
    trial.t_s.push_back(t_s);
    trial.truth.push_back(person_joints(bones, motion.at(t_s)));
    trial.readings.push_back(trackers.read(trial.truth.back(), t_s));
  }
  return trial;
}

}  // namespace tactus::tools
