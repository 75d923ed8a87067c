#include "tactus/simulator/held_trial.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <optional>
#include <random>
#include <span>

#include "tactus/contact/grasp.h"
#include "tactus/simulator/pinching_hand.h"

namespace tactus::simulator {
namespace {

constexpr double kThickest_m = 0.015;  ///< that is pinched
constexpr double kOpposite = 0.95;     ///< cosine, of skins that face away from each other
constexpr double kAround_m = 0.003;    ///< it is a sheet so far around ...
constexpr double kAsThin = 0.2;        ///< ... if it is still that deep in, of its thickness
constexpr double kDeep_m = 0.001;
constexpr double kReach_m = 0.05;
constexpr int kUnfelt_ticks = 3;
constexpr int kSettled_ticks = 100;
constexpr int kJudgedEvery_ticks = 4;
constexpr std::array kPulps = {pulp_actuator(Finger::Thumb), pulp_actuator(Finger::Index)};

V3d to_double(Vec3 v) { return {v.x, v.y, v.z}; }
Pose to_float(const Pose3d& T) {
  const auto f = [](double v) { return static_cast<float>(v); };
  return {normalized(Quat{f(T.q.x), f(T.q.y), f(T.q.z), f(T.q.w)}), {f(T.p.x), f(T.p.y), f(T.p.z)}};
}

/// The turn that takes `from` to `to`, unit vectors that are not opposite.
Q4d turn_between(V3d from, V3d to) {
  const V3d axis = cross(from, to);
  return turn(axis, std::atan2(norm(axis), dot(from, to)));
}

/// A place of the thing where two skins face away from each other.
struct ThinPlace {
  V3d p;  ///< in the middle between them
  V3d n;
  double thick_m = 0;
};

class Trial {
 public:
  Trial(const TouchSubject& subject, const HeldTrial& trial, const ContactParams& params)
      : subject_(subject), trial_(trial), params_(params), random_(trial.seed) {}

  HeldScore run() {
    const std::optional<ThinPlace> place = find_thin_place();
    if (!place) return {};
    hand_ = pinching({}, place->thick_m - 2 * static_cast<double>(trial_.depth_m));
    const PinchedPlace held = pinched_place(hand_);
    const Q4d roll = turn(held.n_world, uniform(-3, 3));
    const Q4d q = roll * turn_between(place->n, held.n_world);
    T_wrist_thing_ = {q, held.p_world - rotate(q, place->p)};
    n_wrist_ = held.n_world;
    phase_ = uniform(0, 6);
    MovingBody body(subject_, [this](float t_s) { return bones_at(static_cast<double>(t_s)); });
    for (int tick = 0; tick < trial_.length_ms; ++tick) step(body, tick);
    return score_;
  }

 private:
  double uniform(double low, double high) {
    return std::uniform_real_distribution<double>(low, high)(random_);
  }

  std::optional<ThinPlace> find_thin_place() {
    constexpr int kTries = 400;
    std::vector<Pose3d> rest;
    for (const TrueBody::Bone& bone : subject_.truth.bones) rest.push_back(bone.T_rest_bone);
    PosedBody still;
    still.pose(subject_.truth, rest);
    for (int tries = 0; tries < kTries; ++tries) {
      const auto t = static_cast<std::size_t>(random_() % subject_.truth.triangles.size());
      const auto& v = subject_.truth.triangles[t].vertex;
      const V3d p =
          (1.0 / 3.0) * (still.vertices()[v[0]] + still.vertices()[v[1]] + still.vertices()[v[2]]);
      const V3d n = still.closest(p, kReach_m).n_world;
      const std::optional<ThinPlace> place = through(still, t, p, n);
      if (place && is_sheet_around(still, *place)) return place;
    }
    return std::nullopt;
  }

  /// Straight in from the middle of triangle `from` to the first skin that faces the other way, if that
  /// is near enough.
  std::optional<ThinPlace> through(const PosedBody& still, std::size_t from, V3d p, V3d n) const {
    double thick_m = kThickest_m;
    bool is_opposite = false;
    for (std::size_t i = 0; i < subject_.truth.triangles.size(); ++i) {
      const auto& v = subject_.truth.triangles[i].vertex;
      const V3d a = still.vertices()[v[0]], b = still.vertices()[v[1]], c = still.vertices()[v[2]];
      const V3d facing = cross(b - a, c - a);
      const double slant = dot(facing, n);
      if (i == from || !(std::fabs(slant) > 0)) continue;
      const double way_m = dot(facing, p - a) / slant;
      const V3d q = p - way_m * n;
      const bool is_within = dot(cross(b - a, q - a), facing) >= 0 &&
                             dot(cross(c - b, q - b), facing) >= 0 &&
                             dot(cross(a - c, q - c), facing) >= 0;
      if (!is_within || way_m < 0 || way_m >= thick_m) continue;
      thick_m = way_m;
      is_opposite = slant < -kOpposite * norm(facing);
    }
    if (!is_opposite) return std::nullopt;
    return ThinPlace{p - 0.5 * thick_m * n, n, thick_m};
  }

  /// Whether a fingertip finds it as thin all around: not at a rim.
  static bool is_sheet_around(const PosedBody& still, const ThinPlace& place) {
    const V3d n = place.n;
    const V3d side = normalized(cross(n, std::fabs(n.x) < 0.7 ? V3d{1, 0, 0} : V3d{0, 1, 0}));
    for (int k = 0; k < 8; ++k) {
      const V3d at = place.p + kAround_m * rotate(turn(n, 0.785398 * k), side);
      const double depth_m = -still.closest(at, kReach_m).distance_m;
      if (!(depth_m > kAsThin * place.thick_m)) return false;
    }
    return true;
  }

