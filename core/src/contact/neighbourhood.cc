#include "tactus/contact/neighbourhood.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "gather.h"

namespace tactus {
namespace {

/// The motion of a packet that was not looked at yet.
constexpr float kUnmeasured = -1;

/// Copies some lanes of a packet, a bit each, to those from `to` on. There is room.
template <class Width>
TACTUS_INLINE void copy_triangles(const Packet& from, std::uint32_t lanes, Packet& out,
                                  std::size_t to) {
  for (std::size_t what = 0; what < 3; ++what) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      Width::put(from.at[what][axis], lanes, &out.at[what][axis][to]);
    }
  }
}

/// How far out the copies shall lie next time, that sixteen are nearly filled.
float adapt(float around_m2, std::size_t count) {
  constexpr std::size_t kFew = 13;
  constexpr float kLeast_m2 = 1e-8f, kMost_m2 = 1e-4f;
  const float scale = count > kLanes ? 0.7f : count < kFew ? 1.3f : 1.0f;
  return std::clamp(scale * around_m2, kLeast_m2, kMost_m2);
}

/// Copies the triangles nearest to the probe side by side: of those looked at, as many as fit.
template <class Width>
TACTUS_INLINE void copy_nearest(const Surface& surface, const Found& found, const Nearest& nearest,
                                Neighbourhood& memory) {
  const float reach_m2 = nearest.squared_m2 + memory.around_m2;
  std::size_t count = 0, fit = 0;
  memory.copied.fill(0);
  for (std::size_t i = 0; i < found.looked; ++i) {
    std::uint32_t near = lanes_below<Width>(found.squared_m2[i], reach_m2);
    count += static_cast<std::size_t>(std::popcount(near));
    while (fit + static_cast<std::size_t>(std::popcount(near)) > kLanes) {
      near &= ~std::bit_floor(near);
    }
    if (near == 0) continue;
    memory.copied[i] = near;
    const std::uint32_t packet = found.packet[i];
    copy_triangles<Width>(surface.before->packets[packet], near, memory.before, fit);
    copy_triangles<Width>(surface.after->packets[packet], near, memory.after, fit);
    for (; near != 0; near &= near - 1) {
      memory.copy_of[fit++] =
          triangle_of(surface, packet, static_cast<std::size_t>(std::countr_zero(near)));
    }
  }
  memory.around_m2 = adapt(memory.around_m2, count);
  memory.copies = static_cast<std::uint32_t>(fit);
}

/// Remembers what was found.
template <class Width>
TACTUS_INLINE void remember(const Surface& surface, const Found& found, float span,
                            const Nearest& nearest, Neighbourhood& memory) {
  memory.count = static_cast<std::uint32_t>(found.count);
  memory.beyond_m = std::sqrt(found.beyond_m2);
  memory.bound_m.fill(std::numeric_limits<float>::max());
  copy_nearest<Width>(surface, found, nearest, memory);
  for (std::size_t i = 0; i < found.count; ++i) {
    const std::uint32_t packet = found.packet[i];
    memory.packet[i] = packet;
    memory.bound_m[i] = std::sqrt(found.bound_m2[i]);
    memory.motion_m[i] = kUnmeasured;
    if (i >= found.looked) continue;
    memory.motion_m[i] = std::sqrt(squared_motion<Width>(
        surface.before->packets[packet], surface.after->packets[packet], memory.drift));
    const float looked_m = std::sqrt(least_but<Width>(found.squared_m2[i], memory.copied[i]));
    memory.bound_m[i] = larger(memory.bound_m[i], looked_m - span * memory.motion_m[i]);
  }
}

std::uint64_t interval_of(const Surface& surface) {
  return surface.before->identity ^ std::rotl(surface.after->identity, 1);
}

/// How far the skin of a triangle moves in one interval of frames.
Vec3 drift_of(const Surface& surface, std::uint32_t triangle) {
  if (triangle >= surface.model->triangles.size()) return {};
  const std::uint32_t v = surface.model->triangles[triangle].vertex[0];
  return surface.after->p_root_vertex[v] - surface.before->p_root_vertex[v];
}

