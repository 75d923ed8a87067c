// TG1's codec: the round trip's error bounds, the pinned bytes, and everything a link can do wrong.
#include "tactus/drivers/tg1/codec.h"

#include <gtest/gtest.h>

#include <limits>

#include "drivers/glove_samples.h"
#include "tactus/drivers/tg1/device_side.h"
#include "tactus/drivers/wire.h"

namespace tactus::tg1 {
namespace {

using tests::RandomGlove;

// Half a code of each scale, and the last bits of float.
constexpr float kGyroBound_rad_per_s = 0.5f * kGyroScale_rad_per_s + 4e-6f;
constexpr float kAccelBound_m_per_s2 = 0.5f * kAccelScale_m_per_s2 + 2e-5f;
constexpr float kChannelBound = 0.5f * kChannelScale + 1e-7f;
constexpr float kTouchBound_kPa = 0.5f * kTouchScale_kPa + 4e-5f;
constexpr float kTemperatureBound_C = 0.5f * kTemperatureScale_C + 1e-5f;
constexpr float kBatteryBound = 0.5f * kBatteryScale + 1e-6f;

void expect_near(Vec3 a, Vec3 b, float bound) {
  EXPECT_NEAR(a.x, b.x, bound);
  EXPECT_NEAR(a.y, b.y, bound);
  EXPECT_NEAR(a.z, b.z, bound);
}

void expect_same(const GloveSample& sent, const GloveSample& got) {
  EXPECT_EQ(sent.hand, got.hand);
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    expect_near(sent.imu[i].gyro_rad_per_s, got.imu[i].gyro_rad_per_s, kGyroBound_rad_per_s);
    expect_near(sent.imu[i].accel_m_per_s2, got.imu[i].accel_m_per_s2, kAccelBound_m_per_s2);
  }
  for (std::size_t i = 0; i < kGloveFlexions; ++i)
    EXPECT_NEAR(sent.flexion[i], got.flexion[i], kChannelBound);
  for (std::size_t i = 0; i < kGloveAbductions; ++i)
    EXPECT_NEAR(sent.abduction[i], got.abduction[i], kChannelBound);
  for (std::size_t i = 0; i < kGloveTouches; ++i)
    EXPECT_NEAR(sent.touch_kPa[i], got.touch_kPa[i], kTouchBound_kPa);
  EXPECT_NEAR(sent.battery, got.battery, kBatteryBound);
  EXPECT_NEAR(sent.temperature_C, got.temperature_C, kTemperatureBound_C);
  EXPECT_EQ(sent.samples_consumed, got.samples_consumed);
}

/// Feeds whole states and keeps the last sample delivered.
struct Reader {
  DecoderState state;
  GloveSample sample;
  DecodeResult last = DecodeResult::NotMine;