  /// Waves that reach the speed, and turns beside.
  [[nodiscard]] Pose3d wrist_at(double t_s) const {
    constexpr double kRate_Hz = 1.3;
    const double omega = 6.283185307 * kRate_Hz;
    const double most_m = static_cast<double>(trial_.speed_m_per_s) / omega;
    const V3d p = most_m * V3d{std::sin(omega * t_s + phase_), std::sin(0.8 * omega * t_s),
                               0.5 * std::sin(1.1 * omega * t_s + 2)};
    return {turn({1, 0.5, 0.3}, static_cast<double>(trial_.turn_rad) * std::sin(0.9 * omega * t_s)),
            p};
  }

  [[nodiscard]] std::vector<Pose> bones_at(double t_s) const {
    const double stray_m = static_cast<double>(trial_.stray_m) * std::sin(6.283185307 * t_s);
    const Pose3d stray{{}, stray_m * n_wrist_};
    const Pose3d T_world_thing = wrist_at(t_s) * stray * T_wrist_thing_;
    std::vector<Pose> bones;
    for (const TrueBody::Bone& bone : subject_.truth.bones) {
      bones.push_back(to_float(T_world_thing * bone.T_rest_bone));
    }
    return bones;
  }

  [[nodiscard]] HandPose tracked_at(double t_s, HostTime t) {
    constexpr double kStep_s = 1e-4;
    std::normal_distribution<float> noise_m(0, trial_.noise_m);
    TrueHand hand = hand_;
    hand.T_world_wrist = wrist_at(t_s + kStep_s) * hand_.T_world_wrist;
    const HandPose next = tracked_pose(hand, t);
    hand.T_world_wrist = wrist_at(t_s) * hand_.T_world_wrist;
    HandPose pose = tracked_pose(hand, t);
    const Vec3 noise{noise_m(random_), noise_m(random_), noise_m(random_)};
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      const V3d way = to_double(next.T_world_joint[j].p) - to_double(pose.T_world_joint[j].p);
      pose.v_world_joint[j] = to_float({{}, (1 / kStep_s) * way}).p;
      pose.T_world_joint[j].p += noise;
    }
    return pose;
  }

  void step(MovingBody& body, int tick) {
    const Surface surface = body.at(tick);
    const BodyInterval interval{surface.model, surface.before, surface.after, 1.0f};
    const HostTime t{Duration{1ms} * tick};
    const double t_s = 1e-3 * tick;
    const HandPose hand = tracked_at(t_s, t);
    const ContactSet contacts = query(contact_, params_, {&hand, 1}, {&interval, 1}, t);
    const Grasp grasp = tell_grasp(grasp_, hand.hand, contacts, {&interval, 1}, t);
    score_.grasps += grasp.holds && !was_held_ ? 1 : 0;
    score_.releases += !grasp.holds && was_held_ ? 1 : 0;
    was_held_ = grasp.holds;
    const PosedBody* truth = tick % kJudgedEvery_ticks == 0 ? &body.truth(tick) : nullptr;
    for (std::size_t k = 0; k < kPulps.size(); ++k) {
      const auto found = std::ranges::find_if(
          contacts, [&](const Contact& contact) { return contact.actuator == kPulps[k]; });
      const Contact* contact = found == contacts.end() ? nullptr : &*found;
      const bool is_felt = contact != nullptr;
      score_.toggles += tick > kSettled_ticks && is_felt != pulps_[k].is_felt ? 1 : 0;
      pulps_[k].is_felt = is_felt;
      pulps_[k].unfelt_ticks = is_felt ? 0 : pulps_[k].unfelt_ticks + 1;
      if (truth != nullptr) judge(k, *truth, place_probe(hand, kPulps[k], 1), contact, t_s);
    }
    score_.ticks += truth != nullptr ? 1 : 0;
  }

  void judge(std::size_t k, const PosedBody& truth, const Probe& probe, const Contact* contact,
             double t_s) {
    const double gap_m = std::fabs(truth.closest(to_double(probe.p_world), kReach_m).distance_m) -
                         static_cast<double>(probe.radius_m);
    if (gap_m < -kDeep_m && pulps_[k].unfelt_ticks >= kUnfelt_ticks) ++score_.lost;
    if (contact == nullptr) return;
    const V3d to_index = rotate(wrist_at(t_s).q, n_wrist_);
    const double side = dot(to_double(contact->n_world), to_index);
    if ((k == 0 ? -side : side) < 0) ++score_.flips;
    const V3d place = to_double(contact->p_world);
    score_.worst_off_skin_m =
        std::max(score_.worst_off_skin_m, std::fabs(truth.closest(place, kReach_m).distance_m));
  }

  struct Pulp {
    bool is_felt = false;
    int unfelt_ticks = 0;
  };

  const TouchSubject& subject_;
  HeldTrial trial_;
  ContactParams params_;
  std::mt19937_64 random_;
  TrueHand hand_;
  Pose3d T_wrist_thing_;  ///< of the wrist where the hand begins
  V3d n_wrist_;           ///< from thumb to index, likewise
  double phase_ = 0;
  ContactState contact_;
  GraspState grasp_;
  bool was_held_ = false;
  std::array<Pulp, 2> pulps_;
  HeldScore score_;
};

}  // namespace

HeldScore run_trial(const TouchSubject& subject, const HeldTrial& trial,
                    const ContactParams& params) {
  const auto running = std::make_unique<Trial>(subject, trial, params);
  return running->run();
}

}  // namespace tactus::simulator
