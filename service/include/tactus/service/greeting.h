// What a device says of itself when its link opens: who it is and its calibration constants.
//
//   Clocks   none.
//   Units    SI.
//   Errors   GreetingError; a device that does not answer is not used.
//   Threads  the device's owner thread, before it is read.
//   Proof    tests/service/replay_test.cc, live_service_test.cc
#pragma once
#include <cstdint>

#include "tactus/base/expected.h"
#include "tactus/drivers/device.h"
#include "tactus/drivers/identity.h"
#include "tactus/sense/profile.h"

namespace tactus::service {

struct Greeting {
  DeviceKind kind = DeviceKind::Tg1;
  Identity identity;
  HandProfile profile;  ///< defaults with the device's constants; never validated
};

enum class GreetingError : std::uint8_t {
  NoIdentity,     ///< the identity report did not come or is damaged: plug it in again
  WrongProtocol,  ///< firmware of another protocol version: update it, or this program
  NoCalibration,  ///< its constants are damaged: run the factory calibration
};

[[nodiscard]] const char* describe(GreetingError error) noexcept;

[[nodiscard]] Expected<Greeting, GreetingError> greet(Device& device);

}  // namespace tactus::service
