// MPEG haptics as JSON (.hjif, ISO/IEC 23090-31): perceptions, channels, bands, effects, keyframes.
//
// Times are ticks of the file's timescale; a phase is summed in true seconds whatever that is. Old
// files of the reference software ("tracks", "mixing_coefficient", version "1") are read as well.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "json_fields.h"

namespace tactus::patterns {
namespace {

constexpr double kTicks = 48000;  ///< of a second: what the Main profile allows at most
constexpr double kMostTicks = kLongest_s * kTicks;
constexpr std::int64_t kMostId = 1'000'000'000;

constexpr std::array kModalities = {"Other",
                                    "Pressure",
                                    "Acceleration",
                                    "Velocity",
                                    "Position",
                                    "Temperature",
                                    "Vibrotactile",
                                    "Vibration",
                                    "Water",
                                    "Wind",
                                    "Force",
                                    "Kinesthetic",
                                    "VibrotactileTexture",
                                    "Vibrotactile Texture",
                                    "Texture",
                                    "Stiffness",
                                    "Friction",
                                    "Electrotactile"};
constexpr std::array kFelt = {
    "Vibrotactile", "Vibration", "VibrotactileTexture", "Vibrotactile Texture", "Texture",
    "Acceleration", "Other"};
constexpr std::array kBands = {"Transient",   "Curve",   "VectorialWave", "Vectorial",
                               "WaveletWave", "Wavelet", "Wave"};
constexpr std::array kCurves = {"Unknown", "Linear",  "Cubic",  "Akima",
                                "Bezier",  "Bspline", "BSpline"};
constexpr std::array kSignals = {"Sine", "Square", "Triangle", "SawToothUp", "SawToothDown"};

/// The index of a word among those that are known; refuses another.
template <std::size_t N>
std::size_t one_of(const Field& field, const std::array<const char*, N>& words) {
  const std::string word = field.text();
  for (std::size_t i = 0; i < N; ++i) {
    if (word == words[i]) return i;
  }
  std::string known;
  for (const char* w : words) known += std::string(known.empty() ? "" : ", ") + w;
  field.refuse(fmt::format("is \"{}\", and known are {}", word.substr(0, 40), known),
               "correct it, or export the file again");
}

class Reader {
 public:
  Reader(const Field& root, std::vector<std::string>& notices) : notices_(notices) {
    const auto timescale = root.find("timescale");
    ticks_per_s_ = timescale ? timescale->number(1, 1e9) : 1000;
  }
  void read_perception(const Field& perception, Pattern& pattern);
  void say_notices();

 private:
  struct Band {
    std::string type;
    bool linear = false;
    double lowest_Hz = 0, highest_Hz = kHighest_Hz;
  };
  using Library = std::map<std::int64_t, Field>;

  Track read_channel(const Field& channel, const Library& library);
  void read_band(const Field& band, const Library& library, Track& track);
  void read_effect(const Field& effect, const Band& band, double offset_s, Track& track);
  void read_transients(const Field& effect, const Band& band, double t_s, Track& track);
  [[nodiscard]] Note read_note(const Field& effect, const Band& band, double t_s) const;
  [[nodiscard]] double seconds_of(const Field& ticks) const {
    return ticks.number(0, kMostTicks) / ticks_per_s_;
  }

