// Where an application's space is in the world, at a time: one call to the runtime, none for a space
// fixed to LOCAL or STAGE.
//
//   Clocks   XrTime.
//   Frames   base: the application's space. anchor: ours. world: the service's.
//   Units    metres, m/s, rad/s.
//   Errors   the runtime's XrResult; a space that cannot be placed now has is_valid false.
//   Threads  any, no lock.
//   Proof    tests/openxr-layer/hand_tracking_test.cc (spaces that move)
#pragma once
#include <openxr/openxr.h>

#include "instance.h"

namespace tactus::layer {

struct LocatedSpace {
  Pose T_base_world;
  bool is_valid = false;
  bool is_position_tracked = false;
  bool is_orientation_tracked = false;
  // How the world moves as seen from base; base itself may move, as VIEW does.
  bool has_velocity = false;
  Vec3 p_base_anchor;
  Vec3 v_base_anchor;
  Vec3 omega_base_anchor;
};

/// Locates `base`. A negative result is the application's to have; otherwise `located` is set.
[[nodiscard]] XrResult locate(const Session& session, XrSpace base, XrTime time,
                              LocatedSpace& located) noexcept;

/// A space and its motion, in the world.
struct MovingSpace {
  Pose T_world_space;
  Vec3 v_world;
  Vec3 omega_world;
  bool is_valid = false;
  bool is_position_tracked = false;
  bool is_orientation_tracked = false;
  bool has_velocity = false;
};
[[nodiscard]] MovingSpace in_world(const LocatedSpace& located) noexcept;

/// Where an action's space is that a source of ours drives; false: that is the runtime's to say.
[[nodiscard]] bool find_driven(const Session& session, XrSpace space, XrTime time,
                               MovingSpace& moving) noexcept;

/// Where `base` is without asking anyone: it is fixed to the anchor, or to LOCAL as last seen.
[[nodiscard]] bool find_fixed(const Session& session, XrSpace base, XrTime time,
                              LocatedSpace& located) noexcept;

/// Once a frame: looks where LOCAL is at `time`.
void learn_local(Session& session, XrTime time) noexcept;

[[nodiscard]] inline XrVector3f to_xr(Vec3 v) noexcept { return {v.x, v.y, v.z}; }
[[nodiscard]] inline XrPosef to_xr(const Pose& T) noexcept {
  return {{T.q.x, T.q.y, T.q.z, T.q.w}, to_xr(T.p)};
}
[[nodiscard]] inline Vec3 from_xr(const XrVector3f& v) noexcept { return {v.x, v.y, v.z}; }
[[nodiscard]] inline Pose from_xr(const XrPosef& T) noexcept {
  return {{T.orientation.x, T.orientation.y, T.orientation.z, T.orientation.w},
          from_xr(T.position)};
}

}  // namespace tactus::layer
