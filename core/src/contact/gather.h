// All packets of triangles that are or could become nearest to a probe, found in the tree.
//
//   Clocks   the interval between two frames that a Surface blends. Frames: surface.
//   Units    metres.
//   Errors   none; nothing within reach is an empty list.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/neighbourhood_test.cc; docs/notes/contact.md
#pragma once
#include <algorithm>
#include <cmath>

#include "packet_points.h"

namespace tactus {

/// An anchor on its way from where it is now to where it is at the end of the neighbourhood's time.
struct Path {
  Weights w_now, w_end;
  Vec3 p_now, p_end;
};

/// Eight numbers that are added, multiplied and compared together.
using Eight = float __attribute__((vector_size(32)));
static_assert(sizeof(Eight) == kTreeWidth * sizeof(float));
TACTUS_INLINE void load(Eight& out, const std::array<float, kTreeWidth>& from) {
  std::memcpy(&out, from.data(), sizeof(out));
}

/// Squared distances from the moving anchor to the boxes of a node's children, as seen from it: no
/// triangle below a child comes nearer in all that time.
TACTUS_INLINE void measure_children(const Boxes& before, const Boxes& after, const Path& path,
                                    std::array<float, kTreeWidth>& squared_m2) {
  // A negative weight turns the earlier box around.
  const bool turned = path.w_now.before < 0, turned_end = path.w_end.before < 0;
  const auto &low_now = turned ? before.high : before.low,
             &high_now = turned ? before.low : before.high;
  const auto &low_end = turned_end ? before.high : before.low,
             &high_end = turned_end ? before.low : before.high;
  const float now[3] = {path.p_now.x, path.p_now.y, path.p_now.z};
  const float end[3] = {path.p_end.x, path.p_end.y, path.p_end.z};
  const Eight zero{};
  Eight sum{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Eight low, high, low_to, high_to, low_after, high_after;
    load(low, low_now[axis]);
    load(high, high_now[axis]);
    load(low_to, low_end[axis]);
    load(high_to, high_end[axis]);
    load(low_after, after.low[axis]);
    load(high_after, after.high[axis]);
    const Eight a = path.w_now.before * low + path.w_now.after * low_after;
    const Eight b = path.w_end.before * low_to + path.w_end.after * low_after;
    const Eight c = path.w_now.before * high + path.w_now.after * high_after;
    const Eight d = path.w_end.before * high_to + path.w_end.after * high_after;
    const Eight below_now = a - now[axis], below_end = b - end[axis];
    const Eight above_now = now[axis] - c, above_end = end[axis] - d;
    const Eight below = below_now < below_end ? below_now : below_end;
    const Eight above = above_now < above_end ? above_now : above_end;
    const Eight outside = below > above ? below : above;
    const Eight positive = outside > zero ? outside : zero;
    sum += positive * positive;
  }
  std::memcpy(squared_m2.data(), &sum, sizeof(sum));
}

TACTUS_INLINE float square(float x) { return x * x; }

/// Packets found: first those that were looked at, which know the distance of each triangle.
struct Found {
  static constexpr std::size_t kMost = 32;
  std::size_t looked = 0, count = 0;
  float beyond_m2 = std::numeric_limits<float>::max();  ///< of all that is not in the list
  // One place beyond the end, to write what may not stay.
  std::array<std::uint32_t, kMost + 1> packet;
  std::array<float, kMost + 1> bound_m2;  ///< of its box, for all of the path
  alignas(64) std::array<Lanes<float>, kMost> squared_m2;
};

/// The triangle in lane `k` of a packet. Of one that is not full, the lanes that repeat the last.
TACTUS_INLINE std::uint32_t triangle_of(const Surface& surface, std::uint32_t packet,
                                        std::size_t k) {
  const auto last = static_cast<std::uint32_t>(surface.model->triangles.size() - 1);
  return std::min(packet * kLeafTriangles + static_cast<std::uint32_t>(k), last);
}

/// Looks at packet `i` of the list, which goes to the front; the nearest learns from it.
TACTUS_INLINE void look_at(const Surface& surface, Vec3 p, Found& found, std::size_t i,
                           Nearest& nearest) {
  std::swap(found.packet[i], found.packet[found.looked]);
  std::swap(found.bound_m2[i], found.bound_m2[found.looked]);
  const std::uint32_t packet = found.packet[found.looked];
  PacketPoints points;
  find_in_packet(surface.before->packets[packet], surface.after->packets[packet],
                 {surface.weight_before, surface.weight_after}, p, points);
  found.squared_m2[found.looked++] = points.squared_m2;
  const std::size_t k = nearest_lane(points.squared_m2);
  take_nearer(nearest, points, k, triangle_of(surface, packet, k));
}

/// The packet at the end of the way down the tree that goes to the nearest box at each node.
TACTUS_INLINE std::uint32_t descend(const Surface& surface, const Path& path) {
  for (std::uint32_t i = 0;;) {
    const TreeNode& node = surface.model->nodes[i];
    alignas(32) std::array<float, kTreeWidth> squared_m2;
    measure_children(surface.before->boxes[i], surface.after->boxes[i], path, squared_m2);
    std::size_t k = 0;
    for (std::size_t j = 1; j < node.width; ++j) k = squared_m2[j] < squared_m2[k] ? j : k;
    if (node.triangles[k] > 0) return node.child[k] / kLeafTriangles;
    i = node.child[k];
  }
}

/// Begins the list with a packet that is thought to be near.
TACTUS_INLINE void begin_with(const Surface& surface, Vec3 p, std::uint32_t packet, Found& found,
                              Nearest& nearest) {
  found.packet[0] = packet;
  found.bound_m2[0] = 0;
  found.count = 1;
  look_at(surface, p, found, 0, nearest);
}

/// Looks at all that may hold the nearest, the likeliest first. False after kMostLeaves.
TACTUS_INLINE bool look_at_likely(const Surface& surface, Vec3 p, Found& found,
                                  std::uint32_t& looks, Nearest& nearest) {
  while (found.looked < found.count) {
    std::size_t next = found.looked;
    for (std::size_t i = next + 1; i < found.count; ++i) {
      next = found.bound_m2[i] < found.bound_m2[next] ? i : next;
    }
    if (!(found.bound_m2[next] < nearest.squared_m2)) break;
    if (++looks > kMostLeaves) return false;
    look_at(surface, p, found, next, nearest);
  }
  return true;
}

TACTUS_INLINE void leave_out(Found& found, std::size_t i) {
  found.beyond_m2 = smaller(found.beyond_m2, found.bound_m2[i]);
  if (i < found.looked) {
    const std::size_t last = --found.looked;
    found.packet[i] = found.packet[last];
    found.bound_m2[i] = found.bound_m2[last];
    found.squared_m2[i] = found.squared_m2[last];
    i = last;
  }
  const std::size_t last = --found.count;
  found.packet[i] = found.packet[last];
  found.bound_m2[i] = found.bound_m2[last];
}

/// Leaves out what is not within reach, and the farthest if there are more than `most`.
TACTUS_INLINE void leave_out_far(Found& found, float reach_m2, std::size_t most) {
  for (std::size_t i = found.count; i-- > 0;) {
    if (found.bound_m2[i] >= reach_m2) leave_out(found, i);
  }
  while (found.count > most) {
    const auto bounds = found.bound_m2.begin();
    leave_out(found,
              static_cast<std::size_t>(std::max_element(bounds, bounds + found.count) - bounds));
  }
}

/// Where the probe moves by the margin, a bound shrinks by that and the nearest may become as much
/// farther; but mostly it moves along the skin.
constexpr float kReach = 1.5f;

/// Finds the nearest triangle, and lists the packets that come on the way within kReach times
/// `margin_m` of its distance, no more than `most`. `hint` is a triangle thought to be near.
TACTUS_INLINE void gather(const Surface& surface, const Path& path, float margin_m,
                          std::uint32_t hint, std::size_t most, Found& found, Nearest& nearest) {
  constexpr float kNothing = std::numeric_limits<float>::max();
  const BodyModel& model = *surface.model;
  const bool hinted = hint < model.triangles.size();
  begin_with(surface, path.p_now, hinted ? hint / kLeafTriangles : descend(surface, path), found,
             nearest);
  const std::uint32_t begun = found.packet[0] * kLeafTriangles;
  // Each level leaves at most all children but one waiting, and one place to write what may not stay.
  constexpr std::size_t kMostWaiting = kMaxTreeDepth * (kTreeWidth - 1) + 2;
  std::array<float, kMostWaiting> waiting_m2;
  std::array<std::uint32_t, kMostWaiting> waiting;
  std::size_t waits = 0;
  std::uint32_t looks = 0;
  float reach_m2 = square(std::sqrt(nearest.squared_m2) + kReach * margin_m);
  alignas(32) std::array<float, kTreeWidth> left_out_m2;
  left_out_m2.fill(kNothing);
  waiting_m2[waits] = 0;
  waiting[waits++] = 0;
  while (waits > 0) {
    const std::uint32_t i = waiting[--waits];
    if (waiting_m2[waits] >= reach_m2) {
      found.beyond_m2 = smaller(found.beyond_m2, waiting_m2[waits]);
      continue;
    }
    if (found.count > Found::kMost - kTreeWidth) {
      if (!look_at_likely(surface, path.p_now, found, looks, nearest)) break;
      reach_m2 = square(std::sqrt(nearest.squared_m2) + kReach * margin_m);
      leave_out_far(found, reach_m2, most);
    }
    const TreeNode& node = model.nodes[i];
    alignas(32) std::array<float, kTreeWidth> squared_m2;
    measure_children(surface.before->boxes[i], surface.after->boxes[i], path, squared_m2);
    for (std::size_t k = 0; k < kTreeWidth; ++k) {
      const bool near = squared_m2[k]<reach_m2, leaf = node.triangles[k]> 0;
      left_out_m2[k] = smaller(left_out_m2[k], near ? kNothing : squared_m2[k]);
      waiting_m2[waits] = found.bound_m2[found.count] = squared_m2[k];
      waiting[waits] = node.child[k];
      found.packet[found.count] = node.child[k] / kLeafTriangles;
      waits += static_cast<std::size_t>(near & !leaf);
      found.count += static_cast<std::size_t>(near & leaf & (node.child[k] != begun));
    }
  }
  if (looks > kMostLeaves || !look_at_likely(surface, path.p_now, found, looks, nearest)) {
    found.beyond_m2 = 0;
  }
  const float nearest_reach_m2 = square(std::sqrt(nearest.squared_m2) + kReach * margin_m);
  if (nearest_reach_m2 < reach_m2 || found.count > most) {
    leave_out_far(found, nearest_reach_m2, most);
  }
  for (const float squared_m2 : left_out_m2) {
    found.beyond_m2 = smaller(found.beyond_m2, squared_m2);
  }
}

}  // namespace tactus