  int take(std::span<const InputReport> reports) {
    int complete = 0;
    for (const InputReport& report : reports) {
      last = decode(state, report, sample);
      complete += last == DecodeResult::Complete;
    }
    return complete;
  }
};

TEST(Tg1Codec, RoundTripStaysWithinHalfACode) {
  RandomGlove random(1);
  Reader reader;
  for (std::uint32_t n = 0; n < 500; ++n) {
    const GloveSample sent = random.sample();
    ASSERT_EQ(reader.take(encode_state(sent, n, n * 4000, {})), 1);
    expect_same(sent, reader.sample);
    EXPECT_EQ(reader.sample.sequence, n);
    EXPECT_EQ(reader.sample.t, DeviceTime(std::chrono::microseconds(n * 4000)));
    EXPECT_EQ(reader.sample.status, 0);
  }
  EXPECT_EQ(reader.state.states, 500u);
  EXPECT_EQ(reader.state.reports, 2000u);
  EXPECT_EQ(reader.state.incomplete, 0u);
}

/// The bytes that docs/devices/tg1.md shows: they may change only with the protocol's version.
TEST(Tg1Codec, BytesAreTheSpecifications) {
  GloveSample sample;
  sample.hand = Hand::Right;
  sample.imu[0].gyro_rad_per_s = {1000.0f * kRadPerDeg, 0, -1000.0f * kRadPerDeg};
  sample.imu[0].accel_m_per_s2 = {0, kGravity_m_per_s2, 0};
  sample.battery = 1.0f;
  const auto reports = encode_state(sample, 0x01020304, 0x0A0B0C0D, {.last_output = 0x11223344});
  const InputReport& first = reports[0];
  const std::array<std::uint8_t, 22> head = {
      0x01, 0x09, 0x10, 0x0C, 0x08, 0x04, 0x0D, 0x0C, 0x0B, 0x0A,  // id flags sequence time
      0x00, 0x40, 0x00, 0x00, 0x00, 0xC0,                          // gyro ±16384
      0x00, 0x00, 0x00, 0x08, 0x00, 0x00};                         // accel 2048 on y
  for (std::size_t i = 0; i < head.size(); ++i) EXPECT_EQ(first[i], head[i]) << "byte " << i;
  EXPECT_EQ(wire::load_u32(first, 60), crc32(std::span(first).first(60)));
  EXPECT_EQ(reports[3][kInputPayload + 44], 200);  // battery is byte 194 of the block
  EXPECT_EQ(wire::load_u32(reports[3], kInputPayload + 46), 0x11223344u);
}

/// Byte `at` of the state block, wherever it is cut.
std::uint8_t block_byte(const std::array<InputReport, kFragments>& reports, std::size_t at) {
  return reports[at / 50][10 + at % 50];
}

TEST(Tg1Codec, TheStateBlockIsTheSpecifications) {
  GloveSample sample;
  sample.imu[10].accel_m_per_s2 = {0, 0, -kGravity_m_per_s2};
  sample.flexion[0] = 1;
  sample.abduction[3] = 1;
  sample.touch_kPa[8] = 1;
  sample.samples_consumed = 0x01020304;
  sample.temperature_C = 1;
  const auto reports = encode_state(sample, 0, 0, {.outputs_refused = 9});
  EXPECT_EQ(block_byte(reports, 130), 0x00);  // -2048 on z of the last unit
  EXPECT_EQ(block_byte(reports, 131), 0xF8);
  EXPECT_EQ(block_byte(reports, 132), 0xFF);
  EXPECT_EQ(block_byte(reports, 133), 0xFF);
  EXPECT_EQ(block_byte(reports, 134), 0x00);
  EXPECT_EQ(block_byte(reports, 168), 0xFF);
  EXPECT_EQ(block_byte(reports, 186), 100);
  EXPECT_EQ(block_byte(reports, 188), 0x04);
  EXPECT_EQ(block_byte(reports, 191), 0x01);
  EXPECT_EQ(block_byte(reports, 192), 100);
  EXPECT_EQ(block_byte(reports, 195), 9);
}

TEST(Tg1Codec, ValuesBeyondAScaleStandAtItsLimitAndSaySo) {
  GloveSample sample;
  sample.imu[3].gyro_rad_per_s = {1000.0f, 0, 0};
  sample.flexion[2] = 7.0f;
  sample.touch_kPa[0] = -3.0f;
  Reader reader;
  reader.take(encode_state(sample, 0, 0, {}));
  EXPECT_NE(reader.sample.status & kSampleSaturated, 0);
  EXPECT_NEAR(reader.sample.imu[3].gyro_rad_per_s.x, 2000.0f * kRadPerDeg, 0.002f);
  EXPECT_EQ(reader.sample.flexion[2], 1.0f);
  EXPECT_EQ(reader.sample.touch_kPa[0], 0.0f);
}

TEST(Tg1Codec, NotANumberBecomesZero) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  GloveSample sample;
  sample.imu[0].gyro_rad_per_s = {kNaN, kNaN, std::numeric_limits<float>::infinity()};
  sample.flexion[0] = kNaN;
  sample.temperature_C = kNaN;
  Reader reader;
  ASSERT_EQ(reader.take(encode_state(sample, 0, 0, {})), 1);
  EXPECT_EQ(reader.sample.imu[0].gyro_rad_per_s.x, 0.0f);
  EXPECT_EQ(reader.sample.imu[0].gyro_rad_per_s.z, 0.0f);
  EXPECT_EQ(reader.sample.flexion[0], 0.0f);
  EXPECT_EQ(reader.sample.temperature_C, 0.0f);
}

