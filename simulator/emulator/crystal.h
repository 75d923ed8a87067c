// From a device's microseconds since power-on to true time.
//
//   Clocks   in: the device's crystal; out: HostTime, which is true time in the simulator.
//   Units    microseconds, parts per million.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/drivers/emulator_test.cc
#pragma once
#include <cmath>

#include "tactus/simulator/emulator.h"

namespace tactus::simulator {

[[nodiscard]] inline HostTime on_true_time(const Crystal& crystal, std::int64_t since_on_us) {
  const double ns = static_cast<double>(since_on_us) * 1e3 / (1.0 + crystal.ppm * 1e-6);
  return crystal.t_power_on + Duration(std::llround(ns));
}

}  // namespace tactus::simulator
