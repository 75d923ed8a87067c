// A hand as XR_EXT_hand_tracking wants it, and back.
//
//   Frames   world and base, which may move.
//   Units    metres, m/s, rad/s.
//   Errors   none: what is not known has its flag off.
//   Threads  pure.
//   Proof    tests/openxr-layer/hand_tracking_test.cc, hand_switch_test.cc
#pragma once
#include "space.h"
#include "tactus/ipc/hand_history.h"

namespace tactus::layer {

/// Every joint valid; tracked as far as the hand and the space are. `velocities` may be null.
void fill_active(const ipc::SharedHand& hand, const LocatedSpace& base,
                 XrHandJointLocationsEXT& locations, XrHandJointVelocitiesEXT* velocities) noexcept;

/// A runtime's own hand as we keep hands: the inverse of fill_active, origin Measured or Held. False:
/// it is not active, or not whole. `base` is valid; without `velocities` the hand is at rest.
[[nodiscard]] bool read_active(const XrHandJointLocationsEXT& locations,
                               const XrHandJointVelocitiesEXT* velocities, const LocatedSpace& base,
                               HandPose& pose) noexcept;

/// No hand: nothing valid, every flag 0.
void fill_inactive(XrHandJointLocationsEXT& locations,
                   XrHandJointVelocitiesEXT* velocities) noexcept;

}  // namespace tactus::layer
