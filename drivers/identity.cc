#include "tactus/drivers/identity.h"

#include <algorithm>

#include "tactus/drivers/wire.h"

namespace tactus {
namespace {

// Byte offsets of the identity report.
constexpr std::size_t kVersion = 1, kFlags = 2, kReportsPerState = 3, kSerial = 4, kHardware = 20,
                      kFirmware = 22, kStateRate = 24, kWatchdog = 26, kActuatorCount = 27;
constexpr std::uint8_t kRightHand = 1;

bool is_serial_character(char c) noexcept { return c > ' ' && c <= '~'; }

}  // namespace

void encode_identity(const Identity& identity,
                     std::span<std::uint8_t, kFeatureBytes> report) noexcept {
  std::ranges::fill(report, std::uint8_t{0});
  report[0] = kIdentityReport;
  report[kVersion] = identity.protocol_version;
  report[kFlags] = identity.hand == Hand::Right ? kRightHand : 0;
  report[kReportsPerState] = identity.reports_per_state;
  for (std::size_t i = 0; i < kSerialBytes; ++i)
    report[kSerial + i] = static_cast<std::uint8_t>(identity.serial[i]);
  wire::store_u16(report, kHardware, identity.hardware_revision);
  wire::store_u16(report, kFirmware, identity.firmware_version);
  wire::store_u16(report, kStateRate, identity.state_rate_Hz);
  report[kWatchdog] = identity.watchdog_ms;
  report[kActuatorCount] = identity.actuators;
  wire::seal(report);
}

bool decode_identity(std::span<const std::uint8_t> report, Identity& out) noexcept {
  if (report.size() != kFeatureBytes || report[0] != kIdentityReport) return false;
  if (!wire::is_sealed(report)) return false;
  Identity identity;
  identity.protocol_version = report[kVersion];
  identity.hand = (report[kFlags] & kRightHand) != 0 ? Hand::Right : Hand::Left;
  identity.reports_per_state = report[kReportsPerState];
  for (std::size_t i = 0; i < kSerialBytes; ++i)
    identity.serial[i] = static_cast<char>(report[kSerial + i]);
  const std::string_view serial = serial_text(identity.serial);
  if (serial.empty() || !std::ranges::all_of(serial, is_serial_character)) return false;
  identity.hardware_revision = wire::load_u16(report, kHardware);
  identity.firmware_version = wire::load_u16(report, kFirmware);
  identity.state_rate_Hz = wire::load_u16(report, kStateRate);
  identity.watchdog_ms = report[kWatchdog];
  identity.actuators = report[kActuatorCount];
  out = identity;
  return true;
}

std::string_view serial_text(const std::array<char, kSerialBytes>& serial) noexcept {
  const auto end = std::ranges::find(serial, '\0');
  return {serial.data(), static_cast<std::size_t>(end - serial.begin())};
}

std::array<char, kSerialBytes> make_serial(std::string_view text) noexcept {
  std::array<char, kSerialBytes> serial{};
  std::ranges::copy(text.substr(0, kSerialBytes), serial.begin());
  return serial;
}

}  // namespace tactus
