// Stick and slip: the spring, the cone, and that nothing drifts.
#include "tactus/contact/friction.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace tactus {
namespace {

constexpr float kTick_s = 0.001f;
constexpr FrictionFrame kFloor{{0.005f, 0, 0}, {0.002f, 0.004f, 0}, {0, 0, 1}};

Friction step(FrictionState& state, Vec3 v, float force_N, const FrictionFrame& last = kFloor,
              const FrictionFrame& now = kFloor) {
  return slide(state, {}, Material::Skin, last, now, force_N, v, kTick_s);
}

TEST(Friction, ShearsBeforeItSlipsAndThenDragsWithTheSlippingGrip) {
  const FrictionParams params;
  constexpr float kForce_N = 1.0f, kSpeed_m_per_s = 0.05f;
  FrictionState state;
  float stuck_s = 0;
  Friction friction;
  for (int i = 0; i < 200; ++i) {
    friction = step(state, {kSpeed_m_per_s, 0, 0}, kForce_N);
    if (!state.slips) {
      EXPECT_EQ(length(friction.v_slip), 0.0f);
      stuck_s += kTick_s;
    }
  }
  // It holds until the spring pulls with the sticking grip.
  const float expected_s =
      params.sticking[0] * kForce_N / params.stiffness_N_per_m / kSpeed_m_per_s;
  EXPECT_NEAR(stuck_s, expected_s, 1.5f * kTick_s);
  EXPECT_TRUE(state.slips);
  EXPECT_NEAR(friction.drag_N.x, -params.slipping[0] * kForce_N, 1e-4f);
  EXPECT_NEAR(friction.v_slip.x, kSpeed_m_per_s, 1e-4f);
}

TEST(Friction, NeverSlipsFasterThanTheFingerMoves) {
  FrictionState state;
  for (int i = 0; i < 100; ++i) {
    const Friction friction = step(state, {0.02f, 0.01f, 0}, 0.5f);
    EXPECT_LE(length(friction.v_slip), length(Vec3{0.02f, 0.01f, 0}) * 1.0001f);
  }
}

TEST(Friction, DoesNotDriftUnderNoise) {
  // A still finger with 0.1 mm rms of tracking noise at a firm touch: it sticks for a minute.
  std::mt19937 random(1);
  std::normal_distribution<float> noise_m(0.0f, 0.0001f);
  FrictionState state;
  Vec3 last;
  for (int i = 0; i < 60000; ++i) {
    const Vec3 p{noise_m(random), noise_m(random), 0};
    const Friction friction = step(state, 1 / kTick_s * (p - last), 1.0f);
    last = p;
    ASSERT_FALSE(state.slips) << i;
    ASSERT_NEAR(friction.drag_N.x, -1000 * p.x, 0.01f);
  }
}

TEST(Friction, IsCarriedWithASkinThatTurns) {
  FrictionState state;
  for (int i = 0; i < 4; ++i) static_cast<void>(step(state, {0.05f, 0, 0}, 1.0f));
  const FrictionFrame turned{{0, 0.005f, 0}, {-0.004f, 0.002f, 0}, {0, 0, 1}};  // a quarter
  const Friction friction = step(state, {}, 1.0f, turned, turned);
  EXPECT_NEAR(friction.drag_N.x, 0, 1e-5f);
  EXPECT_NEAR(friction.drag_N.y, -1000 * 4 * kTick_s * 0.05f, 1e-4f);
}

TEST(Friction, IsKeptOverToTheNextTriangle) {
  FrictionState state;
  for (int i = 0; i < 4; ++i) static_cast<void>(step(state, {0.05f, 0.02f, 0}, 1.0f));
  const FrictionFrame next{{-0.003f, 0.001f, 0}, {0.001f, 0.006f, 0}, {0, 0, 1}};
  const Friction over = step(state, {}, 1.0f, kFloor, next);
  const Friction there = step(state, {}, 1.0f, next, next);
  EXPECT_NEAR(over.drag_N.x, -0.2f, 1e-4f);
  EXPECT_NEAR(there.drag_N.x, over.drag_N.x, 1e-4f);
  EXPECT_NEAR(there.drag_N.y, over.drag_N.y, 1e-4f);
}

TEST(Friction, NeverPullsHarderThanItGripsAndNeverPushes) {
  std::mt19937 random(2);
  std::uniform_real_distribution<float> v(-1, 1), force(0, 5);
  const FrictionParams params;
  FrictionState state;
  for (int i = 0; i < 10000; ++i) {
    const float force_N = force(random);
    const Vec3 v_t{v(random), v(random), 0};
    const Friction friction = step(state, v_t, force_N);
    EXPECT_LE(length(friction.drag_N), params.sticking[0] * force_N + 1e-5f);
    EXPECT_LE(dot(friction.drag_N, friction.v_slip), 1e-5f);  // it takes energy, never gives
    EXPECT_EQ(friction.drag_N.z, 0.0f);
  }
}

TEST(Friction, ATriangleWithoutAreaKeepsNoShear) {
  const FrictionFrame flat{{0.001f, 0, 0}, {0.002f, 0, 0}, {0, 0, 1}};
  FrictionState state;
  static_cast<void>(step(state, {0.05f, 0, 0}, 1.0f, flat, flat));
  EXPECT_EQ(state.along_ab, 0.0f);
  EXPECT_EQ(state.along_ac, 0.0f);
}

}  // namespace
}  // namespace tactus
