// The closest points of a packet's sixteen triangles, all at once.
//
// Loops over triangles have no branches, so that the compiler makes them wide. They are compiled for
// several instruction sets; none contracts products, so all give the same bits.
//
//   Frames   surface, as in surface.h.
//   Units    metres.
//   Errors   none; a triangle without area counts as its edges.
//   Threads  pure, RT-safe.
//   Proof    tests/core/contact/neighbourhood_test.cc; docs/notes/contact.md
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <limits>

#include "sixteen.h"
#include "tactus/contact/surface.h"

namespace tactus {

/// Of the two frames that a surface blends.
struct Weights {
  float before, after;
};

/// As bits, which have the same order as the numbers where none is negative.
inline constexpr auto kFarthest = std::bit_cast<std::int32_t>(std::numeric_limits<float>::max());

TACTUS_INLINE float larger(float a, float b) { return a > b ? a : b; }
TACTUS_INLINE float smaller(float a, float b) { return a < b ? a : b; }

/// Where the closest points are: squared distance, way there from the probe, weights of the corners.
struct PacketPoints {
  alignas(64) Lanes<float> squared_m2;
  alignas(64) Lanes<float> x, y, z, a, b, c;
};

/// Of sixteen triangles the points nearest to `p`. Regions after Ericson, Real-Time Collision
/// Detection, 2005, section 5.1.5, as weights over one common denominator.
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
    out.x[k] = x, out.y[k] = y, out.z[k] = z;
    out.a[k] = at_a ? 1.0f : na * inverse, out.b[k] = v, out.c[k] = u;
  }
}

/// The nearest of the first `count` lanes. Squares are compared without their last four bits, which
/// carry the lane: 1e-6 of the distance at most.
template <class Width>
TACTUS_INLINE std::size_t nearest_lane(const Lanes<float>& squared_m2, std::size_t count = kLanes) {
  using Ints = typename Width::Ints;
  const Ints lane = Ints::load(kLane), far = Ints::all(kFarthest);
  const Ints is_in = lane < static_cast<std::int32_t>(count);
  const Ints key = choose(is_in, Ints::load(squared_m2.data()), far) & ~15;
  return static_cast<std::size_t>(least_of(key | lane) & 15);
}

/// The least of the lanes that are not in `but`, a bit each.
template <class Width>
TACTUS_INLINE float least_but(const Lanes<float>& squared_m2, std::uint32_t but) {
  using Ints = typename Width::Ints;
  const Ints is_in = (Ints::load(kLaneBit) & static_cast<std::int32_t>(but)) == 0;
  const Ints key = choose(is_in, Ints::load(squared_m2.data()), Ints::all(kFarthest));
  return std::bit_cast<float>(least_of(key));
}

/// The farthest any corner of the packet moves in one interval, other than by `drift`, squared.
template <class Width>
TACTUS_INLINE float squared_motion(const Packet& before, const Packet& after, Vec3 drift) {
  alignas(64) Lanes<float> most_m2;
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
    most_m2[k] = larger(larger(x * x + y * y + z * z, bx * bx + by * by + bz * bz),
                        cx * cx + cy * cy + cz * cz);
  }
  return greatest_of(Width::Floats::load(most_m2));
}

/// What has been found nearest so far.
struct Nearest {
  float squared_m2;
  std::uint32_t triangle = kNoTriangle;
  std::array<float, 3> corner{};
  Vec3 away{};  ///< from the probe
};

/// Takes lane `k` if it is nearer.
TACTUS_INLINE void take_nearer(Nearest& nearest, const PacketPoints& points, std::size_t k,
                               std::uint32_t triangle) {
  if (!(points.squared_m2[k] < nearest.squared_m2)) return;
  nearest = {points.squared_m2[k],
             triangle,
             {points.a[k], points.b[k], points.c[k]},
             {points.x[k], points.y[k], points.z[k]}};
}

}  // namespace tactus
