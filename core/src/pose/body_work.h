// What the steps of one body solve hand on to each other.
//
//   Clocks   the reading's. Frames: world.
//   Units    metres, radians.
//   Errors   none. Threads: one owner, on the stack of solve_body.
//   Proof    tests/core/pose/body_solver_test.cc
#pragma once
#include "tactus/pose/body_solver.h"

namespace tactus {

/// What is known of one site now, by whichever means.
struct SiteView {
  bool position = false;
  bool rotation = false;
  PoseOrigin origin = PoseOrigin::None;
  Pose T_world_tracker;
  Pose T_segment_tracker;

  [[nodiscard]] bool whole() const noexcept { return position && rotation; }
  [[nodiscard]] Quat q_world_segment() const noexcept {
    return T_world_tracker.q * conjugate(T_segment_tracker.q);
  }
  /// The segment's joint when the segment is turned like this.
  [[nodiscard]] Vec3 joint(Quat q_world_segment) const noexcept {
    return T_world_tracker.p - rotate(q_world_segment, T_segment_tracker.p);
  }
};

struct BodyWork {
  BodySolverState& state;
  const BodySolverParams& params;
  const BodyProfile& profile;
  const BodyReading& reading;
  BodyPose pose;
  float dt_s = 0;

  /// The site's reading, or what stands in for it; `T_world_carrier` is what carries it when lost.
  [[nodiscard]] SiteView look(BodySite site, const Pose& T_world_carrier) noexcept;

  void put(BodyJoint joint, const Pose& T_world_joint, PoseOrigin origin) noexcept {
    pose[joint] = T_world_joint;
    pose.origin[index(joint)] = origin;
  }
};

/// Turn about +Y of something's forward axis; of its crown when it looks straight up or down.
[[nodiscard]] float yaw_of(Quat q_world) noexcept;
[[nodiscard]] inline Quat level(float yaw_rad) noexcept {
  return {0, std::sin(0.5f * yaw_rad), 0, std::cos(0.5f * yaw_rad)};
}
/// The angle between -pi and pi.
[[nodiscard]] float wrapped(float angle_rad) noexcept;

/// `q_parent_child` turned by at most `most_rad`.
[[nodiscard]] Quat limited(Quat q_parent_child, float most_rad) noexcept;

/// Head, pelvis, spine, neck.
void place_torso(BodyWork& work) noexcept;
/// A pelvis that has no place, or no rotation, of its own.
[[nodiscard]] Pose guess_pelvis(BodyWork& work, const SiteView& pelvis, const SiteView& chest,
                                const Pose& T_world_head) noexcept;
/// A foot that has no place of its own: stands on the floor and steps after the body.
[[nodiscard]] Pose guess_foot(BodyWork& work, Hand side) noexcept;
/// Collar bone to wrist, hip to toe.
void place_arm(BodyWork& work, Hand side) noexcept;
void place_leg(BodyWork& work, Hand side) noexcept;

}  // namespace tactus
