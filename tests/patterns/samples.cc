#include "samples.h"

#include <algorithm>

namespace tactus::patterns {
namespace {

constexpr const char* kHaptic = R"({
  "version": {"major": 1, "minor": 0, "patch": 0},
  "metadata": {"editor": "someone", "project": "swell", "tags": ["a"], "description": "up, tap, down"},
  "signals": {"continuous": {"envelopes": {
    "amplitude": [{"time": 0.0, "amplitude": 0.1},
                  {"time": 0.25, "amplitude": 0.5, "emphasis": {"amplitude": 0.8, "frequency": 0.7}},
                  {"time": 0.25, "amplitude": 0.3},
                  {"time": 1.004994824909605489, "amplitude": 0.0}],
    "frequency": [{"time": 0.0, "frequency": 0.2}, {"time": 1.0, "frequency": 0.9}]}}},
  "unknown": {"kept": [1, 2.5, null, "ü"]}
})";

constexpr const char* kBareHaptic =
    R"({"version":{"major":1},"signals":{"continuous":{"envelopes":{"amplitude":[{"time":0.5,)"
    R"("amplitude":1},{"time":0.75,"amplitude":0.5}]}}}})";

constexpr const char* kAhap = R"({
  "Version": 1.0,
  "Metadata": {"Project": "pulse", "Created": "today"},
  "Pattern": [
    {"Event": {"Time": 0.0, "EventType": "HapticTransient", "EventParameters": [
      {"ParameterID": "HapticIntensity", "ParameterValue": 0.8},
      {"ParameterID": "HapticSharpness", "ParameterValue": 0.4}]}},
    {"Event": {"Time": 0.1, "EventType": "HapticContinuous", "EventDuration": 0.6, "EventParameters": [
      {"ParameterID": "HapticIntensity", "ParameterValue": 0.6},
      {"ParameterID": "HapticSharpness", "ParameterValue": 0.3}]}},
    {"Event": {"Time": 0.1, "EventType": "AudioCustom", "EventWaveformPath": "boing.wav"}},
    {"ParameterCurve": {"ParameterID": "HapticIntensityControl", "Time": 0.2, "ParameterCurveControlPoints": [
      {"Time": 0, "ParameterValue": 1.0}, {"Time": 0.3, "ParameterValue": 0.5}]}}
  ]
})";

constexpr const char* kBareAhap =
    R"({"Pattern":[{"Event":{"Time":1,"EventType":"HapticTransient"}}]})";

constexpr const char* kHjif = R"({
  "version": "2023", "profile": "Main", "level": 1, "date": "2024-02-01", "description": "two bands",
  "timescale": 2000, "avatars": [], "syncs": [{"timestamp": 0, "timescale": 2000}],
  "perceptions": [{"id": 0, "avatar_id": 0, "description": "p", "perception_modality": "Vibrotactile",
    "unit_exponent": -3, "perception_unit_exponent": 0, "reference_devices": [],
    "effect_library": [{"effect_type": "Basis", "id": 7, "position": 0, "base_signal": "Square",
      "keyframes": [{"relative_position": 0, "amplitude_modulation": 0.25, "frequency_modulation": 80},
                    {"relative_position": 100}]}],
    "channels": [{"id": 0, "description": "left hand", "gain": 0.5, "mixing_weight": 1.0,
      "body_part_mask": 2228224, "bands": [
      {"band_type": "Transient", "curve_type": "Unknown", "block_length": 0.0,
       "lower_frequency_limit": 65, "upper_frequency_limit": 300, "effects": [
        {"effect_type": "Basis", "position": 200, "phase": 0.0, "base_signal": "Sine", "keyframes": [
          {"relative_position": 0, "amplitude_modulation": 0.75, "frequency_modulation": 90},
          {"relative_position": 26, "amplitude_modulation": 0.5, "frequency_modulation": 90}]}]},
      {"band_type": "VectorialWave", "lower_frequency_limit": 0, "upper_frequency_limit": 1000, "effects": [
        {"effect_type": "Basis", "position": 400, "phase": 1.5, "base_signal": "Triangle", "keyframes": [
          {"relative_position": 0, "amplitude_modulation": 0.5, "frequency_modulation": 125},
          {"relative_position": 250, "frequency_modulation": 250},
          {"relative_position": 500, "amplitude_modulation": 1.0}]},
        {"effect_type": "Reference", "id": 7, "position": 1200}]},
      {"band_type": "Curve", "curve_type": "Cubic", "lower_frequency_limit": 0,
       "upper_frequency_limit": 72, "effects": [{"effect_type": "Basis", "position": 0, "keyframes": [
          {"relative_position": 0, "amplitude_modulation": -0.5},
          {"relative_position": 100, "amplitude_modulation": 0.5}]}]},
      {"band_type": "WaveletWave", "block_length": 1024, "lower_frequency_limit": 72,
       "upper_frequency_limit": 1000, "effects": [
         {"effect_type": "Basis", "position": 0, "wavelet_stream": "AAEC"}]}]}]},
    {"id": 1, "avatar_id": 0, "description": "warmth", "perception_modality": "Temperature",
     "effect_library": [], "channels": [{"id": 0, "bands": []}]}]
})";

