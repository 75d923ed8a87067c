// From what a device said to what was measured: host time, segment frames, radians, sigmas.
//
//   Clocks   in DeviceTime and arrival HostTime; out HostTime of the measurement itself.
//   Frames   inertial readings are turned into segment frames by the profile; a tracker's pose
//            becomes the wrist joint's pose in world.
//   Units    SI, radians.
//   Errors   a channel that is not finite, out of its range or saturated comes out as NaN, which
//            estimation reads as missing; an impossible tracker pose comes out as not tracked.
//   Threads  one owner per device. RT-safe.
//   Proof    tests/core/sense/align_test.cc
#pragma once
#include <type_traits>

#include "tactus/sense/clock_align.h"
#include "tactus/sense/measurement.h"
#include "tactus/sense/profile.h"
#include "tactus/sense/sample.h"

namespace tactus {

struct GloveAlignState {
  Transport transport = Transport::Usb;
  ClockAlignState clock;
};

struct TrackerAlignState {
  Transport transport = Transport::Usb;
  ClockAlignState clock;
};
static_assert(std::is_trivially_copyable_v<GloveAlignState>);
static_assert(std::is_trivially_copyable_v<TrackerAlignState>);

/// One glove state, calibrated. A sample out of order keeps its own (earlier) time.
[[nodiscard]] GloveMeasurement align(GloveAlignState& state, const HandProfile& profile,
                                     const GloveSample& sample, HostTime t_arrived) noexcept;

/// One tracker pose, as the wrist in world. `T_world_universe` is the tracking system's place.
[[nodiscard]] WristMeasurement align(TrackerAlignState& state, const HandProfile& profile,
                                     const Pose& T_world_universe, const TrackerSample& sample,
                                     HostTime t_arrived) noexcept;

}  // namespace tactus
