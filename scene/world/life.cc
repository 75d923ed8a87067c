#include "scene/world/life.h"

#include <cmath>
#include <cstdint>

namespace tactus::scene {
namespace {

constexpr double kTwoPi = 6.283185307179586;
constexpr double kBreath_Hz = 0.35;
constexpr double kBlinkEvery_s = 4.0;
constexpr double kBlinkSpread_s = 2.0;
constexpr double kBlink_s = 0.16;

float wave(double t_s, double period_s, double phase_s) {
  return static_cast<float>(std::sin(kTwoPi * (t_s + phase_s) / period_s));
}

// A number in [0, 1) for each whole number: splitmix64's finaliser (Vigna 2015).
double scatter(std::int64_t n) {
  auto x = static_cast<std::uint64_t>(n) + 0x9E3779B97F4A7C15u;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
  return static_cast<double>((x ^ (x >> 31)) >> 11) * 0x1.0p-53;
}

}  // namespace

float breath(double t_s) { return wave(t_s, 1.0 / kBreath_Hz, 0.0); }

float blink(double t_s) {
  const double slot = std::floor(t_s / kBlinkEvery_s);
  const double starts_s =
      slot * kBlinkEvery_s + 1.0 + kBlinkSpread_s * scatter(static_cast<std::int64_t>(slot));
  const double u = (t_s - starts_s) / kBlink_s;
  if (u <= 0 || u >= 1) return 0.0f;
  const double s = std::sin(0.5 * kTwoPi * u);
  return static_cast<float>(s * s);
}

Vec3 weight_shift_m(double t_s) {
  return {0.006f * wave(t_s, 7.3, 0.0) + 0.002f * wave(t_s, 3.1, 0.4), -0.0022f,
          0.002f * wave(t_s, 5.3, 1.1)};
}

}  // namespace tactus::scene
