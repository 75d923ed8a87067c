// A hand at one instant: 26 joints with velocities and radii, and how it came to be known.
//
//   Clocks   HostTime. Frames: world, joint frames as XR_EXT_hand_tracking.
//   Units    metres, m/s, rad/s expressed in world.
//   Errors   `origin` and the joint bits say how far to trust it; the numbers are always finite.
//   Threads  plain value.
//   Proof    tests/core/pose
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/hand.h"
#include "tactus/base/time.h"

namespace tactus {

enum class PoseOrigin : std::uint8_t {
  None,       ///< never seen: nothing is valid
  Measured,   ///< all sensors fresh
  Filled,     ///< some channels filled from priors
  Predicted,  ///< the tracker is late or lost for a moment: inertial
  Held,       ///< lost: last known place
};

struct HandPose {
  HostTime t;
  Hand hand = Hand::Left;
  PoseOrigin origin = PoseOrigin::None;
  std::uint32_t epoch = 0;  ///< of the world frame; poses of two epochs are never interpolated
  std::array<Pose, kHandJoints> T_world_joint{};
  std::array<float, kHandJoints> radius_m{};  ///< joint to skin
  std::array<Vec3, kHandJoints> v_world_joint{};
  std::array<Vec3, kHandJoints> omega_world_joint{};
  /// [0, 1]: the chance that the bone which begins at the joint ends within 1 cm of where it is said
  /// to, against the wrist (confidence.h); 0 where nothing is known, 1 where nothing bends.
  std::array<float, kHandJoints> confidence{};
};
static_assert(std::is_trivially_copyable_v<HandPose>);

}  // namespace tactus
