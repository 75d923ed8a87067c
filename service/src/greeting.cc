#include "tactus/service/greeting.h"

#include <array>

#include "tactus/drivers/tg1/feature.h"

namespace tactus::service {
namespace {

constexpr std::uint8_t kProtocol = 1;

bool read_feature(Device& device, std::uint8_t id, std::array<std::uint8_t, kFeatureBytes>& bytes) {
  bytes = {};
  bytes[0] = id;
  std::size_t size = 0;
  return device.get_feature(bytes, size) == LinkStatus::Ok && size == kFeatureBytes;
}

}  // namespace

const char* describe(GreetingError error) noexcept {
  switch (error) {
    case GreetingError::NoIdentity:
      return "it does not say who it is; plug it in again";
    case GreetingError::WrongProtocol:
      return "its firmware speaks another protocol version; update it, or this program";
    case GreetingError::NoCalibration:
      return "its calibration constants are damaged; run the factory calibration";
  }
  return "unknown error";
}

Expected<Greeting, GreetingError> greet(Device& device) {
  Greeting greeting;
  greeting.kind = device.description().kind;
  std::array<std::uint8_t, kFeatureBytes> bytes{};
  if (!read_feature(device, kIdentityReport, bytes) || !decode_identity(bytes, greeting.identity)) {
    return Unexpected{GreetingError::NoIdentity};
  }
  if (greeting.identity.protocol_version != kProtocol) {
    return Unexpected{GreetingError::WrongProtocol};
  }
  greeting.profile.serial = greeting.identity.serial;
  if (greeting.kind != DeviceKind::Tg1) return greeting;

  tg1::CalibrationBlock block;
  for (std::size_t page = 0; page < tg1::kCalibrationPages; ++page) {
    const auto id = static_cast<std::uint8_t>(tg1::kCalibrationReport + page);
    if (!read_feature(device, id, bytes) || !tg1::take_page(block, bytes)) {
      return Unexpected{GreetingError::NoCalibration};
    }
  }
  if (!tg1::apply(block, greeting.profile)) return Unexpected{GreetingError::NoCalibration};
  return greeting;
}

}  // namespace tactus::service
