// Counts every heap call a piece of code makes: the machine behind "a tick allocates nothing".
//
// Linking it replaces malloc and its family for the whole test program; they still allocate.
// Sanitizers bring their own malloc: there the guard counts nothing and `is_counting` says so.
//
//   Clocks   none.
//   Units    calls.
//   Errors   none.
//   Threads  counts the calling thread only.
//   Proof    tests/support/alloc_guard_test.cc
#pragma once
#include <cstdint>

namespace tactus::testing {

/// False under a sanitizer that owns malloc.
[[nodiscard]] bool is_counting() noexcept;

/// Heap calls (allocations and releases) of this thread since the guard began.
class AllocGuard {
 public:
  AllocGuard() noexcept;
  [[nodiscard]] std::uint64_t calls() const noexcept;

 private:
  std::uint64_t calls_before_;
};

}  // namespace tactus::testing
