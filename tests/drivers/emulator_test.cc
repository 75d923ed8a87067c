// The emulated glove as a judge: its own timing is exact, and each wrong of the host is counted.
#include "tactus/simulator/emulator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "drivers/bench.h"
#include "tactus/simulator/emulated_device.h"

namespace tactus::tests {
namespace {

using simulator::EmulatedTg1;
using simulator::EmulatedTt1;
using simulator::Tg1Config;

constexpr HostTime kStart{};
const simulator::EmitReport kIgnore = [](HostTime, std::span<const std::uint8_t>) {};

HostTime at(Duration t) { return kStart + t; }

TEST(EmulatedTg1, SendsAThousandReportsASecondOfItsOwnCrystal) {
  Tg1Config config = bench_config();
  config.crystal.ppm = 200;
  EmulatedTg1 glove(config, bench_sense);
  std::vector<HostTime> sent;
  glove.step(at(10s), [&](HostTime t, auto) { sent.push_back(t); });
  EXPECT_EQ(sent.size(), 10003u);  // the one at power-on, and two more from 200 ppm of 10 s
  EXPECT_NEAR(seconds(sent.back() - sent.front()), 10002 * 1e-3 / (1 + 200e-6), 1e-8);
}

TEST(EmulatedTg1, ReportsHowManySamplesItsActuatorsConsumed) {
  Tg1Config config = bench_config();
  config.crystal.ppm = -150;
  EmulatedTg1 glove(config, bench_sense);
  tg1::DecoderState decoder;
  GloveSample last;
  glove.step(at(5s), [&](HostTime, auto report) { (void)decode(decoder, report, last); });
  const double device_s = seconds(last.t.time_since_epoch());
  EXPECT_NEAR(last.samples_consumed, device_s * 8000, 1.5);
  EXPECT_NEAR(static_cast<double>(glove.samples_played()), 5 * 8000 * (1 - 150e-6), 1.5);
}

TEST(EmulatedTg1, ItsCounterWrapsAndTheDecoderFollows) {
  Tg1Config config = bench_config();
  config.crystal.counter_at_on = 0xFFFFFFFFu - 500'000;
  config.first_sequence = 0xFFFFFFFCu;
  EmulatedTg1 glove(config, bench_sense);
  tg1::DecoderState decoder;
  GloveSample sample;
  DeviceTime before{};
  int states = 0;
  glove.step(at(1s), [&](HostTime, auto report) {
    if (decode(decoder, report, sample) != tg1::DecodeResult::Complete) return;
    if (states++ > 0) {
      EXPECT_EQ(sample.t - before, 4ms);
    }
    before = sample.t;
  });
  EXPECT_EQ(states, 250);
  EXPECT_EQ(decoder.sequence.gaps, 0u);
}

TEST(EmulatedTg1, PlaysTheToneItWasSent) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  for (std::uint32_t n = 0; n < 100; ++n) glove.receive(at(n * 1ms), touch(0.4f, n));
  glove.step(at(100ms), kIgnore);
  const std::vector<simulator::DriveSample> drive = glove.take_drive();
  ASSERT_EQ(drive.size(), 801u);
  int rising = 0;
  float peak = 0;
  for (std::size_t i = 1; i < drive.size(); ++i) {
    rising += drive[i - 1][3] < 0 && drive[i][3] >= 0;
    peak = std::max(peak, std::fabs(drive[i][3]));
  }
  EXPECT_NEAR(rising, 18, 1) << "180 Hz for 100 ms";
  EXPECT_NEAR(peak, 0.4f, 0.01f);
}

TEST(EmulatedTg1, StartsFromZeroAndRisesOverAMillisecond) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  EXPECT_TRUE(glove.silent());
  glove.receive(at(1ms), touch(0.6f, 1));
  glove.step(at(1125us), kIgnore);
  EXPECT_LE(glove.amplitude()[0], 0.126f);
  glove.step(at(2ms), kIgnore);
  EXPECT_NEAR(glove.amplitude()[0], 0.6f, tg1::kAmplitudeScale);
}

/// The last sample that is not zero comes less than 30 ms of its crystal after the last frame.
TEST(EmulatedTg1, TheWatchdogSilencesWithinThirtyMilliseconds) {
  for (const Duration offset : {0us, 60us, 124us}) {
    EmulatedTg1 glove(bench_config(), bench_sense);
    const HostTime t_frame = at(7ms + offset);
    for (std::uint32_t n = 0; n < 4; ++n)
      glove.receive(at(n * 1ms), touch(0.15f * static_cast<float>(n), n));
    glove.receive(t_frame, touch(0.6f, 4));
    glove.step(t_frame + 28ms, kIgnore);
    EXPECT_FALSE(glove.silent()) << "no sooner than the last millisecond";
    glove.step(t_frame + 30ms, kIgnore);
    EXPECT_TRUE(glove.silent());
    EXPECT_EQ(glove.counts().watchdog_fired, 1u);
    const std::uint64_t first = glove.first_drive();
    const std::vector<simulator::DriveSample> drive = glove.take_drive();
    for (std::size_t i = 0; i < drive.size(); ++i) {
      if (drive[i][0] != 0) {
        EXPECT_LT(glove.t_drive(first + i) - t_frame, 30ms);
      }
    }
    EXPECT_EQ(glove.violations().total(), 0u);
  }
}

