#include "strokes.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <vector>

#include "feel.h"
#include "tactus/touch/render.h"

namespace tactus::tools {
namespace {

constexpr double kTurn = 6.28318530717958648;
constexpr std::size_t kSize = 1 << 15;  // samples: four seconds
constexpr double kStep_Hz = static_cast<double>(kActuatorRate_Hz) / kSize;
constexpr int kSettle_ms = 2000;
constexpr std::uint8_t kFinger = 2;
constexpr double kFaint_db = -30;  // of a stroke's whole: weaker bands are not judged
constexpr std::array kSpeeds_m_per_s = {0.05, 0.08, 0.12, 0.16};
constexpr std::array kForces_N = {0.3, 1.0};
constexpr std::array<const char*, kMaterials> kNames = {"skin", "hair", "cloth",
                                                        "hard", "foam", "rubber"};

struct Stroke {
  std::size_t material = 0;
  double speed_m_per_s = 0, force_N = 0;
};

/// How much stronger than at 160 Hz a tone must be to be felt: even to 250 Hz in acceleration, then
/// 24 dB an octave.
double threshold_gain(double frequency_Hz) {
  return std::pow(std::max(1.0, frequency_Hz / 250), 4);
}

/// Power of what is felt in each step of the spectrum, with a Hann window.
std::vector<double> felt_spectrum(const RenderParams& params, const Stroke& stroke) {
  RenderState state;
  Contact contact;
  contact.hand = Hand::Right;
  contact.actuator = kFinger;
  contact.depth_m = 0.002f;
  contact.force_N = static_cast<float>(stroke.force_N);
  contact.material = static_cast<Material>(stroke.material);
  contact.v_slip_world = {static_cast<float>(stroke.speed_m_per_s), 0, 0};
  ContactSet contacts;
  static_cast<void>(contacts.push_back(contact));
  std::vector<double> wave;
  for (int ms = 0; wave.size() < kSize; ++ms) {
    const TactileFrame frame =
        render(state, params, Hand::Right, contacts, HostTime{Duration{1ms} * ms});
    if (ms < kSettle_ms) continue;
    for (const float sample : frame.wave[kFinger]) wave.push_back(static_cast<double>(sample));
  }
  for (std::size_t n = 0; n < kSize; ++n) {
    const double window = 0.5 - 0.5 * std::cos(kTurn * static_cast<double>(n) / kSize);
    wave[n] *= window / std::sqrt(0.375);
  }
  std::vector<double> power = spectrum(wave, kSize);
  for (std::size_t i = 0; i < power.size(); ++i) {
    power[i] /= std::pow(threshold_gain(static_cast<double>(i) * kStep_Hz), 2) * kSize;
  }
  return power;
}

double sum_between(const std::vector<double>& power, double from_Hz, double to_Hz) {
  double sum = 0;
  for (auto i = static_cast<std::size_t>(std::ceil(from_Hz / kStep_Hz));
       i < power.size() && static_cast<double>(i) * kStep_Hz < to_Hz; ++i) {
    sum += power[i];
  }
  return sum;
}

double favoured(const RenderParams& params, const Stroke& stroke) {
  const double decades =
      std::log10(stroke.speed_m_per_s / static_cast<double>(params.tenderest_m_per_s)) /
      static_cast<double>(params.tender_decades);
  return 1 + static_cast<double>(params.feel[stroke.material].tenderness) *
                 std::exp(-decades * decades / 2);
}

/// Mean power of the whole, as asked.
double asked_power(const RenderParams& params, const Stroke& stroke) {
  const double moving = stroke.speed_m_per_s - static_cast<double>(params.least_slip_m_per_s);
  const double amplitude = static_cast<double>(params.feel[stroke.material].stroke_gain) *
                           std::pow(stroke.force_N, 0.4) * std::pow(moving / 0.1, 0.6);
  return std::pow(amplitude * favoured(params, stroke), 2) / 2;
}

/// The worst difference of a third octave that is whole within the playable band, in dB.
double worst_band_db(const RenderParams& params, const Stroke& stroke) {
  const MaterialFeel& feel = params.feel[stroke.material];
  const double least_Hz = static_cast<double>(params.stroke_band.least_Hz);
  const double most_Hz = static_cast<double>(params.stroke_band.most_Hz);
  const double pitch_Hz = std::clamp(
      stroke.speed_m_per_s / static_cast<double>(feel.stroke_period_m), least_Hz, most_Hz);
  const std::vector<double> power = felt_spectrum(params, stroke);
  const double edge = std::exp2(1.0 / 6);
  std::array<double, kTextureBands> centre_Hz{}, share{};
  double sum = 0;
  for (std::size_t band = 0; band < kTextureBands; ++band) {
    centre_Hz[band] = pitch_Hz * std::exp2((static_cast<double>(band) - 4) / 3);
    // The mean over the band of what the actuator may be asked for: 1 inside, falling to 0 in a third
    // of an octave.
    constexpr int kParts = 64;
    for (int part = 0; part < kParts; ++part) {
      const double f = centre_Hz[band] * std::exp2(((part + 0.5) / kParts - 0.5) / 3);
      const double outside = 3 * std::max(std::log2(least_Hz / f), std::log2(f / most_Hz));
      share[band] += std::pow(std::clamp(1 - outside, 0.0, 1.0), 2) / kParts;
    }
    share[band] *= std::pow(10, static_cast<double>(feel.texture.band_db[band]) / 10);
    sum += share[band];
  }
  double worst_db = 0;
  for (std::size_t band = 0; band < kTextureBands; ++band) {
    const double from_Hz = centre_Hz[band] / edge, to_Hz = centre_Hz[band] * edge;
    if (from_Hz < least_Hz || to_Hz > most_Hz) continue;
    if (10 * std::log10(share[band] / sum) < kFaint_db) continue;
    const double asked = asked_power(params, stroke) * share[band] / sum;
    worst_db =
        std::max(worst_db, std::abs(10 * std::log10(sum_between(power, from_Hz, to_Hz) / asked)));
  }
  return worst_db;
}

/// The speed at which tenderness adds most to what is felt of skin.
void score_favour(EvalReport& report, const RenderParams& params) {
  RenderParams indifferent = params;
  for (MaterialFeel& feel : indifferent.feel) feel.tenderness = 0;
  EvalTable table{"skin stroked with 0.5 N: felt more than by speed and force alone", {"[dB]"}, {}};
  double best_db = 0, best_m_per_s = 0;
  for (int step = 0; step <= 20; ++step) {
    const Stroke stroke{0, 0.006 * std::pow(50, step / 20.0), 0.5};
    const double more_db =
        10 * std::log10(sum_between(felt_spectrum(params, stroke), 20, 1000) /
                        sum_between(felt_spectrum(indifferent, stroke), 20, 1000));
    if (step % 4 == 0) {
      table.rows.push_back({fmt::format("{:.1f} cm/s", 100 * stroke.speed_m_per_s), {more_db}});
    }
    if (more_db <= best_db) continue;
    best_db = more_db;
    best_m_per_s = stroke.speed_m_per_s;
  }
  report.print(table);
  report.metric("touch.stroke_favourite_cm_per_s", 100 * best_m_per_s, "cm/s");
}

/// What all actuators together are given of a struck and stroked patch without one of its own,
/// against what the same gives on an actuator: the worst difference of energy.
void score_phantoms(EvalReport& report, const RenderParams& params) {
  const auto energy = [&params](std::size_t patch) {
    RenderState state;
    Contact contact;
    contact.hand = Hand::Right;
    contact.actuator = static_cast<std::uint8_t>(patch);
    contact.depth_m = 0.002f;
    contact.force_N = 0.5f;
    contact.approach_m_per_s = 0.1f;
    contact.v_slip_world = {0.1f, 0, 0};
    ContactSet contacts;
    static_cast<void>(contacts.push_back(contact));
    double sum = 0;
    for (int ms = 0; ms < kSettle_ms; ++ms) {
      const TactileFrame frame =
          render(state, params, Hand::Right, contacts, HostTime{Duration{1ms} * ms});
      for (const auto& wave : frame.wave) {
        for (const float sample : wave) sum += std::pow(static_cast<double>(sample), 2);
      }
    }
    return sum;
  };
  double worst_percent = 0;
  int phantoms = 0;
  for (std::size_t patch = kActuators; patch < kPatches; ++patch) {
    if (params.phantoms[patch].empty()) continue;
    ++phantoms;
    worst_percent = std::max(worst_percent, std::abs(100 * (energy(patch) / energy(kFinger) - 1)));
  }
  report.metric("touch.phantoms", phantoms, "count");
  report.metric("touch.phantom_energy_error_percent", worst_percent, "percent");
}

}  // namespace

void score_strokes(EvalReport& report) {
  RenderParams params;
  params.peak = 1;  // what is judged is the texture, not the ceiling
  EvalTable table{
      "strokes: worst third octave of what is felt, against what was asked [dB]", {}, {}};
  for (const double speed_m_per_s : kSpeeds_m_per_s) {
    table.columns.push_back(fmt::format("{} cm/s", 100 * speed_m_per_s));
  }
  double worst_db = 0;
  for (std::size_t m = 0; m < kMaterials; ++m) {
    for (const double force_N : kForces_N) {
      EvalTable::Row row{fmt::format("{}, {} N", kNames[m], force_N), {}};
      for (const double speed_m_per_s : kSpeeds_m_per_s) {
        row.figures.push_back(worst_band_db(params, {m, speed_m_per_s, force_N}));
        worst_db = std::max(worst_db, row.figures.back());
      }
      table.rows.push_back(row);
    }
  }
  report.print(table);
  report.metric("touch.texture_error_db", worst_db, "dB");
  score_favour(report, params);
  score_phantoms(report, params);
}

}  // namespace tactus::tools
