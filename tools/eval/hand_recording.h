// What a glove and a tracker said of one hand, and what was true: what estimates of hands are scored
// on, synthetic or from files.
//
//   Clocks   host time from the recording's start.
//   Frames   segment frames; the wrist's for fingertips; world for the tracker.
//   Units    SI, radians.
//   Errors   none.
//   Threads  plain values.
//   Proof    tests/tools/hand_files_test.cc, tests/tools/hand_trial_test.cc
#pragma once
#include <array>
#include <limits>
#include <string>
#include <vector>

#include "tactus/sense/measurement.h"
#include "tactus/sense/profile.h"
#include "tactus/simulator/math3d.h"

namespace tactus::tools {

/// Four angles of each finger, thumb first (base flexion, base abduction, middle, distal), and the
/// thumb's turn about its bone.
inline constexpr std::size_t kScoredAngles = 21;
inline constexpr std::size_t kThumbAxial = 20;

inline constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
inline constexpr std::array<double, kScoredAngles> kUnknownAngles = [] {
  std::array<double, kScoredAngles> angles{};
  angles.fill(kUnknown);
  return angles;
}();
inline constexpr std::array<simulator::V3d, kFingers> kUnknownTips = [] {
  std::array<simulator::V3d, kFingers> tips{};
  tips.fill({kUnknown, kUnknown, kUnknown});
  return tips;
}();

/// One instant; NaN is not known and not scored.
struct HandTruth {
  double t_s = 0;
  std::array<double, kScoredAngles> angle_rad = kUnknownAngles;
  std::array<simulator::V3d, kFingers> p_wrist_tip = kUnknownTips;
};

struct GloveRow {
  GloveMeasurement measurement;
  bool flat = false;  ///< the wearer was asked to hold the hand flat, and did
};

struct WristRow {
  HostTime t_arrived;
  WristMeasurement measurement;
};

/// Rows in the order of their times.
struct HandRecording {
  std::string name;
  HandProfile profile;
  std::vector<GloveRow> glove;
  std::vector<WristRow> wrist;
  std::vector<HandTruth> truth;
};

}  // namespace tactus::tools
