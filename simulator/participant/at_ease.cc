#include "at_ease.h"

#include <cmath>
#include <numbers>

#include "profile.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kFlatError_deg = 0.5;  ///< nobody holds a hand perfectly flat

double gauss(std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  return normal(random);
}

Fingers flat_fingers(std::mt19937_64& random) {
  Fingers fingers{};
  for (TrueFinger& f : fingers) {
    f = {kFlatError_deg * kDeg * gauss(random), 0, kFlatError_deg * kDeg * gauss(random),
         kFlatError_deg * kDeg * gauss(random)};
  }
  return fingers;
}

double ramp(double t_s, double from_s, double to_s) {
  return min_jerk((t_s - from_s) / (to_s - from_s));
}

}  // namespace

double AtEase::Wobble::at(double t_s) const {
  return amplitude * std::sin(rate_rad_per_s * t_s + phase_rad);
}

AtEase::Wobble AtEase::wobble(double amplitude, double rate_Hz) {
  const double turn = 2 * std::numbers::pi;
  const double detune = 1 + 0.15 * gauss(random_);
  return {amplitude, turn * rate_Hz * detune, turn * std::generate_canonical<double, 53>(random_)};
}

AtEase::AtEase(const ParticipantParams& params)
    : random_(params.seed * 104729 + 5),
      idle_{IdleFingers(params.seed * 2 + 1), IdleFingers(params.seed * 2 + 2)} {
  for (std::size_t h = 0; h < kHands; ++h) {
    flat_[h] = flat_fingers(random_);
    for (std::size_t i = 0; i < 3; ++i) drift_[h][i] = wobble(0.006, 0.35);
    for (std::size_t i = 3; i < 6; ++i) drift_[h][i] = wobble(4 * kDeg, 0.45);
  }
  sway_ = {wobble(0.005, 0.22), wobble(0.002, 0.31), wobble(0.006, 0.18)};
}

V3d AtEase::sway(double t_s) const {
  return {sway_[0].at(t_s), sway_[1].at(t_s), sway_[2].at(t_s)};
}

Fingers AtEase::idle(Hand hand, double t_s, double liveliness) {
  return idle_[index(hand)].at(t_s, liveliness);
}

HandSample AtEase::hand(Hand hand, double t_s) {
  const std::size_t h = index(hand);
  const double side = hand == Hand::Right ? 1 : -1;
  HandSample down;
  down.T_world_wrist = {{}, {side * 0.16, 0.86, -0.26}};
  down.finger = flat_[h];
  HandSample up = down;
  up.T_world_wrist.q = turn({0, 0, -side}, 90 * kDeg);
  HandSample rest;
  rest.T_world_wrist = {turn({0, 1, 0}, side * 12 * kDeg) * turn({0, 0, -side}, 35 * kDeg) *
                            turn({1, 0, 0}, -15 * kDeg),
                        {side * 0.20, 0.78, -0.16}};
  const double freedom = ramp(t_s, kThumbsUp.to_s, kThumbsUp.to_s + 0.5);
  const double lively =
      ramp(t_s, kThumbsUp.to_s, kThumbsUp.to_s + 0.3) * (1 - 0.75 * ramp(t_s, 4.5, 6));
  rest.finger = idle_[h].at(t_s, lively);
  HandSample now = blend(down, up, ramp(t_s, kPalmsDown.to_s, kThumbsUp.from_s));
  now = blend(now, rest, freedom);
  const auto& d = drift_[h];
  const double own = 0.15 + 0.85 * freedom;  // a hand that is held for a cue is nearly still
  now.T_world_wrist.p = now.T_world_wrist.p + own * V3d{d[0].at(t_s), d[1].at(t_s), d[2].at(t_s)};
  const V3d r = own * V3d{d[3].at(t_s), d[4].at(t_s), d[5].at(t_s)};
  now.T_world_wrist.q = normalized(now.T_world_wrist.q * turn(r, norm(r)));
  return now;
}

}  // namespace tactus::simulator
