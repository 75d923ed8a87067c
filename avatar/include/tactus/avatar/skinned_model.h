// A person out of a glTF 2.0 file: triangles at rest in metres, their bones and weights, and names.
//
// Any skinned file is taken, however its nodes are scaled and its skins overlap: vertices are
// brought to the world rest pose by the skin itself, bones keep the rigid part of theirs.
//
//   Frames   glTF's world: +Y up, the person's own front as the file has it.
//   Units    metres; weights are 255ths and sum to 255; colours linear RGB in [0, 1].
//   Errors   a file that cannot be taken gives a GltfError whose comment names the remedy.
//   Threads  pure but for reading the file.
//   Proof    tests/avatar/read_gltf_test.cc; tests/fuzz/gltf_fuzz.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/base/geometry.h"

namespace tactus::avatar {

struct ModelBone {
  std::string name;  ///< never empty, never twice
  int parent = -1;   ///< less than the bone's own index; -1 a root
  Pose T_rest_bone;
  std::string humanoid = {};  ///< what a VRM file says it is: leftUpperArm, …; empty: nothing
};

struct ModelVertex {
  Vec3 p_rest;
  Vec3 color{1, 1, 1};
  std::array<std::uint16_t, 4> bone{};
  std::array<std::uint8_t, 4> weight{};
};

/// The triangles of one mesh that share a material.
struct ModelPart {
  std::string mesh, material;  ///< names as in the file, perhaps empty
  std::vector<ModelVertex> vertices;
  std::vector<std::uint32_t> indices;  ///< three a triangle, counter-clockwise from outside
};

struct SkinnedModel {
  std::vector<ModelBone> bones;  ///< at least one, parents first
  std::vector<ModelPart> parts;
  std::size_t unweighted_vertices = 0;  ///< had no weight at all: bound to the skin's first joint
  std::size_t rigid_parts = 0;          ///< had no skin: bound to the bone they hang on
};

/// What a file may hold. Above it, a person is not what it is.
inline constexpr std::size_t kMaxGltfBytes = 512u << 20;
inline constexpr std::size_t kMaxModelVertices = 4u << 20;
inline constexpr std::size_t kMaxModelIndices = 24u << 20;
inline constexpr std::size_t kMaxModelBones = 4096;
inline constexpr float kFurthest_m = 100.0f;  ///< from the origin, as core will have it

enum class GltfError : std::uint8_t {
  CannotRead,      ///< no such file, or no permission: check the path
  TooLarge,        ///< over the caps above: decimate it in a modelling program
  NotGltf,         ///< not glTF 2.0, or damaged: export it again as .glb
  NeedsExtension,  ///< of a kind that is not read: export without
  BadCompression,  ///< Draco's or meshopt's bytes are damaged: export it again
  BadAccessor,     ///< points outside its buffer, or has the wrong type: export it again
  BadNode,         ///< a node has two parents, is its own ancestor, or is not finite
  BadSkin,         ///< a joint or its matrix is missing
  BadVertex,       ///< a position, weight or index is impossible
  NotInMetres,     ///< reaches more than 100 m from the origin: export in metres
  NoTriangles,     ///< nothing to touch: does the default scene show the person?
};

/// One line that names cause and remedy.
[[nodiscard]] const char* describe(GltfError error) noexcept;

/// Reads a .glb or .gltf; a .gltf may name buffers that lie beside it. Images are not read.
[[nodiscard]] Expected<SkinnedModel, GltfError> read_skinned_gltf(const std::string& path);

/// The same from memory; buffers must be inside (GLB chunk or data URI).
[[nodiscard]] Expected<SkinnedModel, GltfError> read_skinned_gltf(std::span<const std::byte> bytes);

}  // namespace tactus::avatar
