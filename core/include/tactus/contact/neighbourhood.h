// The part of a surface around one probe, remembered from tick to tick, and the closest point in it.
//
// Searching the tree anew each millisecond finds nearly the same triangles each time. A gathering
// copies the sixteen likeliest side by side, which is all that most ticks read. Of the packets around
// it keeps a distance that the others in them do not come below, and one for all that was left out.
// As the probe moves against the skin the bounds shrink by its way; a packet whose bound is below the
// nearest found is looked at again, which renews it.
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

/// A gathering is prepared for as much as the probe will move against the skin until the next frame,
/// going by what it did, but for the least; of one that will move more than the most nothing is
/// remembered.
inline constexpr float kLeastMargin_m = 0.0002f, kMostMargin_m = 0.002f;

/// Plain memory of one probe at one body. A zeroed one knows nothing.
struct Neighbourhood {
  std::uint64_t interval = 0;  ///< identity of the two frames between which it holds; 0: none
  float s_now = 0, s_to = 0;   ///< holds while Surface::weight_after is within
  Vec3 p_anchor;               ///< where the probe was at s_now
  Vec3 drift;                  ///< the anchor is carried by this in one interval, as the skin moves
  float beyond_m = 0;          ///< nothing left out comes nearer to the carried anchor
  float s_gathered = 0;        ///< when it was gathered ...
  float moved_m = 0;        ///< ... how far the probe has come from the anchor since, all told ...
  float margin_m = 0.001f;  ///< ... and what it was prepared for
  std::uint32_t triangle = kNoTriangle;  ///< last closest
  std::uint32_t count = 0;               ///< packets
  std::array<std::uint32_t, kNeighbours> packet{};
  std::array<std::uint32_t, kNeighbours>
      copied{};                               ///< triangles of packet i in the copies, a bit each
  std::array<float, kNeighbours> bound_m{};   ///< no other of packet i comes nearer to the anchor
  std::array<float, kNeighbours> motion_m{};  ///< of its corners in one interval, beside the drift
  float around_m2 = 1e-5f;   ///< triangles are copied whose squares are less than this farther
  std::uint32_t copies = 0;  ///< 0: none
  std::array<std::uint32_t, kLeafTriangles> copy_of{};
  Packet before, after;  ///< copies of the likeliest triangles
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
