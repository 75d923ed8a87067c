#include "tactus/simulator/person_motion.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>

#include "motion_writer.h"

namespace tactus::simulator {
namespace {

/// From 0 to 1 with neither speed nor acceleration at the ends (Flash & Hogan 1985).
double minimum_jerk(double s) {
  s = std::clamp(s, 0.0, 1.0);
  return s * s * s * (10 - 15 * s + 6 * s * s);
}

/// Between two of what consists of doubles alone.
template <class T>
T blend(const T& a, const T& b, double s) {
  using Numbers = std::array<double, sizeof(T) / sizeof(double)>;
  auto from = std::bit_cast<Numbers>(a);
  const auto to = std::bit_cast<Numbers>(b);
  for (std::size_t i = 0; i < from.size(); ++i) from[i] += s * (to[i] - from[i]);
  return std::bit_cast<T>(from);
}

constexpr double kToesDown = 0.35;  // of the foot when it leaves, toes up when it lands, rad

}  // namespace

const char* name_of(Activity activity) {
  constexpr std::array kNames = {"stand", "walk", "reach",  "hug",
                                 "sit",   "turn", "crouch", "calibrate"};
  return kNames[static_cast<std::size_t>(activity)];
}

PersonMotion::PersonMotion(std::uint64_t seed, const PersonBones& bones, Activity activity,
                           double duration_s)
    : script_(write_motion(seed, bones, activity, duration_s)) {}

Posture PersonMotion::at(double t_s) const {
  const auto& keys = script_.keys;
  const auto next = std::find_if(keys.begin(), keys.end(),
                                 [t_s](const PostureKey& key) { return key.t_s > t_s; });
  Posture p = next == keys.end() ? keys.back().posture : keys.front().posture;
  if (next != keys.begin() && next != keys.end()) {
    const PostureKey& from = *(next - 1);
    p = blend(from.posture, next->posture, minimum_jerk((t_s - from.t_s) / (next->t_s - from.t_s)));
  }
  for (std::size_t side = 0; side < kHands; ++side) {
    const double knee_out = p.foot[side].knee_out;
    FootPlace& foot = p.foot[side] = script_.first_foot[side];
    for (const FootStep& step : script_.steps) {
      if (step.side != side || step.t_s > t_s) continue;
      const double s = std::clamp((t_s - step.t_s) / step.takes_s, 0.0, 1.0);
      const double arc = std::sin(std::numbers::pi * s);
      foot = blend(step.from, step.to, minimum_jerk(s));
      foot.p_world_ankle.y += step.lift_m * arc * arc;
      if (step.rolls) foot.pitch -= kToesDown * std::sin(2 * std::numbers::pi * s) * arc;
    }
    foot.knee_out = knee_out;
  }
  sway(p, t_s);
  return p;
}

/// Nobody is ever quite still: a few slow waves on trunk, head and arms.
void PersonMotion::sway(Posture& p, double t_s) const {
  std::size_t i = 0;
  const auto wave = [&](double& x, double size, double hz) {
    x += size * std::sin(2 * std::numbers::pi * hz * t_s + script_.phases[i++]);
  };
  wave(p.p_world_pelvis.x, 0.006, 0.31);
  wave(p.p_world_pelvis.z, 0.008, 0.23);
  wave(p.pitch, 0.010, 0.27);
  wave(p.spine_bend, 0.012, 0.19);
  wave(p.spine_twist, 0.015, 0.17);
  wave(p.head_nod, 0.020, 0.41);
  wave(p.head_turn, 0.025, 0.29);
  for (ArmAngles& arm : p.arm) {
    wave(arm.plane, 0.02, 0.37);
    wave(arm.elevation, 0.015, 0.33);
    wave(arm.axial, 0.04, 0.21);
    wave(arm.elbow, 0.02, 0.43);
    wave(arm.wrist_flexion, 0.05, 0.47);
    wave(arm.pronation, 0.06, 0.39);
  }
}

}  // namespace tactus::simulator
