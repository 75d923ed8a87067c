#include "tactus/simulator/grasping.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tactus::simulator {
namespace {

constexpr double kLength_s = 400;
constexpr double kStep_s = 0.01;
constexpr double kDegPerRad = 180 / 3.14159265358979323846;

struct Moments {
  double n = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  void add(double a, double b) { n += 1, x += a, y += b, xx += a * a, yy += b * b, xy += a * b; }
  [[nodiscard]] double correlation() const {
    return (xy / n - x * y / n / n) /
           std::sqrt((xx / n - x * x / n / n) * (yy / n - y * y / n / n));
  }
};

TEST(Grasping, MovesAsRecordedHandsDo) {
  const Grasping motion(3, Hand::Right, kLength_s);
  Moments knuckles;
  double speed = 0, count = 0;
  for (double t_s = Grasping::kFlat_s; t_s < kLength_s - kStep_s; t_s += kStep_s) {
    const TrueHand now = motion(t_s), next = motion(t_s + kStep_s);
    knuckles.add(now.finger[2].base_flexion, now.finger[3].base_flexion);
    const double rate =
        (next.finger[2].base_flexion - now.finger[2].base_flexion) / kStep_s * kDegPerRad;
    speed += rate * rate;
    ++count;
  }
  EXPECT_NEAR(std::sqrt(speed / count), 76, 15);  // degrees per second
  EXPECT_NEAR(knuckles.correlation(), 0.88, 0.05);
}

TEST(Grasping, BeginsNearlyFlatAndIsTheSameForTheSameSeed) {
  constexpr double kNearlyFlat_deg = 9;
  const Grasping a(5, Hand::Left, 20), b(5, Hand::Left, 20);
  for (const TrueFinger& f : a(1).finger) {
    EXPECT_LT(std::fabs(f.base_flexion) * kDegPerRad, kNearlyFlat_deg);
    EXPECT_LT(std::fabs(f.middle) * kDegPerRad, kNearlyFlat_deg);
  }
  EXPECT_EQ(a(15).finger[1].middle, b(15).finger[1].middle);
}

}  // namespace
}  // namespace tactus::simulator
