// A parsed glTF file, and its accessors as numbers that are safe to read.
//
//   Frames   none.
//   Units    as in the file.
//   Errors   GltfError; an Accessor that opened never reads outside its buffer.
//   Threads  plain values.
//   Proof    tests/avatar/read_gltf_test.cc; tests/fuzz/gltf_fuzz.cc
#pragma once
#include <tiny_gltf.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "tactus/avatar/skinned_model.h"

namespace tactus::avatar {

/// Parses .glb or .gltf. `folder` empty: files beside it are not looked at.
[[nodiscard]] Expected<tinygltf::Model, GltfError> parse_gltf(std::span<const std::byte> bytes,
                                                              const std::string& folder);

/// Refers to the model, which must outlive it.
class Accessor {
 public:
  /// `type`: TINYGLTF_TYPE_…, what the caller expects; 0 for any. Sparse ones are made whole.
  [[nodiscard]] static Expected<Accessor, GltfError> open(const tinygltf::Model& model, int index,
                                                          int type);

  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t components() const { return components_; }
  [[nodiscard]] int component_type() const { return component_type_; }
  /// Normalised integers come as [0, 1] or [-1, 1]; `i` < count, `component` < components.
  [[nodiscard]] float number(std::size_t i, std::size_t component) const;
  /// For unsigned integer accessors.
  [[nodiscard]] std::uint32_t index(std::size_t i, std::size_t component) const;
  [[nodiscard]] bool holds_indices() const;

 private:
  /// What elements are and how many.
  struct Layout {
    int type = 0, component_type = 0;
    std::size_t count = 0;
    [[nodiscard]] std::size_t element_bytes() const;  ///< 0: no such type
    [[nodiscard]] bool is_sane() const;
  };

  explicit Accessor(const Layout& layout);
  [[nodiscard]] static Expected<Accessor, GltfError> open_view(const tinygltf::Model& model,
                                                               int index, std::size_t byte_offset,
                                                               const Layout& layout);
  [[nodiscard]] static Expected<Accessor, GltfError> open_sparse(const tinygltf::Model& model,
                                                                 const tinygltf::Accessor& accessor,
                                                                 const Layout& layout);

  template <class T>
  [[nodiscard]] T raw(std::size_t i, std::size_t component) const;

  std::shared_ptr<const std::vector<unsigned char>> dense_;  ///< of a sparse one
  const unsigned char* first_ = nullptr;
  std::size_t count_ = 0, components_ = 0, stride_ = 0;
  int component_type_ = 0;
  bool normalized_ = false;
};

}  // namespace tactus::avatar