TEST(Tg1Codec, ALostFragmentCostsItsStateAndTheNextOneSaysGap) {
  RandomGlove random(2);
  Reader reader;
  reader.take(encode_state(random.sample(), 0, 0, {}));
  auto torn = encode_state(random.sample(), 1, 4000, {});
  EXPECT_EQ(decode(reader.state, torn[0], reader.sample), DecodeResult::Incomplete);
  EXPECT_EQ(decode(reader.state, torn[1], reader.sample), DecodeResult::Incomplete);
  EXPECT_EQ(decode(reader.state, torn[3], reader.sample), DecodeResult::Incomplete);
  const GloveSample after = random.sample();
  ASSERT_EQ(reader.take(encode_state(after, 2, 8000, {})), 1);
  expect_same(after, reader.sample);
  EXPECT_EQ(reader.sample.status, kSampleGap);
  EXPECT_EQ(reader.state.sequence.gaps, 1u);
  EXPECT_EQ(reader.state.incomplete, 1u);
  ASSERT_EQ(reader.take(encode_state(after, 3, 12000, {})), 1);
  EXPECT_EQ(reader.sample.status, 0);
}

TEST(Tg1Codec, JoiningMidwayIsNoLoss) {
  RandomGlove random(3);
  Reader reader;
  const auto first = encode_state(random.sample(), 100, 0, {});
  EXPECT_EQ(reader.take(std::span(first).subspan(2)), 0);
  EXPECT_EQ(reader.take(encode_state(random.sample(), 101, 4000, {})), 1);
  EXPECT_EQ(reader.sample.status, 0);
  EXPECT_EQ(reader.state.incomplete, 0u);
  EXPECT_EQ(reader.state.sequence.gaps, 0u);
}

TEST(Tg1Codec, FragmentsOfAStateMayComeInAnyOrder) {
  RandomGlove random(4);
  Reader reader;
  reader.take(encode_state(random.sample(), 0, 0, {}));
  const GloveSample sent = random.sample();
  auto reports = encode_state(sent, 1, 4000, {});
  std::swap(reports[1], reports[2]);
  ASSERT_EQ(reader.take(reports), 1);
  expect_same(sent, reader.sample);
  EXPECT_EQ(reader.state.sequence.reordered, 1u);
  EXPECT_EQ(reader.state.sequence.gaps, 0u);
}

TEST(Tg1Codec, RepeatedReportsAreCountedAndChangeNothing) {
  RandomGlove random(5);
  Reader reader;
  const auto reports = encode_state(random.sample(), 0, 0, {});
  ASSERT_EQ(reader.take(reports), 1);
  EXPECT_EQ(reader.take(reports), 0);
  EXPECT_EQ(reader.last, DecodeResult::Repeated);
  EXPECT_EQ(reader.state.sequence.duplicates, 4u);
  EXPECT_EQ(reader.state.states, 1u);
}

TEST(Tg1Codec, EveryFlippedBitIsCaught) {
  RandomGlove random(6);
  const auto reports = encode_state(random.sample(), 0, 0, {});
  std::uint64_t flipped = 0;
  Reader reader;
  for (std::size_t bit = 8; bit < 8 * kInputBytes; ++bit) {  // the id itself decides NotMine
    InputReport bad = reports[0];
    bad[bit / 8] ^= static_cast<std::uint8_t>(1u << (bit % 8));
    EXPECT_EQ(decode(reader.state, bad, reader.sample), DecodeResult::BadCrc);
    ++flipped;
  }
  EXPECT_EQ(reader.state.bad_crc, flipped);
}

TEST(Tg1Codec, EveryOtherLengthIsRefused) {
  RandomGlove random(7);
  const auto reports = encode_state(random.sample(), 0, 0, {});
  std::array<std::uint8_t, 200> bytes{};
  std::copy_n(reports[0].begin(), kInputBytes, bytes.begin());
  Reader reader;
  for (std::size_t size = 1; size <= bytes.size(); ++size) {
    if (size == kInputBytes) continue;
    EXPECT_EQ(decode(reader.state, std::span(bytes).first(size), reader.sample),
              DecodeResult::Malformed);
  }
  EXPECT_EQ(reader.state.bad_length, bytes.size() - 1);
  EXPECT_EQ(decode(reader.state, {}, reader.sample), DecodeResult::NotMine);
}

