#include "tactus/simulator/touch_trial.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <random>

namespace tactus::simulator {
namespace {

constexpr float kBand_m = 0.025f;
constexpr double kDeep_m = 0.001;      ///< truly touched, beyond hysteresis
constexpr double kOutside_m = 0.0003;  ///< along the normal from a place on outer skin is air
constexpr int kUnfelt_ticks = 3;
constexpr int kJudgedEvery_ticks = 2;
constexpr float kHand_m = 0.04f;  ///< the fingers are this far around the place that is struck

V3d to_double(Vec3 v) { return {v.x, v.y, v.z}; }
Vec3 to_float(V3d v) {
  return {static_cast<float>(v.x), static_cast<float>(v.y), static_cast<float>(v.z)};
}

struct Finger {
  Vec3 p_start;  ///< world
  float radius_m = 0.008f;
  ProbeMemory memory;
  Neighbourhood around;
  int unfelt_ticks = 0;
  bool touched = false, lost = false, inside = false;
};

class Trial {
 public:
  Trial(const TouchSubject& subject, const TouchTrial& trial, const ContactParams& params)
      : subject_(subject), trial_(trial), params_(params), random_(trial.seed) {}

  TouchScore run() {
    place_fingers();
    MovingBody body(subject_, sway_);
    const float there_s = sway_.way_m / trial_.speed_m_per_s;
    const int ticks = static_cast<int>(1000 * (2 * there_s + sway_.stay_s)) + 12;
    for (int tick = 0; tick < ticks; ++tick) step(body, tick);
    for (const Finger& finger : fingers_) {
      score_.probes += finger.touched ? 1 : 0;
      score_.lost += finger.lost ? 1 : 0;
      score_.inside += finger.inside ? 1 : 0;
    }
    return score_;
  }

 private:
  float uniform(float low, float high) {
    return std::uniform_real_distribution<float>(low, high)(random_);
  }

  /// Fingers before the skin around a random place, which the body and they then move towards.
  void place_fingers() {
    sway_ = {.most_rad = trial_.sway_rad,
             .turn_rad = trial_.turn_rad,
             .rate_Hz = trial_.sway_rate_Hz,
             .phase = uniform(0, 1)};
    MovingBody still(subject_, sway_);
    const PosedBody& skin = still.truth(0);
    std::vector<V3d> places;
    for (const TrueBody::Triangle& triangle : subject_.truth.triangles) {
      const auto& v = triangle.vertex;
      places.push_back((1.0 / 3.0) *
                       (skin.vertices()[v[0]] + skin.vertices()[v[1]] + skin.vertices()[v[2]]));
    }
    const auto any_of = [this](const std::vector<V3d>& of) { return of[random_() % of.size()]; };
    const auto near_to = [&places](V3d struck) {
      std::vector<V3d> near;
      std::ranges::copy_if(places, std::back_inserter(near),
                           [&](V3d p) { return norm(p - struck) < kHand_m; });
      return near;
    };
    const auto clear_of = [&](V3d centre, V3d near, float radius_m, Finger& finger) {
      const V3d away = centre - near;
      if (!(norm(away) < kHand_m)) return false;
      const ClosestSkin before = skin.closest(centre, 0.05);
      if (!before.found || before.distance_m < radius_m + 0.0005) return false;
      finger.p_start = to_float(centre);
      finger.radius_m = radius_m;
      return true;
    };
    V3d struck = any_of(places);
    std::vector<V3d> around = near_to(struck);
    V3d n = skin.closest(struck, 0.05).n_world;
    for (int tries = 0; fingers_.size() < kTrialProbes && tries < 20000; ++tries) {
      if (tries % 2000 == 1999) {  // a place that no finger can stand before
        struck = any_of(places);
        around = near_to(struck);
        n = skin.closest(struck, 0.05).n_world;
        fingers_.clear();
      }
      const V3d on = any_of(around);
      const float radius_m = uniform(0.0055f, 0.0115f);
      const V3d outward = skin.closest(on, 0.05).n_world;
      Finger finger;
      if (dot(outward, n) > 0.3 && clear_of(on + (radius_m + uniform(0.0007f, 0.004f)) * outward,
                                            struck, radius_m, finger)) {
        fingers_.push_back(finger);
      }
    }
    struck_ = to_float(n);
    sway_.direction = struck_;
    sway_.way_m = trial_.depth_m + 0.004f;
    sway_.speed_m_per_s = trial_.speed_m_per_s;
    path_ = sway_;
    sway_.way_m *= 1 - trial_.fingers_share;
    sway_.speed_m_per_s *= 1 - trial_.fingers_share;
    if (!(sway_.way_m > 0)) sway_.speed_m_per_s = 1;
  }

