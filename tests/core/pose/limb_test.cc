#include "limb.h"

#include <gtest/gtest.h>

#include <random>

namespace tactus {
namespace {

constexpr float kLengthTolerance_m = 2e-5f;
constexpr LimbBones kArm{0.28f, 0.25f, 2.6f};

TEST(Limb, HingeKeepsBothBonesAndReachesTheTarget) {
  std::mt19937 random(1);
  std::uniform_real_distribution<float> u(-0.5f, 0.5f);
  for (int i = 0; i < 1000; ++i) {
    const Vec3 root{u(random), u(random), u(random)}, target{u(random), u(random), u(random)};
    const LimbLine line = limb_line(kArm, root, target, {0, -1, 0});
    const Vec3 hinge = line.hinge(pole_of({u(random), u(random), u(random)}, line.u, {1, 0, 0}));
    EXPECT_NEAR(length(hinge - root), kArm.upper_m, kLengthTolerance_m);
    EXPECT_NEAR(length(line.p_end - hinge), kArm.lower_m, kLengthTolerance_m);
  }
}

TEST(Limb, TargetBeyondReachIsPointedAtWithAStraightLimb) {
  const LimbLine line = limb_line(kArm, {}, {2, 0, 0}, {0, -1, 0});
  EXPECT_NEAR(line.p_end.x, kArm.upper_m + kArm.lower_m, kLengthTolerance_m);
  EXPECT_LT(line.radius_m, 1e-3f);
}

TEST(Limb, NeverBendsFurtherThanItsHinge) {
  const LimbLine line = limb_line(kArm, {}, {0.01f, 0, 0}, {0, -1, 0});
  const Vec3 hinge = line.hinge({0, 1, 0});
  const float bend = std::acos(dot(normalized(hinge), normalized(line.p_end - hinge)));
  EXPECT_NEAR(bend, kArm.bend_rad, 1e-3f);
}

TEST(Limb, RootOnTargetFallsBack) {
  const LimbLine line = limb_line(kArm, {}, {}, {0, -1, 0});
  EXPECT_NEAR(line.u.y, -1.0f, 1e-6f);
  EXPECT_TRUE(is_finite(line.hinge({1, 0, 0})));
}

TEST(Limb, PoleIsAcrossTheLineWhateverIsAsked) {
  const Vec3 u = normalized(Vec3{1, 2, 3});
  for (const Vec3 sum : {Vec3{0, 0, 0}, u, Vec3{5, -1, 2}}) {
    const Vec3 pole = pole_of(sum, u, u);
    EXPECT_NEAR(length(pole), 1.0f, 1e-5f);
    EXPECT_NEAR(dot(pole, u), 0.0f, 1e-5f);
  }
}

TEST(Limb, AxesMakeTheRotationThatHasThem) {
  std::mt19937 random(2);
  std::normal_distribution<float> g;
  for (int i = 0; i < 1000; ++i) {
    const Quat q = normalized(Quat{g(random), g(random), g(random), g(random)});
    const Quat r =
        rotation_of_axes(rotate(q, {1, 0, 0}), rotate(q, {0, 1, 0}), rotate(q, {0, 0, 1}));
    EXPECT_NEAR(std::fabs(q.x * r.x + q.y * r.y + q.z * r.z + q.w * r.w), 1.0f, 1e-5f);
  }
}

TEST(Limb, AngleAboutIsSignedAndSeenAlongTheAxis) {
  EXPECT_NEAR(angle_about({0, 0, 1}, {1, 0, 5}, {0, 1, -3}), kPi / 2, 1e-5f);
  EXPECT_NEAR(angle_about({0, 0, 1}, {1, 0, 0}, {0, -1, 0}), -kPi / 2, 1e-5f);
}

}  // namespace
}  // namespace tactus
