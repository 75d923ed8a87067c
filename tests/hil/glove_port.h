// The emulated glove and its tracker behind /dev/uhid, living in the guest's time on a hand that
// presses again and again onto a place above the origin, with a record of the traffic.
//
//   Clocks   the guest's CLOCK_MONOTONIC.
//   Units    SI; durations in nanoseconds.
//   Errors   plug() says false with the reason on stderr.
//   Threads  one.
//   Proof    it is one: tests/hil
#pragma once
#include <functional>
#include <memory>
#include <vector>

#include "read_times.h"
#include "tactus/simulator/device_node.h"
#include "tactus/simulator/emulator.h"
#include "tactus/simulator/sensors.h"

namespace tactus::hil {

inline constexpr char kSerial[] = "TG1-RIG-01";
inline constexpr char kTrackerSerial[] = "TT1-RIG-01";

class GlovePort {
 public:
  explicit GlovePort(ReadTimes& times);

  /// The glove, and the tracker the first time.
  [[nodiscard]] bool plug();
  /// The glove's device goes, between two fragments of a state.
  void unplug_mid_state();
  [[nodiscard]] int readers() const { return node_ ? node_->readers() : 0; }

  /// Lives until `done()` or for `longest`. True: done.
  bool live(
      Duration longest, const std::function<bool()>& done = [] { return false; });

  /// Puts bytes on the wire as they are.
  void inject(std::span<const std::uint8_t> bytes) { node_->send(bytes); }

  [[nodiscard]] simulator::EmulatedTg1& glove() { return glove_; }
  /// From each input report to the first output report that answers it; forgets them.
  [[nodiscard]] std::vector<Duration> take_answers() { return std::exchange(answers_, {}); }
  /// The sequence that the next report will have.
  [[nodiscard]] std::uint32_t next_sequence() const {
    return static_cast<std::uint32_t>(glove_.counts().reports_out);
  }
  /// True time of the last drive sample that was not zero.
  [[nodiscard]] HostTime t_last_drive() const { return t_last_drive_; }

 private:
  void send(std::span<const std::uint8_t> report);
  void watch_drive();
  [[nodiscard]] simulator::Tg1Config glove_config() const;
  void take_output(std::span<const std::uint8_t> report);

  ReadTimes& times_;
  HostTime t_on_;
  simulator::SyntheticGlove sensors_;
  simulator::SyntheticTracker tracking_;
  simulator::EmulatedTg1 glove_;
  simulator::EmulatedTt1 tracker_;
  std::unique_ptr<simulator::UhidNode> node_, tracker_node_;
  std::vector<Duration> answers_;
  std::uint32_t last_answered_ = 0;
  HostTime t_last_drive_{};
};

}  // namespace tactus::hil