/// How far the probe will move against the skin in `span` intervals, going by the last gathering.
TACTUS_INLINE float foresee(const Neighbourhood& memory, float span) {
  const float passed = memory.s_now - memory.s_gathered;
  if (!(passed > 0)) return memory.margin_m;
  return larger(1.2f * span / passed * memory.moved_m, kLeastMargin_m);
}

/// Searches the tree and remembers what is near.
template <class Width>
TACTUS_INLINE void search(const Surface& surface, Vec3 p, Neighbourhood& memory, Nearest& nearest) {
  const float s = surface.weight_after, s_to = s <= 1 ? 1 : larger(s, kMaxExtrapolation);
  memory.margin_m = foresee(memory, s_to - s);
  memory.interval = interval_of(surface);
  memory.s_now = memory.s_gathered = s;
  memory.s_to = s_to;
  memory.moved_m = 0;
  memory.p_anchor = p;
  memory.drift = drift_of(surface, memory.triangle);
  // From the frame before on, where boxes need not be blended.
  const float from = s <= 1 ? 0 : s;
  const Path path{{1.0f - from, from},
                  {1.0f - s_to, s_to},
                  p - (s - from) * memory.drift,
                  p + (s_to - s) * memory.drift};
  const bool lasts = memory.margin_m <= kMostMargin_m;
  Found found;
  gather<Width>(surface, p, path, lasts ? memory.margin_m : 0, memory.triangle, kNeighbours, found,
                nearest);
  if (lasts) {
    remember<Width>(surface, found, s_to - s, nearest, memory);
  } else {
    memory.beyond_m = 0;
  }
}

/// Carries the anchor to `p`: every bound shrinks by the way there.
TACTUS_INLINE void move_anchor(const Surface& surface, Vec3 p, Neighbourhood& memory) {
  const float passed = surface.weight_after - memory.s_now;
  const float moved_m = length(p - (memory.p_anchor + passed * memory.drift));
  for (float& bound_m : memory.bound_m) bound_m -= moved_m;
  memory.beyond_m -= moved_m;
  memory.moved_m += moved_m;
  memory.p_anchor = p;
  memory.s_now = surface.weight_after;
}

/// Looks at remembered packet `i`, which renews its bound.
template <class Width>
TACTUS_INLINE void look_again(const Surface& surface, Vec3 p, std::size_t i, Neighbourhood& memory,
                              Nearest& nearest) {
  const std::uint32_t packet = memory.packet[i];
  const Packet &before = surface.before->packets[packet], &after = surface.after->packets[packet];
  if (memory.motion_m[i] == kUnmeasured) {
    memory.motion_m[i] = std::sqrt(squared_motion<Width>(before, after, memory.drift));
  }
  PacketPoints points;
  find_in_packet(before, after, {surface.weight_before, surface.weight_after}, p, points);
  const std::size_t k = nearest_lane<Width>(points.squared_m2);
  take_nearer(nearest, points, k, triangle_of(surface, packet, k));
  memory.bound_m[i] = std::sqrt(least_but<Width>(points.squared_m2, memory.copied[i])) -
                      (memory.s_to - memory.s_now) * memory.motion_m[i];
}

/// The nearest among the remembered; false when something left out might be nearer.
template <class Width>
TACTUS_INLINE bool look_around(const Surface& surface, Vec3 p, Neighbourhood& memory,
                               Nearest& nearest) {
  move_anchor(surface, p, memory);
  if (!(memory.beyond_m > 0)) return false;
  if (memory.copies > 0) {
    PacketPoints points;
    find_in_packet(memory.before, memory.after, {surface.weight_before, surface.weight_after}, p,
                   points);
    const std::size_t k = nearest_lane<Width>(points.squared_m2, memory.copies);
    take_nearer(nearest, points, k, memory.copy_of[k]);
  }
  const float nearest_m = std::sqrt(nearest.squared_m2);
  if (memory.beyond_m < nearest_m) return false;
  std::uint32_t nearer = lanes_below<Width>(memory.bound_m, nearest_m);
  for (; nearer != 0; nearer &= nearer - 1) {
    look_again<Width>(surface, p, static_cast<std::size_t>(std::countr_zero(nearer)), memory,
                      nearest);
  }
  return true;
}

