#include "tactus/simulator/shown_trial.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include "tactus/pose/hand_model.h"

namespace tactus::simulator {
namespace {

constexpr float kClear_m = 0.06f;   ///< of the palm's bones above the skin, at first and last
constexpr float kThick_m = 0.018f;  ///< from there to the palm's skin
constexpr float kStay_s = 0.5f;     ///< pressed
constexpr float kStroke_m = 0.02f;  ///< to either side meanwhile
constexpr float kCurl_rad = 0.9f;   ///< most of a knuckle
constexpr double kTruly_m = 0.002;  ///< so deep a hand ought to be drawn touching
constexpr double kReach_m = 0.06;

V3d to_double(Vec3 v) { return {v.x, v.y, v.z}; }
Vec3 to_float(V3d v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}

/// Where a patch's centre is, and how it stands to the true skin.
struct TruePatch {
  V3d centre;
  double inside_m;
};
using TruePatches = std::array<TruePatch, kPatches>;

TruePatches judge(const PosedBody& skin, const HandPose& pose) {
  TruePatches patches;
  for (std::size_t i = 0; i < kPatches; ++i) {
    const ActuatorSite& site = kPatchSites[i];
    const Pose& T = pose.T_world_joint[index(site.joint)];
    const Q4d q = normalized(Q4d{T.q.x, T.q.y, T.q.z, T.q.w});
    const V3d centre = to_double(T.p) + rotate(q, to_double(site.p_joint));
    patches[i] = {centre, site.radius_m - skin.closest(centre, kReach_m).distance_m};
  }
  return patches;
}

double deepest(const TruePatches& patches) {
  double most_m = -1;
  for (const TruePatch& patch : patches) most_m = std::max(most_m, patch.inside_m);
  return most_m;
}

/// The tracked hand at every time: palm first towards one place of the skin.
class PressingHand {
 public:
  PressingHand(const TouchSubject& subject, const ShownTrial& trial, const BodySway& sway)
      : trial_(trial), random_(trial.seed) {
    MovingBody still(subject, sway);
    const PosedBody& skin = still.truth(0);
    do {
      const auto t = static_cast<std::size_t>(random_() % subject.truth.triangles.size());
      const auto& v = subject.truth.triangles[t].vertex;
      const V3d place =
          (1.0 / 3.0) * (skin.vertices()[v[0]] + skin.vertices()[v[1]] + skin.vertices()[v[2]]);
      p_place_ = to_float(place);
      n_ = to_float(skin.closest(place, kReach_m).n_world);
      q_ = rotation_between({0, 1, 0}, n_) * axis_angle({0, 1, 0}, uniform(-kPi, kPi));
      phase_ = uniform(0, 2 * kPi);
    } while (deepest(judge(skin, at(0, HostTime{}))) > 0);  // begins in the air
  }

  [[nodiscard]] float length_s() const { return 2 * way_m() / trial_.speed_m_per_s + kStay_s; }

  [[nodiscard]] HandPose at(float t_s, HostTime t) const {
    const float there_s = way_m() / trial_.speed_m_per_s;
    const float pressed_s = std::clamp(t_s - there_s, 0.0f, kStay_s);
    const float on_way_s =
        std::min(t_s, there_s) - std::clamp(t_s - there_s - kStay_s, 0.0f, there_s);
    const float height_m = kClear_m - trial_.speed_m_per_s * on_way_s;
    const float stroke_m = kStroke_m * std::sin(2 * kPi * pressed_s / kStay_s);
    HandAngles angles;
    for (std::size_t f = 0; f < kFingers; ++f) {
      const float curl = 0.5f - 0.5f * std::cos(4 * t_s + phase_ + 0.5f * static_cast<float>(f));
      const float bend_rad = kCurl_rad * curl * (f == 0 ? 0.3f : 1.0f);
      angles.finger[f] = {bend_rad, 0, bend_rad, 0.6f * bend_rad};
    }
    const HandProfile profile;
    const auto T_wrist_joint = forward_kinematics(profile, Hand::Right, angles);
    HandPose pose;
    pose.t = t;
    pose.hand = Hand::Right;
    pose.origin = PoseOrigin::Measured;
    pose.radius_m = joint_radii(profile);
    const Vec3 palm_wrist{0, 0, -0.07f};
    const Pose T_world_wrist{
        q_, p_place_ + height_m * n_ + rotate(q_, Vec3{stroke_m, 0, 0} - palm_wrist)};
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      pose.T_world_joint[j] = T_world_wrist * T_wrist_joint[j];
    }
    return pose;
  }

 private:
  [[nodiscard]] float way_m() const { return kClear_m - kThick_m + trial_.depth_m; }
  float uniform(float low, float high) {
    return std::uniform_real_distribution<float>(low, high)(random_);
  }

  ShownTrial trial_;
  std::mt19937_64 random_;
  Vec3 p_place_, n_;
  Quat q_;
  float phase_ = 0;
};

}  // namespace

ShownScore run_trial(const TouchSubject& subject, const ShownTrial& trial,
                     const ShownHandParams& params) {
  const BodySway sway{
      .most_rad = trial.sway_rad, .turn_rad = trial.turn_rad, .rate_Hz = trial.sway_rate_Hz};
  const PressingHand hand(subject, trial, sway);
  MovingBody known(subject, sway), drawn(subject, sway);
  ShownHandState state;
  ShownScore score;
  TruePatches shown_before{}, tracked_before{};
  const int frames = static_cast<int>(hand.length_s() / 0.011f) + 20;
  for (int frame = 2; frame < frames; ++frame) {
    const HostTime t{kShownEvery * frame};
    const Surface newest = known.at(11 * (frame - 2));
    const BodyInterval body{newest.model, newest.before, newest.after, 1.0f};
    const HandPose tracked = hand.at(0.011f * static_cast<float>(frame), t);
    const HandPose shown = rest_on_skin(state, params, tracked, std::span(&body, 1));

    const PosedBody& skin = drawn.truth(11 * frame);
    const TruePatches tracked_now = judge(skin, tracked), shown_now = judge(skin, shown);
    const double tracked_m = deepest(tracked_now), shown_m = deepest(shown_now);
    if (tracked_m > 0) {
      score.tracked_m.push_back(tracked_m);
      score.inside_m.push_back(std::max(0.0, shown_m));
    }
    if (tracked_m > kTruly_m) score.gap_m.push_back(std::max(0.0, -shown_m));
    for (std::size_t i = 0; i < kPatches && frame > 2; ++i) {
      const double beyond_m = norm(shown_now[i].centre - shown_before[i].centre) -
                              norm(tracked_now[i].centre - tracked_before[i].centre);
      score.pop_m = std::max(score.pop_m, beyond_m);
    }
    shown_before = shown_now;
    tracked_before = tracked_now;
  }
  return score;
}

}  // namespace tactus::simulator
