// Two bones and a hinge between a root and an end: where the hinge is, exactly.
//
// The hinge lies on a circle around the line from root to end. Where on the circle is a direction
// on which many things have an opinion; opinions are vectors whose length is how sure they are, and
// their sum, seen along the line, decides (the product of von Mises distributions).
//
//   Frames   the caller's. Units metres, radians.
//   Errors   an end out of reach is pulled in; coincident points and vanishing poles fall back.
//   Threads  pure, RT-safe.
//   Proof    tests/core/pose/limb_test.cc; docs/notes/body.md
#pragma once
#include "tactus/base/geometry.h"

namespace tactus {

/// Rotation whose columns are three orthonormal axes.
[[nodiscard]] Quat rotation_of_axes(Vec3 x, Vec3 y, Vec3 z) noexcept;

/// The part of `v` across unit vector `u`.
[[nodiscard]] constexpr Vec3 across(Vec3 v, Vec3 u) noexcept { return v - dot(v, u) * u; }

struct LimbBones {
  float upper_m = 0;
  float lower_m = 0;
  float bend_rad = 0;  ///< the most the hinge bends
};

/// The line from root to end, and the circle of the hinge around it.
struct LimbLine {
  Vec3 p_root;
  Vec3 p_end;          ///< pulled in when the target was out of reach
  Vec3 u;              ///< unit, root to end
  float along_m = 0;   ///< from the root to the circle's centre …
  float radius_m = 0;  ///< … and the circle's radius
  [[nodiscard]] Vec3 hinge(Vec3 pole) const noexcept {
    return p_root + along_m * u + radius_m * pole;
  }
};
[[nodiscard]] LimbLine limb_line(const LimbBones& bones, Vec3 p_root, Vec3 p_target,
                                 Vec3 fallback) noexcept;

/// The unit vector across `u` that is nearest to `sum`; to `fallback`, then to anything, when there
/// is none.
[[nodiscard]] Vec3 pole_of(Vec3 sum, Vec3 u, Vec3 fallback) noexcept;

/// Signed angle about unit vector `u` from one vector to another, both seen along u.
[[nodiscard]] float angle_about(Vec3 u, Vec3 from, Vec3 to) noexcept;

}  // namespace tactus
