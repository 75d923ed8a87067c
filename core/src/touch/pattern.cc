#include "tactus/touch/pattern.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace tactus {
namespace {

constexpr double kSample_s = 1.0 / kActuatorRate_Hz;
constexpr double kFrame_s = kSample_s * kFrameSamples;
constexpr double kMost_Hz = 0.5 * kActuatorRate_Hz;

bool within(double value, double low, double high) { return value >= low && value <= high; }

bool is_curve(std::span<const PatternPoint> points, double highest) {
  double t_last_s = 0;
  for (const PatternPoint& point : points) {
    if (!within(point.t_s, t_last_s, kLongestPattern_s) ||
        !within(point.value, -highest, highest) ||
        !within(point.turns, 0, kLongestPattern_s * kMost_Hz)) {
      return false;
    }
    t_last_s = point.t_s;
  }
  return true;
}

std::span<const PatternPoint> amplitudes_of(const PatternView& view, const PatternVoice& voice) {
  return view.points.subspan(voice.first_amplitude, voice.amplitudes);
}

std::span<const PatternPoint> frequencies_of(const PatternView& view, const PatternVoice& voice) {
  return view.points.subspan(voice.first_frequency, voice.frequencies);
}

bool is_sound(const PatternView& view, const PatternVoice& voice) {
  const std::uint64_t size = view.points.size();
  const bool direct = voice.shape == PatternShape::Direct;
  return within(voice.t_start_s, 0, kLongestPattern_s) &&
         within(voice.duration_s, 0, kLongestPattern_s) && within(voice.phase_turns, 0, 1) &&
         static_cast<std::size_t>(voice.shape) < kPatternShapes && voice.amplitudes > 0 &&
         std::uint64_t{voice.first_amplitude} + voice.amplitudes <= size &&
         std::uint64_t{voice.first_frequency} + voice.frequencies <= size &&
         (voice.frequencies > 0 || direct) && is_curve(amplitudes_of(view, voice), 1) &&
         is_curve(frequencies_of(view, voice), kMost_Hz) &&
         std::ranges::all_of(frequencies_of(view, voice),
                             [](const PatternPoint& point) { return point.value >= 0; });
}

/// Drops what is over at `t_s` and takes up what begins before `until_s`. False: no room.
bool update(PatternState& state, std::span<const PatternVoice> voices, double t_s, double until_s) {
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < state.sounding; ++i) {
    const PatternVoice& voice = voices[state.voices[i]];
    if (voice.t_start_s + voice.duration_s > t_s) state.voices[kept++] = state.voices[i];
  }
  state.sounding = kept;
  while (state.next_voice < voices.size() && voices[state.next_voice].t_start_s < until_s) {
    const PatternVoice& voice = voices[state.next_voice];
    if (voice.t_start_s + voice.duration_s > t_s) {
      if (state.sounding == kMaxVoicesAtOnce) return false;
      state.voices[state.sounding++] = state.next_voice;
    }
    ++state.next_voice;
  }
  return true;
}

/// The index of the last point at or before `t_s`, or of the first.
std::size_t point_before(std::span<const PatternPoint> points, double t_s) {
  const auto after = std::ranges::upper_bound(points, t_s, {}, &PatternPoint::t_s);
  return after == points.begin() ? 0 : static_cast<std::size_t>(after - points.begin()) - 1;
}

struct CurveValue {
  double value = 0;
  double turns = 0;
};

/// Straight between points, held outside; turns are the integral of the value.
CurveValue value_at(std::span<const PatternPoint> points, double t_s) {
  const std::size_t i = point_before(points, t_s);
  const PatternPoint& a = points[i];
  const double past_s = t_s - a.t_s;
  if (past_s <= 0 || i + 1 == points.size()) {
    return {a.value, std::max(0.0, a.turns + past_s * a.value)};
  }
  const PatternPoint& b = points[i + 1];
  const double slope = (b.value - a.value) / (b.t_s - a.t_s);
  return {a.value + slope * past_s, a.turns + past_s * (a.value + 0.5 * slope * past_s)};
}

/// One period, [-1, 1], begins at zero rising where it can.
double wave_at(PatternShape shape, double turns) {
  const double part = turns - std::floor(turns);
  switch (shape) {
    case PatternShape::Square:
      return part < 0.5 ? 1 : -1;
    case PatternShape::Triangle:
      return part < 0.25 ? 4 * part : part < 0.75 ? 2 - 4 * part : 4 * part - 4;
    case PatternShape::SawUp:
      return part < 0.5 ? 2 * part : 2 * part - 2;
    case PatternShape::SawDown:
      return part < 0.5 ? -2 * part : 2 - 2 * part;
    case PatternShape::Direct:
      return 1;
    case PatternShape::Sine:
      break;
  }
  return std::sin(2 * static_cast<double>(kPi) * part);
}

/// One voice's millisecond, and the tone that a device without a waveform would play.
struct VoiceFrame {
  std::array<float, kFrameSamples> wave{};
  float envelope = 0;
  float frequency_Hz = 0;
};

