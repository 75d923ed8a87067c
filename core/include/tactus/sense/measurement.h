// A sample on the host clock, calibrated, with an honest sigma: what estimation reads.
//
//   Clocks   HostTime. Frames: segment frames (docs/frames.md); poses in world.
//   Units    SI, radians. Sigmas are one standard deviation.
//   Errors   status bits of the sample, carried on; a channel that is missing is NaN.
//   Threads  plain values.
//   Proof    tests/core/sense/align_test.cc
#pragma once
#include <array>
#include <cstdint>

#include "tactus/sense/sample.h"

namespace tactus {

inline constexpr float kNoChannel = std::numeric_limits<float>::quiet_NaN();

struct GloveMeasurement {
  HostTime t;
  Hand hand = Hand::Left;
  std::uint16_t status = 0;
  std::array<ImuReading, kGloveImus> imu{};  ///< turned into segment frames, bias removed
  std::array<float, kGloveFlexions> flexion_rad{};
  std::array<float, kGloveAbductions> abduction_rad{};
  std::array<float, kGloveTouches> touch_kPa{};
  /// Of gloves that have them: units on the fingers' base segments (sixteen in all), and one channel
  /// along each finger that reads its three flexions together.
  std::array<ImuReading, kFingers> base_imu{kNoUnit, kNoUnit, kNoUnit, kNoUnit, kNoUnit};
  std::array<float, kFingers> bend_rad{kNoChannel, kNoChannel, kNoChannel, kNoChannel, kNoChannel};
  float sigma_flexion_rad = 0;
};

struct WristMeasurement {
  HostTime t;  ///< when the pose was true, not when it came
  Hand hand = Hand::Left;
  bool tracked = false;
  Pose T_world_wrist;
  float sigma_m = 0;
  float sigma_rad = 0;
};

}  // namespace tactus