TEST(Tg1Codec, AFragmentOfAnotherInstantIsRefused) {
  RandomGlove random(8);
  Reader reader;
  const auto a = encode_state(random.sample(), 0, 0, {});
  const auto b = encode_state(random.sample(), 0, 999, {});
  EXPECT_EQ(decode(reader.state, a[0], reader.sample), DecodeResult::Incomplete);
  EXPECT_EQ(decode(reader.state, b[1], reader.sample), DecodeResult::Malformed);
  EXPECT_EQ(reader.state.inconsistent, 1u);
}

TEST(Tg1Codec, TheMicrosecondCounterMayWrap) {
  Reader reader;
  const std::uint32_t start = 0xFFFFFFFFu - 5999;
  reader.take(encode_state({}, 0, start, {}));
  DeviceTime before = reader.sample.t;
  for (std::uint32_t n = 1; n < 4; ++n) {
    ASSERT_EQ(reader.take(encode_state({}, n, start + n * 4000, {})), 1);
    EXPECT_EQ(reader.sample.t - before, 4ms);
    before = reader.sample.t;
  }
}

TEST(Tg1Codec, TheGlovesTroublesTravelWithTheSample) {
  GloveSample weak;
  weak.status = kSampleLowBattery;
  GloveSample hot;
  hot.status = kSampleHot;
  Reader reader;
  reader.take(encode_state(weak, 0, 0, {}));
  EXPECT_EQ(reader.sample.status, kSampleLowBattery);
  reader.take(encode_state(hot, 1, 4000, {}));
  EXPECT_EQ(reader.sample.status, kSampleHot);
}

TEST(Tg1Codec, AFragmentThatComesAfterItsStateWasGivenUpIsNotUsed) {
  RandomGlove random(10);
  Reader reader;
  reader.take(encode_state(random.sample(), 0, 0, {}));
  const auto torn = encode_state(random.sample(), 1, 4000, {});
  const auto next = encode_state(random.sample(), 2, 8000, {});
  reader.take(std::span(torn).first(3));
  reader.take(std::span(next).first(1));
  EXPECT_EQ(decode(reader.state, torn[3], reader.sample), DecodeResult::Repeated);
  EXPECT_EQ(reader.state.sequence.gaps, 0u) << "it came, if too late";
  EXPECT_EQ(reader.state.incomplete, 1u);
  EXPECT_EQ(reader.take(std::span(next).subspan(1)), 1);
}

TEST(Tg1Codec, AGloveThatStartsAnewIsFollowed) {
  RandomGlove random(11);
  Reader reader;
  reader.take(encode_state(random.sample(), 5000, 20'000'000, {}));
  EXPECT_EQ(reader.take(encode_state(random.sample(), 0, 0, {})), 0) << "its first state is spent";
  EXPECT_EQ(reader.take(encode_state(random.sample(), 1, 4000, {})), 1);
  EXPECT_EQ(reader.take(encode_state(random.sample(), 2, 8000, {})), 1);
  EXPECT_EQ(reader.state.sequence.restarts, 1u);
  EXPECT_EQ(reader.state.sequence.gaps, 0u);
}

TEST(Tg1Codec, TheGlovesWordOnOurFramesIsKept) {
  Reader reader;
  reader.take(encode_state({}, 0, 0, {.last_output = 77, .outputs_refused = 3, .silenced = true}));
  EXPECT_EQ(reader.state.last_output, 77u);
  EXPECT_EQ(reader.state.outputs_refused, 3);
  EXPECT_TRUE(reader.state.silenced);
  EXPECT_EQ(reader.state.newest_input, 3u);
}

Output sent_and_read(const TactileFrame& frame, OutputStamp stamp) {
  std::array<std::uint8_t, kOutputBytes> report;
  encode(frame, stamp, report);
  Output output;
  EXPECT_EQ(decode_output(report, output), OutputKind::Frame);
  return output;
}

