// One hand's emulated devices on a simulated hand: a glove and a wrist tracker, plugged into the
// engine through their own bytes.
//
//   Clocks   virtual HostTime; each device has a crystal of its own.
//   Units    SI; drive in [-1, 1] of full scale.
//   Errors   create says in words what a device refused.
//   Threads  one owner.
//   Proof    the demo's own score
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tactus/base/expected.h"
#include "tactus/calibration/mounting_session.h"
#include "tactus/service/engine.h"
#include "tactus/simulator/emulated_device.h"
#include "tactus/simulator/emulator.h"
#include "tactus/simulator/sensors.h"

namespace tactus::tools {

class Wearer {
 public:
  /// `truth` gives the hand at any time up to now.
  Wearer(Hand hand, std::uint64_t seed, simulator::Trajectory truth);

  /// Greets both devices and connects them to the engine in `slot` (glove) and `slot` + 1.
  /// `bones` are the wearer's, as measured with a ruler. The error names the device.
  Expected<bool, std::string> connect(service::Engine& engine, service::DeviceSlot slot,
                                      const std::array<FingerBones, kFingers>& bones, HostTime now);

  /// Lives until `now` and hands every report that has arrived to the engine.
  void advance(service::Engine& engine, HostTime now);

  /// While a hold lasts, listens as a calibration does: `up_wrist` from the tracked hand.
  void listen(Vec3 up_wrist) { up_wrist_ = up_wrist; }
  /// The hold is over.
  bool end_hold();
  /// Fits the profile to what was heard and gives it to the engine.
  bool fit_profile(service::Engine& engine, HostTime now);

  /// An output report on its way to the glove.
  void write(std::span<const std::uint8_t> report);

  /// The peak drive of each actuator, millisecond by millisecond, as the glove has played it.
  struct PlayedMillisecond {
    std::int64_t ms = 0;
    std::array<float, kActuators> peak{};
  };
  [[nodiscard]] std::vector<PlayedMillisecond> take_played();

  /// All samples played so far, for the WAV file.
  [[nodiscard]] const std::vector<simulator::DriveSample>& samples() const { return samples_; }
  [[nodiscard]] const simulator::EmulatedTg1& glove() const { return glove_; }
  [[nodiscard]] std::uint64_t overflows() const {
    return glove_link_.overflows() + tracker_link_.overflows();
  }
  [[nodiscard]] const HandProfile& profile() const { return profile_; }

 private:
  Hand hand_;
  simulator::Trajectory truth_;
  simulator::SyntheticGlove glove_sensors_;
  simulator::SyntheticTracker tracker_sensors_;
  simulator::EmulatedTg1 glove_;
  simulator::EmulatedTt1 tracker_;
  simulator::EmulatedDevice glove_link_;
  simulator::EmulatedDevice tracker_link_;
  service::DeviceSlot slot_ = 0;
  HandProfile profile_;
  calibration::MountingSession mounting_;
  std::optional<Vec3> up_wrist_;
  tg1::DecoderState decoder_;
  std::vector<simulator::DriveSample> samples_;
  PlayedMillisecond open_;
};

}  // namespace tactus::tools
