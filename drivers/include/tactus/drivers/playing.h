// How each kind of device takes touch.
//
//   Units    see tactus/touch/deliver.h.
//   Errors   none.
//   Threads  pure, RT-safe.
//   Proof    tests/drivers/conformance_test.cc
#pragma once
#include "tactus/drivers/device.h"
#include "tactus/drivers/tg1/codec.h"
#include "tactus/touch/deliver.h"

namespace tactus {

/// What the kind's driver declares; a tracker is given nothing.
[[nodiscard]] constexpr Playing playing_of(DeviceKind kind) noexcept {
  switch (kind) {
    case DeviceKind::Tg1:
      return tg1::kPlaying;
    case DeviceKind::Tt1:
      break;
  }
  return {};
}

}  // namespace tactus
