// The simulated actuator against what mechanics says of it in closed form.
#include "tactus/simulator/actuator.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

namespace tactus::simulator {
namespace {

constexpr double kStep_s = 1.0 / 8000, kTwoPi = 6.28318530717958648;

TEST(ResonantMass, RisesWithItsTimeConstant) {
  // To 90 % in τ ln 10 with τ = Q / (π f): 41.9 ms for 175 Hz and Q 10.
  ResonantMass mass(175, 10);
  double t_s = 0;
  while (mass.strength() < 0.9) {
    mass.push(std::sin(kTwoPi * 175 * (t_s + kStep_s / 2)), kStep_s);
    t_s += kStep_s;
  }
  EXPECT_NEAR(1e3 * t_s, 41.9, 1.5);
}

TEST(ResonantMass, RingsDownWithTheSame) {
  ResonantMass mass(175, 10);
  mass.push(1e3, kStep_s);
  const double begun = mass.strength();
  for (int i = 0; i < 800; ++i) mass.push(0, kStep_s);
  EXPECT_NEAR(mass.strength() / begun, std::exp(-0.1 * 175 * kTwoPi / 2 / 10), 0.01);
}

TEST(ResonantMass, AnswersEachPitchAsItsLawSays) {
  for (const double f : {40.0, 100.0, 300.0, 400.0}) {
    ResonantMass mass(100, 1.2);
    double most = 0;
    for (int i = 0; i < 4000; ++i) {
      mass.push(std::sin(kTwoPi * f * (i + 0.5) * kStep_s), kStep_s);
      if (i > 2000) most = std::max(most, std::abs(mass.acceleration()));
    }
    const double r = f / 100;
    const double law = r * r / std::hypot(1 - r * r, r / 1.2);
    EXPECT_NEAR(most / law, 1, 0.06) << f;  // held in steps, seen in steps
  }
}

TEST(SpinningMass, ShakesWithTheSquareOfItsSpeed) {
  SpinningMass mass(0.05);
  for (int i = 0; i < 400; ++i) mass.push(1, kStep_s);
  EXPECT_NEAR(mass.speed(), 1 - std::exp(-1), 1e-3);
  EXPECT_NEAR(mass.strength(), std::pow(1 - std::exp(-1), 2), 2e-3);
}

}  // namespace
}  // namespace tactus::simulator
