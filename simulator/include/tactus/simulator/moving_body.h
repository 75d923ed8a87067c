// A body that moves, as the engine sees it and as it truly is: swaying in all its joints while it is
// carried along a straight path, or as it is told.
//
// The application shows 90 frames a second and the engine fills the time between; the truth skins
// the same frames in double precision, moves their vertices along the same straight lines, and shares
// no code with the engine.
//
//   Clocks   seconds from the beginning; frames every 11 ms.
//   Frames   world.
//   Units    metres, m/s, radians.
//   Errors   none: any body that view_body accepts.
//   Threads  one owner.
//   Proof    tests/simulator/touch/touch_trial_test.cc
#pragma once
#include <array>
#include <functional>
#include <vector>

#include "tactus/contact/deform.h"
#include "tactus/contact/surface.h"
#include "tactus/simulator/true_body.h"

namespace tactus::simulator {

/// The same body for both sides.
struct TouchSubject {
  explicit TouchSubject(const BodyView& view);

  std::vector<BodyBone> bones;
  BodyModel model;
  TrueBody truth;
};

/// How it moves.
struct BodySway {
  float most_rad = 0.1f;    ///< of each joint but the root, about an axis of its own
  float turn_rad = 0;       ///< likewise of the root: all of a thing without joints
  float rate_Hz = 1.0f;     ///< of the slowest joint; the others up to twice that
  float phase = 0;          ///< where the sway begins, turns
  Vec3 direction{0, 0, 1};  ///< of the way, unit length
  float way_m = 0;          ///< there ...
  float speed_m_per_s = 1;  ///< ... at this speed ...
  float stay_s = 0.04f;     ///< ... and back again after this
};

/// Where it is on its way at `t_s`.
[[nodiscard]] Vec3 offset(const BodySway& sway, float t_s);

/// Where all bones are at a time, T_world_bone in the body's order.
using BodyPath = std::function<std::vector<Pose>(float t_s)>;
[[nodiscard]] BodyPath sway_path(const TouchSubject& subject, const BodySway& sway);

inline constexpr Duration kShownEvery = 11ms;

class MovingBody {
 public:
  MovingBody(const TouchSubject& subject, BodyPath path);
  MovingBody(const TouchSubject& subject, const BodySway& sway)
      : MovingBody(subject, sway_path(subject, sway)) {}

  /// The surface at a millisecond as the engine has it. Ticks do not descend.
  [[nodiscard]] Surface at(int tick);
  /// The truth at that same millisecond. Valid until the next call.
  [[nodiscard]] const PosedBody& truth(int tick);

 private:
  void show(int frame);

  const TouchSubject& subject_;
  BodyPath path_;
  int frame_ = -1;
  std::array<DeformedBody, 2> frames_;             ///< by parity of the frame
  std::array<std::vector<Pose3d>, 2> true_bones_;  ///< likewise
  PosedBody truth_;
};

}  // namespace tactus::simulator
