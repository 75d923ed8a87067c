// Reads the numbers of a glTF accessor, whatever their type, and never outside the file's buffers.
//
//   Frames   as the file.
//   Units    as the file; normalised integers become [0, 1] or [-1, 1].
//   Errors   SceneError when the accessor does not fit its buffer or is of a kind not read here.
//   Threads  pure.
//   Proof    tests/scene/model_test.cc; tests/scene/gltf_fuzz.cc
#pragma once
#include <cstdint>
#include <vector>

namespace tinygltf {
class Model;
}

namespace tactus::scene {

/// `count` rows of `width` numbers, one row after the other.
struct Table {
  std::size_t count = 0, width = 0;
  std::vector<float> number;
  [[nodiscard]] const float* row(std::size_t i) const { return number.data() + i * width; }
};

[[nodiscard]] Table read_table(const tinygltf::Model& file, int accessor);

/// Indices of triangles' corners, each below `vertex_count`; a multiple of three of them.
[[nodiscard]] std::vector<std::uint32_t> read_indices(const tinygltf::Model& file, int accessor,
                                                      std::size_t vertex_count);

}  // namespace tactus::scene
