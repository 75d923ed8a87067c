#include "tactus/touch/render.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

constexpr float kFrame_s = 0.001f;
constexpr float kNothing = 1e-8f;  // power of a drive of 0.0001, 40 dB below what is felt

/// What a voice shall play at the end of this frame.
struct Wanted {
  float amplitude = 0;
  float frequency_Hz = 0;
};

const MaterialFeel& feel_of(const RenderParams& params, Material material) {
  const auto m = static_cast<std::size_t>(material);
  return params.feel[m < kMaterials ? m : 0];
}

/// Starts the voice's onset, unless the contact only flickered.
void begin(Voice& voice, const RenderParams& params, const MaterialFeel& feel,
           const Contact& contact, HostTime t) {
  const ActuatorResponse& response = params.response[contact.actuator];
  const bool struck = contact.approach_m_per_s > params.strike_m_per_s;
  const bool rested = !voice.played || t - voice.t_last >= params.rearm;
  if (struck || rested) {
    voice.onset = params.least_onset + feel.onset_gain_s_per_m * contact.approach_m_per_s;
    voice.onset = std::min(voice.onset, params.peak);
  }
  if (rested) voice.pressure = voice.used_to = voice.speed_m_per_s = 0;
  voice.freshness = 1;
  if (!(voice.amplitude > 0)) {
    voice.phase_turns = 0;
    voice.amplitude = std::min(voice.onset * equal_drive(response, feel.onset_Hz), params.peak) *
                      contact.presence;
  }
  voice.t_since = contact.t_since;
  voice.touching = true;
  voice.played = true;
}

float stroke_amplitude(const RenderParams& params, const MaterialFeel& feel, float force_N,
                       float speed_m_per_s) {
  const float moving = speed_m_per_s - params.least_slip_m_per_s;
  if (!(moving > 0)) return 0;
  return feel.stroke_gain * std::pow(force_N, 0.4f) * std::pow(moving / 0.1f, 0.6f);
}

void follow(float& value, float to, float time_s) {
  value += kFrame_s / (kFrame_s + time_s) * (to - value);
}

/// How far the pressure is from what the skin is used to, of a firm press's.
float change_of_pressure(Voice& voice, const RenderParams& params, float force_N) {
  follow(voice.pressure, 1.0f - std::exp(-force_N / params.pressure_scale_N), params.settle_s);
  follow(voice.used_to, voice.pressure, params.pressure_fade_s);
  return std::max(0.0f, std::fabs(voice.pressure - voice.used_to) - params.least_change);
}

/// Advances onset, pressure and stroke by one frame and mixes them.
Wanted advance(Voice& voice, const RenderParams& params, const Contact& contact) {
  const MaterialFeel& feel = feel_of(params, contact.material);
  voice.onset *= std::exp(-feel.onset_decay_per_s * kFrame_s);
  const float change = change_of_pressure(voice, params, contact.force_N);
  follow(voice.speed_m_per_s, length(contact.v_slip_world), params.slip_settle_s);
  const float speed = voice.speed_m_per_s;
  const float stroke = stroke_amplitude(params, feel, contact.force_N, speed);
  const bool fresh = change > 0 || stroke > 0;
  voice.freshness = fresh ? 1 : std::max(0.0f, voice.freshness - kFrame_s / params.stays_s);
  const float lasting = params.felt * voice.freshness + params.pressure_gain * change;
  const float stroke_Hz =
      std::clamp(speed / feel.stroke_period_m, params.least_stroke_Hz, params.most_stroke_Hz);
  // The one oscillator plays the components' mean frequency by power.
  const float power[3] = {voice.onset * voice.onset, lasting * lasting, stroke * stroke};
  const float sum = power[0] + power[1] + power[2];
  if (!(sum > kNothing)) return {0, voice.frequency_Hz};
  const float frequency_Hz =
      (power[0] * feel.onset_Hz + power[1] * feel.pressure_Hz + power[2] * stroke_Hz) / sum;
  const float drive = (voice.onset + lasting + stroke) *
                      equal_drive(params.response[contact.actuator], frequency_Hz);
  return {std::min(drive, params.peak) * contact.presence, frequency_Hz};
}

/// The contact is over: a straight line to zero.
Wanted fade(Voice& voice, const RenderParams& params) {
  if (voice.touching) {
    const float frames = std::max(1.0f, static_cast<float>(seconds(params.release)) / kFrame_s);
    voice.release_step = voice.amplitude / frames;
    voice.touching = false;
    voice.onset = 0;
  }
  const float left = voice.amplitude - voice.release_step;
  return {left > 0.01f * voice.release_step ? left : 0.0f, voice.frequency_Hz};
}

/// Eight samples with the amplitude going straight from the last frame's to the wanted.
void synthesise(Voice& voice, const Wanted& wanted, std::size_t actuator, TactileFrame& frame) {
  const float from = voice.amplitude;
  const float step_turns = wanted.frequency_Hz / static_cast<float>(kActuatorRate_Hz);
  for (std::size_t n = 0; n < kFrameSamples; ++n) {
    voice.phase_turns += step_turns;
    voice.phase_turns -= std::floor(voice.phase_turns);
    const float part = static_cast<float>(n + 1) / static_cast<float>(kFrameSamples);
    const float amplitude = from + part * (wanted.amplitude - from);
    frame.wave[actuator][n] = amplitude * std::sin(2 * kPi * voice.phase_turns);
  }
  frame.envelope[actuator] = std::max(from, wanted.amplitude);
  frame.frequency_Hz[actuator] = wanted.frequency_Hz;
  voice.amplitude = wanted.amplitude;
  voice.frequency_Hz = wanted.frequency_Hz;
}

}  // namespace

TactileFrame render(RenderState& state, const RenderParams& params, Hand hand,
                    const ContactSet& contacts, HostTime t) noexcept {
  std::array<const Contact*, kActuators> contact_of{};
  for (const Contact& contact : contacts) {
    if (contact.hand == hand && contact.actuator < kActuators && contact.presence > 0) {
      contact_of[contact.actuator] = &contact;
    }
  }
  TactileFrame frame;
  frame.t = t;
  frame.hand = hand;
  for (std::size_t a = 0; a < kActuators; ++a) {
    Voice& voice = state.voices[a];
    if (const Contact* contact = contact_of[a]; contact != nullptr) {
      if (!voice.touching || voice.t_since != contact->t_since) {
        begin(voice, params, feel_of(params, contact->material), *contact, t);
      }
      voice.t_last = t;
      synthesise(voice, advance(voice, params, *contact), a, frame);
    } else if (voice.amplitude > 0) {
      synthesise(voice, fade(voice, params), a, frame);
    } else {
      voice.touching = false;
    }
  }
  return frame;
}

}  // namespace tactus
