// One wrist trial: a recorded motion, a tracker simulated on its truth, the filter, its errors.
//
//   Clocks   the recording's; the tracker's stamps may be off it.
//   Frames   the recording's earth frame turned to +Y up; the sensor's frame is the wrist's.
//   Units    metres, radians in; millimetres and degrees out.
//   Errors   none: a trial without a sample that counts has no errors.
//   Threads  pure.
//   Proof    tests/tools/wrist_trial_test.cc
#pragma once
#include <array>
#include <vector>

#include "broad.h"
#include "tactus/base/time.h"
#include "tactus/pose/wrist_filter.h"
#include "tactus/pose/wrist_predict.h"

namespace tactus::tools {

/// How the tracker differs from the truth.
struct TrackerModel {
  int every = 3;            ///< samples of the recording: 95 Hz
  Duration latency = 21ms;  ///< from the moment seen until the filter has it
  Duration offset{};        ///< added to its stamps
  double noise_m = 0.0005;  ///< each axis
  double noise_deg = 0.1;
  Duration correlation{};    ///< of the noise; zero: white
  Duration predicted{};      ///< its own extrapolation: older poses carried on by their velocity
  Duration gap{};            ///< blind for so long …
  Duration gap_every = 10s;  ///< … so often
  Duration recentre_at{};    ///< zero: never. Then its frame turns by 30 degrees and shifts;
                             ///< the 100 ms after it do not count
};

inline constexpr std::array kAhead = {Duration{0}, Duration{31'500us}};

struct WristErrors {
  std::vector<double> t_s;  ///< of the samples that count
  std::vector<double> position_mm;
  std::vector<double> rotation_deg;
  [[nodiscard]] double position_rms_mm() const;
  [[nodiscard]] double rotation_rms_deg() const;
};

struct WristTrial {
  std::array<WristErrors, kAhead.size()> ours;
  std::array<WristErrors, kAhead.size()> peer;  ///< constant velocity, from the last 4 poses
  double delay_20s_s = 0;                       ///< as believed after 20 s of movement
  std::uint32_t rejected = 0;
  std::uint32_t reanchored = 0;
};

[[nodiscard]] WristTrial try_wrist(const BroadRecording& recording, const TrackerModel& model,
                                   std::uint64_t seed);

/// By how much the recording's inertial readings come after its truth: the shift at which the
/// gyroscope fits the rate of the true orientation best, in the least-squares sense.
[[nodiscard]] double inertial_delay_s(const BroadRecording& recording);

}  // namespace tactus::tools
