// The bytes of a body on their way to the service: made of a mesh, changed, sealed.
//
//   Clocks   none.
//   Frames   the body's own, +Y up.
//   Units    metres; weights become 255ths.
//   Errors   XrResult of the call they are made for, with a word to the developer.
//   Threads  plain values of the call.
//   Proof    tests/openxr-layer/touch_mesh_test.cc, touch_material_test.cc
#pragma once
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <span>

#include "instance.h"

namespace tactus::layer {

/// Memory that may fail to come.
class Bytes {
 public:
  Bytes() noexcept = default;
  explicit Bytes(std::size_t size) noexcept
      : memory_(static_cast<std::byte*>(std::malloc(size))), size_(memory_ != nullptr ? size : 0) {}

  [[nodiscard]] std::span<std::byte> all() const noexcept { return {memory_.get(), size_}; }
  explicit operator bool() const noexcept { return memory_ != nullptr; }
  void shrink(std::size_t size) noexcept { size_ = size; }

 private:
  struct Free {
    void operator()(std::byte* memory) const noexcept { std::free(memory); }
  };
  std::unique_ptr<std::byte, Free> memory_;
  std::size_t size_ = 0;
};

/// A whole .tbody of the mesh: corners alike in place and weights welded, triangles without area
/// left out.
[[nodiscard]] XrResult make_body(const Instance& instance, const XrTouchMeshTACTUSX& mesh,
                                 Bytes& body) noexcept;

/// Writes into the head how long the body is, and its checksum.
void sign(std::span<std::byte> body) noexcept;

/// The body's triangles of `region` are of `material` from now on; `body` is well-formed.
void set_material(std::span<std::byte> body, std::uint32_t region, Material material) noexcept;

/// Keeps a sealed copy of the bytes and looks into that: nobody can change it any more.
[[nodiscard]] XrResult keep_data(const Instance& instance, const char* function,
                                 std::span<const std::byte> bytes, TouchBody& body) noexcept;

}  // namespace tactus::layer
