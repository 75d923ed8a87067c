// A wrist as an OpenXR runtime sees it: a controller strapped to the glove, or the hand in it.
//
//   Clocks   HostTime at which it was there; the layer asks about the past, never about what the
//            runtime predicts.
//   Frames   world.
//   Units    metres, radians.
//   Errors   a place that is impossible comes out as not tracked.
//   Threads  pure. RT-safe.
//   Proof    tests/core/sense/align_test.cc
#pragma once
#include <cstdint>
#include <type_traits>

#include "tactus/sense/measurement.h"
#include "tactus/sense/profile.h"

namespace tactus {

/// What tells where a hand is.
enum class WristSource : std::uint8_t {
  None,
  Tracker,     ///< a TT1, or whatever speaks its protocol
  Controller,  ///< the runtime's, strapped to the glove
  Hand,        ///< as the headset sees it
};

struct SeenWrist {
  HostTime t;
  Hand hand = Hand::Left;
  WristSource source = WristSource::Hand;  ///< Controller or Hand
  bool tracked = false;
  Pose T_world_seen;  ///< the controller's grip, mounted as the profile says; or the wrist joint
};
static_assert(std::is_trivially_copyable_v<SeenWrist>);

/// Calibrated, with what such a source is off by: 11 mm and 6 degrees of a hand (Quest 2: fingertip
/// 11 mm, joints 9.6 degrees, Abdlkarim et al. 2023), 2 mm and half a degree of a controller.
[[nodiscard]] WristMeasurement measured(const HandProfile& profile, const SeenWrist& seen) noexcept;

}  // namespace tactus
