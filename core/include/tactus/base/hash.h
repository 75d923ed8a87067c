// Tells contents apart by a number.
//
// Not against an adversary: whoever makes two contents alike on purpose gains nothing by it.
//
//   Clocks   none.
//   Units    none.
//   Errors   none; no bytes give the seed.
//   Threads  pure, RT-safe.
//   Proof    tests/core/base/base_test.cc
#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>

namespace tactus {

/// FNV-1a (Fowler, Noll, Vo; RFC 9923) by words of 32 bits, the last filled up with zeros.
[[nodiscard]] inline std::uint64_t hash(std::span<const std::byte> bytes,
                                        std::uint64_t seed = 0xcbf29ce484222325u) noexcept {
  for (std::size_t i = 0; i < bytes.size(); i += 4) {
    std::uint32_t word = 0;
    std::memcpy(&word, &bytes[i], bytes.size() - i < 4 ? bytes.size() - i : 4);
    seed = (seed ^ word) * 0x100000001b3u;
  }
  return seed;
}

}  // namespace tactus
