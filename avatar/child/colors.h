// The child's palette and the paint on her: functions of a point, never of a vertex's number.
//
//   Frames   the model's.
//   Units    linear RGB in [0, 1]; hex values are sRGB (IEC 61966-2-1).
//   Errors   none.
//   Threads  pure.
//   Proof    looked at; tests/avatar/child_test.cc checks the range
#pragma once
#include "mesh.h"
#include "sdf.h"

namespace tactus::modelling {

[[nodiscard]] Vec3 paint_head(Vec3 p, Vec3 n);
[[nodiscard]] Vec3 paint_hair(Vec3 p, Vec3 n);
[[nodiscard]] Vec3 paint_hand(Vec3 p, Vec3 n);
[[nodiscard]] Vec3 paint_trim(Vec3 p, Vec3 n);
[[nodiscard]] Vec3 paint_shoe(Vec3 p, Vec3 n);

inline constexpr int kSkinHex = 0xF3C3A4;
inline constexpr int kDressHex = 0x6FA8B8;
inline constexpr int kLinenHex = 0xFBF6EE;
inline constexpr int kYellowHex = 0xF2B84B;

}  // namespace tactus::modelling