TEST(Tg1Output, RoundsAmplitudeDownByLessThanACodeAndFrequencyToOneHertz) {
  RandomGlove random(9);
  for (int n = 0; n < 500; ++n) {
    TactileFrame frame;
    for (float& v : frame.envelope) v = random.between(0.0f, 1.0f);
    for (float& v : frame.frequency_Hz) v = random.between(2.0f, 510.0f);
    const Output output = sent_and_read(frame, {42, 7});
    EXPECT_EQ(output.sequence, 42u);
    EXPECT_EQ(output.newest_input, 7u);
    for (std::size_t a = 0; a < kActuators; ++a) {
      EXPECT_LE(output.amplitude[a], frame.envelope[a] + 1e-5f);
      EXPECT_GT(output.amplitude[a], frame.envelope[a] - kAmplitudeScale);
      EXPECT_NEAR(output.frequency_Hz[a], frame.frequency_Hz[a], 1.0f + 1e-4f);
    }
  }
}

TEST(Tg1Output, BytesAreTheSpecifications) {
  TactileFrame frame;
  frame.envelope[15] = 0.6f;
  frame.frequency_Hz[15] = 250.0f;
  std::array<std::uint8_t, kOutputBytes> report;
  encode(frame, {0x01020304, 0x0A0B0C0D}, report);
  const std::array<std::uint8_t, 12> head = {2, 0, 0, 0, 4, 3, 2, 1, 0x0D, 0x0C, 0x0B, 0x0A};
  for (std::size_t i = 0; i < head.size(); ++i) EXPECT_EQ(report[i], head[i]) << "byte " << i;
  EXPECT_EQ(report[12], 0);
  EXPECT_EQ(report[27], 153);
  EXPECT_EQ(report[43], 125);
  EXPECT_EQ(wire::load_u32(report, 44), crc32(std::span(report).first(44)));
}

TEST(Tg1Output, ACeilingOnACodeIsKeptExactly) {
  TactileFrame frame;
  frame.envelope.fill(0.6f);
  frame.frequency_Hz.fill(200.0f);
  EXPECT_NEAR(sent_and_read(frame, {}).amplitude[5], 0.6f, 1e-6f);
  frame.envelope.fill(0.3f);
  EXPECT_NEAR(sent_and_read(frame, {}).amplitude[5], 76.0f / 255.0f, 1e-6f);
}

TEST(Tg1Output, WhatIsNotFiniteIsSilence) {
  TactileFrame frame;
  frame.envelope.fill(0.5f);
  frame.frequency_Hz.fill(200.0f);
  frame.envelope[0] = std::numeric_limits<float>::quiet_NaN();
  frame.envelope[1] = std::numeric_limits<float>::infinity();
  frame.envelope[2] = -1.0f;
  frame.frequency_Hz[3] = std::numeric_limits<float>::quiet_NaN();
  frame.envelope[4] = 1e30f;
  const Output output = sent_and_read(frame, {});
  for (std::size_t a = 0; a < 4; ++a) EXPECT_EQ(output.amplitude[a], 0.0f);
  EXPECT_EQ(output.amplitude[4], 1.0f);
  EXPECT_GT(output.amplitude[5], 0.49f);
}

TEST(Tg1Output, TheGloveRefusesWhatIsNotWhole) {
  std::array<std::uint8_t, kOutputBytes> report;
  encode({}, {1, 0}, report);
  Output output;
  EXPECT_EQ(decode_output(std::span(report).first(47), output), OutputKind::BadLength);
  EXPECT_EQ(decode_output({}, output), OutputKind::BadLength);
  report[20] ^= 1;
  EXPECT_EQ(decode_output(report, output), OutputKind::BadCrc);
  report[0] = 9;
  EXPECT_EQ(decode_output(report, output), OutputKind::Unknown);
  std::array<std::uint8_t, kStopBytes> stop;
  encode_stop(0x01020304, stop);
  EXPECT_EQ(decode_output(stop, output), OutputKind::Stop);
  EXPECT_EQ(output.sequence, 0x01020304u);
}

}  // namespace
}  // namespace tactus::tg1