constexpr const char* kOldHjif =
    R"({"version":"1","date":"Mon Oct  9 14:08:02 2023\n","description":"old",
  "avatars":[],"perceptions":[{"id":0,"avatar_id":0,"description":"","perception_modality":"Vibration",
  "effect_library":[],"tracks":[{"id":0,"description":"","gain":1.0,"mixing_coefficient":0.5,
  "body_part_mask":65536,"bands":[{"band_type":"Wave","encoding_modality":"Vectorial","window_length":0,
  "lower_frequency_limit":0,"upper_frequency_limit":1000,"effects":[{"position":0,"phase":0,
  "base_signal":"Sine","keyframes":[{"relative_position":0,"amplitude_modulation":0.5,
  "frequency_modulation":100},{"relative_position":50,"amplitude_modulation":0.5}]}]}]}]}]})";

constexpr const char* kTact = R"({
  "intervalMillis": 20, "size": 20, "name": "hand", "durationMillis": 400, "project": {
    "name": "hand", "mediaFileUrl": null, "mediaFileDuration": 0.4, "tracks": [{"enable": true, "effects": [
      {"name": "dots", "startTime": 0, "offsetTime": 400, "modes": {
        "GloveL": {"mode": "DOT_MODE", "dotMode": {"dotConnected": false, "feedback": [
          {"startTime": 0, "endTime": 200, "playbackType": "FADE_IN_OUT", "pointList": [
            {"index": 1, "intensity": "0.750"}, {"index": 5, "intensity": 0.5}]},
          {"startTime": 200, "endTime": 400, "playbackType": "NONE", "pointList": [
            {"index": 1, "intensity": 1.0}]}]},
          "pathMode": {"feedback": []}},
        "VestFront": {"mode": "PATH_MODE", "dotMode": {"feedback": []}, "pathMode": {"feedback": [
          {"movingPattern": "CONST_SPEED", "playbackType": "NONE", "pointList": [
            {"x": "0.0", "y": 0.5, "intensity": 0.9, "time": 0},
            {"x": 1, "y": 0.5, "intensity": 0.9, "time": 300}]}]}}}}]},
      {"enable": false, "effects": [{"startTime": 0, "offsetTime": 9999}]}],
    "layout": {"name": "Tactot", "type": "Vest", "layouts": {"VestFront": [
      {"index": 8, "x": 0, "y": 0.5}, {"index": 9, "x": 0.333, "y": 0.5},
      {"index": 10, "x": 0.667, "y": 0.5}, {"index": 11, "x": 1, "y": 0.5}]}}}
})";

constexpr const char* kTactFrames =
    R"({"intervalMillis":20,"size":20,"durationMillis":80,"feedback":{
  "0":[{"position":"GloveR","mode":"DOT_MODE","values":[0,100,0,0,0,0],"texture":0}],
  "20":[{"position":"GloveR","mode":"DOT_MODE","values":[0,50,0,0,0,0],"texture":0}],
  "100":[{"position":"GloveR","mode":"DOT_MODE","values":[0,0,0,0,0,25],"texture":0}]}})";

constexpr const char* kHaps = R"({
  "m_version": "5", "m_description": "knock and hum", "m_HDFlag": 0, "m_time_unit": 0,
  "m_length_unit": 7, "m_gain": 1.0,
  "m_stiffness": [{"m_loop": 0, "m_maximum": 1.0, "m_gain": 1.0, "m_melodies": []}],
  "m_texture": {"m_loop": 0, "m_melodies": []},
  "m_vibration": {"m_loop": 0, "m_maximum": 1.0, "m_gain": 0.5, "m_signalEvaluationMethod": 3,
    "m_melodies": [
      {"m_mute": 0, "m_gain": 1.0, "m_notes": [
        {"m_startingPoint": 0.1, "m_length": 0.022, "m_priority": 0, "m_gain": 0.7,
         "m_hapticEffect": {"m_type": 0}}]},
      {"m_mute": 0, "m_gain": 1.0, "m_notes": [
        {"m_startingPoint": 0.5, "m_length": 1.0, "m_priority": 1, "m_gain": 1.0, "m_hapticEffect": {
          "m_amplitudeModulation": {"m_extrapolationStrategy": 0, "m_keyframes": [
            {"m_time": 0.0, "m_value": 0.0, "m_inSlope": 0.0}, {"m_time": 1.0, "m_value": 1.0}]},
          "m_frequencyModulation": {"m_keyframes": [{"m_time": 0.0, "m_value": 65.0},
                                                    {"m_time": 1.0, "m_value": 300.0}]}}}]},
      {"m_mute": 1, "m_notes": [{"m_startingPoint": 0, "m_gain": 1}]}]}
})";

constexpr const char* kHaps6 =
    R"({"version":"6","gain":1.0,"vibration":{"gain":1.0,"melodies":[{"gain":0.5,
  "notes":[{"starting_point":0.2,"length":0.3,"gain":1.0,"amplitude_modulation":{"keyframes":[
  {"position":0.0,"value":0.5},{"position":0.3,"value":0.5}]}}]}],"transients":[{"position":0.05,
  "gain":0.9}]}})";

}  // namespace

std::vector<Sample> samples() {
  return {{"hjif", Format::Hjif, kHjif},       {"old hjif", Format::Hjif, kOldHjif},
          {"haptic", Format::Haptic, kHaptic}, {"bare haptic", Format::Haptic, kBareHaptic},
          {"ahap", Format::Ahap, kAhap},       {"bare ahap", Format::Ahap, kBareAhap},
          {"tact", Format::Tact, kTact},       {"tact frames", Format::Tact, kTactFrames},
          {"haps", Format::Haps, kHaps},       {"haps 6", Format::Haps, kHaps6}};
}

Sample sample_of(Format format) {
  const std::vector<Sample> all = samples();
  return *std::ranges::find(all, format, &Sample::format);
}

}  // namespace tactus::patterns
