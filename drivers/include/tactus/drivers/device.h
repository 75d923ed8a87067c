// One device: bytes in, bytes out. The project's only abstract class.
//
// Live, recorded and simulated are three implementations. Decoding is not here: a codec turns the
// bytes of a report into a Sample, whoever delivered them.
//
//   Clocks   reports are stamped with HostTime on arrival by the caller's clock.
//   Units    bytes.
//   Errors   read and write say what became of the link; opening returns Expected.
//   Threads  one owner thread per device reads and writes; `description` is immutable.
//   Proof    tests/drivers/conformance
#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "tactus/base/time.h"
#include "tactus/sense/clock_align.h"

namespace tactus {

/// Our longest report has 64 bytes. One more of room lets a longer one be seen for what it is,
/// where the kernel would cut it to a report that looks whole.
inline constexpr std::size_t kReportBytes = 65;

/// Bytes of one report with the instant they reached us.
struct DeviceReport {
  HostTime t_arrived;
  std::uint16_t size = 0;
  std::array<std::uint8_t, kReportBytes> bytes{};
};

enum class DeviceKind : std::uint8_t { Tg1 = 1, Tt1 = 2 };

enum class LinkStatus : std::uint8_t {
  Ok,       ///< a report was read, or the write was taken
  Empty,    ///< nothing to read within the time allowed
  Busy,     ///< the link is behind: a report was dropped so that no old touch is queued
  Gone,     ///< unplugged or closed: close this object, look for the device again
  Refused,  ///< the device does not know this report
};

struct DeviceDescription {
  DeviceKind kind = DeviceKind::Tg1;
  std::string path;  ///< /dev/hidraw3, a socket path, a recording
  std::string serial;
  std::string product;
  Transport transport = Transport::Usb;
};

class Device {
 public:
  virtual ~Device() = default;

  /// Waits at most `timeout` for one report into `bytes`; `size` says how long it is. Give it
  /// kReportBytes of room. Call until Empty: the kernel keeps old reports and drops new ones.
  virtual LinkStatus read(std::span<std::uint8_t> bytes, std::size_t& size, Duration timeout) = 0;

  /// Sends one output report, report id first.
  virtual LinkStatus write(std::span<const std::uint8_t> bytes) = 0;

  /// Reads the feature report whose id stands in bytes[0].
  virtual LinkStatus get_feature(std::span<std::uint8_t> bytes, std::size_t& size) = 0;

  [[nodiscard]] virtual const DeviceDescription& description() const = 0;
};

}  // namespace tactus
