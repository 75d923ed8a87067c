// How much stronger a vibration is than what skin just feels.
//
//   Clocks   none.
//   Units    dB over the threshold; drive, full scale 1; Hz.
//   Errors   none.
//   Threads  pure.
//   Proof    docs/metrics.md, touch.still_level_db
#pragma once
#include <algorithm>
#include <cmath>

#include "tactus/touch/exposure.h"
#include "tactus/touch/tactile_frame.h"

namespace tactus::tools {

/// Nothing at all, in dB.
inline constexpr double kSilence_db = -99;

/// Verrillo's threshold: −20 dB of a micrometre at 250 Hz, 12 dB an octave to both sides.
inline double over_threshold_db(double drive, double frequency_Hz) {
  if (!(drive > 0)) return kSilence_db;
  const double omega = 6.28318530717958648 * frequency_Hz;
  const double way_um =
      1e6 * drive * static_cast<double>(ExposureParams{}.full_scale_m_per_s2) / (omega * omega);
  return 20 * std::log10(way_um) + 20 - 12 * std::abs(std::log2(frequency_Hz / 250));
}

inline double loudest_db(const TactileFrame& frame) {
  double most = kSilence_db;
  for (std::size_t a = 0; a < kActuators; ++a) {
    const auto drive = static_cast<double>(frame.envelope[a]);
    most = std::max(most, over_threshold_db(drive, static_cast<double>(frame.frequency_Hz[a])));
  }
  return most;
}

}  // namespace tactus::tools
