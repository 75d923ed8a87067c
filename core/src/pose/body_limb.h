// An arm or a leg of a body: one hinge between two bones, whatever it is called.
//
//   Frames   world; segments as body_model.h. Units: metres, radians.
//   Errors   none. Threads: pure but for the state that `unhurried` keeps; RT-safe.
//   Proof    tests/core/pose/body_solver_test.cc; docs/notes/body.md
#pragma once
#include <optional>

#include "body_work.h"
#include "limb.h"

namespace tactus {

/// What the two limbs of a side have in common: a hinge whose axis is one column of both frames.
struct Limb {
  LimbBones bones;
  BodyJoint upper, lower, end;  ///< shoulder, elbow, wrist; or hip, knee, ankle
  BodySite upper_site, lower_site;
  bool is_leg;
  Hand side;
  std::size_t memory;  ///< of its pole in the state
  Quat q_world_carrier;

  /// Bone and hinge axes at rest; with the pole they make a segment's frame.
  [[nodiscard]] Vec3 bone() const noexcept {
    if (is_leg) return {0, -1, 0};
    return {side == Hand::Right ? 1.0f : -1.0f, 0, 0};
  }
  [[nodiscard]] Vec3 hinge() const noexcept { return is_leg ? Vec3{1, 0, 0} : Vec3{0, 1, 0}; }
  /// At rest the knee is ahead of the leg's line, the elbow behind the arm's.
  [[nodiscard]] Vec3 rest_pole() const noexcept { return {0, 0, is_leg ? -1.0f : 1.0f}; }

  /// The segment's frame with its bone along `along`, its hinge on the side of `pole`.
  [[nodiscard]] Quat frame(Vec3 along, Vec3 u, Vec3 pole) const noexcept {
    if (is_leg) {
      const Vec3 x = cross(u, pole);
      return rotation_of_axes(x, -along, cross(x, -along));
    }
    const Vec3 x = side == Hand::Right ? along : -along;
    const Vec3 y = side == Hand::Right ? cross(pole, u) : cross(u, pole);
    return rotation_of_axes(x, y, cross(x, y));
  }
  /// Which pole a hinge axis means: the inverse of the above.
  [[nodiscard]] Vec3 pole_of_hinge(Vec3 axis, Vec3 u) const noexcept {
    const bool same = is_leg || side == Hand::Left;
    return same ? cross(axis, u) : cross(u, axis);
  }
};

[[nodiscard]] Limb limb_of(const BodyWork& work, Hand side, bool is_leg) noexcept;

/// A limb whose pole is decided.
struct Solved {
  Quat q_upper, q_lower;
  Vec3 p_hinge;
};

/// The limb with its hinge at the pole.
[[nodiscard]] Solved bend(const Limb& limb, const LimbLine& line, Vec3 pole) noexcept;

/// What the trackers on the limb itself say of its pole.
[[nodiscard]] Vec3 tracked_pole(const BodyWork& work, const Limb& limb, const LimbLine& line,
                                const SiteView& upper, const SiteView& lower) noexcept;

/// Where the limb was, as a witness of its pole.
[[nodiscard]] Vec3 remembered(const BodyWork& work, const Limb& limb) noexcept;

/// The limb swung about its line until a tracker that knows only where it is, is there.
[[nodiscard]] std::optional<Vec3> pole_through(const Limb& limb, const LimbLine& line, Vec3 pole,
                                               const SiteView& upper,
                                               const SiteView& lower) noexcept;

/// No limb jumps to the other side of its line: the pole turns at a limited speed.
[[nodiscard]] Vec3 unhurried(BodyWork& work, const Limb& limb, const LimbLine& line,
                             Vec3 pole) noexcept;

/// Turns a whole limb about its root until its upper bone is within reach of the joint.
void keep_in_cone(Solved& s, LimbLine& line, const Limb& limb, Vec3 middle,
                  float most_rad) noexcept;

/// Where the end of a limb is when only its segments' rotations are known.
[[nodiscard]] Vec3 end_by_segments(const Limb& limb, Vec3 p_root, Quat q_upper,
                                   Quat q_lower) noexcept;

/// Puts the three joints of a solved limb, the end with its own rotation and origin.
void finish(BodyWork& work, const Limb& limb, const Solved& s, const LimbLine& line, Quat q_end,
            const SiteView& upper, const SiteView& lower, PoseOrigin end) noexcept;

}  // namespace tactus
