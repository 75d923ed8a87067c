#include "tactus/contact/neighbourhood.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "tactus/base/wide.h"

namespace tactus {
namespace {

// Loops over the triangles of a packet and the children of a node have no branches, so that the
// compiler makes them wide. Each is compiled for several instruction sets; none contracts products,
// so all give the same bits.

constexpr std::size_t kLanes = kLeafTriangles;
template <class T>
using Lanes = std::array<T, kLanes>;

struct Weights {
  float before, after;
};

TACTUS_INLINE float larger(float a, float b) { return a > b ? a : b; }
TACTUS_INLINE float smaller(float a, float b) { return a < b ? a : b; }

/// Closest points of a packet's triangles: squared distances and weights of the corners.
struct PacketPoints {
  alignas(64) Lanes<float> squared_m2, a, b, c;
};

/// Of sixteen triangles the points nearest to `p`. Regions after Ericson, Real-Time Collision
/// Detection, 2005, section 5.1.5, as weights over one common denominator. A triangle without area
/// counts as its edges.
TACTUS_INLINE void find_in_packet(const Packet& before, const Packet& after, Weights w, Vec3 p,
                                  PacketPoints& __restrict out) {
  const auto &a0 = before.at[0], &ab0 = before.at[1], &ac0 = before.at[2];
  const auto &a1 = after.at[0], &ab1 = after.at[1], &ac1 = after.at[2];
  for (std::size_t k = 0; k < kLanes; ++k) {
    const float ax = w.before * a0[0][k] + w.after * a1[0][k] - p.x;
    const float ay = w.before * a0[1][k] + w.after * a1[1][k] - p.y;
    const float az = w.before * a0[2][k] + w.after * a1[2][k] - p.z;
    const float abx = w.before * ab0[0][k] + w.after * ab1[0][k];
    const float aby = w.before * ab0[1][k] + w.after * ab1[1][k];
    const float abz = w.before * ab0[2][k] + w.after * ab1[2][k];
    const float acx = w.before * ac0[0][k] + w.after * ac1[0][k];
    const float acy = w.before * ac0[1][k] + w.after * ac1[1][k];
    const float acz = w.before * ac0[2][k] + w.after * ac1[2][k];
    const float along_b = abx * ax + aby * ay + abz * az, along_c = acx * ax + acy * ay + acz * az;
    const float bb = abx * abx + aby * aby + abz * abz, cc = acx * acx + acy * acy + acz * acz;
    const float bc = abx * acx + aby * acy + abz * acz;
    // The book's d1 to d6 with opposite sign.
    const float e3 = along_b + bb, e4 = along_c + bc, e5 = along_b + bc, e6 = along_c + cc;
    const float va = e3 * e6 - e5 * e4, vb = e5 * along_c - along_b * e6,
                vc = along_b * e4 - e3 * along_c;
    const float n_c = e3 - e4, n_b = e6 - e5;
    // Later regions override earlier ones: face, edges, corners.
    float na = va, nb = vb, nc = vc;
    const bool on_bc = (va <= 0) & (n_c >= 0) & (n_b >= 0);
    na = on_bc ? 0.0f : na, nb = on_bc ? n_b : nb, nc = on_bc ? n_c : nc;
    const bool on_ac = (vb <= 0) & (along_c <= 0) & (e6 >= 0);
    na = on_ac ? e6 : na, nb = on_ac ? 0.0f : nb, nc = on_ac ? -along_c : nc;
    const bool on_ab = (vc <= 0) & (along_b <= 0) & (e3 >= 0);
    na = on_ab ? e3 : na, nb = on_ab ? -along_b : nb, nc = on_ab ? 0.0f : nc;
    const bool at_c = (e6 <= 0) & (n_b <= 0);
    na = at_c ? 0.0f : na, nb = at_c ? 0.0f : nb, nc = at_c ? 1.0f : nc;
    const bool at_b = (e3 <= 0) & (n_c <= 0);
    na = at_b ? 0.0f : na, nb = at_b ? 1.0f : nb, nc = at_b ? 0.0f : nc;
    const bool at_a = (along_b >= 0) & (along_c >= 0);
    const float sum = na + nb + nc;
    const float inverse = 1.0f / (sum > 0 ? sum : 1.0f);
    const float v = at_a ? 0.0f : nb * inverse, u = at_a ? 0.0f : nc * inverse;
    const float x = ax + v * abx + u * acx;
    const float y = ay + v * aby + u * acy;
    const float z = az + v * abz + u * acz;
    out.squared_m2[k] = x * x + y * y + z * z;
    out.a[k] = at_a ? 1.0f : na * inverse, out.b[k] = v, out.c[k] = u;
  }
}

using FourInts = std::int32_t __attribute__((vector_size(16)));

/// The least of sixteen, none negative. Halves are compared until one is left, in registers.
TACTUS_INLINE std::int32_t least_of(const Lanes<std::int32_t>& all) {
  FourInts a, b, c, d;
  std::memcpy(&a, &all[0], sizeof(a));
  std::memcpy(&b, &all[4], sizeof(b));
  std::memcpy(&c, &all[8], sizeof(c));
  std::memcpy(&d, &all[12], sizeof(d));
  a = a < b ? a : b;
  c = c < d ? c : d;
  a = a < c ? a : c;
  b = __builtin_shufflevector(a, a, 2, 3, 0, 1);
  a = a < b ? a : b;
  b = __builtin_shufflevector(a, a, 1, 0, 3, 2);
  a = a < b ? a : b;
  return a[0];
}

/// The nearest lane. Squares are compared as whole numbers, which have the same order, without their
/// last four bits, which carry the lane: 1e-6 of the distance at most.
TACTUS_INLINE std::size_t nearest_lane(const Lanes<float>& squared_m2) {
  alignas(64) Lanes<std::int32_t> key;
  for (std::size_t k = 0; k < kLanes; ++k) {
    key[k] = (std::bit_cast<std::int32_t>(squared_m2[k]) & ~15) | static_cast<std::int32_t>(k);
  }
  return static_cast<std::size_t>(least_of(key) & 15);
}

constexpr std::int32_t kAllBits = std::numeric_limits<std::int32_t>::max();

/// The farthest any corner of the packet moves in one interval, other than by `drift`, squared.
TACTUS_INLINE float squared_motion(const Packet& before, const Packet& after, Vec3 drift) {
  alignas(64) Lanes<std::int32_t> most;
  for (std::size_t k = 0; k < kLanes; ++k) {
    const float x = after.at[0][0][k] - before.at[0][0][k] - drift.x;
    const float y = after.at[0][1][k] - before.at[0][1][k] - drift.y;
    const float z = after.at[0][2][k] - before.at[0][2][k] - drift.z;
    const float bx = x + (after.at[1][0][k] - before.at[1][0][k]);
    const float by = y + (after.at[1][1][k] - before.at[1][1][k]);
    const float bz = z + (after.at[1][2][k] - before.at[1][2][k]);
    const float cx = x + (after.at[2][0][k] - before.at[2][0][k]);
    const float cy = y + (after.at[2][1][k] - before.at[2][1][k]);
    const float cz = z + (after.at[2][2][k] - before.at[2][2][k]);
    const float m2 = larger(larger(x * x + y * y + z * z, bx * bx + by * by + bz * bz),
                            cx * cx + cy * cy + cz * cz);
    most[k] = kAllBits - std::bit_cast<std::int32_t>(m2);  // the least is of the farthest
  }
  return std::bit_cast<float>(kAllBits - least_of(most));
}

/// The motion of a packet that was not looked at yet.
constexpr float kUnmeasured = -1;

/// What has been found nearest so far.
struct Nearest {
  float squared_m2;
  std::uint32_t triangle = kNoTriangle;
  std::array<float, 3> corner{};
};

/// Squared distance of a packet; the nearest learns from it.
TACTUS_INLINE float look_at(const Surface& surface, std::uint32_t packet, Vec3 p,
                            Nearest& nearest) {
  PacketPoints points;
  find_in_packet(surface.before->packets[packet], surface.after->packets[packet],
                 {surface.weight_before, surface.weight_after}, p, points);
  const std::size_t k = nearest_lane(points.squared_m2);
  const float squared_m2 = points.squared_m2[k];
  if (squared_m2 < nearest.squared_m2) {
    const auto last = static_cast<std::uint32_t>(surface.model->triangles.size() - 1);
    nearest = {squared_m2,
               std::min(packet * kLeafTriangles + static_cast<std::uint32_t>(k), last),
               {points.a[k], points.b[k], points.c[k]}};
  }
  return squared_m2;
}

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
  const bool turned = path.w_now.before < 0, turned_end = path.w_end.before < 0;
  const float now[3] = {path.p_now.x, path.p_now.y, path.p_now.z};
  const float end[3] = {path.p_end.x, path.p_end.y, path.p_end.z};
  const Eight zero{};
  Eight sum{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Eight low, high, low_after, high_after;
    load(low, before.low[axis]);
    load(high, before.high[axis]);
    load(low_after, after.low[axis]);
    load(high_after, after.high[axis]);
    // A negative weight turns the earlier box around.
    const Eight a = path.w_now.before * (turned ? high : low) + path.w_now.after * low_after;
    const Eight b = path.w_end.before * (turned_end ? high : low) + path.w_end.after * low_after;
    const Eight c = path.w_now.before * (turned ? low : high) + path.w_now.after * high_after;
    const Eight d = path.w_end.before * (turned_end ? low : high) + path.w_end.after * high_after;
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

/// Remembers a packet; one too many replaces the farthest, which bounds what is left out.
TACTUS_INLINE void keep(Neighbourhood& memory, std::uint32_t packet, float bound_m,
                        float motion_m) {
  std::size_t place = memory.count;
  if (place < kNeighbours) {
    ++memory.count;
  } else {
    place = 0;
    for (std::size_t i = 1; i < kNeighbours; ++i) {
      if (memory.bound_m[i] > memory.bound_m[place]) place = i;
    }
    memory.beyond_m = smaller(memory.beyond_m, larger(bound_m, memory.bound_m[place]));
    if (bound_m >= memory.bound_m[place]) return;
  }
  if (packet == memory.triangle / kLeafTriangles) memory.likely = static_cast<std::uint32_t>(place);
  memory.packet[place] = packet;
  memory.bound_m[place] = bound_m;
  memory.motion_m[place] = motion_m;
}

/// Searches the tree and remembers all that could become nearest within the margin. A packet that
/// cannot be nearest now is not looked at: its box bounds it.
TACTUS_INLINE void gather_packets(const Surface& surface, Vec3 p, float margin_m, float span,
                                  Neighbourhood& memory, Nearest& nearest) {
  constexpr float kNothing = std::numeric_limits<float>::max();
  const BodyModel& model = *surface.model;
  memory.count = 0;
  memory.beyond_m = kNothing;
  const float s_end = surface.weight_after + span;
  const Path path{{surface.weight_before, surface.weight_after},
                  {1.0f - s_end, s_end},
                  p,
                  p + span * memory.drift};
  struct Entry {
    float squared_m2;
    std::uint32_t child;
    std::uint32_t triangles;
  };
  // Each level leaves at most all children but one waiting.
  std::array<Entry, kMaxTreeDepth*(kTreeWidth - 1) + 1> stack;
  std::size_t waiting = 0;
  std::uint32_t leaves = 0;
  float reach_m2 = square(std::sqrt(nearest.squared_m2) + 2 * margin_m);
  float beyond_m2 = kNothing;
  alignas(32) std::array<float, kTreeWidth> left_out_m2;
  left_out_m2.fill(kNothing);
  stack[waiting++] = {0, 0, 0};
  while (waiting > 0) {
    const Entry entry = stack[--waiting];
    if (entry.squared_m2 >= reach_m2) {
      beyond_m2 = smaller(beyond_m2, entry.squared_m2);
      continue;
    }
    if (entry.triangles > 0) {
      const std::uint32_t packet = entry.child / kLeafTriangles;
      if (++leaves > kMostLeaves) {
        beyond_m2 = 0;
        break;
      }
      float bound_m = std::sqrt(entry.squared_m2), motion_m = kUnmeasured;
      if (entry.squared_m2 < nearest.squared_m2) {
        const float distance_m = std::sqrt(look_at(surface, packet, p, nearest));
        reach_m2 = square(std::sqrt(nearest.squared_m2) + 2 * margin_m);
        motion_m = std::sqrt(squared_motion(surface.before->packets[packet],
                                            surface.after->packets[packet], memory.drift));
        bound_m = larger(bound_m, distance_m - span * motion_m);
      }
      keep(memory, packet, bound_m, motion_m);
      continue;
    }
    const TreeNode& node = model.nodes[entry.child];
    alignas(32) std::array<float, kTreeWidth> squared_m2;
    measure_children(surface.before->boxes[entry.child], surface.after->boxes[entry.child], path,
                     squared_m2);
    unsigned near = 0;
    for (std::size_t k = 0; k < kTreeWidth; ++k) {
      near |= squared_m2[k] < reach_m2 ? 1u << k : 0u;
      left_out_m2[k] = smaller(left_out_m2[k], squared_m2[k] < reach_m2 ? kNothing : squared_m2[k]);
    }
    const std::size_t begin = waiting;
    for (; near != 0; near &= near - 1) {
      const auto k = static_cast<std::size_t>(std::countr_zero(near));
      stack[waiting] = {squared_m2[k], node.child[k], node.triangles[k]};
      // The nearest goes on top.
      if (waiting > begin && squared_m2[k] > stack[waiting - 1].squared_m2) {
        std::swap(stack[waiting], stack[waiting - 1]);
      }
      ++waiting;
    }
  }
  for (const float squared_m2 : left_out_m2) beyond_m2 = smaller(beyond_m2, squared_m2);
  memory.beyond_m = smaller(memory.beyond_m, std::sqrt(beyond_m2));
}

/// Carries the anchor to `p`: every bound shrinks by the way there. Packets that are not there have
/// bounds too large to matter.
TACTUS_INLINE void move_anchor(const Surface& surface, Vec3 p, Neighbourhood& memory) {
  const float passed = surface.weight_after - memory.s_now;
  const float moved_m = length(p - (memory.p_anchor + passed * memory.drift));
  for (float& bound_m : memory.bound_m) bound_m -= moved_m;
  memory.beyond_m -= moved_m;
  memory.p_anchor = p;
  memory.s_now = surface.weight_after;
}

/// Looks at remembered packet `i`, which renews its bound.
TACTUS_INLINE void look_again(const Surface& surface, Vec3 p, std::size_t i, Neighbourhood& memory,
                              Nearest& nearest) {
  const std::uint32_t packet = memory.packet[i];
  if (memory.motion_m[i] == kUnmeasured) {
    memory.motion_m[i] = std::sqrt(squared_motion(surface.before->packets[packet],
                                                  surface.after->packets[packet], memory.drift));
  }
  const float squared_m2 = nearest.squared_m2;
  const float looked_m = std::sqrt(look_at(surface, packet, p, nearest));
  if (nearest.squared_m2 < squared_m2) memory.likely = static_cast<std::uint32_t>(i);
  memory.bound_m[i] = looked_m - (memory.s_to - memory.s_now) * memory.motion_m[i];
}

/// The nearest among the remembered packets; false when something left out might be nearer.
TACTUS_INLINE bool look_around(const Surface& surface, Vec3 p, Neighbourhood& memory,
                               Nearest& nearest) {
  move_anchor(surface, p, memory);
  const std::size_t likely = memory.likely;
  if (likely < memory.count) look_again(surface, p, likely, memory, nearest);
  for (std::size_t i = 0; i < memory.count; ++i) {
    const float bound_m = memory.bound_m[i];
    if (i == likely || (bound_m > 0 && bound_m * bound_m >= nearest.squared_m2)) continue;
    look_again(surface, p, i, memory, nearest);
  }
  return memory.beyond_m > 0 && memory.beyond_m * memory.beyond_m >= nearest.squared_m2;
}

struct Kernels {
  void (*gather)(const Surface&, Vec3, float, float, Neighbourhood&, Nearest&);
  bool (*look)(const Surface&, Vec3, Neighbourhood&, Nearest&);
  void (*look_at)(const Surface&, std::uint32_t, Vec3, Nearest&);
};

// NOLINTBEGIN(bugprone-macro-parentheses): an attribute has none
#define TACTUS_KERNELS(NAME, TARGET)                                                             \
  TARGET void gather_##NAME(const Surface& s, Vec3 p, float margin_m, float span,                \
                            Neighbourhood& memory, Nearest& nearest) {                           \
    gather_packets(s, p, margin_m, span, memory, nearest);                                       \
  }                                                                                              \
  TARGET bool look_##NAME(const Surface& s, Vec3 p, Neighbourhood& memory, Nearest& nearest) {   \
    return look_around(s, p, memory, nearest);                                                   \
  }                                                                                              \
  TARGET void look_at_##NAME(const Surface& s, std::uint32_t packet, Vec3 p, Nearest& nearest) { \
    static_cast<void>(look_at(s, packet, p, nearest));                                           \
  }                                                                                              \
  constexpr Kernels kKernels_##NAME{gather_##NAME, look_##NAME, look_at_##NAME};
