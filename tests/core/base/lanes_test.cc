// Four at once give what one at a time gives.
#include "tactus/base/lanes.h"

#include <gtest/gtest.h>

#include <array>

namespace tactus {
namespace {

constexpr float kTolerance = 1e-6f;

void expect_same(Quat a, Quat b) {
  EXPECT_NEAR(a.x, b.x, kTolerance);
  EXPECT_NEAR(a.y, b.y, kTolerance);
  EXPECT_NEAR(a.z, b.z, kTolerance);
  EXPECT_NEAR(a.w, b.w, kTolerance);
}

class LanesTest : public ::testing::Test {
 protected:
  LanesTest() {
    for (std::size_t lane = 0; lane < kLanes; ++lane) {
      const auto n = static_cast<float>(lane);
      q[lane] = axis_angle({1, -2, 0.5f + n}, 0.8f * n);
      v[lane] = {0.3f, -1.2f + n, 0.7f * n};
      set(qs, lane, q[lane]);
      set(vs, lane, v[lane]);
    }
  }
  const Quat other = axis_angle({-0.3f, 0.4f, 1}, 2.1f);
  const Vec3 side{0.5f, -0.25f, 2};
  std::array<Quat, kLanes> q;
  std::array<Vec3, kLanes> v;
  LaneQuat qs;
  LaneVec vs;
};

TEST_F(LanesTest, ProductsAreThoseOfQuaternions) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    expect_same(at(lanes(other) * qs, lane), other * q[lane]);
    expect_same(at(qs * lanes(other), lane), q[lane] * other);
  }
}

TEST_F(LanesTest, RotationIsThatOfTheQuaternion) {
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    EXPECT_LT(length(at(LaneRotation(other) * vs, lane) - rotate(other, v[lane])), kTolerance);
  }
}

TEST_F(LanesTest, DotAndCrossAreThoseOfVectors) {
  const Lanes dots = dot(vs, lanes(side));
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    EXPECT_NEAR(dots[lane], dot(v[lane], side), kTolerance);
    EXPECT_LT(length(at(cross(vs, lanes(side)), lane) - cross(v[lane], side)), kTolerance);
  }
}

TEST_F(LanesTest, SumIsInEveryLane) {
  const Lanes s = sum(Lanes{1, 20, 300, 4000});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(s[i], 4321.0f);
}

TEST_F(LanesTest, TransposingGivesEachItsOwnFour) {
  LaneQuat t = qs;
  transpose(t.x, t.y, t.z, t.w);
  const std::array<Lanes, kLanes> rows = {t.x, t.y, t.z, t.w};
  for (std::size_t lane = 0; lane < kLanes; ++lane) {
    expect_same({rows[lane][0], rows[lane][1], rows[lane][2], rows[lane][3]}, q[lane]);
  }
}

}  // namespace
}  // namespace tactus
