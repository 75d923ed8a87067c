#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>

#include "glove_trial.h"
#include "tactus/pose/predict.h"

namespace tactus {
namespace {

using testing::GloveTrial;
using testing::Worn;

constexpr double kFrom_s = 12, kClosed_s = 12.6, kEnd_s = 16;
constexpr std::size_t kThumb = 0, kIndex = 1;
constexpr float kPressed_kPa = 12;
using Fingers = std::array<simulator::TrueFinger, kFingers>;

/// Skin to skin, true.
double gap_of(const simulator::TrueHand& hand, std::size_t finger) {
  const auto sites = simulator::true_sites(hand, simulator::true_joints(hand));
  const auto& a = sites[pulp_actuator(Finger::Thumb)];
  const auto& b = sites[pulp_actuator(Finger(finger))];
  return norm(b.p_world - a.p_world) - a.radius_m - b.radius_m;
}

/// Fingers as they hold something `gap_m` thick between thumb and index: the thumb's base flexes and
/// spreads, the index bends at base and middle, until the pulps are there.
Fingers holding(const simulator::TrueHand& from, double gap_m, double variety) {
  simulator::TrueHand hand = from;
  hand.finger[kThumb] = {0.35 + 0.1 * variety, 0.75, 0.35, 0.3 - 0.1 * variety, 0};
  hand.finger[kIndex] = {0.8 - 0.15 * variety, 0.05 * variety, 0.8 + 0.15 * variety, 0.4, 0};
  const std::array<double*, 5> free = {
      &hand.finger[kThumb].base_flexion, &hand.finger[kThumb].base_abduction,
      &hand.finger[kIndex].base_flexion, &hand.finger[kIndex].middle, &hand.finger[kThumb].middle};
  for (int round = 0; round < 200; ++round) {
    const double miss = gap_of(hand, kIndex) - gap_m;
    constexpr double kStep = 1e-5;
    std::array<double, 5> slope{};
    double square = 0;
    for (std::size_t k = 0; k < free.size(); ++k) {
      *free[k] += kStep;
      slope[k] = (gap_of(hand, kIndex) - gap_m - miss) / kStep;
      *free[k] -= kStep;
      square += slope[k] * slope[k];
    }
    for (std::size_t k = 0; k < free.size(); ++k) *free[k] -= miss * slope[k] / (square + 1e-6);
  }
  return hand.finger;
}

simulator::TrueFinger between(const simulator::TrueFinger& a, const simulator::TrueFinger& b,
                              double s) {
  const auto mix = [s](double x, double y) { return x + s * (y - x); };
  return {mix(a.base_flexion, b.base_flexion), mix(a.base_abduction, b.base_abduction),
          mix(a.middle, b.middle), mix(a.distal, b.distal), mix(a.base_axial, b.base_axial)};
}

/// Grasps, then closes thumb and index on something, and holds it.
simulator::Trajectory closing_on(double gap_m, std::uint64_t seed, Hand hand) {
  const simulator::Grasping grasping(seed, hand, kFrom_s);
  const Fingers closed = holding(grasping(kFrom_s), gap_m, seed % 2 == 0 ? 1 : -1);
  return [grasping, closed](double t_s) {
    simulator::TrueHand now = grasping(std::min(t_s, kFrom_s));
    const double u = std::clamp((t_s - kFrom_s) / (kClosed_s - kFrom_s), 0.0, 1.0);
    const double s = u * u * u * (10 + u * (6 * u - 15));
    for (const std::size_t f : {kThumb, kIndex}) {
      now.finger[f] = between(now.finger[f], closed[f], s);
    }
    return now;
  };
}

double believed_gap(const GloveTrial& trial) {
  const auto T = trial.joints();
  const float scale = hand_scale(trial.profile);
  const ActuatorSite& a = kActuatorSites[pulp_actuator(Finger::Thumb)];
  const ActuatorSite& b = kActuatorSites[pulp_actuator(Finger::Index)];
  const Vec3 apart =
      T[index(b.joint)] * (scale * b.p_joint) - T[index(a.joint)] * (scale * a.p_joint);
  return double(length(apart) - scale * (a.radius_m + b.radius_m));
}

struct Held {
  double gap_rms_m = 0;      ///< believed less true, over the last seconds
  double angle_rms_rad = 0;  ///< of thumb and index
};

Held hold(Worn worn, double gap_m, bool felt, std::uint64_t seed, Hand hand) {
  GloveTrial trial(worn, seed, hand, closing_on(gap_m, seed, hand));
  std::array<float, kGloveTouches> pressed{};
  pressed[kThumb] = pressed[kIndex] = kPressed_kPa;
  Held held;
  int n = 0;
  while (trial.t_s < kEnd_s) {
    const bool closed = trial.t_s >= kClosed_s;
    trial.step(closed && felt ? pressed : std::array<float, kGloveTouches>{});
    EXPECT_TRUE(within_limits(angles_of(trial.state)));
    if (trial.t_s < kClosed_s + 1) continue;
    ++n;
    held.gap_rms_m += std::pow(believed_gap(trial) - gap_of(trial.now(), kIndex), 2);
    for (const std::size_t f : {kThumb, kIndex}) {
      const FingerAngles said = angles_of(trial.state).finger[f];
      const simulator::TrueFinger is = trial.now().finger[f];
      held.angle_rms_rad += (std::pow(double(said.base_flexion_rad) - is.base_flexion, 2) +
                             std::pow(double(said.base_abduction_rad) - is.base_abduction, 2) +
                             std::pow(double(said.middle_rad) - is.middle, 2) +
                             std::pow(double(said.distal_rad) - is.distal, 2)) /
                            8;
    }
  }
  return {std::sqrt(held.gap_rms_m / n), std::sqrt(held.angle_rms_rad / n)};
}

/// The mean over hands.
Held hold(Worn worn, double gap_m, bool felt) {
  constexpr int kTried = 4;
  Held mean;
  for (std::uint64_t seed = 1; seed <= kTried; ++seed) {
    const Held h = hold(worn, gap_m, felt, seed, seed % 2 == 0 ? Hand::Left : Hand::Right);
    mean.gap_rms_m += h.gap_rms_m / kTried;
    mean.angle_rms_rad += h.angle_rms_rad / kTried;
  }
  return mean;
}

class Pinch : public ::testing::TestWithParam<Worn> {};

TEST_P(Pinch, PulpsThatPressOnEachOtherMeet) {
  constexpr double kMeet_m = 0.004;
  const Held unfelt = hold(GetParam(), 0, false), felt = hold(GetParam(), 0, true);
  std::printf("gap off by %.1f mm, felt %.1f mm; angles by %.1f, felt %.1f deg\n",
              1e3 * unfelt.gap_rms_m, 1e3 * felt.gap_rms_m, 57.3 * unfelt.angle_rms_rad,
              57.3 * felt.angle_rms_rad);
  EXPECT_LT(felt.gap_rms_m, kMeet_m);
  EXPECT_LT(felt.gap_rms_m, unfelt.gap_rms_m);
  EXPECT_LT(felt.angle_rms_rad, 1.1 * unfelt.angle_rms_rad);
}

INSTANTIATE_TEST_SUITE_P(Each, Pinch, ::testing::ValuesIn(testing::kAllWorn));

TEST(PinchOfTg1, AnObjectBetweenThemIsNotAPinch) {
  constexpr double kThick_m = 0.03;
  const Held unfelt = hold(Worn::Tg1, kThick_m, false), felt = hold(Worn::Tg1, kThick_m, true);
  EXPECT_EQ(felt.gap_rms_m, unfelt.gap_rms_m);
  EXPECT_EQ(felt.angle_rms_rad, unfelt.angle_rms_rad);
}

TEST(PinchOfTg1, OnePulpAloneSaysNothing) {
  for (const std::size_t pressed : {kThumb, kIndex}) {
    GloveTrial one(Worn::Tg1, 1, Hand::Right, closing_on(0, 1, Hand::Right));
    GloveTrial none(Worn::Tg1, 1, Hand::Right, closing_on(0, 1, Hand::Right));
    while (one.t_s < kEnd_s) {
      std::array<float, kGloveTouches> touch_kPa{};
      touch_kPa[pressed] = kPressed_kPa;
      one.step(touch_kPa);
      none.step();
    }
    EXPECT_EQ(believed_gap(one), believed_gap(none));
  }
}

}  // namespace
}  // namespace tactus
