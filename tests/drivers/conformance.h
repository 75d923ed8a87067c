// What every Device must do, whatever it is made of: one suite, each implementation a bench.
//
// A bench has an emulated glove and the Device that reaches it:
//   Device& device();
//   void live(Duration);            the glove lives so long; its reports are then on their way
//   void unplug();
//   template <class F> auto with_glove(F);   calls F(EmulatedTg1&) while nothing else touches it
//   bool await(predicate);          lets what was written arrive; false: it never did
#pragma once
#include <gtest/gtest.h>

#include "drivers/bench.h"

namespace tactus::tests {

template <class Bench>
class DeviceConformance : public testing::Test {
 protected:
  LinkStatus get_feature(std::uint8_t id) {
    feature_ = {};
    feature_[0] = id;
    return bench_.device().get_feature(feature_, feature_size_);
  }

  Bench bench_;
  std::array<std::uint8_t, kFeatureBytes> feature_{};
  std::size_t feature_size_ = 0;
};
TYPED_TEST_SUITE_P(DeviceConformance);

TYPED_TEST_P(DeviceConformance, SaysWhatItIs) {
  const DeviceDescription& description = this->bench_.device().description();
  EXPECT_EQ(description.kind, DeviceKind::Tg1);
  EXPECT_EQ(description.serial, kBenchSerial);
  EXPECT_EQ(description.product, tg1::kProductName);
}

TYPED_TEST_P(DeviceConformance, ReadsEveryStateInOrder) {
  Drain drain;
  for (int i = 0; i < 50; ++i) {
    this->bench_.live(8ms);
    drain(this->bench_.device());
    EXPECT_EQ(drain.end, LinkStatus::Empty);
  }
  EXPECT_EQ(drain.decoder.sequence.gaps, 0u);
  EXPECT_EQ(drain.decoder.bad_crc + drain.decoder.bad_length, 0u);
  EXPECT_GE(drain.samples.size(), 99u);
  for (std::size_t i = 1; i < drain.samples.size(); ++i) {
    EXPECT_EQ(drain.samples[i].sequence, drain.samples[i - 1].sequence + 1);
    EXPECT_EQ(drain.samples[i].t - drain.samples[i - 1].t, 4ms);
    EXPECT_NEAR(drain.samples[i].flexion[7],
                static_cast<float>(drain.samples[i].sequence % 200) / 200.0f, 1e-4f);
  }
  EXPECT_EQ(drain.longest, tg1::kInputBytes);
}

TYPED_TEST_P(DeviceConformance, NothingToReadIsEmpty) {
  std::array<std::uint8_t, kReportBytes> bytes;
  std::size_t size = 99;
  EXPECT_EQ(this->bench_.device().read(bytes, size, 0ms), LinkStatus::Empty);
  EXPECT_EQ(size, 0u);
}

TYPED_TEST_P(DeviceConformance, WritesReachTheGlove) {
  EXPECT_EQ(this->bench_.device().write(touch(0.1f, 1)), LinkStatus::Ok);
  ASSERT_TRUE(this->bench_.await(
      [](const simulator::EmulatedTg1& glove) { return glove.counts().frames_in == 1; }));
  this->bench_.with_glove([](simulator::EmulatedTg1& glove) {
    EXPECT_EQ(glove.violations().total(), 0u);
    EXPECT_NEAR(glove.playing().amplitude[15], 0.1f, tg1::kAmplitudeScale);
    EXPECT_EQ(glove.playing().frequency_Hz[0], 180.0f);
  });
}

TYPED_TEST_P(DeviceConformance, FeatureReportsAreRead) {
  ASSERT_EQ(this->get_feature(kIdentityReport), LinkStatus::Ok);
  Identity identity;
  ASSERT_TRUE(decode_identity(std::span(this->feature_).first(this->feature_size_), identity));
  EXPECT_EQ(serial_text(identity.serial), kBenchSerial);
  EXPECT_EQ(identity.hand, Hand::Right);
  tg1::CalibrationBlock block;
  for (std::size_t page = 0; page < tg1::kCalibrationPages; ++page) {
    ASSERT_EQ(this->get_feature(static_cast<std::uint8_t>(tg1::kCalibrationReport + page)),
              LinkStatus::Ok);
    ASSERT_TRUE(take_page(block, std::span(this->feature_).first(this->feature_size_)));
  }
  HandProfile profile;
  ASSERT_TRUE(apply(block, profile));
  EXPECT_NEAR(profile.flexion[4].at_one_rad, 1.7f, tg1::kAngleScale_rad);
}

TYPED_TEST_P(DeviceConformance, AnUnknownFeatureReportIsRefused) {
  EXPECT_EQ(this->get_feature(0x77), LinkStatus::Refused);
  EXPECT_EQ(this->get_feature(kIdentityReport), LinkStatus::Ok) << "and the next one works";
}

TYPED_TEST_P(DeviceConformance, AStalledReaderLosesReportsAndCountsThemExactly) {
  Drain drain;
  this->bench_.live(8ms);
  drain(this->bench_.device());
  const std::uint64_t before = drain.decoder.sequence.gaps;
  EXPECT_EQ(before, 0u);
  this->bench_.live(4s);  // 4000 reports with nobody reading
  drain(this->bench_.device());
  this->bench_.live(8ms);
  drain(this->bench_.device());
  const std::uint64_t sent =
      this->bench_.with_glove([](simulator::EmulatedTg1& g) { return g.counts().reports_out; });
  EXPECT_GT(drain.decoder.sequence.gaps, 0u);
  EXPECT_EQ(drain.decoder.reports + drain.decoder.sequence.gaps, sent);
}

TYPED_TEST_P(DeviceConformance, UnpluggedIsGoneForGood) {
  Device& device = this->bench_.device();
  this->bench_.live(4ms);
  this->bench_.unplug();
  Drain drain;
  drain(device, kPatience);
  EXPECT_EQ(drain.end, LinkStatus::Gone);
  std::array<std::uint8_t, kReportBytes> bytes;
  std::size_t size = 0;
  EXPECT_EQ(device.read(bytes, size, 0ms), LinkStatus::Gone);
  EXPECT_EQ(device.write(touch(0.1f, 1)), LinkStatus::Gone);
  EXPECT_EQ(this->get_feature(kIdentityReport), LinkStatus::Gone);
}

TYPED_TEST_P(DeviceConformance, AnEmptyWriteIsRefused) {
  EXPECT_EQ(this->bench_.device().write({}), LinkStatus::Refused);
}

REGISTER_TYPED_TEST_SUITE_P(DeviceConformance, SaysWhatItIs, ReadsEveryStateInOrder,
                            NothingToReadIsEmpty, WritesReachTheGlove, FeatureReportsAreRead,
                            AnUnknownFeatureReportIsRefused,
                            AStalledReaderLosesReportsAndCountsThemExactly, UnpluggedIsGoneForGood,
                            AnEmptyWriteIsRefused);

}  // namespace tactus::tests
