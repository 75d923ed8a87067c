#include "posture.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "profile.h"

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr double kMcpSpread_deg = 16;
constexpr double kPipSpread_deg = 20;
constexpr double kDipNoise_deg = 6;
constexpr double kOwnShare = 0.32;  ///< of a finger's deviation that its neighbours do not share

TrueFinger offset(const TrueFinger& a, double s, const TrueFinger& b) {
  return {a.base_flexion + s * b.base_flexion, a.base_abduction + s * b.base_abduction,
          a.middle + s * b.middle, a.distal + s * b.distal};
}

}  // namespace

Fingers relaxed_fingers() {
  return {{{8 * kDeg, 22 * kDeg, 12 * kDeg, 14 * kDeg},
           {22 * kDeg, 2 * kDeg, 30 * kDeg, 14 * kDeg},
           {26 * kDeg, 0, 34 * kDeg, 16 * kDeg},
           {29 * kDeg, -2 * kDeg, 36 * kDeg, 17 * kDeg},
           {31 * kDeg, -4 * kDeg, 34 * kDeg, 16 * kDeg}}};
}

IdleFingers::IdleFingers(std::uint64_t seed) : random_(seed), from_{}, to_(invent()) {}

/// A deviation from the relaxed hand, inside the limits of the joints.
Fingers IdleFingers::invent() {
  const auto gauss = [&] { return std::clamp(normal_(random_), -1.8, 1.8); };
  const double all_mcp = gauss(), all_pip = gauss();
  Fingers wanted{};
  for (std::size_t f = 0; f < kFingers; ++f) {
    const double own = std::sqrt(1 - kOwnShare * kOwnShare);
    const double mcp = own * all_mcp + kOwnShare * gauss();
    const double pip = own * all_pip + kOwnShare * gauss();
    const double scale = f == 0 ? 0.4 : 1;
    wanted[f].base_flexion = scale * kMcpSpread_deg * kDeg * mcp;
    wanted[f].base_abduction = (f == 0 ? 6 : 2) * kDeg * gauss();
    wanted[f].middle = (f == 0 ? 0.3 : 1) * kPipSpread_deg * kDeg * std::max(pip, -1.3);
    wanted[f].distal = 0.5 * wanted[f].middle + kDipNoise_deg * kDeg * gauss();
  }
  return wanted;
}

Fingers IdleFingers::at(double t_s, double liveliness) {
  while (t_s >= t_begin_s_ + duration_s_) {
    t_begin_s_ += duration_s_;
    duration_s_ = 0.36 + 0.05 * std::fabs(normal_(random_));
    from_ = to_;
    to_ = invent();
  }
  const double s = min_jerk((t_s - t_begin_s_) / duration_s_);
  Fingers fingers = relaxed_fingers();
  for (std::size_t f = 0; f < kFingers; ++f) {
    fingers[f] = offset(fingers[f], liveliness * (1 - s), from_[f]);
    fingers[f] = offset(fingers[f], liveliness * s, to_[f]);
  }
  return fingers;
}

std::array<TrueBones, kFingers> bones_of(std::uint64_t seed) {
  std::mt19937_64 random(seed * 7919 + 17);
  const double factor = 0.95 + 0.10 * std::generate_canonical<double, 53>(random);
  std::array<TrueBones, kFingers> bones = kMediumBones;
  for (TrueBones& b : bones) {
    b = {factor * b.metacarpal, factor * b.proximal, factor * b.intermediate, factor * b.distal};
  }
  return bones;
}

}  // namespace tactus::simulator
