// Each device is given touch as it takes it, and no more than that.
#include "tactus/touch/deliver.h"

#include <gtest/gtest.h>

#include <cmath>
#include <memory>
#include <vector>

namespace tactus {
namespace {

constexpr std::size_t kFelt = 4;

/// A touch from 10 to 60 ms, after that silence.
TactileFrame touch_at(std::uint64_t ms) {
  TactileFrame frame;
  const bool touches = ms >= 10 && ms < 60;
  frame.envelope[kFelt] = touches ? 0.4f : 0.0f;
  frame.frequency_Hz[kFelt] = touches ? 175.0f : 0.0f;
  for (float& sample : frame.wave[kFelt]) sample = frame.envelope[kFelt];
  return frame;
}

struct Device {
  Playing playing;
  std::unique_ptr<DeliveryState> state = std::make_unique<DeliveryState>();
  TactileFrame packet;
  bool take(std::uint64_t ms) { return deliver(*state, playing, touch_at(ms), ms, packet); }
};

TEST(Deliver, OneWithoutActuatorsIsGivenNothing) {
  Device device{{}};
  for (std::uint64_t ms = 0; ms < 100; ++ms) EXPECT_FALSE(device.take(ms));
}

TEST(Deliver, OneThatMakesItsOwnTonesIsGivenTheFrameAsOftenAsItLikes) {
  Device device{{.taking = Taking::Frames, .every_ms = 2}};
  for (std::uint64_t ms = 0; ms < 100; ++ms) {
    ASSERT_EQ(device.take(ms), ms % 2 == 0);
    if (ms % 2 != 0) continue;
    EXPECT_EQ(device.packet.envelope, touch_at(ms).envelope);
    EXPECT_EQ(device.packet.wave, touch_at(ms).wave);
  }
}

TEST(Deliver, OneThatPlaysSamplesIsGivenItsActuatorsDrive) {
  for (const ActuatorKind kind :
       {ActuatorKind::Lra, ActuatorKind::Erm, ActuatorKind::VoiceCoil, ActuatorKind::Piezo}) {
    Device device{{.taking = Taking::Drives, .actuator = {.kind = kind}}};
    ActuatorState alone;
    for (std::uint64_t ms = 0; ms < 200; ++ms) {
      ASSERT_TRUE(device.take(ms));
      EXPECT_EQ(device.packet.wave[kFelt],
                actuate(alone, device.playing.actuator, touch_at(ms), kFelt));
      for (const float sample : device.packet.wave[kFelt]) {
        EXPECT_LE(std::abs(sample), device.playing.actuator.overdrive);
      }
    }
  }
}

TEST(Deliver, OneThatHearsRarelyIsToldBeginningAndEnd) {
  Device device{{.taking = Taking::Packets, .pace = {.packets_per_s = 5}}};
  for (int ms = 0; ms < 1000; ++ms) EXPECT_FALSE(device.take(0)) << "packets are saved up";
  std::vector<std::uint64_t> told_ms;
  for (std::uint64_t ms = 0; ms < 1000; ++ms) {
    if (!device.take(ms)) continue;
    EXPECT_EQ(device.packet.envelope[kFelt], ms < 60 ? 0.4f : 0.0f);
    told_ms.push_back(ms);
  }
  EXPECT_EQ(told_ms, (std::vector<std::uint64_t>{10, 60}));
}

}  // namespace
}  // namespace tactus
