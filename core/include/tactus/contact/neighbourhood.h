// The part of a surface around one probe, remembered from tick to tick, and the closest point in it.
//
// Searching the tree anew each millisecond finds nearly the same triangles each time. A gathering
// keeps the packets of triangles around the probe, each with a distance that it does not come below,
// and one for all that was left out. As the probe moves against the skin the bounds shrink by its
// way; only packets whose bound is below the nearest found are looked at again, which renews it.
//
//   Clocks   the interval between two frames that a Surface blends. Frames: surface.
//   Units    metres.
//   Errors   none; nothing within the radius is no hit.
//   Threads  one owner of the neighbourhood; RT-safe.
//   Proof    tests/core/contact/neighbourhood_test.cc; docs/notes/contact.md
#pragma once
#include <array>
#include <cstdint>
#include <type_traits>

#include "tactus/contact/surface.h"

namespace tactus {

/// Packets remembered around one probe. On 100 000 triangles a gathering finds about ten.
inline constexpr std::size_t kNeighbours = 16;

/// How far from the nearest point a gathering looks beyond what the moment needs: at 0.1 m/s over
/// the skin it then serves until the next frame.
inline constexpr float kGatherMargin_m = 0.0015f;

/// Plain memory of one probe at one body. A zeroed one knows nothing.
struct Neighbourhood {
  std::uint64_t interval = 0;  ///< identity of the two frames between which it holds; 0: none
  float s_now = 0, s_to = 0;   ///< holds while Surface::weight_after is within
  Vec3 p_anchor;               ///< where the probe was at s_now
  Vec3 drift;                  ///< the anchor is carried by this in one interval, as the skin moves
  float beyond_m = 0;          ///< nothing left out comes nearer to the carried anchor
  std::uint32_t triangle = kNoTriangle;  ///< last closest
  std::uint32_t count = 0;
  std::uint32_t likely = 0;  ///< the packet that was nearest last
  std::array<std::uint32_t, kNeighbours> packet{};
  std::array<float, kNeighbours> bound_m{};   ///< packet i comes no nearer to the carried anchor
  std::array<float, kNeighbours> motion_m{};  ///< of its corners in one interval, beside the drift
};
static_assert(std::is_trivially_copyable_v<Neighbourhood>);

/// Numbers that are worked on together. Every width gives the same bits.
enum class VectorWidth : std::uint8_t { Four, Eight, Sixteen };
/// What this processor has.
[[nodiscard]] VectorWidth widest_vectors() noexcept;

/// The closest point of the surface nearer than `radius_m`, exact as `closest_point` without memory
/// is; ties between triangles may fall differently. Any Neighbourhood will do, of another body
/// too: what it remembers only saves time. `width` is for tests; no more than the widest is used.
[[nodiscard]] ClosestPoint closest_point(const Surface& surface, Vec3 p_surface, float radius_m,
                                         Neighbourhood& memory,
                                         VectorWidth width = widest_vectors()) noexcept;

}  // namespace tactus
