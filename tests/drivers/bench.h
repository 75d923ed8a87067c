// A glove on the bench: its states, what is written to it, and how its reports are read.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <thread>
#include <vector>

#include "drivers/glove_samples.h"
#include "tactus/drivers/device.h"
#include "tactus/drivers/tg1/codec.h"
#include "tactus/drivers/tg1/feature.h"
#include "tactus/simulator/emulator.h"

namespace tactus::tests {

inline constexpr char kBenchSerial[] = "TG1-BENCH-7";
inline constexpr Duration kPatience = 20s;  ///< for what must come; nothing is measured with it

inline simulator::Tg1Config bench_config() {
  simulator::Tg1Config config;
  config.hand = Hand::Right;
  config.serial = kBenchSerial;
  config.profile.flexion[4] = {0.1f, 1.7f};
  return config;
}

/// A state that says which one it is: the flexion channels follow the time.
inline void bench_sense(HostTime t, GloveSample& sample) {
  const auto n = static_cast<float>((t.time_since_epoch() / 4ms) % 200);
  sample.flexion.fill(n / 200.0f);
  for (ImuReading& imu : sample.imu) imu.accel_m_per_s2 = {0, kGravity_m_per_s2, 0};
}

/// Reads until Empty or Gone and decodes; what it got is in its fields.
struct Drain {
  tg1::DecoderState decoder;
  std::vector<GloveSample> samples;
  LinkStatus end = LinkStatus::Ok;
  std::size_t longest = 0;

  void operator()(Device& device, Duration first_wait = 50ms) {
    std::array<std::uint8_t, kReportBytes> bytes;
    std::size_t size = 0;
    Duration wait = first_wait;
    while ((end = device.read(bytes, size, wait)) == LinkStatus::Ok) {
      wait = 20ms;
      longest = std::max(longest, size);
      GloveSample sample;
      if (decode(decoder, std::span(bytes).first(size), sample) == tg1::DecodeResult::Complete)
        samples.push_back(sample);
    }
  }
};

inline std::array<std::uint8_t, tg1::kOutputBytes> touch(float amplitude, std::uint32_t sequence) {
  TactileFrame frame;
  frame.envelope.fill(amplitude);
  frame.frequency_Hz.fill(180.0f);
  std::array<std::uint8_t, tg1::kOutputBytes> report;
  tg1::encode(frame, {sequence, 0}, report);
  return report;
}

/// Waits until `holds()`, at most kPatience.
template <class F>
bool wait_until(F holds) {
  const auto t_end = std::chrono::steady_clock::now() + kPatience;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > t_end) return false;
    std::this_thread::sleep_for(1ms);
  }
  return true;
}

}  // namespace tactus::tests
