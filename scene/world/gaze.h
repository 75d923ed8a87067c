// How looking at something is shared out: the eyes go first, then the head, then the back.
//
//   Frames   angles in the model's frame: yaw positive to her left, pitch positive up.
//   Units    radians.
//   Errors   a target behind her is let go of smoothly rather than followed across the back.
//   Threads  pure.
//   Proof    tests/scene/motion_test.cc
#pragma once
#include "scene/world/geometry.h"

namespace tactus::scene {

struct Angles {
  float yaw_rad = 0, pitch_rad = 0;
};

/// Where `p_target` lies as seen from `p_eye` by someone who faces +Z; forward when it is nearer
/// than a centimetre.
[[nodiscard]] Angles angles_to(const Vec3& p_eye, const Vec3& p_target);

/// Turns +Z to those angles.
[[nodiscard]] Quat turn_to(const Angles& angles);

/// The parts that head and back take of a glance. The head joins beyond 12 degrees and turns at
/// most 60, the back joins beyond 35 and turns at most 20 (human factors of gaze shifts, after
/// Freedman & Sparks 1997, softened for a calm child).
struct GazeShares {
  Angles head, back;
};
[[nodiscard]] GazeShares share_gaze(const Angles& wanted);

/// What the eyes can do: 35 degrees to the sides, 28 up and down.
[[nodiscard]] Angles limit_eyes(const Angles& wanted);

}  // namespace tactus::scene
