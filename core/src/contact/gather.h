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

#include "packet_widths.h"

namespace tactus {

/// An anchor on its way, which holds the neighbourhood's time.
struct Path {
  Weights w_begin, w_end;
  Vec3 p_begin, p_end;
};

static_assert(kTreeWidth == kLanes);

/// The lanes that are less than `limit`, a bit each.
template <class Width>
TACTUS_INLINE std::uint32_t lanes_below(const Lanes<float>& numbers, float limit) {
  using Floats = typename Width::Floats;
  return Width::bits_of(Floats::load(numbers) < limit);
}

/// The boxes between two frames. A negative weight turns the earlier ones around.
TACTUS_INLINE void blend(const Boxes& before, const Boxes& after, Weights w, Boxes& out) {
  const bool turned = w.before < 0;
  const auto &from_low = turned ? before.high : before.low,
             &from_high = turned ? before.low : before.high;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (std::size_t k = 0; k < kTreeWidth; ++k) {
      out.low[axis][k] = w.before * from_low[axis][k] + w.after * after.low[axis][k];
      out.high[axis][k] = w.before * from_high[axis][k] + w.after * after.high[axis][k];
    }
  }
}

/// Squared distances from an anchor to boxes, both moving along straight lines: nothing in them comes
/// nearer in all that time.
template <class Width>
TACTUS_INLINE void measure(const Boxes& begin, const Boxes& end, const Path& path,
                           Lanes<float>& squared_m2) {
  using Floats = typename Width::Floats;
  const float p_begin[3] = {path.p_begin.x, path.p_begin.y, path.p_begin.z};
  const float p_end[3] = {path.p_end.x, path.p_end.y, path.p_end.z};
  Floats sum = Floats::all(0);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const float from = p_begin[axis], to = p_end[axis];
    const Floats below =
        smaller(Floats::load(begin.low[axis]) - from, Floats::load(end.low[axis]) - to);
    const Floats above =
        smaller(from - Floats::load(begin.high[axis]), to - Floats::load(end.high[axis]));
    const Floats outside = larger(larger(below, above), Floats::all(0));
    sum = sum + outside * outside;
  }
  sum.store(squared_m2);
}

/// Squared distances from the moving anchor to the boxes of a node's children.
template <class Width>
TACTUS_INLINE void measure_children(const Surface& surface, std::size_t node, const Path& path,
                                    Lanes<float>& squared_m2) {
  const Boxes &before = surface.before->boxes[node], &after = surface.after->boxes[node];
  if (path.w_begin.after == 0 && path.w_end.after == 1) {
    measure<Width>(before, after, path, squared_m2);
    return;
  }
  Boxes begin, end;
  blend(before, after, path.w_begin, begin);
  const bool moves = path.w_end.after != path.w_begin.after;
  if (moves) blend(before, after, path.w_end, end);
  measure<Width>(begin, moves ? end : begin, path, squared_m2);
}

TACTUS_INLINE float square(float x) { return x * x; }

/// Packets found: first those that were looked at, which know the distance of each triangle.
struct Found {
  static constexpr std::size_t kMost = 48;
  std::size_t looked = 0, count = 0;
  float beyond_m2 = std::numeric_limits<float>::max();  ///< of all that is not in the list
  std::array<std::uint32_t, kMost> packet;
  std::array<float, kMost> bound_m2;  ///< of its box, for all of the path
  alignas(64) std::array<Lanes<float>, kMost> squared_m2;
};

/// The triangle in lane `k` of a packet. Of one that is not full, the lanes that repeat the last.
TACTUS_INLINE std::uint32_t triangle_of(const Surface& surface, std::uint32_t packet,
                                        std::size_t k) {
  const auto last = static_cast<std::uint32_t>(surface.model->triangles.size() - 1);
  return std::min(packet * kLeafTriangles + static_cast<std::uint32_t>(k), last);
}

/// Looks at packet `i` of the list, which goes to the front; the nearest learns from it.
template <class Width>
TACTUS_INLINE void look_at(const Surface& surface, Vec3 p, Found& found, std::size_t i,
                           Nearest& nearest) {
  std::swap(found.packet[i], found.packet[found.looked]);
  std::swap(found.bound_m2[i], found.bound_m2[found.looked]);
  const std::uint32_t packet = found.packet[found.looked];
  PacketPoints points;
  find_in_packet(surface.before->packets[packet], surface.after->packets[packet],
                 {surface.weight_before, surface.weight_after}, p, points);
  found.squared_m2[found.looked++] = points.squared_m2;
  const std::size_t k = nearest_lane<Width>(points.squared_m2);
  take_nearer(nearest, points, k, triangle_of(surface, packet, k));
}

/// The packet at the end of the way down the tree that goes to the nearest box at each node.
template <class Width>
TACTUS_INLINE std::uint32_t descend(const Surface& surface, const Path& path) {
  for (std::uint32_t i = 0;;) {
    const TreeNode& node = surface.model->nodes[i];
    Lanes<float> squared_m2;
    measure_children<Width>(surface, i, path, squared_m2);
    std::size_t k = 0;
    for (std::size_t j = 1; j < node.width; ++j) k = squared_m2[j] < squared_m2[k] ? j : k;
    if (node.is_leaf(k)) return node.child[k];
    i = node.child[k];
  }
}

