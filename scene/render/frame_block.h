// What the shaders are told each frame, byte for byte as they read it (std140).
//
//   Frames   world: the space that the frame is drawn in, metres.
//   Units    metres; glow 0 to 1.
//   Errors   none.
//   Threads  plain data.
//   Proof    tests/scene/still_test.cc
#pragma once
#include <array>
#include <cstdint>

#include "scene/world/geometry.h"

namespace tactus::scene {

inline constexpr std::size_t kMaxViews = 2;
inline constexpr std::size_t kPaletteBones = 256;

struct ViewBlock {
  Mat4 clip_from_world, world_from_clip;
  Eigen::Vector4f p_eye;
};

struct FrameBlock {
  std::array<ViewBlock, kMaxViews> view;
  Mat4 light_from_world;
  Eigen::Vector4f n_sun;
};
static_assert(sizeof(FrameBlock) == 2 * 144 + 80);

/// One bone of the palette: rows of a 3x4 matrix, then how much the skin near it glows.
struct BoneBlock {
  std::array<Eigen::Vector4f, 3> row;
  Eigen::Vector4f glow;
};
static_assert(sizeof(BoneBlock) == 64);

/// Push constants of one draw.
struct DrawBlock {
  std::uint32_t view = 0, first_bone = 0, skinned = 0, surface = 0;
};
static_assert(sizeof(DrawBlock) == 16);

}  // namespace tactus::scene
