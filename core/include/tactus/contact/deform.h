// A person's surface as it is at the instant of one shown frame: skinned vertices and the boxes of
// the search tree around them.
//
// The tree's shape is found once, in the rest pose; a frame only moves vertices and refits boxes,
// so it costs microseconds and allocates nothing. Vertices are kept relative to a root that moves
// with the body, so that a body far from the world's origin keeps its tenths of a millimetre.
//
//   Clocks   HostTime at which the frame is shown. Frames: world; rest is the model's own.
//   Units    metres.
//   Errors   skin refuses a frame whose bones cannot be rigid poses; the caller counts it.
//   Threads  BodyModel is read-only once built. One thread skins into a DeformedBody that nobody
//            reads meanwhile. skin is RT-safe; build_model and DeformedBody's constructor allocate.
//   Proof    tests/core/contact/deform_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "tactus/base/time.h"
#include "tactus/contact/body.h"

namespace tactus {

/// Bones further than this from the world's origin are refused, metres.
inline constexpr float kWorldLimit_m = 1e4f;

/// Children of a node. Sixteen, so that their boxes are tested together; balanced, so that
/// kMaxBodyTriangles are 4 levels deep.
inline constexpr std::size_t kTreeWidth = 16;
/// Triangles of a leaf, which are tested together. All leaves but the last are full.
inline constexpr std::uint32_t kLeafTriangles = 16;
inline constexpr std::size_t kMaxTreeDepth = 4;

/// A node of the search tree. Nodes stand after their parents.
struct TreeNode {
  std::uint8_t width = 0;    ///< children, [1, kTreeWidth]
  std::uint16_t leaves = 0;  ///< children that are leaves, a bit each
  alignas(64) std::array<std::uint32_t, kTreeWidth> child{};  ///< packet of a leaf, or the node

  [[nodiscard]] bool is_leaf(std::size_t k) const noexcept { return (leaves >> k & 1) != 0; }
};

/// Triangles known around one vertex. A real mesh has six and a pole perhaps a hundred; the bound
/// keeps a stranger's fan of half a million from stalling a tick.
inline constexpr std::uint32_t kMaxRing = 128;

/// A body ready to be skinned. Sizes never change after build_model.
struct BodyModel {
  std::uint64_t identity = 0;             ///< of its content; seeds that of its frames
  std::vector<Pose> T_bone_rest;          ///< inverse bind poses
  std::vector<BodyVertex> vertices;       ///< in the file's order
  std::vector<BodyTriangle> triangles;    ///< in tree order, seams welded
  std::vector<std::uint32_t> source;      ///< the file's index of each triangle
  std::vector<std::uint8_t> solid;        ///< 1: part of a shell with an inside (see build_model)
  std::vector<std::uint32_t> shell;       ///< alike for triangles that hang together
  std::vector<TreeNode> nodes;            ///< the root first
  std::vector<std::uint32_t> ring_begin;  ///< per vertex, and one past the last: into `ring`
  std::vector<std::uint32_t> ring;        ///< triangles around each vertex, at most kMaxRing
};

/// Builds tree and neighbourhoods from a view that view_body passed. Vertices alike in place and
/// weights (a glTF splits them at texture seams) become one. A shell counts as solid when its open
/// rim is short against its area (rim² < area): closed, or closed but for eye holes; a sheet of
/// hair or cloth is not (a flat square has 16). Only a solid shell has an inside.
[[nodiscard]] BodyModel build_model(const BodyView& view);

/// The boxes around a node's children, axis by axis.
struct Boxes {
  std::array<std::array<float, kTreeWidth>, 3> low, high;
};

/// A leaf's triangles side by side: `at[what][axis][triangle]`, what: a corner a, and the edges from
/// there to b and to c. A leaf that is not full repeats its last triangle.
struct alignas(64) Packet {
  std::array<std::array<std::array<float, kLeafTriangles>, 3>, 3> at;
};

/// One skinned frame.
struct DeformedBody {
  DeformedBody() = default;
  explicit DeformedBody(const BodyModel& model);

  HostTime t;  ///< when it is shown
  /// Of model, time and bones: frames alike in it are alike in all. 0: never skinned.
  std::uint64_t identity = 0;
  Vec3 p_world_root;  ///< what vertices and boxes are relative to, along world axes
  std::vector<Vec3> p_root_vertex;
  std::vector<Packet> packets;  ///< triangles 16 i to 16 i + 15 in packet i
  std::vector<Boxes> boxes;     ///< of the tree's nodes

  struct Blend {
    Vec3 x, y, z, origin;  ///< columns of rest to root
  };
  std::vector<Blend> bones;  ///< scratch of `skin`
};

/// Moves every vertex by its bones (linear blend skinning) and refits the boxes. False, with `out`
/// as it was, when the bones are not as many as the model's, not rigid, or out of the world.
/// `out` was constructed for this model.
[[nodiscard]] bool skin(const BodyModel& model, HostTime t, std::span<const Pose> T_world_bone,
                        DeformedBody& out) noexcept;

}  // namespace tactus
