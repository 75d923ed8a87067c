// How inertial units sit on a hand: where, and how crookedly.
//
// A unit is sewn to a glove, not to a bone: five to fifteen degrees off is usual. A flat hand held
// in two or three orientations shows each unit a known "up" in known segments, which is all it
// takes. Estimation refines what remains, follows the glove as it slips, and manages without any of
// this; a fitted profile spares the first seconds.
//
//   Clocks   none. Frames: segment frames, the wrist joint's for the palm unit, the OpenXR joint's
//   at
//            the inner end of the segment for the others (docs/frames.md).
//   Units    metres, radians.
//   Errors   calibrate_mounting says which units it could solve; the others keep what they had.
//   Threads  pure. unit_place is RT-safe, calibrate_mounting not for the tick.
//   Proof    tests/core/pose/mounting_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>

#include "tactus/sense/profile.h"
#include "tactus/sense/sample.h"

namespace tactus {

/// The joint in whose frame a unit's readings are given.
[[nodiscard]] HandJoint unit_joint(std::size_t unit) noexcept;

/// Where a unit sits in its segment's frame: on the back of the segment, at its middle.
[[nodiscard]] Vec3 unit_place(const HandProfile& profile, std::size_t unit) noexcept;

/// The mean reading of one hold: the hand flat (all angles zero) and still.
struct MountingHold {
  Vec3 up_wrist;  ///< where the sky is, in the wrist frame: from the tracker or the instruction
  std::array<ImuReading, kGloveImus> mean{};  ///< raw axes, averaged over the hold (0.7 s will do)
};

/// Fits q_segment_imu and gyro_bias_rad_per_s to holds whose ups differ by at least 30 degrees.
/// Wahba's problem, by Davenport's q method (Davenport 1968). A unit whose fit leaves more than 10
/// degrees was not held flat and stays as it was. Returns a bit for each unit solved.
std::uint16_t calibrate_mounting(HandProfile& profile, Hand hand,
                                 std::span<const MountingHold> holds) noexcept;

}  // namespace tactus
