// An emulated glove or tracker as a Device in this process, on a link with delay, in virtual time.
//
// The simulator lives it forward with `advance_to`; the engine's side reads and writes it like any
// other. Like hidraw, the link holds 63 unread reports and drops the newest beyond them.
//
//   Clocks   HostTime, the simulator's virtual clock.
//   Units    bytes.
//   Errors   Gone while unplugged; Refused for an unknown feature report.
//   Threads  one owner for both ends.
//   Proof    tests/drivers/conformance_test.cc, tests/drivers/emulator_test.cc
#pragma once
#include <deque>
#include <optional>
#include <random>
#include <variant>

#include "tactus/drivers/device.h"
#include "tactus/simulator/emulator.h"

namespace tactus::simulator {

struct LinkParams {
  Duration in_delay = 300us;   ///< from the wire to the reader: least
  Duration in_jitter = 0us;    ///< mean of the exponential delay on top of it
  Duration out_delay = 300us;  ///< from write to the device
  std::uint32_t seed = 1;
};

class EmulatedDevice final : public Device {
 public:
  static constexpr std::size_t kQueue = 63;

  /// The emulator outlives the device.
  EmulatedDevice(EmulatedTg1& glove, LinkParams params);
  EmulatedDevice(EmulatedTt1& tracker, LinkParams params);

  /// Lives until `t`: device, link and what was written to it.
  void advance_to(HostTime t);

  /// The earliest instant at which a report can be read; none while unplugged and drained.
  [[nodiscard]] std::optional<HostTime> next_arrival() const;

  /// The next report that has arrived by the time advanced to, with its arrival. False: none.
  bool receive(DeviceReport& report);

  void unplug();
  /// The same device on the same port, its sequence going on.
  void replug();
  /// Reports dropped because nobody read.
  [[nodiscard]] std::uint64_t overflows() const noexcept { return overflows_; }

  LinkStatus read(std::span<std::uint8_t> bytes, std::size_t& size, Duration timeout) override;
  LinkStatus write(std::span<const std::uint8_t> bytes) override;
  LinkStatus get_feature(std::span<std::uint8_t> bytes, std::size_t& size) override;
  [[nodiscard]] const DeviceDescription& description() const override { return description_; }

 private:
  void enqueue(HostTime t, std::span<const std::uint8_t> report);
  [[nodiscard]] HostTime next_sent() const;

  std::variant<EmulatedTg1*, EmulatedTt1*> device_;
  LinkParams params_;
  DeviceDescription description_;
  std::deque<DeviceReport> inbound_;
  std::deque<DeviceReport> outbound_;  ///< t_arrived: when it reaches the device
  std::mt19937 random_;
  HostTime now_{};
  HostTime t_last_arrival_{};
  std::uint64_t overflows_ = 0;
  bool plugged_ = true;
};

}  // namespace tactus::simulator
