#include "feel.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <random>
#include <string>

#include "tactus/simulator/actuator.h"
#include "tactus/touch/actuate.h"
#include "tactus/touch/feel_profile.h"
#include "tactus/touch/limit.h"

namespace tactus::tools {
namespace {

constexpr double kTurn = 6.28318530717958648;
constexpr double kSample_s = 1.0 / kActuatorRate_Hz;
using Complex = std::complex<double>;

/// Cooley and Tukey, by halves.
void transform(std::vector<Complex>& values) {
  const std::size_t n = values.size();
  if (n == 1) return;
  std::vector<Complex> even(n / 2), odd(n / 2);
  for (std::size_t i = 0; i < n / 2; ++i) {
    even[i] = values[2 * i];
    odd[i] = values[2 * i + 1];
  }
  transform(even);
  transform(odd);
  for (std::size_t i = 0; i < n / 2; ++i) {
    const Complex turned =
        std::polar(1.0, -kTurn * static_cast<double>(i) / static_cast<double>(n)) * odd[i];
    values[i] = even[i] + turned;
    values[i + n / 2] = even[i] - turned;
  }
}

/// ISO 5349-1:2001, annex A: band limits and the step from acceleration to velocity.
double iso_weight(double frequency_Hz) {
  const Complex s(0, kTurn * frequency_Hz);
  const double w1 = kTurn * 6.310, w2 = kTurn * 1258.9, w3 = kTurn * 15.915;
  const double q1 = 0.7071, q2 = 0.64;
  const Complex band =
      s * s * w2 * w2 / ((s * s + w1 / q1 * s + w1 * w1) * (s * s + w2 / q1 * s + w2 * w2));
  return std::abs(band * (1.0 + s / w3) / (1.0 + s / (q2 * w3) + s * s / (w3 * w3)));
}

/// A second of drive on one actuator, as `limit` lets it through, then a second of silence.
struct Limited {
  std::vector<double> drive;
  double dose_m2_per_s3 = 0;
};

Limited limited(const std::vector<double>& wanted) {
  Limited out;
  LimitParams params;
  params.validated = true;
  LimitState state;
  for (std::size_t i = 0; i < 2 * kActuatorRate_Hz; i += kFrameSamples) {
    TactileFrame frame;
    frame.t = HostTime{Duration{1ms} * static_cast<int>(i / kFrameSamples)};
    for (std::size_t n = 0; n < kFrameSamples && i + n < wanted.size(); ++n) {
      frame.wave[0][n] = static_cast<float>(wanted[i + n]);
    }
    const TactileFrame safe = limit(state, params, frame, frame.t);
    for (const float sample : safe.wave[0]) out.drive.push_back(static_cast<double>(sample));
  }
  out.dose_m2_per_s3 = state.exposure.dose_m2_per_s3;
  return out;
}

std::vector<double> second_of(auto&& value_at) {
  std::vector<double> signal(kActuatorRate_Hz);
  for (std::size_t i = 0; i < signal.size(); ++i) {
    signal[i] = value_at(static_cast<double>(i) * kSample_s);
  }
  return signal;
}

/// The meter against the spectrum: tones over the band of the standard, noise, clicks, a sweep.
double score_dose(EvalReport& report, unsigned seed) {
  EvalTable table{"a second of drive, limited: its dose by the meter and by its spectrum",
                  {"meter [m2/s3]", "spectrum [m2/s3]", "error [%]"},
                  {}};
  double worst = 0;
  const auto judge = [&](const std::string& name, const std::vector<double>& wanted) {
    const Limited out = limited(wanted);
    const double truth =
        true_dose_m2_per_s3(out.drive, static_cast<double>(ExposureParams{}.full_scale_m_per_s2));
    const double error = 100 * (out.dose_m2_per_s3 / truth - 1);
    table.rows.push_back({name, {out.dose_m2_per_s3, truth, error}});
    worst = std::max(worst, std::abs(error));
  };
  for (int band = 9; band <= 30; band += 3) {
    const double f = std::pow(10, band / 10.0);
    judge("tone of " + std::to_string(std::lround(f)) + " Hz",
          second_of([f](double t_s) { return 0.4 * std::sin(kTurn * f * t_s); }));
  }
  std::mt19937 random(seed);
  std::normal_distribution<double> noise(0, 0.2);
  judge("white noise", second_of([&](double) { return noise(random); }));
  judge("clicks", second_of([](double t_s) { return std::fmod(t_s, 0.1) < 0.004 ? 0.5 : 0; }));
  judge("sweep", second_of([](double t_s) {
          return 0.4 * std::sin(kTurn * 20 * (std::pow(30, t_s) - 1) / std::log(30.0));
        }));
  report.print(table);
  return worst;
}

/// The most acceleration that a tone of a drive gives, at rest of all that rings on.
double loudness(simulator::ResonantMass mass, double drive, double frequency_Hz) {
  double most = 0;
  for (int i = 0; i < kActuatorRate_Hz; ++i) {
    mass.push(drive * std::sin(kTurn * frequency_Hz * i * kSample_s), kSample_s);
    if (i > kActuatorRate_Hz / 2) most = std::max(most, std::abs(mass.acceleration()));
  }
  return most;
}

/// Verrillo's threshold of displacement, in dB: 12 an octave down to 250 Hz, and up again.
double displacement_threshold_db(double frequency_Hz) {
  return 12 * std::abs(std::log2(frequency_Hz / 250));
}

/// A simulated actuator on somebody's skin.
struct Worn {
  const char* name;
  simulator::ResonantMass mass;
  double gain = 1;
  double dull_db = 0;  ///< what the skin needs more, each octave above 80 Hz

