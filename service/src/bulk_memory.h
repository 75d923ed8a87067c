// Copies a stranger's memory file once, before anything reads it.
//
//   Clocks   none.
//   Units    bytes.
//   Errors   an empty vector: not a sealed memory file, or not of the promised size.
//   Threads  any.
//   Proof    tests/service/server_test.cc
#pragma once
#include <cstddef>
#include <vector>

namespace tactus::service {

/// The first `bytes` bytes of `fd`, which must be a memory file sealed against shrinking (else a
/// client could pull the pages away while we copy) and hold at least that much, up to `most`.
[[nodiscard]] std::vector<std::byte> copy_sealed(int fd, std::size_t bytes, std::size_t most);

}  // namespace tactus::service
