// A device of ours behind /dev/hidraw*, through hidapi: the only place that sees hidapi.
//
// The kernel's write waits for the USB transfer, up to five seconds when a device does not take it.
// So each device has a writer of its own with room for one report: a newer one replaces the one
// that waits, and one that has waited longer than a frame lives is dropped.
//
//   Clocks   the age of a waiting report is measured with the host's steady clock.
//   Units    bytes.
//   Errors   Gone after an unplug, on the read or write that meets it, and ever after.
//   Threads  one owner reads and writes; one writer thread inside. Closing may wait for a write.
//   Proof    tests/drivers/umockdev_test.cc, tests/hil
#pragma once
#include <memory>
#include <vector>

#include "tactus/drivers/transport/open.h"

namespace tactus {

/// The HID devices with our ids.
[[nodiscard]] std::vector<DeviceDescription> enumerate_hid();

[[nodiscard]] Expected<std::unique_ptr<Device>, OpenError> open_hid(
    const DeviceDescription& description);

}  // namespace tactus
