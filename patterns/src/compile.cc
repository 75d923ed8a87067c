#include "tactus/patterns/compile.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>

#include "envelope.h"
#include "tactus/patterns/stroke.h"

namespace tactus::patterns {
namespace {

constexpr double kLeastTone_Hz = 20, kMostTone_Hz = 1000;  ///< what `limit` lets through

using Actuators = Placement::Actuators;

struct NamedActuators {
  std::string_view name;
  std::uint16_t actuators;
};

constexpr std::uint16_t kFingers16 = 0x03FF, kPulps = 0x0155, kPalm = 0xFC00;
constexpr std::array<NamedActuators, 13> kJoints = {{
    {"thumb_tip", actuators_on(HandJoint::ThumbTip)},
    {"index_tip", actuators_on(HandJoint::IndexTip)},
    {"middle_tip", actuators_on(HandJoint::MiddleTip)},
    {"ring_tip", actuators_on(HandJoint::RingTip)},
    {"little_tip", actuators_on(HandJoint::LittleTip)},
    {"index_proximal", actuators_on(HandJoint::IndexProximal)},
    {"middle_proximal", actuators_on(HandJoint::MiddleProximal)},
    {"little_proximal", actuators_on(HandJoint::LittleProximal)},
    {"thumb_metacarpal", actuators_on(HandJoint::ThumbMetacarpal)},
    {"little_metacarpal", actuators_on(HandJoint::LittleMetacarpal)},
    {"palm", actuators_on(HandJoint::Palm)},
    {"fingers", kFingers16},
    {"hand", 0xFFFF},
}};

constexpr std::uint16_t kUnsaid = 0x0004;  ///< the index finger's pulp

/// A glove's motor: five fingers, thumb first, then the wrist, for which the palm's centre stands.
std::uint16_t motor_actuators(int motor) {
  constexpr int kMotorFingers = 5;
  if (motor < 0) return kPulps | kPalm;
  if (motor >= kMotorFingers) return 0x8000;
  return static_cast<std::uint16_t>(1u << (2 * motor));
}

/// Where a track wants to be; nowhere on a hand is all zero.
Actuators wanted(const Place& place) {
  if (place.device == "GloveL") return {motor_actuators(place.motor), 0};
  if (place.device == "GloveR") return {0, motor_actuators(place.motor)};
  Actuators on{};
  const auto add = [&](std::uint32_t part, Hand hand, std::uint16_t actuators) {
    if ((place.body_parts & part) != 0) {
      on[index(hand)] = static_cast<std::uint16_t>(on[index(hand)] | actuators);
    }
  };
  add(kLeftPalm, Hand::Left, kPalm);
  add(kRightPalm, Hand::Right, kPalm);
  add(kLeftFingers, Hand::Left, kPulps);
  add(kRightFingers, Hand::Right, kPulps);
  return on;
}

/// Motors of a garment that is not there, felt in one place: their powers add.
Track flattened(const Pattern& pattern) {
  const Envelope envelope = merge(pattern);
  Track track;
  track.taps = envelope.taps;
  if (envelope.amplitude.empty()) return track;
  Note& note = track.notes.emplace_back();
  note.t_s = envelope.amplitude.front().t_s;
  note.duration_s = envelope.amplitude.back().t_s - note.t_s;
  for (const CurvePoint& p : envelope.amplitude) {
    note.amplitude.push_back({p.t_s - note.t_s, p.value});
  }
  for (const CurvePoint& p : envelope.frequency_Hz) {
    note.frequency_Hz.push_back({std::max(0.0, p.t_s - note.t_s), p.value});
  }
  return track;
}

class Compiler {
 public:
  void add(const Track& track, const Actuators& on);
  [[nodiscard]] std::vector<std::byte> bytes(const Placement& placement, double duration_s);
  [[nodiscard]] bool full() const {
    return voices_.size() > kMaxPatternVoices || points_.size() > kMaxPatternPoints;
  }

