// How she embraces: she opens her arms and takes a step; when somebody comes near she leans to them,
// her head beside theirs, closes arms and eyes, and lets go when they do.
//
// Whoever comes is known by their head alone: the neck is where a head is carried. All amounts follow
// what is wanted of them twice over, so that no bone is ever jerked, whatever is wanted.
//
//   Clocks   seconds since the scene began.
//   Frames   model: +Z the way she faces, +X her left.
//   Units    metres, radians; amounts from 0 to 1.
//   Errors   nobody there: her arms stay open.
//   Threads  plain values.
//   Proof    tests/scene/embrace_test.cc
#pragma once
#include <array>
#include <optional>

#include "scene/world/curves.h"

namespace tactus::scene {

/// An amount that comes and goes without a knock.
struct Amount {
  Follower<float> towards{0, 0}, value{0, 0};
  void step(float wanted, float time_s, float dt_s) {
    towards.step(wanted, time_s, dt_s);
    value.step(towards.value, time_s, dt_s);
  }
};

/// All that she remembers of it. A zeroed one stands as ever.
struct EmbraceState {
  Amount open, step, close;
  Amount aside;      ///< to her right, -1 to 1: away from a head that comes on her left
  float step_m = 0;  ///< how far she has come, or will
  Follower<Vec3> neck{Vec3::Zero(), Vec3::Zero()};  ///< of the one she embraces
  bool sees = false;                                ///< whose neck it is
  bool held = false, let_go = false;
  float alone_s = 0;  ///< since the other's arms opened
  float open_s = 0;   ///< for which her own stay open
};

/// What she knows of the other.
struct Nearby {
  std::optional<Pose> T_model_head;  ///< between the eyes, -Z ahead
  bool hugs = false;                 ///< the other's arms are around her
};

/// Moves it on by `dt_s`; `span` is when she wants to embrace.
void follow(EmbraceState& state, const Span& span, double t_s, float dt_s, const Nearby& nearby);

/// What it makes of her body.
struct Embrace {
  float open = 0, close = 0;
  Vec3 p_hips_shift_m = Vec3::Zero();
  std::array<Vec3, 2> p_foot_shift_m{Vec3::Zero(), Vec3::Zero()};  ///< left, right
  float lean_rad = 0;                                              ///< of the trunk, forward
  float tilt_rad = 0;          ///< of trunk and head, to her right
  Vec3 p_neck = Vec3::Zero();  ///< of the other
};
[[nodiscard]] Embrace embrace(const EmbraceState& state);

}  // namespace tactus::scene
