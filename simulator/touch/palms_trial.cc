#include "tactus/simulator/palms_trial.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <random>

#include "tactus/contact/grasp.h"
#include "tactus/simulator/pinching_hand.h"

namespace tactus::simulator {
namespace {

constexpr auto kPalm = static_cast<std::size_t>(PalmCell::Centre);
constexpr double kReach_m = 0.05, kDeep_m = 0.001;
constexpr int kUnfelt_ticks = 3, kSettled_ticks = 100, kJudgedEvery_ticks = 4;

V3d to_double(Vec3 v) { return {v.x, v.y, v.z}; }
Pose to_float(const Pose3d& T) {
  const auto f = [](double v) { return static_cast<float>(v); };
  return {normalized(Quat{f(T.q.x), f(T.q.y), f(T.q.z), f(T.q.w)}), {f(T.p.x), f(T.p.y), f(T.p.z)}};
}

class Trial {
 public:
  Trial(const TouchSubject& subject, const PalmsTrial& trial, const ContactParams& params)
      : subject_(subject), trial_(trial), params_(params), random_(trial.seed) {
    std::vector<Pose3d> rest;
    for (const TrueBody::Bone& bone : subject.truth.bones) rest.push_back(bone.T_rest_bone);
    PosedBody still;
    still.pose(subject.truth, rest);
    V3d low = still.vertices()[0], high = low;
    for (const V3d& p : still.vertices()) {
      low = {std::min(low.x, p.x), std::min(low.y, p.y), std::min(low.z, p.z)};
      high = {std::max(high.x, p.x), std::max(high.y, p.y), std::max(high.z, p.z)};
    }
    const V3d middle = 0.5 * (low + high);
    for (const Hand side : {Hand::Left, Hand::Right}) {
      TrueHand& hand = hands_[index(side)];
      hand.hand = side;
      // A flat palm faces down: turned about the fingers, it faces the thing from its side.
      const double out = side == Hand::Left ? -1 : 1;
      hand.T_world_wrist = {turn({0, 0, 1}, -out * 1.5707963), {}};
      const TrueSite site = true_sites(hand, true_joints(hand))[kPalm];
      const V3d from{out, 0, 0};
      const ClosestSkin skin = still.closest(middle + (0.5 * (high.x - low.x) + 0.02) * from, 1);
      const V3d wanted = V3d{skin.p_world.x, middle.y, middle.z} +
                         (site.radius_m - static_cast<double>(trial.depth_m)) * from;
      hand.T_world_wrist.p = wanted - site.p_world;
    }
    phase_ = std::uniform_real_distribution<double>(0, 6)(random_);
  }

  HeldScore run() {
    MovingBody body(subject_, [this](float t_s) {
      std::vector<Pose> bones;
      const Pose3d T = way_at(static_cast<double>(t_s));
      for (const TrueBody::Bone& bone : subject_.truth.bones) {
        bones.push_back(to_float(T * bone.T_rest_bone));
      }
      return bones;
    });
    for (int tick = 0; tick < trial_.length_ms; ++tick) step(body, tick);
    return score_;
  }

 private:
  [[nodiscard]] Pose3d way_at(double t_s) const {
    constexpr double kOmega = 6.283185307 * 1.1;
    const double most_m = static_cast<double>(trial_.speed_m_per_s) / kOmega;
    return {
        turn({0.3, 1, 0.4}, static_cast<double>(trial_.turn_rad) * std::sin(0.9 * kOmega * t_s)),
        most_m * V3d{std::sin(kOmega * t_s + phase_), std::sin(0.7 * kOmega * t_s), 0}};
  }

  HandPose tracked_at(double t_s, Hand side, HostTime t) {
    std::normal_distribution<float> noise_m(0, trial_.noise_m);
    TrueHand hand = hands_[index(side)];
    hand.T_world_wrist = way_at(t_s) * hands_[index(side)].T_world_wrist;
    HandPose pose = tracked_pose(hand, t);
    const Vec3 noise{noise_m(random_), noise_m(random_), noise_m(random_)};
    for (Pose& T : pose.T_world_joint) T.p += noise;
    return pose;
  }

  void step(MovingBody& body, int tick) {
    const Surface surface = body.at(tick);
    const BodyInterval interval{surface.model, surface.before, surface.after, 1.0f};
    const HostTime t{Duration{1ms} * tick};
    const double t_s = 1e-3 * tick;
    const std::array hands = {tracked_at(t_s, Hand::Left, t), tracked_at(t_s, Hand::Right, t)};
    const ContactSet contacts = query(contact_, params_, hands, {&interval, 1}, t);
    const PosedBody* truth = tick % kJudgedEvery_ticks == 0 ? &body.truth(tick) : nullptr;
    for (const HandPose& hand : hands) {
      const std::size_t h = index(hand.hand);
      const Grasp grasp = tell_grasp(grasps_[h], hand.hand, contacts, {&interval, 1}, t);
      score_.grasps += grasp.holds ? 1 : 0;
      const auto found = std::ranges::find_if(contacts, [&](const Contact& contact) {
        return contact.hand == hand.hand && contact.actuator == kPalm;
      });
      const bool is_felt = found != contacts.end();
      score_.toggles += tick > kSettled_ticks && is_felt != was_felt_[h] ? 1 : 0;
      was_felt_[h] = is_felt;
      unfelt_ticks_[h] = is_felt ? 0 : unfelt_ticks_[h] + 1;
      if (truth != nullptr) judge(*truth, hand, is_felt ? &*found : nullptr, t_s);
    }
    score_.ticks += truth != nullptr ? 1 : 0;
  }

  void judge(const PosedBody& truth, const HandPose& hand, const Contact* contact, double t_s) {
    const Probe probe = place_probe(hand, kPalm, 1);
    const double gap_m =
        truth.closest(to_double(probe.p_world), kReach_m).distance_m - double{probe.radius_m};
    if (gap_m < -kDeep_m && unfelt_ticks_[index(hand.hand)] >= kUnfelt_ticks) ++score_.lost;
    if (contact == nullptr) return;
    const double out = hand.hand == Hand::Left ? -1 : 1;
    const V3d side = rotate(way_at(t_s).q, {out, 0, 0});
    if (dot(to_double(contact->n_world), side) < 0) ++score_.flips;
    const V3d place = to_double(contact->p_world);
    score_.worst_off_skin_m =
        std::max(score_.worst_off_skin_m, std::fabs(truth.closest(place, kReach_m).distance_m));
  }

  const TouchSubject& subject_;
  PalmsTrial trial_;
  ContactParams params_;
  std::mt19937_64 random_;
  std::array<TrueHand, kHands> hands_;
  double phase_ = 0;
  ContactState contact_;
  std::array<GraspState, kHands> grasps_;
  std::array<bool, kHands> was_felt_{};
  std::array<int, kHands> unfelt_ticks_{};
  HeldScore score_;
};

}  // namespace

HeldScore run_trial(const TouchSubject& subject, const PalmsTrial& trial,
                    const ContactParams& params) {
  return std::make_unique<Trial>(subject, trial, params)->run();
}

}  // namespace tactus::simulator
