#include "tactus/drivers/transport/hidapi_device.h"

#include <hidapi/hidapi.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <mutex>
#include <optional>

#include "latest_writer.h"
#include "tactus/drivers/identity.h"
#include "tactus/drivers/tg1/layout.h"
#include "tactus/drivers/tt1/codec.h"

namespace tactus {
namespace {

/// hidapi keeps the last error of enumerating and opening in one global.
std::mutex& hidapi_global() {
  static std::mutex mutex;
  return mutex;
}

struct Close {
  void operator()(hid_device* device) const noexcept { hid_close(device); }
};
using HidHandle = std::unique_ptr<hid_device, Close>;

HidHandle open_path(const char* path) {
  const std::lock_guard lock(hidapi_global());
  return HidHandle(hid_open_path(path));
}

std::string ascii(const wchar_t* text) {
  std::string out;
  for (; text != nullptr && *text != 0; ++text)
    out.push_back(*text > ' ' && *text <= '~' ? static_cast<char>(*text) : ' ');
  return out;
}

std::optional<DeviceKind> kind_of(const hid_device_info& found) {
  if (found.vendor_id != kUsbVendor) return std::nullopt;
  if (found.product_id == tg1::kProduct) return DeviceKind::Tg1;
  if (found.product_id == tt1::kProduct) return DeviceKind::Tt1;
  return std::nullopt;
}

Transport transport_of(const hid_device_info& found) {
  return found.bus_type == HID_API_BUS_BLUETOOTH ? Transport::Bluetooth : Transport::Usb;
}

/// What hidraw answers once the device is unplugged; a stall or a time-out is not among them.
bool is_gone(int error) { return error == ENODEV || error == ESHUTDOWN; }

/// Reads and writes through two handles: hidapi's are not for two threads at once.
class HidapiDevice final : public Device {
 public:
  HidapiDevice(DeviceDescription description, HidHandle reader, HidHandle writer)
      : description_(std::move(description)),
        reader_(std::move(reader)),
        write_handle_(std::move(writer)),
        writer_([handle = write_handle_.get()](std::span<const std::uint8_t> report) {
          if (hid_write(handle, report.data(), report.size()) >= 0) return LinkStatus::Ok;
          return is_gone(errno) ? LinkStatus::Gone : LinkStatus::Busy;
        }) {}

  LinkStatus read(std::span<std::uint8_t> bytes, std::size_t& size, Duration timeout) override {
    size = 0;
    if (gone_) return LinkStatus::Gone;
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    const int wait_ms = static_cast<int>(std::clamp<std::int64_t>(wait, 0, 60'000));
    const int got = hid_read_timeout(reader_.get(), bytes.data(), bytes.size(), wait_ms);
    gone_ = got < 0;
    if (gone_) return LinkStatus::Gone;
    size = static_cast<std::size_t>(got);
    return got == 0 ? LinkStatus::Empty : LinkStatus::Ok;
  }

  LinkStatus write(std::span<const std::uint8_t> bytes) override {
    if (bytes.empty()) return LinkStatus::Refused;
    return gone_ ? LinkStatus::Gone : writer_.post(bytes);
  }

  LinkStatus get_feature(std::span<std::uint8_t> bytes, std::size_t& size) override {
    size = 0;
    if (gone_) return LinkStatus::Gone;
    if (bytes.empty()) return LinkStatus::Refused;
    const int got = hid_get_feature_report(reader_.get(), bytes.data(), bytes.size());
    if (got <= 0) return is_gone(errno) ? LinkStatus::Gone : LinkStatus::Refused;
    size = static_cast<std::size_t>(got);
    return LinkStatus::Ok;
  }

  [[nodiscard]] const DeviceDescription& description() const override { return description_; }

 private:
  DeviceDescription description_;
  HidHandle reader_;
  HidHandle write_handle_;
  LatestWriter writer_;  // after its handle: it ends first
  bool gone_ = false;
};

OpenError why_not(const std::string& path) {
  if (access(path.c_str(), F_OK) != 0) return OpenError::NotFound;
  if (access(path.c_str(), R_OK | W_OK) != 0) return OpenError::NoPermission;
  return errno == EMFILE || errno == ENFILE ? OpenError::TooManyFiles : OpenError::NotFound;
}

}  // namespace

std::vector<DeviceDescription> enumerate_hid() {
  const std::lock_guard lock(hidapi_global());
  std::vector<DeviceDescription> devices;
  hid_device_info* const all = hid_enumerate(kUsbVendor, 0);
  for (const hid_device_info* found = all; found != nullptr; found = found->next) {
    const std::optional<DeviceKind> kind = kind_of(*found);
    if (!kind || found->path == nullptr) continue;
    devices.push_back({*kind, found->path, ascii(found->serial_number),
                       ascii(found->product_string), transport_of(*found)});
  }
  hid_free_enumeration(all);
  return devices;
}

Expected<std::unique_ptr<Device>, OpenError> open_hid(const DeviceDescription& description) {
  HidHandle reader = open_path(description.path.c_str());
  if (!reader) return Unexpected{why_not(description.path)};
  HidHandle writer = open_path(description.path.c_str());
  if (!writer) return Unexpected{why_not(description.path)};
  return std::unique_ptr<Device>(
      std::make_unique<HidapiDevice>(description, std::move(reader), std::move(writer)));
}

}  // namespace tactus