VoiceFrame sound(const PatternView& view, const PatternVoice& voice, double t_s) {
  VoiceFrame frame;
  const auto amplitudes = amplitudes_of(view, voice);
  const auto frequencies = frequencies_of(view, voice);
  double frequency_Hz = 0;
  for (std::size_t n = 0; n < kFrameSamples; ++n) {
    const double at_s = t_s + static_cast<double>(n) * kSample_s - voice.t_start_s;
    if (at_s < 0 || at_s >= voice.duration_s) continue;
    const double amplitude = value_at(amplitudes, at_s).value;
    const CurveValue tone = frequencies.empty() ? CurveValue{} : value_at(frequencies, at_s);
    frame.wave[n] =
        static_cast<float>(amplitude * wave_at(voice.shape, voice.phase_turns + tone.turns));
    frame.envelope = std::max(frame.envelope, static_cast<float>(std::abs(amplitude)));
    frequency_Hz = tone.value;
  }
  frame.frequency_Hz = static_cast<float>(frequency_Hz);
  return frame;
}

/// Adds a voice to what an actuator plays: the tone beside it is the mean by power.
void mix(const VoiceFrame& voice, float weight, std::size_t a, TactileFrame& frame) {
  for (std::size_t n = 0; n < kFrameSamples; ++n) frame.wave[a][n] += weight * voice.wave[n];
  const float added = weight * voice.envelope;
  const float power = frame.envelope[a] * frame.envelope[a] + added * added;
  if (!(power > 0)) return;
  frame.frequency_Hz[a] = (frame.envelope[a] * frame.envelope[a] * frame.frequency_Hz[a] +
                           added * added * voice.frequency_Hz) /
                          power;
  frame.envelope[a] = std::min(1.0f, std::sqrt(power));
}

/// How much each actuator takes part by touching.
std::array<float, kActuators> touched(const PatternHeader& header, const ContactSet& contacts,
                                      Hand hand) {
  std::array<float, kActuators> weight{};
  for (const Contact& contact : contacts) {
    if (contact.hand != hand || contact.actuator >= kActuators) continue;
    if (header.region != 0 && static_cast<std::uint32_t>(contact.region) != header.region) continue;
    weight[contact.actuator] = std::max(weight[contact.actuator], contact.presence);
  }
  return weight;
}

}  // namespace

Expected<PatternView, PatternFault> view_pattern(std::span<const std::byte> bytes) noexcept {
  PatternView view;
  if (bytes.size() < sizeof(PatternHeader)) return Unexpected{PatternFault::CutShort};
  std::memcpy(&view.header, bytes.data(), sizeof(PatternHeader));
  const PatternHeader& header = view.header;
  if (header.magic != kPatternMagic ||
      reinterpret_cast<std::uintptr_t>(bytes.data()) % alignof(PatternVoice) != 0) {
    return Unexpected{PatternFault::NotAPattern};
  }
  if (header.voice_count > kMaxPatternVoices || header.point_count > kMaxPatternPoints ||
      bytes.size() != sizeof(PatternHeader) + header.voice_count * sizeof(PatternVoice) +
                          header.point_count * sizeof(PatternPoint)) {
    return Unexpected{PatternFault::CutShort};
  }
  const std::byte* const voices = bytes.data() + sizeof(PatternHeader);
  view.voices = {reinterpret_cast<const PatternVoice*>(voices), header.voice_count};
  view.points = {reinterpret_cast<const PatternPoint*>(voices + view.voices.size_bytes()),
                 header.point_count};
  if (header.aim > PatternAim::Contacts || header.region >= kRegions ||
      !within(header.duration_s, 0, kLongestPattern_s) ||
      !std::ranges::is_sorted(view.voices, {}, &PatternVoice::t_start_s) ||
      !std::ranges::all_of(view.voices,
                           [&](const PatternVoice& voice) { return is_sound(view, voice); })) {
    return Unexpected{PatternFault::NotSound};
  }
  // As densely as it will be played: whatever sounds within one frame sounds together.
  PatternState state;
  for (const PatternVoice& voice : view.voices) {
    if (!update(state, view.voices, voice.t_start_s - kFrame_s, voice.t_start_s + kFrame_s)) {
      return Unexpected{PatternFault::TooDense};
    }
  }
  return view;
}

void start(PatternState& state, HostTime t) noexcept {
  state = {};
  state.t_start = t;
}

bool play(PatternState& state, const PatternView& pattern, const ContactSet& contacts,
          TactileFrame& frame) noexcept {
  const double t_s = seconds(frame.t - state.t_start);
  if (t_s < 0) return true;
  static_cast<void>(update(state, pattern.voices, t_s, t_s + kFrame_s));
  if (state.sounding == 0 && t_s >= pattern.header.duration_s &&
      state.next_voice == pattern.voices.size()) {
    return false;
  }
  const bool follows = pattern.header.aim == PatternAim::Contacts;
  const auto weights =
      follows ? touched(pattern.header, contacts, frame.hand) : std::array<float, kActuators>{};
  for (std::uint32_t i = 0; i < state.sounding; ++i) {
    const PatternVoice& voice = pattern.voices[state.voices[i]];
    const std::uint32_t actuators = voice.actuators[index(frame.hand)];
    if (!follows && actuators == 0) continue;
    const VoiceFrame sounded = sound(pattern, voice, t_s);
    for (std::size_t a = 0; a < kActuators; ++a) {
      const float weight = follows ? weights[a] : static_cast<float>(actuators >> a & 1u);
      if (weight > 0) mix(sounded, weight, a, frame);
    }
  }
  return true;
}

}  // namespace tactus
