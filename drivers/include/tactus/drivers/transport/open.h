// Which devices of ours are there, and opening one: HID first, emulated ones on sockets too.
//
//   Clocks   none.
//   Units    none.
//   Errors   OpenError, each with its remedy.
//   Threads  any; calls into hidapi are made one at a time.
//   Proof    tests/drivers/umockdev_test.cc, tests/drivers/conformance_test.cc
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/drivers/device.h"

namespace tactus {

enum class OpenError : std::uint8_t {
  NotFound,      ///< it is gone: look again with enumerate_devices
  NoPermission,  ///< install drivers/transport/70-tactus.rules into /etc/udev/rules.d, then replug
  TooManyFiles,  ///< this process may open no more files: raise `ulimit -n`
  NotOurs,       ///< another user's socket, or no device behind it: do not trust it
};

/// What to tell the user, cause and remedy.
[[nodiscard]] const char* describe(OpenError error) noexcept;

/// Every TG1 and TT1 that can be seen now. Cheap enough to call once a second: no device is opened,
/// and a machine without udev has no other way to notice one.
[[nodiscard]] std::vector<DeviceDescription> enumerate_devices();

[[nodiscard]] Expected<std::unique_ptr<Device>, OpenError> open_device(
    const DeviceDescription& description);

}  // namespace tactus
