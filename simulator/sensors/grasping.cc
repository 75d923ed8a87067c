#include "tactus/simulator/grasping.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kFlatHand_deg = 2;  // how flat people hold a flat hand
constexpr double kAxial_deg = 1.5;   // passive turn of a base joint: 7 to 11 degrees of range
constexpr double kContact = 0.3;     // share of grasps that press on something
constexpr double kReach_m_per_s = 0.25;
constexpr double kHandSize = 0.05;   // standard deviation between people …
constexpr double kBoneShare = 0.03;  // … and between their fingers

double minimum_jerk(double s) {
  s = std::clamp(s, 0.0, 1.0);
  return s * s * s * (10 + s * (6 * s - 15));
}

/// The keys around a time, and how far between them it is.
template <class Key>
double around(const std::vector<Key>& keys, double t_s, const Key*& before, const Key*& after) {
  const auto later = std::upper_bound(keys.begin(), keys.end(), t_s,
                                      [](double t, const Key& key) { return t < key.t_s; });
  after = later == keys.end() ? &keys.back() : &*later;
  before = later == keys.begin() ? &keys.front() : &*(later - 1);
  return minimum_jerk((t_s - before->t_s) / std::max(after->t_s - before->t_s, 1e-9));
}

}  // namespace

Grasping::Grasping(std::uint64_t seed, Hand hand, double length_s)
    : hand_(hand), random_(seed * 2 + index(hand) + 0x6772617370ull) {
  const double size = 1 + kHandSize * gauss();
  for (TrueBones& b : bones_) {
    const double finger = size * (1 + kBoneShare * gauss());
    b = {finger * b.metacarpal, finger * b.proximal, finger * b.intermediate, finger * b.distal};
  }
  hold_flat();
  wander(length_s);
  grasp_on(length_s);
}

double Grasping::between(double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(random_);
}

void Grasping::hold_flat() {
  const double side = hand_ == Hand::Right ? 1 : -1;
  const V3d p{0, 1.0, -0.3};
  Fingers flat{};
  for (TrueFinger& f : flat) {
    f = {kFlatHand_deg * kDeg * gauss(), kFlatHand_deg * kDeg * gauss(),
         kFlatHand_deg * kDeg * gauss(), kFlatHand_deg * kDeg * gauss()};
  }
  flat[0].base_abduction = std::abs(flat[0].base_abduction);
  fingers_ = {{0, flat}, {kFlat_s, flat}};
  const std::array<V3d, 4> turns = {V3d{0, 0, 0}, V3d{0, 0, -side * 90 * kDeg},
                                    V3d{60 * kDeg, 0, -side * 45 * kDeg}, V3d{-50 * kDeg, 0, 0}};
  for (std::size_t k = 0; k < turns.size(); ++k) {
    const double t_s = kFlat_s / turns.size() * double(k);
    wrist_.push_back({t_s + (k == 0 ? 0 : 0.8), turns[k], p});
    wrist_.push_back({t_s + kFlat_s / turns.size(), turns[k], p});
  }
}

void Grasping::wander(double length_s) {
  for (double t_s = kFlat_s; t_s < length_s;) {
    const V3d goal{between(-0.3, 0.3), between(0.8, 1.4), between(-0.6, -0.2)};
    t_s += std::max(norm(goal - wrist_.back().p) / kReach_m_per_s * between(0.8, 1.2), 0.4);
    wrist_.push_back({t_s, {between(-0.9, 0.9), between(-0.8, 0.8), between(-1.8, 1.8)}, goal});
    if (between(0, 1) > 0.3) continue;
    t_s += between(0.2, 0.8);
    wrist_.push_back({t_s, wrist_.back().turned, goal});
  }
}

void Grasping::grasp_on(double length_s) {
  for (double t_s = kFlat_s; t_s < length_s;) {
    t_s += between(0.3, 0.7);
    fingers_.push_back({t_s, grasp()});
    if (between(0, 1) > 0.3) continue;
    t_s += between(0.2, 0.8);
    fingers_.push_back({t_s, fingers_.back().angles});
  }
}

Grasping::Fingers Grasping::grasp() {
  constexpr double kKnuckles = 0.88, kMiddles = 0.80, kWithin = 0.4;
  const auto follow = [this](double previous, double share) {
    return share * previous + std::sqrt(1 - share * share) * gauss();
  };
  const bool contact = between(0, 1) < kContact;
  const double fan = gauss();
  double knuckle = gauss(), middle = gauss();
  Fingers hand{};
  for (std::size_t f = 1; f < kFingers; ++f) {
    if (f > 1) {
      knuckle = follow(knuckle, kKnuckles);
      middle = follow(middle, kMiddles);
    }
    const double mcp = std::clamp(35 + 23 * knuckle, -25.0, 88.0);
    const double pip = 42 + 23 * (kWithin * knuckle + std::sqrt(1 - kWithin * kWithin) * middle);
    const double room = (1 - 0.75 * std::max(mcp, 0.0) / 90) * (f == 2 ? 9 : 14);
    const double spread = 3 * fan * (1.5 - 0.75 * double(f - 1)) + 3 * gauss();
    hand[f].base_flexion = mcp * kDeg;
    hand[f].base_abduction = std::clamp(spread, -room, room) * kDeg;
    hand[f].middle = std::clamp(pip, -3.0, 108.0) * kDeg;
    hand[f].distal = std::clamp(pip * 2 / 3 + (contact ? 15 : 6) * gauss(), -8.0, 78.0) * kDeg;
  }
  hand[0] = {std::clamp(12 + 9 * gauss(), -18.0, 48.0) * kDeg,
             std::clamp(25 + 10.5 * gauss(), 1.0, 58.0) * kDeg,
             std::clamp(20 + 10 * gauss(), -8.0, 58.0) * kDeg,
             std::clamp(28 + 16 * gauss(), -15.0, 82.0) * kDeg};
  for (TrueFinger& f : hand) f.base_axial = kAxial_deg * kDeg * gauss();
  return hand;
}

TrueHand Grasping::operator()(double t_s) const {
  TrueHand truth;
  truth.hand = hand_;
  truth.bones = bones_;
  const WristKey *from = nullptr, *to = nullptr;
  const double s = around(wrist_, t_s, from, to);
  truth.T_world_wrist.p = from->p + s * (to->p - from->p);
  const V3d r = from->turned + s * (to->turned - from->turned);
  truth.T_world_wrist.q = turn({0, 1, 0}, r.y) * turn({1, 0, 0}, r.x) * turn({0, 0, 1}, r.z);
  const FingerKey *open = nullptr, *shut = nullptr;
  const double u = around(fingers_, t_s, open, shut);
  for (std::size_t f = 0; f < kFingers; ++f) {
    const auto mix = [u](double a, double b) { return a + u * (b - a); };
    const TrueFinger &a = open->angles[f], &b = shut->angles[f];
    truth.finger[f] = {mix(a.base_flexion, b.base_flexion), mix(a.base_abduction, b.base_abduction),
                       mix(a.middle, b.middle), mix(a.distal, b.distal),
                       mix(a.base_axial, b.base_axial)};
  }
  return truth;
}

}  // namespace tactus::simulator
