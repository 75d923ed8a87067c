// Is there a body of the wearer's, and where is it?
//
//   Clocks   HostTime, on the service's clock.
//   Frames   world, whose floor is at y = 0.
//   Units    SI.
//   Errors   whatever is not certain is "no body".
//   Threads  any, no lock, no system call.
//   Proof    tests/openxr-layer/must_body_fb_test.cc, must_body_bd_test.cc
#pragma once
#include <openxr/openxr.h>

#include "instance.h"
#include "space.h"
#include "tactus/pose/body_joint_sets.h"

namespace tactus::layer {

struct WearerBody {
  BodyPose body;
  HandPair hands;  ///< origin None where no glove is on
};

/// The body at `time`, while the headset and the wrist of a glove that is on are seen.
[[nodiscard]] bool wearer_body_at(Instance& instance, XrTime time, WearerBody& wearer) noexcept;

/// The wearer's bones, as far as they are known: those of an average person else.
[[nodiscard]] BodyProportions wearer_proportions(Instance& instance) noexcept;

/// Valid in base; tracked as far as the joint and the space are.
[[nodiscard]] XrSpaceLocationFlags joint_flags(bool is_tracked, const LocatedSpace& base) noexcept;

/// A joint in base, its rotation of unit length.
[[nodiscard]] XrPosef joint_in_base(const Pose& T_world_joint, const LocatedSpace& base) noexcept;

}  // namespace tactus::layer
