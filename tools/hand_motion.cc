#include "hand_motion.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tactus::tools {
namespace {

using simulator::TrueFinger;
using simulator::TrueHand;

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kReach_m = 0.25;
constexpr double kFollow_rad_per_s = 25;  // of the follower's triple pole: settles in 0.3 s
constexpr double kFollowStep_s = 1e-3;

/// 0 open and relaxed, 1 a fist.
TrueFinger closed_finger(Finger finger, double closed) {
  if (finger == Finger::Thumb)
    return {.base_flexion = (5 + 30 * closed) * kDeg,
            .base_abduction = (40 - 15 * closed) * kDeg,
            .middle = (10 + 40 * closed) * kDeg,
            .distal = (10 + 50 * closed) * kDeg};
  const double spread = (static_cast<double>(index(finger)) - 2.0) * -4.0 * (1 - closed);
  return {.base_flexion = (10 + 65 * closed) * kDeg,
          .base_abduction = spread * kDeg,
          .middle = (15 + 80 * closed) * kDeg,
          .distal = (8 + 50 * closed) * kDeg};
}

TrueHand relaxed(Hand hand) {
  TrueHand out;
  out.hand = hand;
  out.T_world_wrist.p = {hand == Hand::Right ? 0.18 : -0.18, 1.15, -0.35};
  for (std::size_t f = 0; f < kFingers; ++f) out.finger[f] = closed_finger(Finger(f), 0.15);
  return out;
}

/// 0 to 1 and back once per period, beginning at 0 with no jerk.
double swing(double t_s, double period_s) {
  return 0.5 - 0.5 * std::cos(2 * std::numbers::pi * t_s / period_s);
}

TrueHand fist(Hand hand, double t_s) {
  TrueHand out = relaxed(hand);
  for (std::size_t f = 0; f < kFingers; ++f)
    out.finger[f] = closed_finger(Finger(f), 0.05 + 0.9 * swing(t_s, 2.0));
  return out;
}

TrueHand wave(Hand hand, double t_s) {
  TrueHand out = relaxed(hand);
  const double angle = 30 * kDeg * std::sin(2 * std::numbers::pi * 0.8 * t_s);
  out.T_world_wrist.q = simulator::turn({0, 0, 1}, angle);
  return out;
}

TrueHand count(Hand hand, double t_s) {
  TrueHand out = relaxed(hand);
  const auto turn = static_cast<std::size_t>(t_s) % kFingers;
  out.finger[turn] = closed_finger(Finger(turn), 0.15 + 0.8 * swing(t_s, 1.0));
  return out;
}

}  // namespace

simulator::Trajectory make_script(std::string_view name, Hand hand) {
  if (name == "rest") return [hand](double) { return relaxed(hand); };
  if (name == "fist") return [hand](double t_s) { return fist(hand, t_s); };
  if (name == "wave") return [hand](double t_s) { return wave(hand, t_s); };
  if (name == "count") return [hand](double t_s) { return count(hand, t_s); };
  return {};
}

void MouseHand::Follower::step(double dt_s) {
  const double w = kFollow_rad_per_s;
  acceleration += dt_s * (w * w * w * (goal - value) - 3 * w * w * rate - 3 * w * acceleration);
  rate += dt_s * acceleration;
  value += dt_s * rate;
}

double MouseHand::Follower::after(double dt_s) const {
  return value + dt_s * (rate + 0.5 * dt_s * acceleration);
}

void MouseHand::aim(double right, double up) {
  followers_[kRight].goal = std::clamp(right, -1.0, 1.0);
  followers_[kUp].goal = std::clamp(up, -1.0, 1.0);
}

void MouseHand::curl(Finger finger, double closed) {
  followers_[index(finger)].goal = std::clamp(closed, 0.0, 1.0);
}

void MouseHand::step(double t_s) {
  while (t_s_ + kFollowStep_s <= t_s) {
    for (Follower& follower : followers_) follower.step(kFollowStep_s);
    t_s_ += kFollowStep_s;
  }
}

TrueHand MouseHand::at(double t_s) const {
  const double dt_s = t_s - t_s_;
  TrueHand out = relaxed(hand_);
  out.T_world_wrist.p.x += kReach_m * followers_[kRight].after(dt_s);
  out.T_world_wrist.p.y += kReach_m * followers_[kUp].after(dt_s);
  for (std::size_t f = 0; f < kFingers; ++f)
    out.finger[f] = closed_finger(Finger(f), followers_[f].after(dt_s));
  return out;
}

}  // namespace tactus::tools
