// Law: time laws begin and end where they should and have no jump up to the second derivative.
#include "profile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

namespace tactus::simulator {
namespace {

using Keys = std::vector<std::vector<double>>;

/// The largest change of the second derivative within one step, by differences.
double acceleration_jump(const std::function<double(double)>& f, double from, double to) {
  constexpr double kStep = 1e-3;
  const auto second = [&](double t) {
    return (f(t - kStep) - 2 * f(t) + f(t + kStep)) / (kStep * kStep);
  };
  double largest = 0;
  for (double t = from; t < to; t += kStep) {
    largest = std::max(largest, std::fabs(second(t + kStep) - second(t)));
  }
  return largest;
}

TEST(MinJerk, GoesFromZeroToOneWithoutAJump) {
  EXPECT_DOUBLE_EQ(min_jerk(-1), 0);
  EXPECT_DOUBLE_EQ(min_jerk(0.5), 0.5);
  EXPECT_DOUBLE_EQ(min_jerk(2), 1);
  // |third derivative| is at most 60 per unit of time.
  EXPECT_LT(acceleration_jump(min_jerk, -0.2, 1.2), 60 * 1.1e-3);
}

TEST(Glide, MeetsTheSkinAtItsSpeedAndStopsInHalfOfSpeedTimesStop) {
  const Glide glide{1.0, 0.2, 0.0, 0.25};
  EXPECT_DOUBLE_EQ(glide.at(0.5), 0.2);
  EXPECT_DOUBLE_EQ(glide.at(1.0 + glide.duration_s()), 0);
  const double t_skin = 1.0 + glide.duration_s() - glide.stop_s;
  EXPECT_NEAR(glide.at(t_skin), 0.5 * 0.25 * glide.stop_s, 1e-9);
  EXPECT_NEAR((glide.at(t_skin - 1e-4) - glide.at(t_skin)) / 1e-4, 0.25, 1e-6);
  // Speed over time ramped by 3 s^2 - 2 s^3: |jerk| at most 6 v / stop^2.
  EXPECT_LT(acceleration_jump([&](double t) { return glide.at(t); }, 0.9, 2.5),
            6 * 0.25 / (glide.stop_s * glide.stop_s) * 1.1e-3);
}

TEST(Glide, ShortWayIsSlower) {
  const Glide glide{0, 0, 0.002, 0.25};
  EXPECT_NEAR(glide.duration_s(), glide.start_s + glide.stop_s, 1e-9);
  EXPECT_DOUBLE_EQ(glide.at(glide.duration_s()), 0.002);
  EXPECT_DOUBLE_EQ((Glide{0, 1, 1}.duration_s()), 0);
}

TEST(Lift, HoldsBetweenGlides) {
  Lift lift(0.1);
  lift.add({1, 0.1, 0});
  lift.add({5, 0, 0.05});
  EXPECT_DOUBLE_EQ(lift.at(0), 0.1);
  EXPECT_DOUBLE_EQ(lift.at(4), 0);
  EXPECT_DOUBLE_EQ(lift.at(9), 0.05);
}

TEST(NaturalSpline, PassesThroughItsKeysWithoutAJump) {
  const NaturalSpline spline({{0, 1}, {1, 3}, {0, -2}, {2, 0}, {2, 5}});
  EXPECT_NEAR(spline.at(1)[1], 3, 1e-12);
  EXPECT_NEAR(spline.at(3)[0], 2, 1e-12);
  EXPECT_NEAR(spline.at(99)[1], 5, 1e-12);
  EXPECT_LT(acceleration_jump([&](double u) { return spline.at(u)[1]; }, 0.01, 3.98), 0.1);
  // Straight at the ends.
  EXPECT_NEAR(spline.at(0.002)[0] - 2 * spline.at(0.001)[0] + spline.at(0)[0], 0, 1e-7);
}

TEST(NaturalSpline, OneKeyIsConstantAndTwoAreALine) {
  EXPECT_DOUBLE_EQ(NaturalSpline(Keys{{4.0}}).at(0.7)[0], 4);
  EXPECT_DOUBLE_EQ(NaturalSpline(Keys{{4.0}, {8.0}}).at(0.25)[0], 5);
}

}  // namespace
}  // namespace tactus::simulator
