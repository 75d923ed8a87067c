#include "tactus/touch/exposure.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tactus {
namespace {

constexpr double kFrame_s = 0.001;
constexpr double kDay_s = 8 * 3600;
// ISO 5349-1:2001 annex A, ISO 8041: band limits (Butterworth) and the step from acceleration to
// velocity. Its table of factors is in the test.
constexpr double kLow_Hz = 6.30957, kHigh_Hz = 1258.925;
constexpr double kExact_Hz = 1080;  // of the upper limit: even to 1000 Hz
constexpr double kStep_Hz = 100 / (2 * std::numbers::pi), kStepQ = 0.64;

/// z-domain biquad, a0 = 1.
struct Section {
  double b0, b1, b2, a1, a2;
};

/// (num2 s² + num1 s + num0) / (s² + s/Q + 1), s in units of `at_Hz`, made bilinear, exact at
/// `exact_Hz`.
Section section(double at_Hz, double exact_Hz, double q, double num2, double num1, double num0) {
  const double k = exact_Hz / at_Hz / std::tan(std::numbers::pi * exact_Hz / kActuatorRate_Hz);
  const double a0 = k * k + k / q + 1;
  return {(num2 * k * k + num1 * k + num0) / a0, 2 * (num0 - num2 * k * k) / a0,
          (num2 * k * k - num1 * k + num0) / a0, 2 * (1 - k * k) / a0, (k * k - k / q + 1) / a0};
}

const std::array<Section, 3> kWeighting = {
    section(kLow_Hz, kLow_Hz, std::numbers::sqrt2 / 2, 1, 0, 0),
    section(kHigh_Hz, kExact_Hz, std::numbers::sqrt2 / 2, 0, 0, 1),
    section(kStep_Hz, kStep_Hz, kStepQ, 0, 1, 1),
};

/// The bilinear slope falls too steeply towards half the rate; three taps give back its next term,
/// 1 + (ω T)² / 12.
constexpr double kSideTap = -1.0 / 12, kMidTap = 1 - 2 * kSideTap;

/// Decayed to where arithmetic on it would be slow.
constexpr double kNothing = 1e-100;

/// The weighted signal's sum of squares over a frame, by actuator.
std::array<double, kActuators> weigh(WeightingState& state, const TactileFrame& frame) {
  std::array<double, kActuators> sum{};
  for (std::size_t n = 0; n < kFrameSamples; ++n) {
    std::array<double, kActuators> x;
    for (std::size_t a = 0; a < kActuators; ++a) {
      const double now = static_cast<double>(frame.wave[a][n]);
      x[a] = kSideTap * (now + state.input[1][a]) + kMidTap * state.input[0][a];
      state.input[1][a] = state.input[0][a];
      state.input[0][a] = now;
    }
    for (std::size_t s = 0; s < kWeighting.size(); ++s) {
      const Section& c = kWeighting[s];
      auto& [z1, z2] = state.sections[s];
      for (std::size_t a = 0; a < kActuators; ++a) {
        const double y = c.b0 * x[a] + z1[a];
        z1[a] = c.b1 * x[a] - c.a1 * y + z2[a];
        z2[a] = c.b2 * x[a] - c.a2 * y;
        x[a] = y;
      }
    }
    for (std::size_t a = 0; a < kActuators; ++a) sum[a] += x[a] * x[a];
  }
  for (auto& section : state.sections) {
    for (auto& values : section) {
      for (double& z : values) z = std::abs(z) < kNothing ? 0 : z;
    }
  }
  return sum;
}

double square(double x) { return x * x; }

}  // namespace

double hand_weight(double frequency_Hz) noexcept {
  const double f4 = square(square(frequency_Hz));
  const double low = f4 / (f4 + square(square(kLow_Hz)));
  const double high = 1 / (1 + f4 / square(square(kHigh_Hz)));
  const double r2 = square(frequency_Hz / kStep_Hz);
  const double step = (1 + r2) / (square(1 - r2) + r2 / square(kStepQ));
  return std::sqrt(low * high * step);
}

void expose(ExposureState& state, const ExposureParams& params, const TactileFrame& safe) noexcept {
  const std::array<double, kActuators> waves = weigh(state.weighting, safe);
  double weighted = 0;  // mean square over the frame, of drive
  const float step = static_cast<float>(kFrame_s) / params.heating_s;
  for (std::size_t a = 0; a < kActuators; ++a) {
    float power = 0;
    for (const float sample : safe.wave[a]) power += sample * sample;
    power /= kFrameSamples;
    double dose = waves[a] / kFrameSamples;
    if (safe.envelope[a] > 0) {
      const float tone = 0.5f * safe.envelope[a] * safe.envelope[a];
      power = std::max(power, tone);
      dose = std::max(dose, tone * square(hand_weight(safe.frequency_Hz[a])));
    }
    weighted += dose;
    state.warmth_K[a] += step * (2 * power * params.full_drive_K - state.warmth_K[a]);
  }
  state.dose_m2_per_s3 += weighted * square(params.full_scale_m_per_s2) * kFrame_s;
}

float a8_m_per_s2(const ExposureState& state) noexcept {
  return static_cast<float>(std::sqrt(state.dose_m2_per_s3 / kDay_s));
}

float dose_gain(const ExposureState& state, const ExposureParams& params) noexcept {
  const double share = state.dose_m2_per_s3 / (square(params.most_a8_m_per_s2) * kDay_s);
  const double left = (1 - share) / (1 - params.eased_from);
  return static_cast<float>(std::sqrt(std::clamp(left, 0.0, 1.0)));
}

float heat_gain(const ExposureState& state, const ExposureParams& params,
                std::size_t actuator) noexcept {
  const float skin_C = params.skin_C + state.warmth_K[actuator];
  return std::clamp((params.hottest_C - skin_C) / (params.hottest_C - params.eased_C), 0.0f, 1.0f);
}

}  // namespace tactus