/// The closest point by what is remembered, or by a search where that does not suffice.
template <class Width>
TACTUS_INLINE void find(const Surface& surface, Vec3 p, bool known, Neighbourhood& memory,
                        Nearest& nearest) {
  const float none_m2 = nearest.squared_m2;
  if (known && look_around<Width>(surface, p, memory, nearest)) return;
  if (nearest.triangle != kNoTriangle) memory.triangle = nearest.triangle;
  nearest = {.squared_m2 = none_m2};
  search<Width>(surface, p, memory, nearest);
}

/// The closest point without memory.
template <class Width>
TACTUS_INLINE void find_once(const Surface& surface, Vec3 p, std::uint32_t hint, Nearest& nearest) {
  const Weights w{surface.weight_before, surface.weight_after};
  Found found;
  gather<Width>(surface, p, {w, w, p, p}, 0, hint, kNeighbours, found, nearest);
}

struct Kernels {
  void (*find)(const Surface&, Vec3, bool, Neighbourhood&, Nearest&);
  void (*find_once)(const Surface&, Vec3, std::uint32_t, Nearest&);
};

// NOLINTBEGIN(bugprone-macro-parentheses): an attribute has none
#define TACTUS_KERNELS(NAME, WIDTH, TARGET)                                                      \
  TARGET void find_##NAME(const Surface& s, Vec3 p, bool known, Neighbourhood& memory,           \
                          Nearest& nearest) {                                                    \
    find<WIDTH>(s, p, known, memory, nearest);                                                   \
  }                                                                                              \
  TARGET void find_once_##NAME(const Surface& s, Vec3 p, std::uint32_t hint, Nearest& nearest) { \
    find_once<WIDTH>(s, p, hint, nearest);                                                       \
  }                                                                                              \
  constexpr Kernels kKernels_##NAME{find_##NAME, find_once_##NAME};
// NOLINTEND(bugprone-macro-parentheses)

TACTUS_KERNELS(four, WidthFour, )
#if TACTUS_WIDE
TACTUS_KERNELS(eight, WidthEight, TACTUS_TARGET("avx2"))
#if defined(__clang__)
TACTUS_KERNELS(sixteen, WidthSixteen, TACTUS_TARGET("avx2,avx512f,avx512vl,avx512dq"))
#else
TACTUS_KERNELS(sixteen, WidthSixteen,
               TACTUS_TARGET("avx2,avx512f,avx512vl,avx512dq,prefer-vector-width=512"))
#endif
#endif

VectorWidth find_widest() {
#if TACTUS_WIDE
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
      __builtin_cpu_supports("avx512dq")) {
    return VectorWidth::Sixteen;
  }
  if (__builtin_cpu_supports("avx2")) return VectorWidth::Eight;
#endif
  return VectorWidth::Four;
}

const VectorWidth kWidest = find_widest();

const Kernels& kernels_of(VectorWidth width) {
#if TACTUS_WIDE
  if (width == VectorWidth::Sixteen) return kKernels_sixteen;
  if (width == VectorWidth::Eight) return kKernels_eight;
#endif
  static_cast<void>(width);
  return kKernels_four;
}

ClosestPoint point_of(Vec3 p_surface, const Nearest& nearest) {
  if (nearest.triangle == kNoTriangle) return {};
  return {nearest.triangle, std::sqrt(nearest.squared_m2), p_surface + nearest.away,
          nearest.corner};
}

}  // namespace

VectorWidth widest_vectors() noexcept { return kWidest; }

ClosestPoint closest_point(const Surface& surface, Vec3 p_surface, float radius_m,
                           Neighbourhood& memory, VectorWidth width) noexcept {
  const float s = surface.weight_after;
  const bool known = memory.interval == interval_of(surface) && memory.interval != 0 &&
                     s >= memory.s_now && s <= memory.s_to;
  Nearest nearest{.squared_m2 = radius_m * radius_m};
  kernels_of(std::min(width, kWidest)).find(surface, p_surface, known, memory, nearest);
  memory.triangle = nearest.triangle;
  return point_of(p_surface, nearest);
}

ClosestPoint closest_point(const Surface& surface, Vec3 p_surface, float radius_m,
                           std::uint32_t hint) noexcept {
  Nearest nearest{.squared_m2 = radius_m * radius_m};
  kernels_of(kWidest).find_once(surface, p_surface, hint, nearest);
  return point_of(p_surface, nearest);
}

}  // namespace tactus