/// Begins the list with a packet that is thought to be near.
template <class Width>
TACTUS_INLINE void begin_with(const Surface& surface, Vec3 p, std::uint32_t packet, Found& found,
                              Nearest& nearest) {
  found.packet[0] = packet;
  found.bound_m2[0] = 0;
  found.count = 1;
  look_at<Width>(surface, p, found, 0, nearest);
}

/// Looks at all that may hold the nearest, the likeliest first. False after kMostLeaves.
template <class Width>
TACTUS_INLINE bool look_at_likely(const Surface& surface, Vec3 p, Found& found,
                                  std::uint32_t& looks, Nearest& nearest) {
  while (found.looked < found.count) {
    std::size_t next = found.looked;
    for (std::size_t i = next + 1; i < found.count; ++i) {
      next = found.bound_m2[i] < found.bound_m2[next] ? i : next;
    }
    if (!(found.bound_m2[next] < nearest.squared_m2)) break;
    if (++looks > kMostLeaves) return false;
    look_at<Width>(surface, p, found, next, nearest);
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

/// Finds the triangle nearest to `p`, and lists the packets that come on the way within kReach times
/// `margin_m` of its distance, no more than `most`. `hint` is a triangle thought to be near.
template <class Width>
TACTUS_INLINE void gather(const Surface& surface, Vec3 p, const Path& path, float margin_m,
                          std::uint32_t hint, std::size_t most, Found& found, Nearest& nearest) {
  using Floats = typename Width::Floats;
  using Ints = typename Width::Ints;
  constexpr float kNothing = std::numeric_limits<float>::max();
  const BodyModel& model = *surface.model;
  const bool hinted = hint < model.triangles.size();
  begin_with<Width>(surface, p, hinted ? hint / kLeafTriangles : descend<Width>(surface, path),
                    found, nearest);
  const auto begun = static_cast<std::int32_t>(found.packet[0]);
  // Each level leaves at most all children but one waiting; and room for those of one more node.
  constexpr std::size_t kMostWaiting = kMaxTreeDepth * (kTreeWidth - 1) + 1 + kTreeWidth;
  std::array<float, kMostWaiting> waiting_m2;
  std::array<std::uint32_t, kMostWaiting> waiting;
  std::size_t waits = 0;
  std::uint32_t looks = 0;
  float reach_m2 = square(std::sqrt(nearest.squared_m2) + kReach * margin_m);
  Floats left_out_m2 = Floats::all(kNothing);
  waiting_m2[waits] = 0;
  waiting[waits++] = 0;
  while (waits > 0) {
    const std::uint32_t i = waiting[--waits];
    if (waiting_m2[waits] >= reach_m2) {
      found.beyond_m2 = smaller(found.beyond_m2, waiting_m2[waits]);
      continue;
    }
    if (found.count > Found::kMost - kTreeWidth) {
      if (!look_at_likely<Width>(surface, p, found, looks, nearest)) break;
      reach_m2 = square(std::sqrt(nearest.squared_m2) + kReach * margin_m);
      leave_out_far(found, reach_m2, most);
    }
    const TreeNode& node = model.nodes[i];
    Lanes<float> bound_m2;
    measure_children<Width>(surface, i, path, bound_m2);
    const Floats squared_m2 = Floats::load(bound_m2);
    const Ints child = Ints::load(node.child.data());
    const Ints is_near = squared_m2 < reach_m2;
    left_out_m2 = smaller(choose(is_near, left_out_m2, squared_m2), left_out_m2);
    const std::uint32_t near = Width::bits_of(is_near);
    const std::uint32_t nodes = near & ~node.leaves;
    const std::uint32_t leaves = near & node.leaves & ~Width::bits_of(child == begun);
    Width::put_with_room(node.child, nodes, &waiting[waits]);
    Width::put_with_room(bound_m2, nodes, &waiting_m2[waits]);
    waits += static_cast<std::size_t>(std::popcount(nodes));
    Width::put_with_room(node.child, leaves, &found.packet[found.count]);
    Width::put_with_room(bound_m2, leaves, &found.bound_m2[found.count]);
    found.count += static_cast<std::size_t>(std::popcount(leaves));
  }
  if (looks > kMostLeaves || !look_at_likely<Width>(surface, p, found, looks, nearest)) {
    found.beyond_m2 = 0;
  }
  const float nearest_reach_m2 = square(std::sqrt(nearest.squared_m2) + kReach * margin_m);
  if (nearest_reach_m2 < reach_m2 || found.count > most) {
    leave_out_far(found, nearest_reach_m2, most);
  }
  found.beyond_m2 = smaller(found.beyond_m2, least_of(left_out_m2));
}

}  // namespace tactus
