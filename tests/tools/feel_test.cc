// The judge of what is felt, judged: its spectrum keeps energy, its dose is the standard's.
#include "tools/eval/feel.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

namespace tactus::tools {
namespace {

TEST(Spectrum, HoldsTheEnergyOfTheSignalAtItsPitch) {
  std::vector<double> tone(8192);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    tone[i] = std::sin(6.28318530717958648 * 100 * static_cast<double>(i) / 8192);
  }
  const auto power = spectrum(tone, tone.size());
  EXPECT_NEAR(power[100], 4096, 1e-6);
  EXPECT_NEAR(std::accumulate(power.begin(), power.end(), 0.0), 4096, 1e-6);
  std::mt19937 random(1);
  std::normal_distribution<double> noise;
  double energy = 0;
  for (double& sample : tone) {
    sample = noise(random);
    energy += sample * sample;
  }
  const auto parts = spectrum(tone, tone.size());
  EXPECT_NEAR(std::accumulate(parts.begin(), parts.end(), 0.0) / energy, 1, 1e-9);
}

TEST(TrueDose, IsThatOfTheStandardsTable) {
  // 1 m/s² rms at 100 Hz: the factor of ISO 5349-1's table, squared. Its ends click.
  std::vector<double> tone(28000);
  for (std::size_t i = 0; i < tone.size(); ++i) {
    tone[i] = std::sqrt(2.0) * std::sin(6.28318530717958648 * 100 * static_cast<double>(i) / 8000);
  }
  EXPECT_NEAR(true_dose_m2_per_s3(tone, 1) / (3.5 * 0.160 * 0.160), 1, 0.01);
}

}  // namespace
}  // namespace tactus::tools
