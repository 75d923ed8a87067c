// TT1's codec: the pose comes out as it went in, and what cannot be a pose does not come out.
#include "tactus/drivers/tt1/codec.h"

#include <gtest/gtest.h>

#include <limits>

#include "drivers/glove_samples.h"
#include "tactus/drivers/wire.h"

namespace tactus::tt1 {
namespace {

using Report = std::array<std::uint8_t, kInputBytes>;

Report make_report(const TrackerSample& sample, std::uint32_t sequence, std::uint32_t t_us) {
  Report report;
  encode_pose(sample, sequence, t_us, 0.5f, report);
  return report;
}

TrackerSample random_pose(tests::RandomGlove& random) {
  TrackerSample sample;
  sample.hand = Hand::Right;
  sample.tracked = true;
  sample.T_universe_tracker = {exp_rotation(random.vec(1.7f)), random.vec(3.0f)};
  return sample;
}

TEST(Tt1Codec, RoundTripKeepsThePose) {
  tests::RandomGlove random(1);
  DecoderState state;
  for (std::uint32_t n = 0; n < 200; ++n) {
    const TrackerSample sent = random_pose(random);
    TrackerSample got;
    ASSERT_EQ(decode(state, make_report(sent, n, 10526 * n), got), DecodeResult::Complete);
    EXPECT_EQ(length(sent.T_universe_tracker.p - got.T_universe_tracker.p), 0.0f);
    EXPECT_LT(length(log_rotation(conjugate(sent.T_universe_tracker.q) * got.T_universe_tracker.q)),
              1e-6f);
    EXPECT_EQ(got.hand, Hand::Right);
    EXPECT_TRUE(got.tracked);
    EXPECT_EQ(got.sequence, n);
    EXPECT_EQ(got.t, DeviceTime(std::chrono::microseconds(10526 * n)));
    EXPECT_EQ(got.status, 0);
  }
  EXPECT_NEAR(state.battery, 0.5f, 0.0026f);
  EXPECT_EQ(state.samples, 200u);
}

TEST(Tt1Codec, BytesAreTheSpecifications) {
  TrackerSample sample;
  sample.hand = Hand::Right;
  sample.tracked = true;
  sample.T_universe_tracker = {{0, 0, 1, 0}, {1, 2, 3}};
  const Report report = make_report(sample, 0x01020304, 0x0A0B0C0D);
  const std::array<std::uint8_t, 12> head = {1, 3, 100, 0, 4, 3, 2, 1, 0x0D, 0x0C, 0x0B, 0x0A};
  for (std::size_t i = 0; i < head.size(); ++i) EXPECT_EQ(report[i], head[i]) << "byte " << i;
  EXPECT_EQ(wire::load_f32(report, 12), 1.0f);
  EXPECT_EQ(wire::load_f32(report, 20), 3.0f);
  EXPECT_EQ(wire::load_f32(report, 32), 1.0f) << "z of x y z w";
  EXPECT_EQ(wire::load_u32(report, 40), crc32(std::span(report).first(40)));
}

TEST(Tt1Codec, WhatIsNoPoseIsCountedAndNotDelivered) {
  constexpr float kNaN = std::numeric_limits<float>::quiet_NaN();
  DecoderState state;
  TrackerSample got;
  got.sequence = 99;
  std::uint32_t n = 0;
  const auto refuse = [&](Pose T) {
    TrackerSample sample;
    sample.T_universe_tracker = T;
    EXPECT_EQ(decode(state, make_report(sample, n++, 0), got), DecodeResult::Malformed);
  };
  refuse({{}, {kNaN, 0, 0}});
  refuse({{0, 0, 0, kNaN}, {}});
  refuse({{0, 0, 0, 0}, {}});
  refuse({{0, 0, 0, 1.1f}, {}});
  refuse({{}, {0, 1e6f, 0}});
  refuse({{}, {0, 0, std::numeric_limits<float>::infinity()}});
  EXPECT_EQ(state.bad_value, 6u);
  EXPECT_EQ(got.sequence, 99u) << "out was written";
  ASSERT_EQ(decode(state, make_report({}, n, 0), got), DecodeResult::Complete);
  EXPECT_EQ(got.status, kSampleGap);
}

TEST(Tt1Codec, LinkFaultsAreCounted) {
  DecoderState state;
  TrackerSample got;
  const Report first = make_report({}, 0, 0);
  ASSERT_EQ(decode(state, first, got), DecodeResult::Complete);
  EXPECT_EQ(decode(state, first, got), DecodeResult::Repeated);
  ASSERT_EQ(decode(state, make_report({}, 5, 100), got), DecodeResult::Complete);
  EXPECT_EQ(got.status, kSampleGap);
  EXPECT_EQ(decode(state, make_report({}, 3, 50), got), DecodeResult::Repeated) << "too late";
  Report bad = make_report({}, 6, 200);
  bad[13] ^= 0x20;
  EXPECT_EQ(decode(state, bad, got), DecodeResult::BadCrc);
  EXPECT_EQ(decode(state, std::span(bad).first(43), got), DecodeResult::Malformed);
  bad[0] = 2;
  EXPECT_EQ(decode(state, bad, got), DecodeResult::NotMine);
  EXPECT_EQ(decode(state, {}, got), DecodeResult::NotMine);
  EXPECT_EQ(state.sequence.gaps, 3u);
  EXPECT_EQ(state.sequence.duplicates, 1u);
  EXPECT_EQ(state.sequence.reordered, 1u);
  EXPECT_EQ(state.bad_crc, 1u);
  EXPECT_EQ(state.bad_length, 1u);
  EXPECT_EQ(state.reports, 6u);
}

}  // namespace
}  // namespace tactus::tt1
