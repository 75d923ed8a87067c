#include "tactus/simulator/inertial_track.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <random>

namespace tactus::simulator {
namespace {

constexpr double kGravity_m_per_s2 = 9.80665;
constexpr double kEase_s = 0.5;  // from rest to motion
constexpr int kSines = 4;

/// A smooth vector signal of unit rms per axis, 0.2 to 2.2 Hz.
class Wander {
 public:
  explicit Wander(std::mt19937_64& random) {
    std::uniform_real_distribution<double> uniform(0, 1);
    for (auto& axis : sines_) {
      for (Sine& sine : axis) {
        sine = {2 * std::numbers::pi * (0.2 + 2 * uniform(random)),
                2 * std::numbers::pi * uniform(random)};
      }
    }
  }
  [[nodiscard]] V3d at(double t_s) const {
    std::array<double, 3> out{};
    for (std::size_t a = 0; a < 3; ++a) {
      for (const Sine& sine : sines_[a]) out[a] += std::sin(sine.omega * t_s + sine.phase);
    }
    return std::sqrt(2.0 / kSines) * V3d{out[0], out[1], out[2]};
  }

 private:
  struct Sine {
    double omega = 0, phase = 0;
  };
  std::array<std::array<Sine, kSines>, 3> sines_;
};

/// 0 at rest, 1 in motion, smooth between.
double liveliness(const InertialTrackParams& params, double t_s) {
  const double since = t_s - params.still_s;
  if (since < 0) return 0;
  const double phase = std::fmod(since, params.rest_every_s);
  const double moving_s = params.rest_every_s - params.rest_s;
  if (phase >= moving_s) return 0;
  const double ramp = std::min({1.0, phase / kEase_s, (moving_s - phase) / kEase_s});
  return ramp * ramp * (3 - 2 * ramp);
}

}  // namespace

InertialTrack inertial_track(std::uint64_t seed, const InertialTrackParams& params) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> normal;
  const auto noise = [&](double sigma) {
    const double x = normal(random), y = normal(random), z = normal(random);
    return sigma * V3d{x, y, z};
  };
  const Wander turning(random), swinging(random);
  const V3d bias = noise(params.gyro_bias_rad_per_s);
  const V3d magnet = normalized(noise(1));
  const V3d earth{0, -params.field_uT * std::sin(params.dip_rad),
                  -params.field_uT * std::cos(params.dip_rad)};
  const double dt_s = 1 / params.rate_Hz;
  InertialTrack track;
  track.rate_Hz = params.rate_Hz;
  const V3d first = noise(1);
  Q4d q = turn(normalized(first), norm(first));
  const auto samples = static_cast<std::size_t>(params.length_s * params.rate_Hz);
  for (std::size_t i = 0; i < samples; ++i) {
    const double t_s = static_cast<double>(i) * dt_s;
    const double live = liveliness(params, t_s);
    const V3d omega = (params.turning_rad_per_s / std::sqrt(3.0) * live) * turning.at(t_s);
    if (i > 0) {  // the middle of the step turns it: second order
      const double t_mid_s = t_s - 0.5 * dt_s;
      const V3d step =
          (params.turning_rad_per_s / std::sqrt(3.0) * dt_s * liveliness(params, t_mid_s)) *
          turning.at(t_mid_s);
      const double angle = norm(step);
      if (angle > 0) q = normalized(q * turn((1 / angle) * step, angle));
    }
    const V3d force = V3d{0, kGravity_m_per_s2, 0} +
                      (params.swinging_m_per_s2 / std::sqrt(3.0) * live) * swinging.at(t_s);
    const bool near = t_s > 0.5 * params.length_s && t_s < 0.75 * params.length_s;
    const V3d field = near ? earth + params.magnet_uT * magnet : earth;
    track.gyro_rad_per_s.push_back(omega + bias + noise(params.gyro_noise_rad_per_s));
    track.accel_m_per_s2.push_back(rotate(conjugate(q), force) +
                                   noise(params.accel_noise_m_per_s2));
    track.field_uT.push_back(rotate(conjugate(q), field) + noise(params.field_noise_uT));
    track.q_world_imu.push_back(q);
    track.moving.push_back(live > 0);
  }
  return track;
}

}  // namespace tactus::simulator
