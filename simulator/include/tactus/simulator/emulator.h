// Emulated TG1 and TT1: state machines that speak the devices' bytes, and judge what is sent to
// them.
//
// No threads and no clock: the owner says up to when to live. Each device has a crystal of its own,
// so its counters drift against the host's as real ones do.
//
//   Clocks   HostTime is true time here; a device's own runs (1 + ppm) as fast, from its power-on.
//   Units    SI in; drive is [-1, 1] of an actuator's full scale, 8 kHz of the device's crystal.
//   Errors   what the host does wrong is counted in Tg1Violations and, as a glove must, survived.
//   Threads  plain objects, one owner.
//   Proof    tests/drivers/emulator_test.cc
#pragma once
#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tactus/drivers/identity.h"
#include "tactus/drivers/tg1/device_side.h"
#include "tactus/sense/profile.h"
#include "tactus/sense/sample.h"

namespace tactus::simulator {

/// Receives one input report at the instant the device puts it on the wire.
using EmitReport = std::function<void(HostTime t, std::span<const std::uint8_t> report)>;

struct Crystal {
  HostTime t_power_on{};
  double ppm = 0;                   ///< how much faster than true time it runs
  std::uint32_t counter_at_on = 0;  ///< microseconds; choose it high to see the counter wrap
};

struct Tg1Config {
  Hand hand = Hand::Left;
  std::string serial = "TG1-EMU-L";
  Crystal crystal;
  HandProfile profile;             ///< mounting, bias and curves for the feature reports
  float amplitude_ceiling = 0.6f;  ///< [0, 1]; what exceeds it is a violation, played clamped
  float rise_per_frame = 0.15f;    ///< fastest rise from one frame to the next; more is a violation
  std::uint32_t first_sequence = 0;  ///< of the first input report; a multiple of 4
  bool keep_drive = true;            ///< false: play, but remember no samples
};

/// What the host did wrong, and what the glove did about it.
struct Tg1Violations {
  std::uint64_t bad_length = 0;
  std::uint64_t bad_crc = 0;
  std::uint64_t unknown_report = 0;
  std::uint64_t lost = 0;             ///< output sequence numbers that never came
  std::uint64_t out_of_sequence = 0;  ///< came again or too late; not played
  std::uint64_t over_ceiling = 0;     ///< actuators of frames
  std::uint64_t over_rise = 0;        ///< actuators of frames
  [[nodiscard]] std::uint64_t total() const noexcept {
    return bad_length + bad_crc + unknown_report + lost + out_of_sequence + over_ceiling +
           over_rise;
  }
};

struct Tg1Counts {
  std::uint64_t reports_out = 0;
  std::uint64_t frames_in = 0;
  std::uint64_t stops_in = 0;
  std::uint64_t feature_reads = 0;
  std::uint64_t watchdog_fired = 0;
};

using DriveSample = std::array<float, kActuators>;

class EmulatedTg1 {
 public:
  /// Called for each state with the true time; fills what the sensors feel. Battery and
  /// temperature have defaults; time, sequence, hand and samples consumed are the emulator's.
  using Sense = std::function<void(HostTime t, GloveSample& sample)>;

  EmulatedTg1(Tg1Config config, Sense sense);

  /// When the next input report leaves.
  [[nodiscard]] HostTime next_report() const;

  /// Lives until `t`: plays, and emits every report due by then. Time never goes back.
  void step(HostTime t, const EmitReport& emit);

  /// The host's output report reaches the glove at `t`, not before the last step.
  void receive(HostTime t, std::span<const std::uint8_t> report);

  /// Answers the feature report whose id stands in bytes[0]. 0: there is none, or no room.
  std::size_t get_feature(std::span<std::uint8_t> bytes);

  [[nodiscard]] const Tg1Config& config() const noexcept { return config_; }
  [[nodiscard]] const Tg1Violations& violations() const noexcept { return violations_; }
  [[nodiscard]] const Tg1Counts& counts() const noexcept { return counts_; }

  /// The frame that plays now; amplitudes are 0 when silenced.
  [[nodiscard]] const tg1::Output& playing() const noexcept { return playing_; }
  /// Amplitude that the actuators have now, on their ramp.
  [[nodiscard]] const DriveSample& amplitude() const noexcept { return amplitude_; }
  [[nodiscard]] bool silent() const noexcept;
  [[nodiscard]] HostTime t_last_frame() const noexcept { return t_last_frame_; }
  [[nodiscard]] std::uint64_t samples_played() const noexcept { return played_; }

  /// Hands over the drive samples kept since the last call; sample `first_drive() + i` of all.
  [[nodiscard]] std::vector<DriveSample> take_drive();
  [[nodiscard]] std::uint64_t first_drive() const noexcept { return played_ - drive_.size(); }
  /// True time of drive sample n.
  [[nodiscard]] HostTime t_drive(std::uint64_t n) const;

 private:
  [[nodiscard]] HostTime true_time(std::int64_t since_on_us) const;
  void play_until(HostTime t);
  void play_one();
  void check_frame(const tg1::Output& frame);
  void take_frame(const tg1::Output& frame, HostTime t);
  void silence();
  void begin_state();

  Tg1Config config_;
  Sense sense_;
  Tg1Violations violations_;
  Tg1Counts counts_;
  HostTime now_{};
  std::uint64_t reports_ = 0;  ///< emitted since power-on
  std::array<tg1::InputReport, tg1::kFragments> state_reports_{};
  tg1::Feedback feedback_;
  tg1::Output playing_;
  DriveSample amplitude_{};
  DriveSample phase_{};  ///< turns
  HostTime t_last_frame_{};
  std::uint64_t last_frame_sample_ = 0;
  std::uint32_t next_output_ = 0;
  bool listening_ = false;  ///< a frame has come since the last silence
  std::uint64_t played_ = 0;
  std::vector<DriveSample> drive_;
};

struct Tt1Config {
  Hand hand = Hand::Left;
  std::string serial = "TT1-EMU-L";
  Crystal crystal;
  std::uint32_t first_sequence = 0;
};

class EmulatedTt1 {
 public:
  /// Fills pose and `tracked` for the true time.
  using Sense = std::function<void(HostTime t, TrackerSample& sample)>;

  EmulatedTt1(Tt1Config config, Sense sense);

  [[nodiscard]] HostTime next_report() const;
  void step(HostTime t, const EmitReport& emit);
  std::size_t get_feature(std::span<std::uint8_t> bytes);
  [[nodiscard]] const Tt1Config& config() const noexcept { return config_; }

 private:
  Tt1Config config_;
  Sense sense_;
  std::uint64_t reports_ = 0;
};

}  // namespace tactus::simulator
