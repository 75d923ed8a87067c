// A whole body from a headset, two hands and whatever further trackers are worn.
//
// What is tracked is where its tracker says; limbs between are solved in closed form, their swivel
// by a weighted sum of all that is known about it, so nothing iterates and nothing flips. Spine and
// neck are a curve between measured ends and may stretch a little; limbs never do.
//
//   Clocks   HostTime; the reading's time is the pose's.
//   Frames   world; joints as in body_model.h; trackers mounted by T_segment_tracker.
//   Units    metres, radians.
//   Errors   none: a reading that is missing or not finite is predicted, then held where the body
//            carries it, and `origin` says so. A body without a headset is held whole.
//   Threads  plain values, one owner. RT-safe.
//   Proof    tests/core/pose/body_solver_test.cc; `tactus eval body`; docs/notes/body.md
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/base/time.h"
#include "tactus/pose/body_model.h"
#include "tactus/pose/body_pose.h"

namespace tactus {

/// Who wears what: bones, and how each tracker sits on its segment.
struct BodyProfile {
  BodyProportions proportions;
  std::array<Pose, kBodySites> T_segment_tracker{};
  std::uint32_t changed = 0;  ///< counts calibrations
};
static_assert(std::is_trivially_copyable_v<BodyProfile>);

/// A person of this height, trackers mounted along their segments' axes.
[[nodiscard]] BodyProfile body_profile(float height_m) noexcept;

/// What one tracker says at the reading's time. Position without rotation is a marker or a beacon,
/// rotation without position an inertial unit.
struct BodyTrackerReading {
  Pose T_world_tracker;
  bool has_position = false;
  bool has_rotation = false;
};

struct BodyReading {
  HostTime t;
  std::uint32_t epoch = 0;  ///< of the world frame; a change starts everything afresh
  float floor_m = 0;        ///< height of the floor in world
  std::array<BodyTrackerReading, kBodySites> site{};
};

/// Weights are concentrations of von Mises distributions, 1 / sigma^2 in radians, unless said
/// otherwise; the values are fitted to recorded and synthetic motion (docs/notes/body.md).
struct BodySolverParams {
  float chest_swing = 1.45f;   ///< of the chest, per turn of the line from pelvis to neck
  float chest_twist = 0.15f;   ///< of the chest, per turn of the head against the pelvis
  float chest_reach = 0.20f;   ///< rad of twist when one hand is an arm's length ahead of the other
  float neck_share = 0.5f;     ///< of the head's turn against the chest that the neck takes part in
  float collar_raise = 0.12f;  ///< rad with the upper arm level, twice that straight up …
  float collar_forward = 0.08f;    ///< … and forward with it straight ahead
  float collar_reach_rad = 0.26f;  ///< further, for a hand that is out of reach
  float elbow_habit = 2.0f;        ///< that an elbow hangs down, out and back
  float elbow_wrist = 8.0f;        ///< that a hand goes on along the forearm
  float elbow_roll = 4.0f;         ///< that a palm is halfway between its extremes
  float knee_foot = 8.0f;          ///< that a knee bends ahead of the foot
  float knee_pelvis = 6.0f;        ///< that it bends ahead of the pelvis
  float limb_tracker = 60.0f;      ///< what a tracker's rotation on the limb itself says
  float memory = 0.5f;             ///< that a limb stays where it was
  float swivel_rad_per_s = 25;     ///< no limb swivels faster about its own line
  Duration predict = 100ms;        ///< without a reading: carried on at its last speed …
  Duration damp = 50ms;            ///< … which dies away
};

/// Where one tracker was last.
struct BodySiteState {
  bool seen = false;
  bool has_position = false;
  bool has_rotation = false;
  HostTime t;              ///< of the last good reading
  Pose T_world_tracker;    ///< then
  Pose T_carrier_tracker;  ///< then, in the frame of the joint that carries it when it is lost
  Vec3 v_world;
  Vec3 omega_world;
};

/// A foot that nothing tracks: it stands, and steps when the body has left it behind.
struct GuessedFoot {
  Pose T_world_ankle;
  bool steps = false;
};

struct BodySolverState {
  bool started = false;
  HostTime t;
  std::uint32_t epoch = 0;
  std::array<BodySiteState, kBodySites> site{};
  std::array<Vec3, 4> pole{};  ///< unit, in the carrier's frame: left arm, right arm, left leg, …
  float yaw_rad = 0;           ///< of a pelvis that nothing tracks
  std::array<GuessedFoot, kHands> foot{};
};
static_assert(std::is_trivially_copyable_v<BodySolverState>);

/// The body at the reading's time.
[[nodiscard]] BodyPose solve_body(BodySolverState& state, const BodySolverParams& params,
                                  const BodyProfile& profile, const BodyReading& reading) noexcept;

}  // namespace tactus