  std::vector<std::string>& notices_;
  Budget budget_;
  double ticks_per_s_ = 1000;
  std::size_t wavelets_ = 0, composites_ = 0;
};

struct Keyframe {
  double t_s = 0;
  std::optional<double> amplitude, frequency_Hz;
};

std::vector<Keyframe> keyframes_of(const Field& effect, double ticks_per_s) {
  std::vector<Keyframe> keyframes;
  double t_last_s = 0;
  for (const Field& field : effect.items("keyframes")) {
    Keyframe keyframe;
    const auto position = field.find("relative_position");
    keyframe.t_s = position ? position->number(0, kMostTicks) / ticks_per_s : t_last_s;
    if (keyframe.t_s < t_last_s) {
      position->refuse("is before the keyframe in front of it",
                       "put the keyframes in order of their positions");
    }
    t_last_s = keyframe.t_s;
    if (const auto value = field.find("amplitude_modulation")) {
      keyframe.amplitude = std::clamp(value->number(-1e6, 1e6), -1.0, 1.0);
    }
    if (const auto value = field.find("frequency_modulation")) {
      keyframe.frequency_Hz = value->number(0, kHighest_Hz);
    }
    keyframes.push_back(keyframe);
  }
  return keyframes;
}

/// Between two points, the smooth step that MPEG's reference takes for a cubic; drawn as short
/// straight lines.
void smooth(std::vector<CurvePoint>& curve) {
  constexpr int kPieces = 8;
  std::vector<CurvePoint> fine;
  for (std::size_t i = 0; i < curve.size(); ++i) {
    fine.push_back(curve[i]);
    if (i + 1 == curve.size() || curve[i].value == curve[i + 1].value) continue;
    for (int k = 1; k < kPieces; ++k) {
      const double part = static_cast<double>(k) / kPieces;
      fine.push_back(
          {curve[i].t_s + part * (curve[i + 1].t_s - curve[i].t_s),
           curve[i].value + (curve[i + 1].value - curve[i].value) * part * part * (3 - 2 * part)});
    }
  }
  curve = std::move(fine);
}

void Reader::read_transients(const Field& effect, const Band& band, double t_s, Track& track) {
  for (const Keyframe& keyframe : keyframes_of(effect, ticks_per_s_)) {
    Tap tap{t_s + keyframe.t_s, std::abs(keyframe.amplitude.value_or(1)), 0};
    if (keyframe.frequency_Hz) {
      tap.frequency_Hz = std::clamp(*keyframe.frequency_Hz, band.lowest_Hz, band.highest_Hz);
    }
    track.taps.push_back(tap);
    budget_.spend(1, effect);
  }
}

Note Reader::read_note(const Field& effect, const Band& band, double t_s) const {
  Note note;
  note.t_s = t_s;
  const bool curve = band.type == "Curve";
  for (const Keyframe& keyframe : keyframes_of(effect, ticks_per_s_)) {
    note.duration_s = keyframe.t_s;
    if (keyframe.amplitude) {
      note.amplitude.push_back(
          {keyframe.t_s, curve ? *keyframe.amplitude : std::abs(*keyframe.amplitude)});
    }
    if (keyframe.frequency_Hz && !curve) {
      note.frequency_Hz.push_back(
          {keyframe.t_s, std::clamp(*keyframe.frequency_Hz, band.lowest_Hz, band.highest_Hz)});
    }
  }
  if (curve) {
    note.shape = PatternShape::Direct;
    if (!band.linear) smooth(note.amplitude);
  } else if (const auto signal = effect.find("base_signal")) {
    note.shape = static_cast<PatternShape>(one_of(*signal, kSignals));
  }
  note.phase_turns = effect.number("phase", 0, -1e6, 1e6) / (2 * std::acos(-1.0));
  return note;
}

void Reader::read_effect(const Field& effect, const Band& band, double offset_s, Track& track) {
  const double t_s = offset_s + (effect.find("position") ? seconds_of(effect.at("position")) : 0);
  if (band.type.starts_with("Wavelet")) {
    if (!effect.items("keyframes").empty()) {
      effect.at("keyframes").refuse("stand in a wavelet band", "remove them or change band_type");
    }
    const auto stream = effect.find_any({"wavelet_bitstream", "wavelet_stream"});
    if (stream && !stream->is_list()) static_cast<void>(stream->text());
    ++wavelets_;
  } else if (band.type == "Transient") {
    read_transients(effect, band, t_s, track);
  } else {
    track.notes.push_back(read_note(effect, band, t_s));
    budget_.spend(track.notes.back().amplitude.size(), effect);
  }
}

void Reader::read_band(const Field& field, const Library& library, Track& track) {
  Band band;
  const Field type = field.at("band_type");
  band.type = kBands[one_of(type, kBands)];
  if (band.type == "Wave") {  // before 2022 the kind of wave stood beside it
    band.type = field.text("encoding_modality", "Vectorial");
  }
  if (const auto curve = field.find("curve_type")) {
    band.linear = kCurves[one_of(*curve, kCurves)] == std::string_view("Linear");
  }
  band.lowest_Hz = field.number("lower_frequency_limit", 0, 0, kHighest_Hz);
  band.highest_Hz = field.number("upper_frequency_limit", kHighest_Hz, 0, kHighest_Hz);
  if (band.highest_Hz < band.lowest_Hz) {
    field.at("upper_frequency_limit")
        .refuse(fmt::format("is {:g} Hz, below the lower limit of {:g} Hz", band.highest_Hz,
                            band.lowest_Hz),
                "exchange the two limits, or correct them");
  }
  if (band.type.starts_with("Wavelet")) {
    const std::int64_t length = field.whole("block_length", 1, 0, 1 << 24);
    if ((length & (length - 1)) != 0) {
      field.at("block_length")
          .refuse(fmt::format("is {}, not a power of two", length),
                  "encode the band again with a block of 16 to 2048");
    }
  }
  for (const Field& effect : field.at("effects").items()) {
    const std::string kind = effect.text("effect_type", "Basis");
    if (kind == "Basis") {
      read_effect(effect, band, 0, track);
    } else if (kind == "Reference") {
      const std::int64_t id = effect.whole("id", -1, -1, kMostId);
      const auto found = library.find(id);
      if (found == library.end()) {
        effect.refuse(fmt::format("refers to effect {}, which is not in the effect_library", id),
                      "add it there or correct the id");
      }
      const double t_s = effect.find("position") ? seconds_of(effect.at("position")) : 0;
      read_effect(found->second, band, t_s, track);
    } else if (kind == "Composite" || kind == "Timeline") {
      ++composites_;
    } else {
      effect.at("effect_type")
          .refuse(fmt::format("is \"{}\", and known are Basis, Reference, Composite",
                              kind.substr(0, 40)),
                  "correct it, or export the file again");
    }
  }
}

Track Reader::read_channel(const Field& channel, const Library& library) {
  Track track;
  track.name = channel.text("description", "");
  track.place.body_parts =
      static_cast<std::uint32_t>(channel.whole("body_part_mask", 0, 0, 0xFFFFFFFF));
  const double weight = channel.find("mixing_weight")
                            ? channel.number("mixing_weight", 1, 0, 1e6)
                            : channel.number("mixing_coefficient", 1, 0, 1e6);
  track.gain = std::clamp(std::abs(channel.number("gain", 1, -1e6, 1e6)) * weight, 0.0, 1.0);
  for (const Field& band : channel.at("bands").items()) read_band(band, library, track);
  return track;
}

void Reader::read_perception(const Field& perception, Pattern& pattern) {
  Library library;
  for (const Field& effect : perception.items("effect_library")) {
    const std::int64_t id = effect.whole("id", -1, -1, kMostId);
    if (!library.emplace(id, effect).second) {
      effect.refuse(fmt::format("has the id {} of another effect", id), "give each its own id");
    }
  }
  const auto modality = perception.find("perception_modality");
  const std::string_view kind = modality ? kModalities[one_of(*modality, kModalities)] : "Other";
  const auto channels = perception.find_any({"channels", "tracks"});
  if (!channels) perception.refuse("has no \"channels\"", "export the file again");
  std::set<std::int64_t> ids;
  for (const Field& channel : channels->items()) {
    const std::int64_t id = channel.whole("id", -1, -1, kMostId);
    if (id >= 0 && !ids.insert(id).second) {
      channel.refuse(fmt::format("has the id {} of another channel", id), "give each its own id");
    }
    Track track = read_channel(channel, library);
    if (std::ranges::find(kFelt, kind) != kFelt.end()) {
      pattern.tracks.push_back(std::move(track));
    } else {
      notices_.push_back(
          fmt::format("{}: {} is not a vibration and is not felt", channel.place(), kind));
    }
  }
}

void Reader::say_notices() {
  if (wavelets_ > 0) {
    notices_.push_back(fmt::format("{} wavelet effects are kept but not felt", wavelets_));
  }
  if (composites_ > 0) {
    notices_.push_back(fmt::format("{} composite effects are kept but not felt", composites_));
  }
}

void check_head(const Field& root) {
  if (const auto profile = root.find("profile")) {
    const std::string name = profile->text();
    if (name != "Main" && name != "Simple Parametric") {
      profile->refuse(
          fmt::format("is \"{}\", and known are Main, Simple Parametric", name.substr(0, 40)),
          "export the file in one of these");
    }
  }
  static_cast<void>(root.whole("level", 1, 1, 2));
  static_cast<void>(root.text("version", ""));
}

Json effect_of(double t_s, Json keyframes, const char* signal, double phase_turns) {
  return {{"effect_type", "Basis"},
          {"position", std::llround(t_s * kTicks)},
          {"phase", rounded(phase_turns * 2 * std::acos(-1.0))},
          {"base_signal", signal},
          {"keyframes", std::move(keyframes)}};
}

Json band_of(const char* type, Json effects, const char* curve = nullptr) {
  Json band = {{"band_type", type},
               {"lower_frequency_limit", 0},
               {"upper_frequency_limit", 1000},
               {"effects", std::move(effects)}};
  if (curve != nullptr) band["curve_type"] = curve;
  return band;
}

/// Keyframes of both curves, in order of their times.
Json keyframes_of(const Note& note, double gain) {
  Json keyframes = Json::array();
  auto a = note.amplitude.begin();
  auto f = note.frequency_Hz.begin();
  std::int64_t last = -1;
  while (a != note.amplitude.end() || f != note.frequency_Hz.end()) {
    const bool take_a =
        f == note.frequency_Hz.end() || (a != note.amplitude.end() && a->t_s <= f->t_s);
    const double t_s = take_a ? a->t_s : f->t_s;
    last = std::llround(t_s * kTicks);
    Json keyframe = {{"relative_position", last}};
    if (take_a) keyframe["amplitude_modulation"] = rounded(gain * a->value);
    if (f != note.frequency_Hz.end() && f->t_s == t_s) {
      keyframe["frequency_modulation"] = rounded(f->value);
      ++f;
    }
    if (take_a) ++a;
    keyframes.push_back(std::move(keyframe));
  }
  const std::int64_t end = std::llround(note.duration_s * kTicks);
  const double held = gain * (note.amplitude.empty() ? 1 : note.amplitude.back().value);
  if (note.amplitude.empty() || last < end) {
    keyframes.push_back({{"relative_position", end}, {"amplitude_modulation", rounded(held)}});
  }
  return keyframes;
}

Json bands_of(const Track& track) {
  Json waves = Json::array(), curves = Json::array(), bands = Json::array();
  for (const Note& note : track.notes) {
    const bool direct = note.shape == PatternShape::Direct;
    Json effect =
        effect_of(note.t_s, keyframes_of(note, note.gain),
                  kSignals[direct ? 0 : static_cast<std::size_t>(note.shape)], note.phase_turns);
    (direct ? curves : waves).push_back(std::move(effect));
  }
  if (!track.taps.empty()) {
    Json keyframes = Json::array();
    for (const Tap& tap : track.taps) {
      keyframes.push_back({{"relative_position", std::llround(tap.t_s * kTicks)},
                           {"amplitude_modulation", rounded(tap.amplitude)}});
      if (tap.frequency_Hz > 0) {
        keyframes.back()["frequency_modulation"] = rounded(tap.frequency_Hz);
      }
    }
    bands.push_back(
        band_of("Transient", Json::array({effect_of(0, std::move(keyframes), "Sine", 0)})));
  }
  if (!waves.empty()) bands.push_back(band_of("VectorialWave", std::move(waves)));
  if (!curves.empty()) bands.push_back(band_of("Curve", std::move(curves), "Linear"));
  return bands;
}

}  // namespace

Pattern read_hjif(const Field& root, std::vector<std::string>& notices) {
  check_head(root);
  Pattern pattern;
  pattern.description = root.text("description", "");
  Reader reader(root, notices);
  for (const Field& perception : root.at("perceptions").items()) {
    if (pattern.name.empty()) pattern.name = perception.text("description", "");
    reader.read_perception(perception, pattern);
  }
  reader.say_notices();
  pattern.duration_s = end_of(pattern);
  return pattern;
}

Json write_hjif(const Pattern& pattern) {
  Json channels = Json::array();
  for (const Track& track : pattern.tracks) {
    channels.push_back({{"id", channels.size()},
                        {"description", track.name},
                        {"gain", rounded(track.gain)},
                        {"mixing_weight", 1},
                        {"body_part_mask", track.place.body_parts},
                        {"bands", bands_of(track)}});
  }
  Json perception = {{"id", 0},
                     {"avatar_id", 0},
                     {"description", pattern.name},
                     {"perception_modality", "Vibrotactile"},
                     {"unit_exponent", -3},
                     {"perception_unit_exponent", 0},
                     {"reference_devices", Json::array()},
                     {"effect_library", Json::array()},
                     {"channels", std::move(channels)}};
  return {{"version", "2023"},
          {"profile", "Main"},
          {"level", 1},
          {"date", "2025-01-01"},
          {"description", pattern.description},
          {"timescale", static_cast<int>(kTicks)},
          {"avatars", Json::array()},
          {"perceptions", Json::array({std::move(perception)})},
          {"syncs", Json::array({{{"timestamp", 0}}})}};
}

}  // namespace tactus::patterns
