// A memory file that can no longer change: how bulk data crosses to the service.
//
// Sealed against writing, growing and shrinking, so the receiver may map it without fear that the
// bytes change, or vanish (SIGBUS), while it reads them.
//
//   Clocks   none.
//   Units    bytes.
//   Errors   create gives nothing when the system is out of memory or of descriptors.
//   Threads  one owner; bytes() may be read from any thread while it lives.
//   Proof    tests/ipc/connection_test.cc
#pragma once
#include <cstddef>
#include <span>

namespace tactus::ipc {

class SealedMemory {
 public:
  SealedMemory() noexcept = default;  ///< holds nothing
  ~SealedMemory();
  SealedMemory(SealedMemory&& other) noexcept;
  SealedMemory& operator=(SealedMemory&& other) noexcept;

  /// Copies `bytes` into a new sealed file. Holds nothing when that failed or `bytes` is empty.
  [[nodiscard]] static SealedMemory create(std::span<const std::byte> bytes) noexcept;

  /// The copy, page-aligned, read-only.
  [[nodiscard]] std::span<const std::byte> bytes() const noexcept { return bytes_; }
  /// To be sent beside a packet; -1 when empty.
  [[nodiscard]] int descriptor() const noexcept { return descriptor_; }
  explicit operator bool() const noexcept { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
  std::span<const std::byte> bytes_;
};

}  // namespace tactus::ipc
