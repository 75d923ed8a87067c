// An emulated device on a machine without /dev/uhid: the same reports as packets of a Unix socket.
//
// The emulator listens at $XDG_RUNTIME_DIR/tactus/emulated/KIND.SERIAL.sock, for example
// tg1.TG1-EMU-L.sock. The first byte of a packet is its channel, the rest is the report.
//
//   Clocks   none.
//   Units    bytes.
//   Errors   Gone when the emulator ends. A socket of another user is refused.
//   Threads  one owner.
//   Proof    tests/drivers/conformance_test.cc
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "tactus/drivers/transport/open.h"

namespace tactus {

enum class SocketChannel : std::uint8_t {
  Input = 1,           ///< device to host
  Output = 2,          ///< host to device
  FeatureRequest = 3,  ///< host to device: the report id alone
  FeatureReply = 4,    ///< device to host: the report, or nothing when the device has none such
};

/// The folder of emulated devices, made by whoever listens (mode 0700).
[[nodiscard]] std::string emulated_folder();

/// The path at which a device listens.
[[nodiscard]] std::string emulated_socket_path(DeviceKind kind, const std::string& serial);

/// The emulated devices that listen now.
[[nodiscard]] std::vector<DeviceDescription> enumerate_sockets();

[[nodiscard]] Expected<std::unique_ptr<Device>, OpenError> open_socket(
    const DeviceDescription& description);

}  // namespace tactus
