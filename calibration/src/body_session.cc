#include "tactus/calibration/body_session.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "body_fit.h"

namespace tactus::calibration {
namespace {

constexpr float kLowest_m = 0.5f, kHighest_m = 2.4f;  // of a headset whose floor is right
constexpr std::size_t kFitReadings = 50;              // of each step: more say nothing new

bool is_still(BodyStep step) { return step == BodyStep::Stand || step == BodyStep::TPose; }

/// The mean of rotations that are near each other.
class MeanPose {
 public:
  void add(const Pose& T) {
    const float sign = count_ > 0 && dot4(sum_, T.q) < 0 ? -1.0f : 1.0f;
    sum_ = {sum_.x + sign * T.q.x, sum_.y + sign * T.q.y, sum_.z + sign * T.q.z,
            sum_.w + sign * T.q.w};
    if (count_ == 0) sum_ = T.q;
    p_ += T.p;
    ++count_;
  }
  [[nodiscard]] int count() const { return count_; }
  [[nodiscard]] Pose mean() const {
    return {normalized(sum_), (1.0f / static_cast<float>(std::max(1, count_))) * p_};
  }

 private:
  static float dot4(Quat a, Quat b) { return a.x * b.x + a.y * b.y + a.z * b.z + a.w * b.w; }
  Quat sum_;
  Vec3 p_;
  int count_ = 0;
};

Quat level(float yaw_rad) { return exp_rotation({0, yaw_rad, 0}); }

/// What the two still poses say before anything is fitted.
struct Still {
  std::array<MeanPose, kBodySites> tracker;  ///< in a level frame at the floor under the headset
  float eyes_m = 0;
};

/// The body faces across the line of the hands held out.
std::array<Pose, 2> level_frames(std::span<const BodyFrame> frames, bool& hands) {
  Vec3 line, p_stand, p_tpose;
  int stands = 0, tposes = 0;
  for (const BodyFrame& f : frames) {
    const auto& site = f.reading.site;
    const BodyTrackerReading& head = site[index(BodySite::Head)];
    if (f.step == BodyStep::Stand && head.has_position) {
      p_stand += head.T_world_tracker.p;
      ++stands;
    }
    const BodyTrackerReading& left = site[index(BodySite::LeftHand)];
    const BodyTrackerReading& right = site[index(BodySite::RightHand)];
    if (f.step != BodyStep::TPose || !left.has_position || !right.has_position) continue;
    line += right.T_world_tracker.p - left.T_world_tracker.p;
    p_tpose += head.T_world_tracker.p;
    ++tposes;
  }
  hands = tposes > 0;
  const Quat q = level(std::atan2(-line.z, line.x));
  const auto under = [&q](Vec3 sum, int count) {
    const float share = 1.0f / static_cast<float>(std::max(1, count));
    return Pose{q, {share * sum.x, 0, share * sum.z}};
  };
  return {under(p_stand, stands), under(p_tpose, tposes)};
}

/// Bones of the average person of this height; mounts as standing upright shows them.
BodyProfile first_guess(const Still& still) {
  BodyProfile profile = body_profile(height_of_eyes(still.eyes_m));
  const BodyProportions& body = profile.proportions;
  const auto mean = [&still](BodySite site) { return still.tracker[index(site)].mean(); };
  const auto seen = [&still](BodySite site) { return still.tracker[index(site)].count() > 0; };
  Pose& head = profile.T_segment_tracker[index(BodySite::Head)];
  head.q = mean(BodySite::Head).q;
  // Under the head joint, upright: neck, then pelvis.
  const Vec3 p_head = mean(BodySite::Head).p - head.p;
  Vec3 p_pelvis = p_head - body.p_neck_head - body.p_pelvis_neck;
  p_pelvis.y = body.ankle_height_m + body.shank_m + body.thigh_m;
  if (seen(BodySite::Pelvis)) {
    const Pose T = mean(BodySite::Pelvis);
    profile.T_segment_tracker[index(BodySite::Pelvis)] = {T.q, T.p - p_pelvis};
  }
  for (const BodySite foot : {BodySite::LeftFoot, BodySite::RightFoot}) {
    if (!seen(foot)) continue;
    // A tracker is strapped over the instep, ahead of the ankle.
    const Pose T = mean(foot);
    profile.T_segment_tracker[index(foot)] = {
        T.q, {0, T.p.y - body.ankle_height_m, 0.6f * body.p_ankle_toe.z}};
  }
  return profile;
}

/// Sites whose mounts are found on the body that the others make.
constexpr std::array kRest = {
    BodySite::Chest,         BodySite::LeftUpperArm, BodySite::LeftForearm,
    BodySite::RightUpperArm, BodySite::RightForearm, BodySite::LeftThigh,
    BodySite::LeftShank,     BodySite::RightThigh,   BodySite::RightShank};

BodyReading without_rest(BodyReading reading) {
  for (const BodySite site : kRest) reading.site[index(site)] = {};
  return reading;
}

/// Trackers on limbs and chest: as they sit on the body solved without them, in the T-pose, where
/// every segment's direction is known: palms down, so elbows bend level whatever their habit.
void mount_the_rest(BodyProfile& profile, std::span<const BodyFrame> frames) {
  std::array<MeanPose, kBodySites> mount;
  BodySolverParams palms_down;
  palms_down.elbow_habit = 0;
  for (const BodyFrame& f : frames) {
    if (f.step != BodyStep::TPose) continue;
    BodySolverState fresh;
    const BodyPose pose = solve_body(fresh, palms_down, profile, without_rest(f.reading));
    for (const BodySite site : kRest) {
      const BodyTrackerReading& r = f.reading.site[index(site)];
      if (!r.has_position && !r.has_rotation) continue;
      mount[index(site)].add(inverse(pose[kSiteJoints[index(site)]]) * r.T_world_tracker);
    }
  }
  for (const BodySite site : kRest) {
    if (mount[index(site)].count() > 0) {
      profile.T_segment_tracker[index(site)] = mount[index(site)].mean();
    }
  }
}

/// Evenly spread readings of each step: all that the fit needs.
std::vector<BodyFrame> thinned(std::span<const BodyFrame> frames) {
  std::array<std::size_t, kBodyCalibrationSteps> count{}, taken{};
  for (const BodyFrame& f : frames) ++count[static_cast<std::size_t>(f.step)];
  std::array<std::size_t, kBodyCalibrationSteps> at{};
  std::vector<BodyFrame> out;
  for (const BodyFrame& f : frames) {
    const auto s = static_cast<std::size_t>(f.step);
    if (at[s]++ * kFitReadings >= taken[s] * count[s] && taken[s] < kFitReadings) {
      out.push_back(f);
      ++taken[s];
    }
  }
  return out;
}

}  // namespace

void BodySession::add(BodyStep step, const BodyReading& reading) {
  if (frames_.size() < kMostReadings) frames_.push_back({step, reading});
}

Expected<BodyProfile, BodyCalibrationError> BodySession::solve() const {
  bool hands = false;
  const std::array<Pose, 2> T_world_level = level_frames(frames_, hands);
  Still still;
  int heads = 0;
  for (const BodyFrame& f : frames_) {
    if (!is_still(f.step)) continue;
    const Pose& T_world_here = T_world_level[f.step == BodyStep::TPose ? 1 : 0];
    for (std::size_t s = 0; s < kBodySites; ++s) {
      const BodyTrackerReading& r = f.reading.site[s];
      if (!r.has_position && !r.has_rotation) continue;
      Pose T = r.T_world_tracker;
      T.p.y -= f.reading.floor_m;
      still.tracker[s].add(inverse(T_world_here) * T);
    }
    const BodyTrackerReading& head = f.reading.site[index(BodySite::Head)];
    if (f.step != BodyStep::Stand || !head.has_position) continue;
    still.eyes_m += head.T_world_tracker.p.y - f.reading.floor_m;
    ++heads;
  }
  if (heads == 0) return Unexpected{BodyCalibrationError::NotStanding};
  if (!hands) return Unexpected{BodyCalibrationError::NoTPose};
  still.eyes_m /= static_cast<float>(heads);
  if (!(still.eyes_m > kLowest_m && still.eyes_m < kHighest_m)) {
    return Unexpected{BodyCalibrationError::NotUpright};
  }
  const std::vector<BodyFrame> few = thinned(frames_);
  std::vector<BodyFrame> fitted = few;
  for (BodyFrame& f : fitted) f.reading = without_rest(f.reading);
  BodyProfile profile = fit_body(first_guess(still), fitted);
  mount_the_rest(profile, few);
  ++profile.changed;
  return profile;
}

}  // namespace tactus::calibration
