// Four at once give what one at a time gives.
#include "tactus/base/lanes.h"

#include <gtest/gtest.h>

namespace tactus {
namespace {

constexpr float kTolerance = 1e-6f;

void expect_same(Quat a, Quat b) {
  EXPECT_NEAR(a.x, b.x, kTolerance);
  EXPECT_NEAR(a.y, b.y, kTolerance);
  EXPECT_NEAR(a.z, b.z, kTolerance);
  EXPECT_NEAR(a.w, b.w, kTolerance);
}

const Quat kA = axis_angle({1, -2, 0.5f}, 0.8f);
const Quat kB = axis_angle({-0.3f, 0.4f, 1}, 2.1f);

TEST(Lanes, ProductsAreThoseOfQuaternions) {
  expect_same(to_quat(product(lanes(kA), lanes(kB))), kA * kB);
  expect_same(to_quat(left_product(kA) * kB), kA * kB);
  expect_same(to_quat(product(lanes(kB), lanes(kA))), kB * kA);
}

TEST(Lanes, RotationIsThatOfTheQuaternion) {
  const Vec3 v{0.3f, -1.2f, 0.7f};
  EXPECT_LT(length(to_vec(rotation(kB) * v) - rotate(kB, v)), kTolerance);
}

TEST(Lanes, SumIsInEveryLane) {
  const Lanes s = sum(Lanes{1, 20, 300, 4000});
  for (int i = 0; i < 4; ++i) EXPECT_EQ(s[i], 4321.0f);
}

}  // namespace
}  // namespace tactus
