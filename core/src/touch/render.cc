#include "tactus/touch/render.h"

#include <algorithm>
#include <cmath>

namespace tactus {
namespace {

constexpr float kFrame_s = 0.001f;
constexpr float kNothing = 1e-8f;  // power of a drive of 0.0001, 40 dB below what is felt

/// Of the actuator that gives most of a patch.
const ActuatorResponse& response_of(const RenderParams& params, std::size_t patch) {
  return params.response[params.phantoms[patch][0].actuator];
}

const MaterialFeel& feel_of(const RenderParams& params, Material material) {
  const auto m = static_cast<std::size_t>(material);
  return params.feel[m < kMaterials ? m : 0];
}

/// Starts the voice's onset, unless the contact only flickered.
void begin(Voice& voice, const RenderParams& params, const MaterialFeel& feel,
           const Contact& contact, HostTime t) {
  const ActuatorResponse& response = response_of(params, contact.actuator);
  const bool struck = contact.approach_m_per_s > params.strike_m_per_s;
  const bool rested = !voice.played || t - voice.t_last >= params.rearm;
  if (struck || rested) {
    voice.onset = params.least_onset + feel.onset_gain_s_per_m * contact.approach_m_per_s;
    voice.onset = std::min(voice.onset, params.peak);
  }
  if (rested) {
    voice.pressure = voice.used_to = voice.speed_m_per_s = 0;
    voice.strokes = false;
  }
  voice.freshness = 1;
  voice.depth_m = contact.depth_m;
  voice.leaving_m_per_s = 0;
  if (!(voice.amplitude > 0)) {
    voice.phase_turns = 0;
    voice.amplitude = std::min(voice.onset * equal_drive(response, feel.onset_Hz), params.peak) *
                      contact.presence;
  }
  voice.t_since = contact.t_since;
  voice.touching = true;
  voice.played = true;
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

/// How much a stroke at this speed is favoured: Löken et al. 2009 (doi 10.1038/nn.2312), nerves of
/// hairy skin answer most to 1 to 10 cm/s.
float favour(const RenderParams& params, float speed_m_per_s) {
  const float decades =
      std::log10(speed_m_per_s / params.tenderest_m_per_s) / params.tender_decades;
  return std::exp(-0.5f * decades * decades);
}

/// Amplitude of a stroke at the smoothed speed; what let go to begin it is an onset.
float stroke(Voice& voice, const RenderParams& params, const MaterialFeel& feel,
             const Contact& contact) {
  follow(voice.speed_m_per_s, length(contact.v_slip_world), params.slip_settle_s);
  const float speed = voice.speed_m_per_s;
  const float moving = speed - params.least_slip_m_per_s;
  if (!(moving > 0)) {
    voice.strokes = voice.strokes && speed > 0.5f * params.least_slip_m_per_s;
    return 0;
  }
  if (!voice.strokes) {
    const float grip = feel.slip_gain_per_N * length(contact.drag_world_N);
    voice.onset = std::min(voice.onset + grip, params.peak);
  }
  voice.strokes = true;
  return feel.stroke_gain * std::pow(contact.force_N, 0.4f) * std::pow(moving / 0.1f, 0.6f) *
         (1 + feel.tenderness * favour(params, speed));
}

/// A tone from the voice's amplitude straight to `amplitude`.
void sound(Voice& voice, float amplitude, float frequency_Hz, Signal& signal) {
  const float step_turns = frequency_Hz / static_cast<float>(kActuatorRate_Hz);
  for (std::size_t n = 0; n < kFrameSamples; ++n) {
    voice.phase_turns += step_turns;
    voice.phase_turns -= std::floor(voice.phase_turns);
    const float part = static_cast<float>(n + 1) / static_cast<float>(kFrameSamples);
    const float now = voice.amplitude + part * (amplitude - voice.amplitude);
    signal.sine[n] += now * std::sin(2 * kPi * voice.phase_turns);
    signal.cosine[n] += now * std::cos(2 * kPi * voice.phase_turns);
  }
  const float most = std::max(voice.amplitude, amplitude);
  signal.power += most * most;
  signal.power_Hz += most * most * frequency_Hz;
  voice.amplitude = amplitude;
  voice.frequency_Hz = frequency_Hz;
}

float pitch(const Voice& voice, const RenderParams& params, const MaterialFeel& feel) {
  return std::clamp(voice.speed_m_per_s / feel.stroke_period_m, params.stroke_band.least_Hz,
                    params.stroke_band.most_Hz);
}

/// Advances onset, pressure and stroke by one frame.
void play(Voice& voice, const RenderParams& params, const Contact& contact, Signal& signal) {
  const MaterialFeel& feel = feel_of(params, contact.material);
  const ActuatorResponse& response = response_of(params, contact.actuator);
  follow(voice.leaving_m_per_s, (voice.depth_m - contact.depth_m) / kFrame_s,
         params.leaving_settle_s);
  voice.depth_m = contact.depth_m;
  voice.presence = contact.presence;
  voice.onset *= std::exp(-feel.onset_decay_per_s * kFrame_s);
  const float change = change_of_pressure(voice, params, contact.force_N);
  const float stroked = stroke(voice, params, feel, contact);
  const bool fresh = change > 0 || stroked > 0;
  voice.freshness = fresh ? 1 : std::max(0.0f, voice.freshness - kFrame_s / params.stays_s);
  const float pressed =
      std::max(0.0f, params.felt * voice.freshness - stroked) + params.pressure_gain * change;
  // The one tone has the mean frequency of onset and pressure by power.
  const float power[2] = {voice.onset * voice.onset, pressed * pressed};
  const float sum = power[0] + power[1];
  const bool sounds = sum > kNothing;
  const float frequency_Hz =
      sounds ? (power[0] * feel.onset_Hz + power[1] * feel.pressure_Hz) / sum : voice.frequency_Hz;
  const float drive = sounds ? (voice.onset + pressed) * equal_drive(response, frequency_Hz) : 0.0f;
  const float tone = std::min(drive, params.peak) * contact.presence;
  if (tone > 0 || voice.amplitude > 0) sound(voice, tone, frequency_Hz, signal);
  const float texture = stroked * contact.presence;
  if (texture > 0 || !voice.texture.silent()) {
    add_texture(voice.texture, feel.texture, params.stroke_band, response, texture,
                pitch(voice, params, feel), signal);
  }
}

/// The contact is over: a straight line to zero. Skin that is left fast says so.
void fade(Voice& voice, const RenderParams& params, std::size_t patch, Signal& signal) {
  const MaterialFeel& feel = feel_of(params, voice.material);
  if (voice.touching) {
    voice.touching = false;
    voice.onset = 0;
    voice.releasing = std::max(1.0f, static_cast<float>(seconds(params.release)) / kFrame_s);
    const float torn = params.release_share * feel.onset_gain_s_per_m * voice.leaving_m_per_s *
                       equal_drive(response_of(params, patch), voice.frequency_Hz) * voice.presence;
    voice.release_from = std::clamp(torn, voice.amplitude, std::max(params.peak, voice.amplitude));
  }
  if (!(voice.releasing > 0)) return;
  const float left = std::max(0.0f, voice.releasing - 1);
  voice.release_from *= left / voice.releasing;
  if (voice.amplitude > 0 || voice.release_from > 0) {
    sound(voice, voice.release_from, voice.frequency_Hz, signal);
  }
  if (!voice.texture.silent()) {
    fade_texture(voice.texture, left / voice.releasing, pitch(voice, params, feel), signal);
  }
  voice.releasing = left;
}

using Touched = std::array<const Contact*, kPatches>;

Touched touched(Hand hand, std::span<const Contact> contacts) {
  Touched touched{};
  for (const Contact& contact : contacts) {
    if (contact.hand == hand && contact.actuator < kPatches && contact.presence > 0) {
      touched[contact.actuator] = &contact;
    }
  }
  return touched;
}

/// Advances how far each actuator's phantoms give way to what it feels itself.
void give_way(RenderState& state, const RenderParams& params, const Touched& touched,
              const TimeToTouch& own) {
  for (std::size_t a = 0; a < kActuators; ++a) {
    const bool soon = own[a] < params.ahead_s;
    const float moved =
        state.taken[a] + (soon ? kFrame_s / params.give_way_s : -kFrame_s / params.come_back_s);
    state.taken[a] = touched[a] != nullptr ? 1.0f : std::clamp(moved, 0.0f, 1.0f);
  }
}

/// The share of a phantom that its actuators leave to it.
float room(const RenderState& state, const RenderParams& params, std::size_t patch) {
  float taken = 0;
  for (const PhantomShare& share : params.phantoms[patch]) {
    taken = std::max(taken, state.taken[share.actuator]);
  }
  return 1 - taken;
}

/// The gain of one of a patch's actuators, by how much more drive than the first it needs to feel as
/// strong at this pitch.
float evened(const RenderParams& params, const Phantom& phantom, const PhantomShare& share,
             float pitch_Hz) {
  if (share.actuator == phantom[0].actuator) return share.gain;
  return share.gain * equal_drive(params.response[share.actuator], pitch_Hz) /
         equal_drive(params.response[phantom[0].actuator], pitch_Hz);
}

}  // namespace

TactileFrame render(RenderState& state, const RenderParams& params, Hand hand,
                    std::span<const Contact> contacts, HostTime t,
                    const TimeToTouch& own) noexcept {
  const Touched contact_of = touched(hand, contacts);
  give_way(state, params, contact_of, own);
  TactileFrame frame;
  frame.t = t;
  frame.hand = hand;
  std::array<Signal, kActuators> signals{};
  for (std::size_t p = 0; p < kPatches; ++p) {
    if (params.phantoms[p].empty()) continue;
    Voice& voice = state.voices[p];
    Signal signal;
    if (const Contact* contact = contact_of[p]; contact != nullptr) {
      Contact felt = *contact;
      if (p >= kActuators) felt.presence *= room(state, params, p);
      if (!voice.touching || voice.t_since != felt.t_since) {
        begin(voice, params, feel_of(params, felt.material), felt, t);
      }
      voice.t_last = t;
      voice.material = felt.material;
      play(voice, params, felt, signal);
    } else {
      fade(voice, params, p, signal);
    }
    if (!(signal.power > 0)) continue;
    const Phantom& phantom = params.phantoms[p];
    for (const PhantomShare& share : phantom) {
      signals[share.actuator].add(evened(params, phantom, share, signal.power_Hz / signal.power),
                                  signal);
    }
  }
  for (std::size_t a = 0; a < kActuators; ++a) signals[a].write(params.peak, a, frame);
  return frame;
}

}  // namespace tactus
