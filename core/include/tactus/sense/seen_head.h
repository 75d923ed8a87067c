// A headset as an OpenXR runtime sees it.
//
//   Clocks   HostTime at which it was there; the layer asks about the past, never about what the
//            runtime predicts.
//   Frames   world; the head is the point between the eyes, where a runtime's VIEW is.
//   Units    metres, m/s, rad/s.
//   Errors   a place or a speed that is impossible comes out as not tracked, or as at rest.
//   Threads  pure. RT-safe.
//   Proof    tests/core/pose/body_estimate_test.cc
#pragma once
#include <type_traits>

#include "tactus/base/geometry.h"
#include "tactus/base/time.h"

namespace tactus {

struct SeenHead {
  HostTime t;
  bool tracked = false;
  Pose T_world_head;
  Vec3 v_world_head;
  Vec3 omega_world_head;
};
static_assert(std::is_trivially_copyable_v<SeenHead>);

/// What a head can do of it: nothing beyond a room, nor faster than a head goes.
[[nodiscard]] SeenHead checked(const SeenHead& seen) noexcept;

}  // namespace tactus
