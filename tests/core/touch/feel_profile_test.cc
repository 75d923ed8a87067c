// Equal strength: on actuators that differ, for skin that differs, and between two of them.
#include "tactus/touch/feel_profile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>

#include "tactus/touch/render.h"

namespace tactus {
namespace {

constexpr double kEqual_db = 1;

double db(double ratio) { return 20 * std::log10(ratio); }

Contact light_touch(std::size_t patch) {
  Contact contact;
  contact.hand = Hand::Right;
  contact.actuator = static_cast<std::uint8_t>(patch);
  contact.depth_m = 0.002f;
  contact.force_N = 0.2f;
  return contact;
}

/// What a light touch of a patch gives each actuator after 100 ms.
TactileFrame frame_of(std::size_t patch, const FeelProfile& profile) {
  RenderParams params;
  params.response = felt_responses(profile, Hand::Right);
  const auto state = std::make_unique<RenderState>();
  const Contact contact = light_touch(patch);
  TactileFrame frame;
  for (int ms = 0; ms < 100; ++ms) {
    frame = render(*state, params, Hand::Right, {&contact, 1}, HostTime{Duration{1ms} * ms});
  }
  return frame;
}

/// How strong that is felt, in dB: the actuator's own response at its pitch, less the skin's need.
double felt_db(const TactileFrame& frame, std::size_t a, const FeelProfile& profile) {
  const auto right = index(Hand::Right);
  const float octaves = std::log2(frame.frequency_Hz[a]);
  // A response that is as strong as the skin is dull needs less drive by just that.
  const ActuatorResponse dull{profile.threshold_db[right]};
  const float more_db = equal_drive_db({}, octaves) - equal_drive_db(dull, octaves);
  return db(static_cast<double>(frame.envelope[a])) -
         static_cast<double>(equal_drive_db(profile.response[right][a], octaves) + more_db);
}

/// One actuator weak and tilted, one strong; skin that is dull, the more so the higher the pitch.
FeelProfile uneven() {
  FeelProfile profile;
  for (std::size_t point = 0; point < kResponsePoints; ++point) {
    profile.response[index(Hand::Right)][2].gain_db[point] = -9 + 0.5f * float(point);
    profile.response[index(Hand::Right)][4].gain_db[point] = 4;
    profile.threshold_db[index(Hand::Right)][point] = 2 + 0.3f * float(point);
  }
  return profile;
}

TEST(FeelProfile, OneTouchIsAsStrongOnEachActuator) {
  const FeelProfile profile = uneven();
  const double even_db = felt_db(frame_of(0, {}), 0, {});
  for (const std::size_t a : {0u, 2u, 4u}) {
    const TactileFrame frame = frame_of(a, profile);
    ASSERT_GT(frame.envelope[a], 0);
    EXPECT_NEAR(felt_db(frame, a, profile), even_db, kEqual_db) << a;
  }
  // The weak one is given more, and for dull skin each, or the test would prove nothing.
  EXPECT_GT(db(frame_of(2, profile).envelope[2] / frame_of(2, {}).envelope[2]), 6);
  EXPECT_GT(db(frame_of(0, profile).envelope[0] / frame_of(0, {}).envelope[0]), 2);
}

TEST(FeelProfile, APhantomsSharesAreOfWhatIsFelt) {
  const FeelProfile profile = uneven();
  const PhantomTable table = place_phantoms();
  std::size_t patch = kActuators;
  while (table[patch].empty() || table[patch][0].actuator != 2) ++patch;
  const Phantom& phantom = table[patch];
  ASSERT_GE(phantom.size(), 2u);
  const TactileFrame frame = frame_of(patch, profile);
  const double whole_db = felt_db(frame_of(patch, {}), 2, {}) - db(double(phantom[0].gain));
  for (const PhantomShare& share : phantom) {
    EXPECT_NEAR(felt_db(frame, share.actuator, profile) - db(double(share.gain)), whole_db,
                kEqual_db)
        << int(share.actuator);
  }
}

TEST(FeelProfile, LevelsThatCannotBeAreRefused) {
  EXPECT_TRUE(is_sound(FeelProfile{}));
  EXPECT_TRUE(is_sound(uneven()));
  for (const float bad : {std::numeric_limits<float>::quiet_NaN(),
                          std::numeric_limits<float>::infinity(), -kMostOff_db - 1}) {
    FeelProfile profile;
    profile.response[0][15].gain_db[10] = bad;
    EXPECT_FALSE(is_sound(profile));
    profile = {};
    profile.threshold_db[1][0] = bad;
    EXPECT_FALSE(is_sound(profile));
  }
}

}  // namespace
}  // namespace tactus
