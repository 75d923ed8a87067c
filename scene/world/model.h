// A loaded figure or place: meshes as plain data, with the skeleton that moves them.
//
//   Frames   model: +Y up, metres.
//   Units    metres; colours linear; weights 255ths that sum to 255.
//   Errors   load_model throws SceneError, which names the file, the cause and the remedy.
//   Threads  plain values.
//   Proof    tests/scene/model_test.cc; tests/scene/gltf_fuzz.cc
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "scene/world/skeleton.h"

namespace tactus::scene {

/// The world is not ready for the scene: the text says what is missing and what to do.
struct SceneError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// How a surface answers to light; from the name of the glTF material, Cloth if it is another.
enum class Surface : std::uint8_t { Skin, Cloth, Hair, Eye, Glow };

/// As the graphics card reads it.
struct Vertex {
  std::array<float, 3> p{};
  std::array<std::int16_t, 4> n{};        ///< 32767ths
  std::array<std::uint16_t, 4> colour{};  ///< 65535ths, linear; alpha is ambient occlusion
  std::array<std::uint8_t, 4> bone{};
  std::array<std::uint8_t, 4> weight{};
};
static_assert(sizeof(Vertex) == 36);

/// A shape that can be blended in: how far it moves each vertex.
struct Morph {
  std::string name;
  std::vector<Vec3> p_offset, n_offset;
};

struct Mesh {
  std::string name;
  Surface surface = Surface::Cloth;
  std::vector<Vertex> vertices;
  std::vector<std::uint32_t> indices;
  std::vector<Morph> morphs;
  Vec3 p_low, p_high;  ///< box at rest
};

struct Model {
  Skeleton skeleton;  ///< in the order of the skin's joints; empty for a place
  std::vector<Mesh> meshes;
};

/// Reads a binary glTF 2.0: triangles with POSITION and NORMAL; COLOR_0, JOINTS_0, WEIGHTS_0 and
/// morph targets where there are any.
[[nodiscard]] Model load_model(const std::string& path);

/// The same from bytes; `name` is what errors call them.
[[nodiscard]] Model read_model(std::span<const std::byte> bytes, const std::string& name);

/// A unit vector in 32767ths.
[[nodiscard]] std::array<std::int16_t, 4> packed_normal(const Vec3& n);

}  // namespace tactus::scene
