#include "tactus/service/haptic.h"

#include <algorithm>
#include <cmath>
#include <span>

namespace tactus::service {
namespace {

constexpr float kTurn_rad = 2 * kPi;

/// Of a curve spread evenly over the effect; past its end nothing.
float amplitude_at(const HapticState& state, Duration since) noexcept {
  if (since < Duration::zero() || since >= state.duration) return 0;
  if (state.form == ipc::HapticForm::Tone || state.point_count == 1) return state.amplitude;
  const auto at = static_cast<float>(static_cast<double>(since.count()) /
                                     static_cast<double>(state.duration.count()) *
                                     static_cast<double>(state.point_count - 1));
  const auto i = std::min(static_cast<std::uint32_t>(at), state.point_count - 2);
  return std::lerp(state.points[i], state.points[i + 1], at - static_cast<float>(i));
}

void synthesize(HapticState& state, HostTime t, std::array<float, kFrameSamples>& wave) noexcept {
  constexpr Duration kSample = kFramePeriod / static_cast<int>(kFrameSamples);
  for (std::size_t i = 0; i < kFrameSamples; ++i) {
    const Duration since = t - state.t_start + static_cast<int>(i) * kSample;
    wave[i] = amplitude_at(state, since) * std::sin(kTurn_rad * state.phase_turns);
    state.phase_turns += state.frequency_Hz / static_cast<float>(kActuatorRate_Hz);
    state.phase_turns -= std::floor(state.phase_turns);
  }
  if (t - state.t_start >= state.duration) state.form = ipc::HapticForm::Stop;
}

void take_samples(HapticState& state, std::array<float, kFrameSamples>& wave) noexcept {
  for (float& sample : wave) {
    if (state.queue_size == 0) break;
    sample = state.queue[state.queue_begin];
    state.queue_begin = (state.queue_begin + 1) % kHapticQueue;
    --state.queue_size;
  }
  if (state.queue_size == 0) state.form = ipc::HapticForm::Stop;
}

void add_samples(HapticState& state, std::span<const float> samples) noexcept {
  for (const float sample : samples) {
    if (state.queue_size == kHapticQueue) return;
    state.queue[(state.queue_begin + state.queue_size++) % kHapticQueue] = sample;
  }
}

bool is_curve(ipc::HapticForm form) noexcept { return form >= ipc::HapticForm::Amplitudes; }

/// More of what plays, or the beginning of it. What belongs to none that plays is too late.
void begin_curve(HapticState& state, const ipc::Haptic& said, std::span<const float> points,
                 HostTime now) noexcept {
  if (said.append == 0) {
    begin(state.curve, now);
    state.form = ipc::HapticForm::Amplitudes;
  }
  if (state.form != ipc::HapticForm::Amplitudes) return;
  add(state.curve, said.form, points, Duration(said.duration_ns), now);
}

/// The whole hand plays `wave`, beside what each actuator does already.
void mix(const std::array<float, kFrameSamples>& wave, float envelope, float frequency_Hz,
         TactileFrame& frame) noexcept {
  for (std::size_t a = 0; a < kActuators; ++a) {
    for (std::size_t i = 0; i < kFrameSamples; ++i) frame.wave[a][i] += kHandWeights[a] * wave[i];
    const float louder = kHandWeights[a] * envelope;
    if (louder <= frame.envelope[a]) continue;
    frame.envelope[a] = louder;
    frame.frequency_Hz[a] = frequency_Hz;
  }
}

}  // namespace

bool is_sound(const HapticEffect& effect) noexcept {
  const ipc::Haptic& said = effect.said;
  const auto is_drive = [](float value, float least) { return value >= least && value <= 1.0f; };
  const bool has_points =
      said.form == ipc::HapticForm::Envelope || said.form >= ipc::HapticForm::Samples;
  if (said.hands == 0 || said.hands > 3 || said.form > ipc::HapticForm::Clicks) return false;
  if (said.count > effect.points.size() || has_points != (said.count > 0)) return false;
  if (!is_drive(said.amplitude, 0) || !std::isfinite(said.frequency_Hz) || said.duration_ns < 0) {
    return false;
  }
  if (is_curve(said.form)) {
    const bool is_first = said.form == ipc::HapticForm::Amplitudes;
    return (is_first || said.append != 0) &&
           are_curve_points(said.form, std::span(effect.points).first(said.count));
  }
  const float least = said.form == ipc::HapticForm::Samples ? -1.0f : 0.0f;
  return std::all_of(effect.points.begin(), effect.points.begin() + said.count,
                     [&](float value) { return is_drive(value, least); });
}

void begin(HapticState& state, const HapticEffect& effect, HostTime now) noexcept {
  const ipc::Haptic& said = effect.said;
  if (is_curve(said.form)) {
    return begin_curve(state, said, std::span(effect.points).first(said.count), now);
  }
  const bool joins = said.form == ipc::HapticForm::Samples && said.append != 0 &&
                     state.form == ipc::HapticForm::Samples;
  if (!joins) state.queue_begin = state.queue_size = 0;
  state.form = said.form;
  if (said.form == ipc::HapticForm::Samples) {
    add_samples(state, std::span(effect.points).first(said.count));
    return;
  }
  state.t_start = now;
  state.duration = std::min(Duration(said.duration_ns), kLongestHaptic);
  state.amplitude = said.form == ipc::HapticForm::Envelope ? effect.points[0] : said.amplitude;
  const float wanted_Hz = said.frequency_Hz > 0 ? said.frequency_Hz : kDefaultHaptic_Hz;
  state.frequency_Hz = std::clamp(wanted_Hz, ipc::kLeastHaptic_Hz, ipc::kMostHaptic_Hz);
  state.phase_turns = 0;
  state.point_count = said.count;
  state.points = effect.points;
}

bool play(HapticState& state, TactileFrame& frame) noexcept {
  if (state.form == ipc::HapticForm::Stop) return false;
  std::array<float, kFrameSamples> wave{};
  float envelope = 0;
  if (state.form == ipc::HapticForm::Samples) {
    take_samples(state, wave);
    for (const float sample : wave) envelope = std::max(envelope, std::fabs(sample));
    mix(wave, envelope, kDefaultHaptic_Hz, frame);
    return true;
  }
  if (state.form == ipc::HapticForm::Amplitudes) {
    CurveSound sound;
    if (!play(state.curve, frame.t, sound)) {
      state.form = ipc::HapticForm::Stop;
      return false;
    }
    mix(sound.wave, sound.envelope, sound.frequency_Hz, frame);
    return true;
  }
  envelope = amplitude_at(state, frame.t - state.t_start);
  synthesize(state, frame.t, wave);
  mix(wave, envelope, state.frequency_Hz, frame);
  return true;
}

}  // namespace tactus::service
