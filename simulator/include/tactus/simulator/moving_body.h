// A body that sways in all its joints while it is carried along a straight path, as the engine sees it
// and as it truly is.
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
  float most_rad = 0.1f;    ///< of each joint, about an axis of its own
  float rate_Hz = 1.0f;     ///< of the slowest joint; the others up to twice that
  float phase = 0;          ///< where the sway begins, turns
  Vec3 direction{0, 0, 1};  ///< of the way, unit length
  float way_m = 0;          ///< there ...
  float speed_m_per_s = 1;  ///< ... at this speed ...
  float stay_s = 0.04f;     ///< ... and back again after this
};

inline constexpr Duration kShownEvery = 11ms;

class MovingBody {
 public:
  MovingBody(const TouchSubject& subject, const BodySway& sway);

  /// The surface at a millisecond as the engine has it. Ticks do not descend.
  [[nodiscard]] Surface at(int tick);
  /// The truth at that same millisecond. Valid until the next call.
  [[nodiscard]] const PosedBody& truth(int tick);
  /// Where the body is on its way at `t_s`.
  [[nodiscard]] Vec3 offset(float t_s) const;

 private:
  void show(int frame);
  [[nodiscard]] std::vector<Pose> pose(float t_s) const;

  const TouchSubject& subject_;
  BodySway sway_;
  int frame_ = -1;
  std::array<DeformedBody, 2> frames_;             ///< by parity of the frame
  std::array<std::vector<Pose3d>, 2> true_bones_;  ///< likewise
  PosedBody truth_;
};

}  // namespace tactus::simulator
