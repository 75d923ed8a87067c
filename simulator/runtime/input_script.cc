#include "input_script.h"

#include <cmath>

namespace tactus::runtime {
namespace {

// A standing adult: eyes 1.6 m up, hands half a metre before the chest.
constexpr Vec3 kEyes_m{0.0f, 1.6f, 0.0f};
constexpr Vec3 kHandFromHead_m{0.2f, -0.35f, -0.45f};

float wave(std::int64_t t_ns, double period_s) {
  const double turns = static_cast<double>(t_ns) * 1e-9 / period_s;
  return static_cast<float>(std::sin(2.0 * std::numbers::pi * (turns - std::floor(turns))));
}

Quat heading(float yaw_rad, float pitch_rad) {
  return axis_angle({0, 1, 0}, yaw_rad) * axis_angle({1, 0, 0}, pitch_rad);
}

// Both hands hang on the body, which turns with the yaw only.
void place_hands(TrackingSample& sample, const Pose& T_stage_body, float sway_m) {
  for (int side = 0; side < 2; ++side) {
    const float x_sign = side == 0 ? -1.0f : 1.0f;
    const Vec3 p_body_hand{x_sign * kHandFromHead_m.x, kHandFromHead_m.y + x_sign * sway_m,
                           kHandFromHead_m.z};
    sample.T_stage[1 + side] = T_stage_body * Pose{axis_angle({1, 0, 0}, 0.3f), p_body_hand};
    sample.active[1 + side] = true;
  }
}

}  // namespace

TrackingSample scripted(std::int64_t t_ns) {
  TrackingSample sample;
  sample.t_ns = t_ns;
  const float yaw_rad = 0.15f * wave(t_ns, 11.0);
  const Vec3 p_stage_head = kEyes_m + Vec3{0.02f * wave(t_ns, 7.0), 0.005f * wave(t_ns, 4.0), 0};
  sample.T_stage[0] = {heading(yaw_rad, 0.05f * wave(t_ns, 5.0)), p_stage_head};
  place_hands(sample, {Quat{}, kEyes_m}, 0.05f * wave(t_ns, 6.0));
  return sample;
}

TrackingSample steered(const Steering& steering, std::int64_t t_ns) {
  TrackingSample sample;
  sample.t_ns = t_ns;
  sample.T_stage[0] = {heading(steering.yaw_rad, steering.pitch_rad), steering.p_stage_head};
  place_hands(sample, {heading(steering.yaw_rad, 0), steering.p_stage_head}, 0);
  return sample;
}

}  // namespace tactus::runtime
