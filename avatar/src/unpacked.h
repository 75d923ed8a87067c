// Where unpacked bytes of a glTF file go: buffers of their own, up to a limit.
//
//   Units    bytes.
//   Errors   nothing outside a buffer is given; no more is taken than is allowed.
//   Threads  plain values.
//   Proof    tests/avatar/decompress_test.cc
#pragma once
#include "gltf_document.h"

namespace tactus::avatar {

/// What one file may unpack to.
struct Allowance {
  std::size_t left = kMaxGltfBytes;
  [[nodiscard]] bool add(std::size_t bytes) noexcept {
    if (bytes > left) return false;
    left -= bytes;
    return true;
  }
};

/// Bytes of a buffer; none when it is not there or has fewer.
[[nodiscard]] std::span<const unsigned char> packed_bytes(const tinygltf::Model& model, int buffer,
                                                          std::size_t offset, std::size_t length);

/// A view of these bytes; its number.
int add_view(tinygltf::Model& model, std::vector<unsigned char> bytes, std::size_t stride);

/// All primitives that Draco packed, and all views that meshopt did. False: damaged.
[[nodiscard]] bool unpack_draco(tinygltf::Model& model);
[[nodiscard]] bool unpack_meshopt(tinygltf::Model& model);

}  // namespace tactus::avatar