  [[nodiscard]] double need_db(double frequency_Hz) const {
    return dull_db * std::max(0.0, std::log2(frequency_Hz / 80));
  }
};

/// As it would be measured, at the pitches of a profile.
ActuatorResponse felt_response(const Worn& worn) {
  FeelProfile profile;
  for (std::size_t i = 0; i < kResponsePoints; ++i) {
    const auto f = static_cast<double>(response_pitch(i));
    const double db = 20 * std::log10(worn.gain * loudness(worn.mass, 1, f));
    profile.response[0][0].gain_db[i] = static_cast<float>(db);
    profile.threshold_db[0][i] = static_cast<float>(worn.need_db(f));
  }
  return felt_responses(profile, Hand::Left)[0];
}

/// Tones that shall feel equally strong, on actuators and skin that differ, judged at the pitches of a
/// profile and halfway between.
double score_intensity(EvalReport& report) {
  const std::array<Worn, 5> subjects = {
      {{"coil of 70 Hz, Q 0.9", {70, 0.9}},
       {"coil of 110 Hz, Q 1.5", {110, 1.5}},
       {"piezo of 330 Hz, Q 2", {330, 2}},
       {"coil of 70 Hz, 8 dB weaker", {70, 0.9}, 0.4},
       {"the same, skin dull by 5 dB an octave", {70, 0.9}, 0.4, 5}}};
  EvalTable table{"tones of equal strength, 40 to 400 Hz: sensation level off their mean",
                  {"least [dB]", "most [dB]", "unequalised [dB]"},
                  {}};
  double sum = 0;
  std::vector<std::vector<double>> levels, raw;
  for (const Worn& subject : subjects) {
    const ActuatorResponse response = felt_response(subject);
    levels.emplace_back();
    raw.emplace_back();
    for (int step = 0; step <= 20; ++step) {
      const double f = 40 * std::exp2(step / 6.0) * (step == 20 ? 0.99 : 1);
      const double drive = 0.05 * static_cast<double>(equal_drive(response, static_cast<float>(f)));
      const auto level = [&](double amplitude) {
        const double way =
            subject.gain * loudness(subject.mass, amplitude, f) / (kTurn * f * kTurn * f);
        return 20 * std::log10(way) - displacement_threshold_db(f) - subject.need_db(f);
      };
      levels.back().push_back(level(drive));
      raw.back().push_back(level(0.05));
      sum += levels.back().back();
    }
  }
  const double mean = sum / (subjects.size() * 21);
  double worst = 0;
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    const auto [least, most] = std::ranges::minmax(levels[i]);
    const auto [low, high] = std::ranges::minmax(raw[i]);
    table.rows.push_back({subjects[i].name, {least - mean, most - mean, high - low}});
    worst = std::max({worst, std::abs(least - mean), std::abs(most - mean)});
  }
  report.print(table);
  return worst;
}

TactileFrame strength(float envelope) {
  TactileFrame frame;
  frame.envelope[0] = envelope;
  return frame;
}

struct LraScore {
  double rise_ms = 0;
  double residue_percent = 0;
};

/// A simulated LRA of 175 Hz and Q 10, driven to half a second of full strength, then released.
LraScore score_lra(float overdrive, double true_Hz) {
  ActuatorParams params;
  params.overdrive = overdrive;
  ActuatorState state;
  simulator::ResonantMass mass(true_Hz, 10);
  LraScore score;
  for (int ms = 0; ms < 510; ++ms) {
    const auto drive = actuate(state, params, strength(ms < 500 ? 1.0f : 0.0f), 0);
    for (std::size_t i = 0; i < kFrameSamples; ++i) {
      mass.push(static_cast<double>(drive[i]), kSample_s);
      const double t_ms = ms + 1e3 * kSample_s * static_cast<double>(i + 1);
      if (score.rise_ms == 0 && mass.strength() >= 0.9) score.rise_ms = t_ms;
    }
  }
  score.residue_percent = 100 * mass.strength();
  return score;
}

}  // namespace

