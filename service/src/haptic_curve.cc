#include "tactus/service/haptic_curve.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "tactus/service/haptic.h"

namespace tactus::service {
namespace {

constexpr float kTurn_rad = 2 * kPi;

template <class Point>
void append(CurveRow<Point>& row, std::span<const float> floats) noexcept {
  CurveRow<Point> kept;
  for (std::size_t i = row.at; i < row.points.size(); ++i) {
    static_cast<void>(kept.points.push_back(row.points[i]));
  }
  constexpr std::size_t kFloats = sizeof(Point) / sizeof(float);
  for (std::size_t i = 0; i + kFloats <= floats.size(); i += kFloats) {
    Point point;
    std::memcpy(static_cast<void*>(&point), &floats[i], sizeof(Point));
    if (!kept.points.push_back(point)) break;
  }
  row = kept;
}

/// Steps to the last point that is not after `t_s`.
void pass(CurveRow<CurvePoint>& row, float t_s) noexcept {
  while (row.at + 1 < row.points.size() && row.points[row.at + 1].t_s <= t_s) ++row.at;
}

/// Between its points linear; before the first and after the last it is as there.
float value_at(CurveRow<CurvePoint>& row, float t_s, float otherwise) noexcept {
  if (row.points.empty()) return otherwise;
  pass(row, t_s);
  const CurvePoint& before = row.points[row.at];
  if (t_s <= before.t_s || row.at + 1 == row.points.size()) return before.value;
  const CurvePoint& after = row.points[row.at + 1];
  return std::lerp(before.value, after.value, (t_s - before.t_s) / (after.t_s - before.t_s));
}

float end_of(const CurveRow<CurvePoint>& row) noexcept {
  return row.points.empty() ? 0.0f : row.points[row.points.size() - 1].t_s;
}

struct Click {
  float amplitude = 0;
  float frequency_Hz = 0;
};

Click click_at(CurveRow<CurveClick>& row, float t_s) noexcept {
  const auto length_s = static_cast<float>(seconds(kClick));
  while (row.at < row.points.size() && row.points[row.at].t_s + length_s <= t_s) ++row.at;
  Click loudest;
  for (std::size_t i = row.at; i < row.points.size() && row.points[i].t_s <= t_s; ++i) {
    const CurveClick& click = row.points[i];
    const float left = click.amplitude * (1 - (t_s - click.t_s) / length_s);
    if (left > loudest.amplitude) loudest = {left, click.frequency_Hz};
  }
  return loudest;
}

}  // namespace

bool are_curve_points(ipc::HapticForm form, std::span<const float> floats) noexcept {
  const bool are_clicks = form == ipc::HapticForm::Clicks;
  const std::size_t kinds = are_clicks ? 3 : 2;
  if (floats.empty() || floats.size() % kinds != 0) return false;
  const auto is_amplitude = [](float value) { return value >= 0 && value <= 1; };
  const auto is_frequency = [](float value) {
    return value >= ipc::kLeastHaptic_Hz && value <= ipc::kMostHaptic_Hz;
  };
  float t_s = 0;
  for (std::size_t i = 0; i < floats.size(); i += kinds) {
    if (!(floats[i] >= t_s) || !std::isfinite(floats[i])) return false;
    t_s = floats[i];
    const float value = floats[i + 1];
    const bool is_right =
        form == ipc::HapticForm::Frequencies ? is_frequency(value) : is_amplitude(value);
    if (!is_right || (are_clicks && !is_frequency(floats[i + 2]))) return false;
  }
  return true;
}

void begin(CurveState& state, HostTime now) noexcept {
  state = {};
  state.t_start = now;
  state.t_said = now;
}

void add(CurveState& state, ipc::HapticForm form, std::span<const float> floats, Duration hold,
         HostTime now) noexcept {
  state.t_said = now;
  if (form == ipc::HapticForm::Amplitudes) {
    state.hold = hold;
    append(state.amplitudes, floats);
  } else if (form == ipc::HapticForm::Frequencies) {
    append(state.frequencies, floats);
  } else {
    append(state.clicks, floats);
  }
}

bool play(CurveState& state, HostTime t, CurveSound& sound) noexcept {
  const auto end_s = end_of(state.amplitudes);
  const auto hold_s = static_cast<float>(seconds(state.hold));
  const bool is_forgotten = t - state.t_said >= kLongestHaptic;
  const auto from_s = static_cast<float>(seconds(t - state.t_start));
  sound = {};
  if (is_forgotten || (state.hold == Duration::zero() && from_s >= end_s)) return false;
  for (std::size_t i = 0; i < kFrameSamples; ++i) {
    const float t_s = from_s + static_cast<float>(i) / static_cast<float>(kActuatorRate_Hz);
    float amplitude = kCurveHeadroom * value_at(state.amplitudes, t_s, 0);
    float frequency_Hz = value_at(state.frequencies, t_s, kDefaultHaptic_Hz);
    if (t_s >= end_s + hold_s) amplitude = 0;
    if (const Click click = click_at(state.clicks, t_s); click.amplitude > amplitude) {
      amplitude = click.amplitude;
      frequency_Hz = click.frequency_Hz;
    }
    sound.wave[i] = amplitude * std::sin(kTurn_rad * state.phase_turns);
    state.phase_turns += frequency_Hz / static_cast<float>(kActuatorRate_Hz);
    state.phase_turns -= std::floor(state.phase_turns);
    if (amplitude < sound.envelope || amplitude == 0) continue;
    sound.envelope = amplitude;
    sound.frequency_Hz = frequency_Hz;
  }
  return true;
}

}  // namespace tactus::service