// NOLINTEND(bugprone-macro-parentheses)

TACTUS_KERNELS(four, )
#if TACTUS_WIDE
TACTUS_KERNELS(eight, TACTUS_TARGET("avx2"))
#if defined(__clang__)
TACTUS_KERNELS(sixteen, TACTUS_TARGET("avx2,avx512f,avx512vl,avx512dq"))
#else
TACTUS_KERNELS(sixteen, TACTUS_TARGET("avx2,avx512f,avx512vl,avx512dq,prefer-vector-width=512"))
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

std::uint64_t interval_of(const Surface& surface) {
  return surface.before->identity ^ std::rotl(surface.after->identity, 1);
}

/// How far the skin of a triangle moves in one interval of frames.
Vec3 drift_of(const Surface& surface, std::uint32_t triangle) {
  const std::uint32_t v = surface.model->triangles[triangle].vertex[0];
  return surface.after->p_root_vertex[v] - surface.before->p_root_vertex[v];
}

ClosestPoint point_of(const Surface& surface, const Nearest& nearest) {
  const auto& v = surface.model->triangles[nearest.triangle].vertex;
  return {nearest.triangle, std::sqrt(nearest.squared_m2),
          nearest.corner[0] * surface.vertex(v[0]) + nearest.corner[1] * surface.vertex(v[1]) +
              nearest.corner[2] * surface.vertex(v[2]),
          nearest.corner};
}

}  // namespace

