// What a device said, in SI units, still on its own clock and in its own raw axes.
//
//   Clocks   DeviceTime. Frames: each inertial unit's own; a tracker's pose in its universe.
//   Units    SI; channels without a unit are dimensionless, range stated.
//   Errors   status bits travel with the sample.
//   Threads  plain values, cross from io threads to the engine through a Ring.
//   Proof    tests/drivers/tg1/codec_test.cc, tests/drivers/tt1/codec_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/glove_layout.h"
#include "tactus/base/hand.h"
#include "tactus/base/time.h"

namespace tactus {

struct ImuReading {
  Vec3 gyro_rad_per_s;
  Vec3 accel_m_per_s2;  ///< specific force: +g along up at rest
};

/// What a unit that is not there says.
inline constexpr ImuReading kNoUnit = [] {
  constexpr float kNone = std::numeric_limits<float>::quiet_NaN();
  return ImuReading{{kNone, kNone, kNone}, {kNone, kNone, kNone}};
}();

/// Bits that travel with a sample; 0 is all well.
enum SampleStatus : std::uint16_t {
  kSampleGap = 1 << 0,         ///< reports were lost before this one (sequence)
  kSampleIncomplete = 1 << 1,  ///< a fragment of this state is missing: its fields repeat the last
  kSampleSaturated = 1 << 2,   ///< an inertial channel stands at its limit
  kSampleLowBattery = 1 << 3,
  kSampleHot = 1 << 4,  ///< the device derates itself
};

/// One complete state of a glove.
struct GloveSample {
  DeviceTime t;
  std::uint32_t sequence = 0;
  Hand hand = Hand::Left;
  std::uint16_t status = 0;                         ///< SampleStatus bits
  std::array<ImuReading, kGloveImus> imu{};         ///< raw axes of each unit
  std::array<float, kGloveFlexions> flexion{};      ///< [0, 1] of the channel's electrical range
  std::array<float, kGloveAbductions> abduction{};  ///< [0, 1]
  std::array<float, kGloveTouches> touch_kPa{};     ///< >= 0
  float battery = 0;                                ///< [0, 1]
  float temperature_C = 0;
  std::uint32_t samples_consumed = 0;  ///< 8 kHz actuator samples played so far, on its own crystal
};

/// One pose from a 6-DoF tracker worn on a wrist.
struct TrackerSample {
  DeviceTime t;
  std::uint32_t sequence = 0;
  Hand hand = Hand::Left;
  std::uint16_t status = 0;
  bool tracked = false;     ///< false: the pose is the last known one
  Pose T_universe_tracker;  ///< universe: the tracking system's own fixed frame
};

static_assert(std::is_trivially_copyable_v<GloveSample>);
static_assert(std::is_trivially_copyable_v<TrackerSample>);

}  // namespace tactus