std::vector<double> spectrum(const std::vector<double>& signal, std::size_t size) {
  std::vector<Complex> values(size);
  for (std::size_t i = 0; i < std::min(size, signal.size()); ++i) values[i] = signal[i];
  transform(values);
  std::vector<double> power(size / 2 + 1);
  for (std::size_t i = 0; i < power.size(); ++i) {
    const double sides = i == 0 || i == size / 2 ? 1 : 2;
    power[i] = sides * std::norm(values[i]) / static_cast<double>(size);
  }
  return power;
}

double true_dose_m2_per_s3(const std::vector<double>& drive, double full_scale_m_per_s2) {
  constexpr std::size_t kSize = 1 << 15;  // four seconds: what rings on is in it
  const std::vector<double> power = spectrum(drive, kSize);
  double sum = 0;
  for (std::size_t i = 0; i < power.size(); ++i) {
    const double weight = iso_weight(static_cast<double>(i) / (kSize * kSample_s));
    sum += power[i] * weight * weight;
  }
  return sum * full_scale_m_per_s2 * full_scale_m_per_s2 * kSample_s;
}

void score_feel(EvalReport& report, unsigned seed) {
  report.metric("touch.dose_error_percent", score_dose(report, seed), "percent");
  EvalTable lra{"LRA of 175 Hz, Q 10: to 90 %, and what is left 10 ms after release",
                {"rise [ms]", "left [%]"},
                {}};
  const auto add = [&](const char* name, const LraScore& score) {
    lra.rows.push_back({name, {score.rise_ms, score.residue_percent}});
    return score;
  };
  const LraScore driven = add("overdrive 2", score_lra(2, 175));
  add("overdrive 1", score_lra(1, 175));
  add("overdrive 2, truly 170 Hz", score_lra(2, 170));
  add("overdrive 2, truly 180 Hz", score_lra(2, 180));
  report.print(lra);
  report.metric("touch.intensity_error_db", score_intensity(report), "dB");
  report.metric("touch.lra_rise_ms", driven.rise_ms, "ms");
  report.metric("touch.lra_residue_percent", driven.residue_percent, "percent");
}

}  // namespace tactus::tools