TEST(EmulatedTg1, TheWatchdogIsFedByValidFramesOnly) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  glove.receive(at(0ms), touch(0.1f, 1));
  for (int i = 1; i < 40; ++i) {
    auto bad = touch(0.1f, 1 + static_cast<std::uint32_t>(i));
    bad[13] ^= 1;
    glove.receive(at(i * 1ms), bad);
  }
  EXPECT_TRUE(glove.silent());
  EXPECT_EQ(glove.violations().bad_crc, 39u);
  EXPECT_EQ(glove.counts().watchdog_fired, 1u);
}

TEST(EmulatedTg1, AStopSilencesWithinAMillisecondWhateverItsSequence) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  for (std::uint32_t n = 0; n < 4; ++n)
    glove.receive(at(n * 1ms), touch(0.15f * static_cast<float>(n), 1000 + n));
  std::array<std::uint8_t, tg1::kStopBytes> stop;
  tg1::encode_stop(3, stop);
  glove.receive(at(5ms), stop);
  glove.step(at(6ms), kIgnore);
  EXPECT_TRUE(glove.silent());
  EXPECT_EQ(glove.counts().stops_in, 1u);
  EXPECT_EQ(glove.violations().total(), 0u);
}

TEST(EmulatedTg1, CountsWhatTheHostDoesWrong) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  glove.receive(at(0ms), touch(0.10f, 1));
  glove.receive(at(1ms), touch(0.10f, 1));  // again
  EXPECT_EQ(glove.violations().out_of_sequence, 1u);
  glove.receive(at(2ms), touch(0.10f, 4));  // two never came
  EXPECT_EQ(glove.violations().lost, 2u);
  glove.receive(at(3ms), touch(0.50f, 5));  // 0.4 in one frame, on all actuators
  EXPECT_EQ(glove.violations().over_rise, kActuators);
  glove.receive(at(4ms), touch(0.62f, 6));
  EXPECT_EQ(glove.violations().over_ceiling, kActuators);
  EXPECT_LE(glove.playing().amplitude[0], 0.605f) << "played clamped";
  glove.receive(at(5ms), std::array<std::uint8_t, 3>{2, 0, 0});
  EXPECT_EQ(glove.violations().bad_length, 1u);
  glove.receive(at(5ms), std::array<std::uint8_t, 3>{9, 0, 0});
  EXPECT_EQ(glove.violations().unknown_report, 1u);
}

TEST(EmulatedTg1, AllowsTheRiseThatLostFramesWouldHaveMade) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  glove.receive(at(0ms), touch(0.15f, 1));
  glove.receive(at(3ms), touch(0.60f, 4));
  EXPECT_EQ(glove.violations().over_rise, 0u);
}

TEST(EmulatedTg1, AHostThatComesBackMayCountAnew) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  glove.receive(at(0ms), touch(0.1f, 5000));
  glove.step(at(50ms), kIgnore);
  glove.receive(at(51ms), touch(0.1f, 0));
  EXPECT_EQ(glove.violations().total(), 0u);
  EXPECT_EQ(glove.counts().frames_in, 2u);
}

TEST(EmulatedTt1, SendsItsPosesAtNinetyFiveHertz) {
  simulator::Tt1Config config;
  config.hand = Hand::Right;
  EmulatedTt1 tracker(config, [](HostTime t, TrackerSample& sample) {
    sample.T_universe_tracker.p.x = static_cast<float>(seconds(t.time_since_epoch()));
  });
  std::vector<std::array<std::uint8_t, 44>> reports;
  tracker.step(at(2s), [&](HostTime, auto report) {
    reports.emplace_back();
    std::ranges::copy(report, reports.back().begin());
  });
  EXPECT_EQ(reports.size(), 191u);
}

TEST(EmulatedDevice, ReportsArriveAfterTheLinksDelayAndInOrder) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  simulator::EmulatedDevice device(glove, {.in_delay = 700us, .in_jitter = 900us, .seed = 5});
  DeviceReport report;
  HostTime before{};
  double sum_s = 0;
  int reports = 0;
  for (int ms = 1; ms < 2000; ++ms) {
    device.advance_to(at(ms * 1ms));
    while (device.receive(report)) {
      EXPECT_GE(report.t_arrived, before);
      EXPECT_GE(report.t_arrived - at(reports * 1ms), 700us);
      before = report.t_arrived;
      sum_s += seconds(report.t_arrived - at(reports * 1ms));
      ++reports;
    }
  }
  EXPECT_GT(reports, 1980);
  EXPECT_GT(sum_s / reports, 1.2e-3) << "the jitter's mean comes on top";
  EXPECT_EQ(device.overflows(), 0u);
}

TEST(EmulatedDevice, WritesTakeTheLinksDelay) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  simulator::EmulatedDevice device(glove, {.out_delay = 400us});
  device.advance_to(at(10ms));
  EXPECT_EQ(device.write(touch(0.1f, 1)), LinkStatus::Ok);
  device.advance_to(at(12ms));
  EXPECT_EQ(glove.t_last_frame(), at(10ms + 400us));
}

TEST(EmulatedDevice, ReplugGoesOnWhereTheGloveIs) {
  EmulatedTg1 glove(bench_config(), bench_sense);
  simulator::EmulatedDevice device(glove, {.in_delay = 0us});
  device.advance_to(at(8ms));
  device.unplug();
  EXPECT_EQ(device.write(touch(0.1f, 1)), LinkStatus::Gone);
  device.advance_to(at(100ms));
  device.replug();
  device.advance_to(at(120ms));
  Drain drain;
  drain(device);
  EXPECT_EQ(drain.end, LinkStatus::Empty);
  EXPECT_GE(drain.samples.size(), 4u);
  EXPECT_EQ(device.description().serial, kBenchSerial);
}

}  // namespace
}  // namespace tactus::tests
