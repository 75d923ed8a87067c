// Spaces: a frame of the headset's world, or of a controller, with an offset of the application's.
//
//   Clocks   XrTime. Frames: stage, and each space's own.
//   Units    metres, radians, seconds
//   Errors   a space that cannot be located has no flags set.
//   Threads  guarded by Runtime::mutex.
//   Proof    tests/simulator/runtime/space_test.cc
#pragma once
#include "object.h"
#include "session.h"
#include "tracking.h"

namespace tactus::runtime {

struct Space : Object {
  using Xr = XrSpace;
  static constexpr XrObjectType kType = XR_OBJECT_TYPE_SPACE;
  Space(Session& of, const Pose& offset) : Object(kType), session(of), T_base_space(offset) {}

  Session& session;
  const Pose T_base_space;  ///< base: the reference space or the action's pose

  XrReferenceSpaceType reference = XR_REFERENCE_SPACE_TYPE_MAX_ENUM;  ///< MAX: an action space
  ObjectId action = 0;
  XrPath subaction = XR_NULL_PATH;

  [[nodiscard]] bool is_action_space() const {
    return reference == XR_REFERENCE_SPACE_TYPE_MAX_ENUM;
  }
  [[nodiscard]] bool has_base_of(const Space& other) const {
    return reference == other.reference && action == other.action && subaction == other.subaction;
  }
};

/// Where the space is in the stage; `active` false: nobody knows.
[[nodiscard]] Motion locate_in_stage(const Space& space, XrTime time);

}  // namespace tactus::runtime
