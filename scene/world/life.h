// What a living child does all the time: she breathes, blinks and shifts her weight.
//
//   Clocks   seconds since the scene began. Frames: model.
//   Units    radians, metres.
//   Errors   none.
//   Threads  pure functions of time: the same second gives the same pose.
//   Proof    tests/scene/motion_test.cc
#pragma once
#include "scene/world/geometry.h"

namespace tactus::scene {

/// The chest, -1 breathed out to 1 breathed in, 21 breaths a minute (a child of six at rest).
[[nodiscard]] float breath(double t_s);

/// How far the lids are closed, 0 to 1: 160 ms every 2 to 6 s.
[[nodiscard]] float blink(double t_s);

/// Where the weight is: the hips' shift over the standing feet.
[[nodiscard]] Vec3 weight_shift_m(double t_s);

}  // namespace tactus::scene
