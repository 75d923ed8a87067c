// The surface between two skinned frames, and the closest point on it.
//
// A body is shown at 90 Hz and touched at 1 kHz. Steps of one frame would buzz in the very band the
// skin feels best, so vertices move along straight lines between frames; and because the blend of
// two boxes holds the blend of what is in them, one tree serves every instant between.
//
//   Clocks   HostTime. Frames: world, and `surface`: world axes from a moving root.
//   Units    metres, m/s.
//   Errors   none; nothing within the radius is no hit.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/surface_test.cc; docs/notes/moving_surface.md
#pragma once
#include <array>
#include <cstdint>
#include <limits>

#include "tactus/contact/deform.h"

namespace tactus {

inline constexpr std::uint32_t kNoTriangle = std::numeric_limits<std::uint32_t>::max();

/// How far past the later frame the motion is continued, in frame intervals.
inline constexpr float kMaxExtrapolation = 1.5f;

/// The surface at one instant.
struct Surface {
  const BodyModel* model = nullptr;
  const DeformedBody* before = nullptr;
  const DeformedBody* after = nullptr;
  float weight_before = 0;  ///< 1 - s: negative when extrapolating
  float weight_after = 1;   ///< s, >= 0
  float rate_Hz = 0;        ///< frames per second; 0 when the surface is held

  /// World to surface coordinates and back.
  [[nodiscard]] Vec3 from_world(Vec3 p_world) const noexcept;
  [[nodiscard]] Vec3 to_world(Vec3 p_surface) const noexcept;
  [[nodiscard]] Vec3 vertex(std::uint32_t i) const noexcept {
    return weight_before * before->p_root_vertex[i] + weight_after * after->p_root_vertex[i];
  }
  /// Velocity of a point of the skin, world axes; `corner` weighs the triangle's corners.
  [[nodiscard]] Vec3 velocity(std::uint32_t triangle,
                              const std::array<float, 3>& corner) const noexcept;
  /// Unit normal of a triangle; +Y for one without area.
  [[nodiscard]] Vec3 face_normal(std::uint32_t triangle) const noexcept;
};

/// The surface at `t` from two frames of one model, `before` not later than `after`. Before the
/// first frame and `furthest` frame intervals after it (>= 1) it is held still.
[[nodiscard]] Surface surface_at(const BodyModel& model, const DeformedBody& before,
                                 const DeformedBody& after, HostTime t,
                                 float furthest = kMaxExtrapolation) noexcept;

struct ClosestPoint {
  std::uint32_t triangle = kNoTriangle;  ///< in tree order
  float distance_m = 0;                  ///< >= 0
  Vec3 p_surface;
  std::array<float, 3> corner{};  ///< barycentric; an exact 0 on an edge, an exact 1 at a corner

  [[nodiscard]] bool found() const noexcept { return triangle != kNoTriangle; }
};

/// The closest point of one triangle.
[[nodiscard]] ClosestPoint closest_on_triangle(const Surface& surface, std::uint32_t triangle,
                                               Vec3 p_surface) noexcept;

/// Leaves one search may open. Near a surface of 20 000 triangles it opens about five; this many
/// only where half the body is equally far, and there the nearest found so far is returned.
inline constexpr std::uint32_t kMostLeaves = 256;

/// The closest point of the surface nearer than `radius_m`. `hint` is a triangle thought to be near
/// (last tick's): it only saves time.
[[nodiscard]] ClosestPoint closest_point(const Surface& surface, Vec3 p_surface, float radius_m,
                                         std::uint32_t hint = kNoTriangle) noexcept;

/// The closest point that can be reached from `from` over neighbouring triangles that face `n`:
/// the near side of a thin part stays the near side.
[[nodiscard]] ClosestPoint closest_nearby(const Surface& surface, Vec3 p_surface,
                                          std::uint32_t from, Vec3 n_world) noexcept;

/// Normal whose sign tells inside from outside at a closest point: of the face, of both faces of an
/// edge, or of a corner's faces by their angles. Not of unit length. Bærentzen & Aanæs 2005,
/// doi 10.1109/TVCG.2005.49.
[[nodiscard]] Vec3 pseudonormal(const Surface& surface, const ClosestPoint& hit) noexcept;

/// True inside a solid shell, however many overlap: rays along the axes count what they leave less
/// what they enter, and two of three agree.
[[nodiscard]] bool is_inside(const Surface& surface, Vec3 p_surface) noexcept;

}  // namespace tactus