 private:
  std::uint32_t here() const { return static_cast<std::uint32_t>(points_.size()); }
  void add_tone(PatternVoice& voice, const std::vector<CurvePoint>& curve);
  void add_tap(const Tap& tap, double gain, const Actuators& on);

  std::vector<PatternVoice> voices_;
  std::vector<PatternPoint> points_;
};

void Compiler::add_tone(PatternVoice& voice, const std::vector<CurvePoint>& curve) {
  voice.first_frequency = here();
  double turns = 0, t_last_s = 0, last_Hz = -1;
  const auto add = [&](double t_s, double hertz) {
    const double tone_Hz = std::clamp(hertz > 0 ? hertz : kOwn_Hz, kLeastTone_Hz, kMostTone_Hz);
    if (last_Hz < 0) last_Hz = tone_Hz;
    turns += (t_s - t_last_s) * 0.5 * (tone_Hz + last_Hz);
    points_.push_back({t_s, tone_Hz, turns});
    t_last_s = t_s;
    last_Hz = tone_Hz;
  };
  if (curve.empty()) add(0, kOwn_Hz);
  for (const CurvePoint& point : curve) add(point.t_s, point.value);
  voice.frequencies = here() - voice.first_frequency;
}

void Compiler::add_tap(const Tap& tap, double gain, const Actuators& on) {
  // A blow that dies away within what the skin takes for one moment.
  constexpr double kDecay_per_s = 140;
  constexpr std::array kTimes_s = {0.0, 0.002, 0.005, 0.010, 0.016, 0.025};
  PatternVoice voice;
  voice.t_start_s = tap.t_s;
  voice.duration_s = kTimes_s.back();
  voice.actuators = on;
  voice.first_amplitude = here();
  for (const double t_s : kTimes_s) {
    const double left = t_s == kTimes_s.back() ? 0 : std::exp(-kDecay_per_s * t_s);
    points_.push_back({t_s, gain * tap.amplitude * left, 0});
  }
  voice.amplitudes = here() - voice.first_amplitude;
  add_tone(voice, {{0, tap.frequency_Hz}});
  voices_.push_back(voice);
}

void Compiler::add(const Track& track, const Actuators& on) {
  for (const Tap& tap : track.taps) {
    if (full()) return;
    add_tap(tap, track.gain, on);
  }
  for (const Note& note : track.notes) {
    if (full()) return;
    if (!(note.duration_s > 0)) continue;
    PatternVoice voice;
    voice.t_start_s = note.t_s;
    voice.duration_s = note.duration_s;
    voice.phase_turns = note.phase_turns - std::floor(note.phase_turns);
    voice.shape = note.shape;
    voice.actuators = on;
    voice.first_amplitude = here();
    const double gain = track.gain * note.gain;
    for (const CurvePoint& p : note.amplitude) points_.push_back({p.t_s, gain * p.value, 0});
    if (note.amplitude.empty()) points_.push_back({0, gain, 0});
    voice.amplitudes = here() - voice.first_amplitude;
    if (note.shape != PatternShape::Direct) add_tone(voice, note.frequency_Hz);
    voices_.push_back(voice);
  }
}

std::vector<std::byte> Compiler::bytes(const Placement& placement, double duration_s) {
  std::ranges::stable_sort(voices_, {}, &PatternVoice::t_start_s);
  PatternHeader header;
  if (placement.kind == Placement::Kind::Contacts) {
    header.aim = PatternAim::Contacts;
    header.region = static_cast<std::uint32_t>(placement.region);
  }
  header.voice_count = static_cast<std::uint32_t>(voices_.size());
  header.point_count = here();
  header.duration_s = duration_s;
  const std::size_t voice_bytes = voices_.size() * sizeof(PatternVoice);
  std::vector<std::byte> out(sizeof(header) + voice_bytes + points_.size() * sizeof(PatternPoint));
  std::memcpy(out.data(), &header, sizeof(header));
  if (!voices_.empty()) std::memcpy(out.data() + sizeof(header), voices_.data(), voice_bytes);
  if (!points_.empty()) {
    std::memcpy(out.data() + sizeof(header) + voice_bytes, points_.data(),
                points_.size() * sizeof(PatternPoint));
  }
  return out;
}

}  // namespace

std::optional<Placement> place_along(std::string_view names) {
  Placement placement;
  placement.kind = Placement::Kind::Stroke;
  while (true) {
    const std::size_t comma = names.find(',');
    std::string_view name = names.substr(0, comma);
    const bool left = name.starts_with("left_"), right = name.starts_with("right_");
    if (left || right) name.remove_prefix(name.find('_') + 1);
    const auto* joint = std::ranges::find(kJoints, name, &NamedActuators::name);
    if (joint == kJoints.end()) return std::nullopt;
    Actuators& on = placement.stops.emplace_back();
    if (!right) on[index(Hand::Left)] = joint->actuators;
    if (!left) on[index(Hand::Right)] = joint->actuators;
    if (comma == std::string_view::npos) return placement;
    names.remove_prefix(comma + 1);
  }
}

std::optional<Placement> place_on_joints(std::string_view names) {
  const auto along = place_along(names);
  if (!along) return std::nullopt;
  Placement placement;
  placement.kind = Placement::Kind::Actuators;
  for (const Actuators& stop : along->stops) {
    for (std::size_t hand = 0; hand < kHands; ++hand) {
      placement.actuators[hand] =
          static_cast<std::uint16_t>(placement.actuators[hand] | stop[hand]);
    }
  }
  return placement;
}

std::string joint_names() {
  std::string names;
  for (const NamedActuators& joint : kJoints) {
    names += names.empty() ? "" : ", ";
    names += joint.name;
  }
  return names;
}

Expected<std::vector<std::byte>, std::string> compile(const Pattern& pattern,
                                                      const Placement& placement) {
  const std::vector<Visit> visits = visit_in_turn(placement.stops.size(), end_of(pattern));
  if (visits.size() != placement.stops.size()) {
    const auto steps = static_cast<double>(placement.stops.size() - 1);
    return Unexpected{
        fmt::format("{:.3f} s are too fast for {} stops: no less than {:.3f} s are "
                    "felt as one movement; name fewer stops",
                    end_of(pattern), placement.stops.size(), steps * kLeastStep_s)};
  }
  Compiler compiler;
  const bool as_file = placement.kind == Placement::Kind::AsFile;
  const auto add_where_asked = [&](const Track& track) {
    if (placement.kind != Placement::Kind::Stroke) {
      return compiler.add(track, as_file ? Actuators{kUnsaid, kUnsaid} : placement.actuators);
    }
    for (std::size_t i = 0; i < visits.size(); ++i) {
      compiler.add(part_of(track, visits[i]), placement.stops[i]);
    }
  };
  Pattern elsewhere;  // on motors that no hand has
  for (const Track& track : pattern.tracks) {
    const Actuators there = wanted(track.place);
    const bool placed = there[0] != 0 || there[1] != 0;
    if (as_file && placed) {
      compiler.add(track, there);
    } else if (track.place.motor >= 0) {
      elsewhere.tracks.push_back(track);
    } else {
      add_where_asked(track);
    }
  }
  if (!elsewhere.tracks.empty()) add_where_asked(flattened(elsewhere));
  if (compiler.full()) {
    return Unexpected{fmt::format("more than {} notes or {} points: cut the pattern into parts",
                                  kMaxPatternVoices, kMaxPatternPoints)};
  }
  std::vector<std::byte> bytes =
      compiler.bytes(placement, std::min(end_of(pattern), kLongestPattern_s));
  if (const auto view = view_pattern(bytes); !view) {
    return Unexpected{view.error() == PatternFault::TooDense
                          ? fmt::format("more than {} notes sound at once: thin the pattern out",
                                        kMaxVoicesAtOnce)
                          : std::string("notes last beyond an hour: cut the pattern into parts")};
  }
  return bytes;
}

}  // namespace tactus::patterns
