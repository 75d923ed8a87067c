// A link from a device to the host: reports stamped by a crystal, arriving late and unevenly.
//
// Four kinds of transport, with the delays they are known for. A link keeps its order, and what it
// delays it delays behind a smallest delay that never changes: the one thing an aligner can find.
//
//   Clocks   true time is the host's; the device's crystal is fast or slow, and wanders.
//   Units    seconds; skew and wander dimensionless (1e-6 is one part per million).
//   Errors   none.
//   Threads  one owner. One seed, one sequence of reports.
//   Proof    tests/simulator/sensors/synthetic_link_test.cc
#pragma once
#include <cstdint>
#include <random>
#include <string_view>

#include "tactus/base/time.h"

namespace tactus::simulator {

enum class LinkKind : std::uint8_t {
  UsbInterrupt,  ///< asked for at once; the host's scheduling adds an exponential delay
  UsbFrames,     ///< fetched at the next frame of 1 ms
  WifiUdp,       ///< milliseconds of contention, now and then tens of them
  Ble,           ///< sent at the next connection event, every 7.5 ms, or a later one when lost
};
inline constexpr int kLinkKinds = 4;
[[nodiscard]] std::string_view name_of(LinkKind kind) noexcept;

/// The device's crystal against the host's clock, and what samples by it.
struct LinkCrystal {
  double rate_Hz = 200;     ///< of samples
  double skew = 35e-6;      ///< the device's seconds are this much shorter: it counts too many
  double wander = 2e-8;     ///< random walk of the skew per root second: temperature
  double sampler = 0.01;    ///< at most so far is the sensor's own oscillator from the crystal that
                            ///< stamps; a BLE system-on-chip samples by the crystal itself, so that
                            ///< its samples and the connection events beat slowly
  double offset_s = 812.5;  ///< device time at true time zero
};

struct LinkReport {
  DeviceTime t_device;  ///< the device's stamp
  HostTime t_arrived;   ///< when the host had it
  HostTime t_true;      ///< when the device took the sample
};

class SyntheticLink {
 public:
  SyntheticLink(std::uint64_t seed, LinkKind kind, const LinkCrystal& crystal = {});

  [[nodiscard]] LinkReport next();

 private:
  double exponential(double mean_s);
  double delivered_s(double t_s);

  LinkKind kind_;
  LinkCrystal crystal_;
  std::mt19937_64 random_;
  double step_s_;  ///< between samples, of the device's clock
  double skew_;
  double t_true_s_ = 0;
  double t_device_s_;
  double phase_s_;  ///< of frames and connection events
  double arrived_s_ = 0;
};

}  // namespace tactus::simulator
