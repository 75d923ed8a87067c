// All that can be drawn, on the graphics card: two buffers, and a list of pieces of them.
//
//   Frames   each piece at rest, in its model's frame.
//   Units    metres.
//   Errors   SceneError when memory runs out.
//   Threads  one owner; blend only while the card does not draw.
//   Proof    tests/scene/still_test.cc
#pragma once
#include <span>
#include <vector>

#include "scene/render/memory.h"
#include "scene/world/child.h"
#include "scene/world/hand_shape.h"

namespace tactus::scene {

/// Where in the palette each of them has its bones.
inline constexpr std::uint32_t kChildBones = 0;
inline constexpr std::uint32_t kHandBones = 128;  ///< left, then right: 26 each
inline constexpr std::uint32_t kParkBone = kHandBones + 2 * kHandJoints;

enum class Part : std::uint8_t { Child, Park, LeftHand, RightHand };

/// What one draw call draws.
struct Piece {
  Part part = Part::Child;
  Surface surface = Surface::Cloth;
  std::uint32_t first_index = 0, index_count = 0;
  std::int32_t first_vertex = 0;
  std::uint32_t first_bone = 0;
  bool skinned = true, casts_shadow = true;
  Vec3 p_low, p_high;
};

/// Uploads the models and keeps what is needed to blend expressions in.
class Meshes {
 public:
  Meshes(GpuMemory& memory, const Model& child, const Model& park,
         const std::array<Mesh, 2>& hands);

  [[nodiscard]] std::span<const Piece> pieces() const { return pieces_; }
  [[nodiscard]] const Buffer& vertices() const { return vertices_; }
  [[nodiscard]] const Buffer& indices() const { return indices_; }

  /// Writes the child's face as these expressions have it.
  void blend(const Expressions& expressions);

 private:
  struct Face {  ///< a mesh with morphs, and which expression drives each
    Mesh mesh;
    std::vector<int> expression_of_morph;  ///< -1: none that the scene knows
    std::size_t first_vertex;
  };
  struct Upload {
    std::vector<Vertex> vertices;
    std::vector<std::uint32_t> indices;
  };
  void add(Upload& upload, const Mesh& mesh, Part part);

  std::vector<Piece> pieces_;
  std::vector<Face> faces_;
  std::vector<Vertex> blended_;
  Buffer vertices_, indices_;
};

}  // namespace tactus::scene
