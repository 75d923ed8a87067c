// CRC-32 (IEEE 802.3, reflected, init and xor-out all ones), as MCAP, .tbody files and TG1 use it.
//
//   Clocks   none.
//   Units    bytes.
//   Errors   none.
//   Threads  pure, RT-safe.
//   Proof    tests/core/base/base_test.cc ("123456789" gives 0xCBF43926)
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace tactus {

/// Continues `crc` (0 to begin) over more bytes.
[[nodiscard]] constexpr std::uint32_t crc32(std::span<const std::uint8_t> bytes,
                                            std::uint32_t crc = 0) noexcept {
  constexpr auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t c = i;
      for (int k = 0; k < 8; ++k) c = (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1;
      table[i] = c;
    }
    return table;
  }();
  crc = ~crc;
  for (const std::uint8_t byte : bytes) crc = kTable[(crc ^ byte) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

}  // namespace tactus
