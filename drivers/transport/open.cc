#include "tactus/drivers/transport/open.h"

#include "tactus/drivers/transport/hidapi_device.h"
#include "tactus/drivers/transport/socket_device.h"

namespace tactus {

const char* describe(OpenError error) noexcept {
  switch (error) {
    case OpenError::NotFound:
      return "it is gone; plug it in again";
    case OpenError::NoPermission:
      return "no permission; copy drivers/transport/70-tactus.rules to /etc/udev/rules.d, run "
             "`udevadm control --reload`, and plug it in again";
    case OpenError::TooManyFiles:
      return "this process may open no more files; raise `ulimit -n`";
    case OpenError::NotOurs:
      return "another user listens there, so it is not trusted; end that emulator";
  }
  return "unknown error";
}

std::vector<DeviceDescription> enumerate_devices() {
  std::vector<DeviceDescription> found = enumerate_hid();
  for (DeviceDescription& emulated : enumerate_sockets()) found.push_back(std::move(emulated));
  return found;
}

Expected<std::unique_ptr<Device>, OpenError> open_device(const DeviceDescription& description) {
  return description.path.ends_with(".sock") ? open_socket(description) : open_hid(description);
}

}  // namespace tactus
