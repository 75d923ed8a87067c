// Who a device of ours is: feature report 0x10, the same for every family.
//
//   Clocks   none.
//   Units    rates in Hz, watchdog in ms.
//   Errors   decode_identity says false for another length, id or CRC, or text that is not ASCII.
//   Threads  pure.
//   Proof    tests/drivers/tg1/feature_test.cc; docs/devices/tg1.md
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "tactus/base/hand.h"

namespace tactus {

inline constexpr std::uint16_t kUsbVendor = 0x1209;  ///< pid.codes; ours are test ids, unregistered
inline constexpr std::uint8_t kIdentityReport = 0x10;
inline constexpr std::size_t kFeatureBytes = 64;
inline constexpr std::size_t kSerialBytes = 16;

struct Identity {
  std::uint8_t protocol_version = 1;
  Hand hand = Hand::Left;
  std::array<char, kSerialBytes> serial{};  ///< printable ASCII, NUL padded
  std::uint16_t hardware_revision = 1;
  std::uint16_t firmware_version = 0x0100;  ///< major << 8 | minor
  std::uint16_t state_rate_Hz = 0;
  std::uint8_t reports_per_state = 1;
  std::uint8_t watchdog_ms = 0;  ///< 0: no actuators
  std::uint8_t actuators = 0;
};

void encode_identity(const Identity& identity,
                     std::span<std::uint8_t, kFeatureBytes> report) noexcept;
[[nodiscard]] bool decode_identity(std::span<const std::uint8_t> report, Identity& out) noexcept;

/// The serial as text, without its padding.
[[nodiscard]] std::string_view serial_text(const std::array<char, kSerialBytes>& serial) noexcept;

/// Text as a serial, cut at 16 characters.
[[nodiscard]] std::array<char, kSerialBytes> make_serial(std::string_view text) noexcept;

}  // namespace tactus
