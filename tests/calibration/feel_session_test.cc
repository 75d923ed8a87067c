// Wearers whose skin and glove are known are asked; what the session makes of it must feel as strong on
// every actuator and at every pitch as it truly is to them.
#include "tactus/calibration/feel_session.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace tactus::calibration {
namespace {

constexpr double kTolerance_db = 3;  // of one staircase beside another, each with an error of 1 dB
constexpr Hand kHand = Hand::Left;

std::vector<std::size_t> all_actuators() {
  std::vector<std::size_t> all(kActuators);
  for (std::size_t a = 0; a < kActuators; ++a) all[a] = a;
  return all;
}

/// The weakest drives that this wearer feels, in dB: skin that is dull for high tones, and fingers and
/// actuators that differ.
struct Wearer {
  explicit Wearer(std::uint64_t seed) : random(seed) {
    std::uniform_real_distribution<double> off(-7, 5);
    for (double& db : actuator_db) db = off(random);
    actuator_db[kReferenceActuator] = 0;
  }
  [[nodiscard]] double threshold_db(std::size_t actuator, std::size_t point) const {
    const double octaves = (static_cast<double>(point) - 6) / 3;
    return -24 + actuator_db[actuator] + 5 * octaves + 1.5 * octaves * octaves;
  }
  bool feels(const FeelTone& tone) {
    std::uniform_real_distribution<double> one(0, 1);
    if (tone.is_silent) return one(random) < 0.03;
    const double over_db =
        static_cast<double>(tone.level_db) - threshold_db(tone.actuator, tone.point);
    return one(random) < 0.5 * std::erfc(-over_db / (1.5 * std::sqrt(2.0)));
  }
  std::array<double, kActuators> actuator_db{};
  std::mt19937_64 random;
};

/// The drive that the profile gives a pitch to be felt as the reference's, in dB.
double given_db(const FeelProfile& feel, std::size_t actuator, std::size_t point) {
  const auto drive_db = [&](std::size_t a, std::size_t p) {
    return static_cast<double>(
        equal_drive_db(felt_responses(feel, kHand)[a], std::log2(response_pitch(p))));
  };
  return drive_db(actuator, point) - drive_db(kReferenceActuator, kReferencePoint);
}

void expect_even(const FeelProfile& feel, const Wearer& wearer) {
  const double reference_db = wearer.threshold_db(kReferenceActuator, kReferencePoint);
  for (std::size_t point = 0; point < kResponsePoints; ++point) {
    EXPECT_NEAR(given_db(feel, kReferenceActuator, point),
                wearer.threshold_db(kReferenceActuator, point) - reference_db, kTolerance_db)
        << point;
  }
  for (std::size_t a = 0; a < kActuators; ++a) {
    EXPECT_NEAR(given_db(feel, a, kReferencePoint),
                wearer.threshold_db(a, kReferencePoint) - reference_db, kTolerance_db)
        << a;
  }
}

TEST(FeelSession, MakesEachActuatorAndPitchFeelAsStrong) {
  for (const std::uint64_t seed : {1, 2, 3}) {
    Wearer wearer(seed);
    FeelSession session(kHand, all_actuators(), true, seed);
    float progress = 0;
    while (!session.is_done()) {
      session.answer(wearer.feels(session.tone()));
      EXPECT_GE(session.progress(), progress);
      progress = session.progress();
    }
    EXPECT_EQ(progress, 1.0f);
    EXPECT_TRUE(session.missing().empty());
    const auto feel = session.fit({});
    ASSERT_TRUE(feel);
    EXPECT_TRUE(is_sound(*feel));
    expect_even(*feel, wearer);
    EXPECT_EQ(feel->threshold_db[index(Hand::Right)], FeelProfile{}.threshold_db[0]);
  }
}

TEST(FeelSession, KeepsTheShapeThatSomebodyMeasuredOfAnActuator) {
  FeelProfile measured;
  auto& thumb = measured.response[index(kHand)][pulp_actuator(Finger::Thumb)].gain_db;
  for (std::size_t p = 0; p < kResponsePoints; ++p) thumb[p] = 2 * static_cast<float>(p);
  auto& reference = measured.response[index(kHand)][kReferenceActuator].gain_db;
  for (std::size_t p = 0; p < kResponsePoints; ++p) reference[p] = -static_cast<float>(p);
  Wearer wearer(4);
  FeelSession session(kHand, all_actuators(), true, 4);
  while (!session.is_done()) session.answer(wearer.feels(session.tone()));
  const auto feel = session.fit(measured);
  ASSERT_TRUE(feel);
  expect_even(*feel, wearer);
  const auto& shifted = feel->response[index(kHand)][pulp_actuator(Finger::Thumb)].gain_db;
  EXPECT_NEAR(shifted[9] - shifted[2], thumb[9] - thumb[2], 1e-4f);
  EXPECT_EQ(feel->response[index(kHand)][kReferenceActuator].gain_db, reference);
}

TEST(FeelSession, LeavesAloneWhatWasNotAskedForOrNotReached) {
  FeelProfile before;
  before.threshold_db[index(kHand)].fill(4);
  before.response[index(kHand)][pulp_actuator(Finger::Little)].gain_db.fill(-3);
  Wearer wearer(5);
  const std::size_t thumb = pulp_actuator(Finger::Thumb), little = pulp_actuator(Finger::Little);
  FeelSession session(kHand, {thumb, little}, false, 5);
  while (session.tone().actuator != little) session.answer(wearer.feels(session.tone()));
  const auto feel = session.fit(before);
  ASSERT_TRUE(feel);
  EXPECT_EQ(feel->threshold_db, before.threshold_db);
  EXPECT_EQ(feel->response[index(kHand)][little].gain_db,
            before.response[index(kHand)][little].gain_db);
  EXPECT_NE(feel->response[index(kHand)][thumb].gain_db,
            before.response[index(kHand)][thumb].gain_db);
}

TEST(FeelSession, NamesWhatCouldNotBeFound) {
  Wearer wearer(6);
  const std::size_t dead = pulp_actuator(Finger::Ring);
  FeelSession session(kHand, {dead}, false, 6);
  while (!session.is_done()) {
    const FeelTone tone = session.tone();
    session.answer(tone.actuator != dead && wearer.feels(tone));
  }
  const auto missing = session.missing();
  ASSERT_EQ(missing.size(), 1u);
  EXPECT_EQ(missing[0].actuator, dead);
  const auto feel = session.fit({});
  ASSERT_TRUE(feel);
  EXPECT_EQ(feel->response[index(kHand)][dead].gain_db, ActuatorResponse{}.gain_db);
}

TEST(FeelSession, BelievesNobodyWhoSaysYesToSilence) {
  // Feels as anyone does, and says yes to each second silence too.
  Wearer wearer(7);
  bool yes = false;
  FeelSession session(kHand, all_actuators(), true, 7);
  while (!session.is_done()) {
    const FeelTone tone = session.tone();
    if (tone.is_silent) yes = !yes;
    session.answer(tone.is_silent ? yes : wearer.feels(tone));
  }
  const auto feel = session.fit({});
  ASSERT_FALSE(feel);
  EXPECT_EQ(feel.error(), FeelError::Guessed);
}

TEST(FeelSession, IsNothingWithoutTheReference) {
  FeelSession session(kHand, {}, false, 8);
  EXPECT_FALSE(session.fit({}));
  while (!session.is_done()) session.answer(false);
  const auto feel = session.fit({});
  ASSERT_FALSE(feel);
  EXPECT_EQ(feel.error(), FeelError::NoReference);
}

}  // namespace
}  // namespace tactus::calibration
