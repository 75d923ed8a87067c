#include "tactus/touch/actuate.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tactus {
namespace {

constexpr float kFrame_s = 0.001f;
constexpr double kSample_s = 1.0 / kActuatorRate_Hz;
constexpr float kMostLoad = 1.3f;  // a lasting full strength may still be braked from
constexpr double kRest = 1e-4;     // strength that nobody feels

using Drive = std::array<float, kFrameSamples>;

/// The most that the actuator may be given now.
float most_drive(const ActuatorState& state, const ActuatorParams& params) {
  return state.load < kMostLoad ? params.overdrive : 1.0f;
}

/// The drive that brings a first-order lag from `reached` to `wanted` in one frame, or as near as
/// it can.
float hasten(float reached, float wanted, float kept, float most) {
  return std::clamp((wanted - kept * reached) / (1 - kept), -most, most);
}

/// Strength follows the drive's with the lag Q / (π f). The push goes with the modelled mass's own
/// speed, which is in phase with the force at resonance, or against it to brake.
Drive drive_lra(ActuatorState& state, const ActuatorParams& params, float strength) {
  const auto q = static_cast<double>(params.q);
  const double omega = 2 * std::numbers::pi * static_cast<double>(params.resonance_Hz);
  const auto kept = static_cast<float>(std::exp(-kFrame_s * omega / (2 * q)));
  const double damping = omega / (2 * q), ringing = std::sqrt(omega * omega - damping * damping);
  const double decay = std::exp(-damping * kSample_s);
  const double c = decay * std::cos(ringing * kSample_s);
  const double s = decay * std::sin(ringing * kSample_s) / ringing;
  const float most = most_drive(state, params);
  auto& [x, v] = state.mass;  // of the steady tone's amplitude at rated drive; v over ω
  Drive drive;
  for (float& sample : drive) {
    const double reached = std::hypot(x, v);
    const double phase = reached > kRest ? v / reached : 1;
    sample = hasten(static_cast<float>(reached), strength, kept, most) * static_cast<float>(phase);
    // The mass under a force that lasts one sample, exactly.
    const double rest = static_cast<double>(sample) / q, from = x - rest;
    x = rest + (c + damping * s) * from + s * omega * v;
    v = (c - damping * s) * v - s * omega * from;
  }
  if (strength == 0 && std::hypot(x, v) < kRest) state.mass = {};
  return drive;
}

/// A spinning mass shakes with the square of its speed.
Drive drive_erm(ActuatorState& state, const ActuatorParams& params, float strength) {
  const float kept = std::exp(-kFrame_s / params.rise_s);
  const float push = hasten(state.speed, std::sqrt(strength), kept, most_drive(state, params));
  state.speed = kept * state.speed + (1 - kept) * push;
  Drive drive;
  drive.fill(push);
  return drive;
}

/// The inverse of s² / (s² + ω₀ s / Q + ω₀²), which is what a coil or piezo makes of its drive,
/// times a high pass of the same order at `least_Hz`: made bilinear, it is one biquad.
Drive equalise(ActuatorState& state, const ActuatorParams& params,
               const std::array<float, kFrameSamples>& wave) {
  const double k = 2.0 * kActuatorRate_Hz;
  const double own = 2 * std::numbers::pi * static_cast<double>(params.resonance_Hz);
  const double least = 2 * std::numbers::pi * static_cast<double>(params.least_Hz);
  const double a0 = k * k + std::numbers::sqrt2 * least * k + least * least;
  const double b0 = (k * k + own / static_cast<double>(params.q) * k + own * own) / a0;
  const double b1 = 2 * (own * own - k * k) / a0;
  const double b2 = (k * k - own / static_cast<double>(params.q) * k + own * own) / a0;
  const double a1 = 2 * (least * least - k * k) / a0;
  const double a2 = (k * k - std::numbers::sqrt2 * least * k + least * least) / a0;
  Drive drive;
  const float most = most_drive(state, params);
  const float spared = state.load < 1 ? 1.0f : 1 / (state.load * state.load);
  auto& [z1, z2] = state.equaliser;
  for (std::size_t n = 0; n < kFrameSamples; ++n) {
    const auto x = static_cast<double>(wave[n]);
    const double y = b0 * x + z1;
    z1 = b1 * x - a1 * y + z2;
    z2 = b2 * x - a2 * y;
    drive[n] = spared * std::clamp(static_cast<float>(y), -most, most);
  }
  return drive;
}

Drive drive_kind(ActuatorState& state, const ActuatorParams& params, const TactileFrame& safe,
                 std::size_t actuator) {
  switch (params.kind) {
    case ActuatorKind::Lra:
      return drive_lra(state, params, safe.envelope[actuator]);
    case ActuatorKind::Erm:
      return drive_erm(state, params, safe.envelope[actuator]);
    case ActuatorKind::VoiceCoil:
    case ActuatorKind::Piezo:
      break;
  }
  return equalise(state, params, safe.wave[actuator]);
}

}  // namespace

Drive actuate(ActuatorState& state, const ActuatorParams& params, const TactileFrame& safe,
              std::size_t actuator) noexcept {
  Drive drive = drive_kind(state, params, safe, actuator);
  float power = 0;
  for (const float sample : drive) power += sample * sample;
  power /= kFrameSamples * (params.kind == ActuatorKind::Erm ? 1.0f : 0.5f);
  state.load += kFrame_s / params.load_s * (power - state.load);
  if (params.kind == ActuatorKind::Piezo) {
    for (float& sample : drive) sample = 0.5f * (sample + params.overdrive);
  }
  return drive;
}

}  // namespace tactus