  /// The fingers come the other way, by their share.
  Vec3 finger_offset(float t_s) const {
    const float there_s = path_.way_m / path_.speed_m_per_s;
    const float on_way_s =
        std::min(t_s, there_s) - std::clamp(t_s - there_s - path_.stay_s, 0.0f, there_s);
    return -trial_.fingers_share * path_.speed_m_per_s * on_way_s * struck_;
  }

  void step(MovingBody& body, int tick) {
    const Surface surface = body.at(tick);
    const PosedBody* truth = tick % kJudgedEvery_ticks == 0 ? &body.truth(tick) : nullptr;
    const float t_s = 0.001f * static_cast<float>(tick);
    for (Finger& finger : fingers_) {
      Probe probe;
      probe.p_world = finger.p_start + finger_offset(t_s);
      probe.v_world = 1000.0f * (finger_offset(t_s + 0.001f) - finger_offset(t_s));
      probe.radius_m = finger.radius_m;
      Contact contact;
      const bool felt = touch(finger.memory, params_, surface, probe, 0.001f,
                              HostTime{Duration{1ms} * tick}, contact);
      const ClosestPoint nearest =
          closest_point(surface, surface.from_world(probe.p_world), kBand_m, finger.around);
      finger.unfelt_ticks = felt ? 0 : finger.unfelt_ticks + 1;
      if (truth != nullptr) judge(finger, *truth, probe, felt ? &contact : nullptr, nearest);
    }
  }

  void judge(Finger& finger, const PosedBody& truth, const Probe& probe, const Contact* contact,
             const ClosestPoint& nearest) {
    const ClosestSkin skin = truth.closest(to_double(probe.p_world), 0.1);
    const double error_m = nearest.found()
                               ? std::fabs(nearest.distance_m - std::fabs(skin.distance_m))
                               : std::max(0.0, kBand_m - std::fabs(skin.distance_m));
    score_.worst_error_m = std::max(score_.worst_error_m, error_m);
    if (skin.found && skin.distance_m < probe.radius_m - kDeep_m) {
      finger.touched = true;
      if (contact == nullptr && finger.unfelt_ticks >= kUnfelt_ticks) finger.lost = true;
    }
    if (contact == nullptr) return;
    const V3d place = to_double(contact->p_world);
    const double off_m = std::fabs(truth.closest(place, 0.1).distance_m);
    score_.worst_off_skin_m = std::max(score_.worst_off_skin_m, off_m);
    if (truth.is_inside(place + kOutside_m * to_double(contact->n_world))) {
      finger.lost = finger.inside = true;
    }
    score_.places.push_back({contact->triangle, contact->force_N});
  }

  const TouchSubject& subject_;
  TouchTrial trial_;
  ContactParams params_;
  std::mt19937_64 random_;
  std::vector<Finger> fingers_;
  BodySway sway_, path_;
  Vec3 struck_;
  TouchScore score_;
};

}  // namespace

TouchScore run_trial(const TouchSubject& subject, const TouchTrial& trial,
                     const ContactParams& params) {
  return Trial(subject, trial, params).run();
}

}  // namespace tactus::simulator
