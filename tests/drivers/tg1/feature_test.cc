// TG1's feature reports: the round trip, and that half a truth is refused.
#include "tactus/drivers/tg1/feature.h"

#include <gtest/gtest.h>

#include "drivers/glove_samples.h"
#include "tactus/drivers/wire.h"

namespace tactus::tg1 {
namespace {

constexpr float kMountingBound = 2.5e-5f;  // half a code per component, then normalised
constexpr float kBiasBound_rad_per_s = 0.5f * kBiasScale_rad_per_s + 1e-6f;
constexpr float kAngleBound_rad = 0.5f * kAngleScale_rad + 1e-6f;

HandProfile random_profile(std::uint32_t seed) {
  tests::RandomGlove random(seed);
  HandProfile profile;
  for (Quat& q : profile.q_segment_imu) q = exp_rotation(random.vec(1.5f));
  for (Vec3& b : profile.gyro_bias_rad_per_s) b = random.vec(0.05f);
  for (SensorCurve& c : profile.flexion) c = {random.between(-1, 1), random.between(-1, 3)};
  for (SensorCurve& c : profile.abduction) c = {random.between(-1, 1), random.between(-1, 3)};
  return profile;
}

CalibrationBlock read_pages(const HandProfile& profile, std::size_t pages) {
  CalibrationBlock block;
  std::array<std::uint8_t, kFeatureBytes> report;
  for (std::size_t page = 0; page < pages; ++page) {
    encode_calibration(profile, page, report);
    EXPECT_TRUE(take_page(block, report));
  }
  return block;
}

TEST(Tg1Feature, CalibrationRoundTripStaysWithinHalfACode) {
  const HandProfile sent = random_profile(1);
  HandProfile got;
  got.validated = true;
  ASSERT_TRUE(apply(read_pages(sent, kCalibrationPages), got));
  for (std::size_t i = 0; i < kGloveImus; ++i) {
    EXPECT_LT(length(log_rotation(conjugate(sent.q_segment_imu[i]) * got.q_segment_imu[i])),
              4 * kMountingBound);
    EXPECT_NEAR(sent.gyro_bias_rad_per_s[i].y, got.gyro_bias_rad_per_s[i].y, kBiasBound_rad_per_s);
  }
  for (std::size_t i = 0; i < kGloveFlexions; ++i) {
    EXPECT_NEAR(sent.flexion[i].at_zero_rad, got.flexion[i].at_zero_rad, kAngleBound_rad);
    EXPECT_NEAR(sent.flexion[i].at_one_rad, got.flexion[i].at_one_rad, kAngleBound_rad);
  }
  for (std::size_t i = 0; i < kGloveAbductions; ++i)
    EXPECT_NEAR(sent.abduction[i].at_one_rad, got.abduction[i].at_one_rad, kAngleBound_rad);
  EXPECT_TRUE(got.validated) << "what the wearer's calibration said stays";
}

TEST(Tg1Feature, TheCalibrationBlockIsTheSpecifications) {
  HandProfile profile;
  profile.q_segment_imu[0] = {1, 0, 0, 0};
  profile.gyro_bias_rad_per_s[0] = {2000.0f / 32768 / 16 * kRadPerDeg, 0, 0};
  profile.flexion[0] = {0, 90 * kRadPerDeg};
  profile.abduction[3] = {-1 * kRadPerDeg, 0};
  const CalibrationBlock block = read_pages(profile, kCalibrationPages);
  EXPECT_EQ(wire::load_i16(block.bytes, 0), 32767);
  EXPECT_EQ(wire::load_i16(block.bytes, 8 + 6), 32767) << "w of the next, which is identity";
  EXPECT_EQ(wire::load_i16(block.bytes, 88), 1);
  EXPECT_EQ(wire::load_i16(block.bytes, 154), 0);
  EXPECT_EQ(wire::load_i16(block.bytes, 156), 9000);
  EXPECT_EQ(wire::load_i16(block.bytes, 226), -100);
}

TEST(Tg1Feature, MissingPagesChangeNothing) {
  HandProfile profile = random_profile(2);
  const float before = profile.flexion[3].at_one_rad;
  EXPECT_FALSE(apply(read_pages(random_profile(3), kCalibrationPages - 1), profile));
  EXPECT_EQ(profile.flexion[3].at_one_rad, before);
}

TEST(Tg1Feature, AMountingThatIsNoRotationIsRefused) {
  HandProfile broken = random_profile(4);
  broken.q_segment_imu[7] = {0, 0, 0, 0};
  HandProfile profile;
  EXPECT_FALSE(apply(read_pages(broken, kCalibrationPages), profile));
}

TEST(Tg1Feature, DamagedPagesAreRefused) {
  std::array<std::uint8_t, kFeatureBytes> report;
  encode_calibration({}, 0, report);
  CalibrationBlock block;
  EXPECT_FALSE(take_page(block, std::span(report).first(63)));
  EXPECT_FALSE(take_page(block, {}));
  report[30] ^= 4;
  EXPECT_FALSE(take_page(block, report));
  report[30] ^= 4;
  report[0] = kCalibrationReport + kCalibrationPages;
  wire::seal(report);
  EXPECT_FALSE(take_page(block, report));
  EXPECT_EQ(block.pages, 0);
}

TEST(Identity, RoundTrip) {
  std::array<std::uint8_t, kFeatureBytes> report;
  const Identity sent{.hand = Hand::Right,
                      .serial = make_serial("TG1-0042-R"),
                      .state_rate_Hz = kStateRate_Hz,
                      .reports_per_state = kFragments,
                      .watchdog_ms = kWatchdog_ms,
                      .actuators = kActuators};
  encode_identity(sent, report);
  Identity got;
  ASSERT_TRUE(decode_identity(report, got));
  EXPECT_EQ(serial_text(got.serial), "TG1-0042-R");
  EXPECT_EQ(got.hand, Hand::Right);
  EXPECT_EQ(got.state_rate_Hz, 250);
  EXPECT_EQ(got.reports_per_state, 4);
  EXPECT_EQ(got.watchdog_ms, 30);
  EXPECT_EQ(got.actuators, 16);
  EXPECT_EQ(got.firmware_version, sent.firmware_version);
}

TEST(Identity, RefusesDamageAndUnprintableSerials) {
  std::array<std::uint8_t, kFeatureBytes> report;
  Identity got;
  encode_identity({.serial = make_serial("A")}, report);
  EXPECT_FALSE(decode_identity(std::span(report).first(10), got));
  report[40] ^= 1;
  EXPECT_FALSE(decode_identity(report, got));
  encode_identity({.serial = make_serial("bad\nserial")}, report);
  EXPECT_FALSE(decode_identity(report, got));
  encode_identity({}, report);
  EXPECT_FALSE(decode_identity(report, got)) << "an empty serial is none";
}

TEST(Identity, LongSerialsAreCut) {
  EXPECT_EQ(serial_text(make_serial("0123456789abcdefXYZ")), "0123456789abcdef");
}

}  // namespace
}  // namespace tactus::tg1