VectorWidth widest_vectors() noexcept { return kWidest; }

ClosestPoint closest_point(const Surface& surface, Vec3 p_surface, float radius_m,
                           Neighbourhood& memory, VectorWidth width) noexcept {
  const Kernels& kernels = kernels_of(std::min(width, kWidest));
  const float s = surface.weight_after;
  Nearest nearest{radius_m * radius_m};
  const bool known = memory.interval == interval_of(surface) && memory.interval != 0 &&
                     s >= memory.s_now && s <= memory.s_to;
  if (!known || !kernels.look(surface, p_surface, memory, nearest)) {
    if (nearest.triangle != kNoTriangle) memory.triangle = nearest.triangle;
    nearest = {radius_m * radius_m};
    memory.drift = {};
    if (memory.triangle < surface.model->triangles.size()) {
      memory.drift = drift_of(surface, memory.triangle);
      kernels.look_at(surface, memory.triangle / kLeafTriangles, p_surface, nearest);
    }
    memory.interval = interval_of(surface);
    memory.s_now = s;
    memory.s_to = s <= 1 ? 1 : larger(s, kMaxExtrapolation);
    memory.p_anchor = p_surface;
    kernels.gather(surface, p_surface, kGatherMargin_m, memory.s_to - s, memory, nearest);
  }
  memory.triangle = nearest.triangle;
  if (nearest.triangle == kNoTriangle) return {};
  return point_of(surface, nearest);
}

ClosestPoint closest_point(const Surface& surface, Vec3 p_surface, float radius_m,
                           std::uint32_t hint) noexcept {
  const Kernels& kernels = kernels_of(kWidest);
  Nearest nearest{radius_m * radius_m};
  Neighbourhood memory;
  if (hint < surface.model->triangles.size()) {
    kernels.look_at(surface, hint / kLeafTriangles, p_surface, nearest);
  }
  kernels.gather(surface, p_surface, 0, 0, memory, nearest);
  if (nearest.triangle == kNoTriangle) return {};
  return point_of(surface, nearest);
}

}  // namespace tactus
