// Forearms and chest against the exact distance, and what is not known is not felt.
#include "tactus/contact/query_wearer.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "reference.h"
#include "support/alloc_guard.h"

namespace tactus {
namespace {

using testing::Shape;

/// A person in T-pose, moved as a whole.
BodyPose standing(float height_m, const Pose& T_world_pelvis) {
  BodyPose pose;
  pose.T_world_joint = rest_pose(proportions_of_height(height_m));
  for (Pose& T : pose.T_world_joint) T = T_world_pelvis * T;
  pose.origin.fill(PoseOrigin::Measured);
  pose.joint_confidence.fill(1);
  return pose;
}

/// The same as headset and hands alone would have it.
BodyPose solved(BodyPose pose) {
  for (const BodyJoint joint : {BodyJoint::LeftElbow, BodyJoint::RightElbow, BodyJoint::Chest}) {
    pose.origin[index(joint)] = PoseOrigin::Filled;
    pose.joint_confidence[index(joint)] = 0.6f;
  }
  return pose;
}

/// Without it nothing is known of the joint.
BodyPose without(BodyPose pose, BodyJoint joint) {
  pose.origin[index(joint)] = PoseOrigin::None;
  pose.joint_confidence[index(joint)] = 0;
  return pose;
}

/// Where a patch of a T-pose is, from the tables of bones alone: along the arm, which goes sideways,
/// or before the spine.
testing::Point rest_centre(float height_m, Hand side, GarmentCell cell) {
  const double h = height_m, size = h / 1.75, outward = side == Hand::Right ? 1 : -1;
  const double shoulder = 0.015 + 0.088, elbow = shoulder + 0.160;
  const double arm_y = 0.300 - 0.020 - 0.010, arm_z = 0.018 - 0.025 + 0.028;
  const double along_m[] = {0.05, 0.13, 0.21};
  const double up_m[] = {0.10, 0.02, -0.06}, before_m[] = {0.065, 0.070, 0.065};
  const auto k = static_cast<std::size_t>(cell);
  if (k < 3) return {outward * (elbow * h + along_m[k] * size), arm_y * h, arm_z * h};
  return {outward * 0.07 * size, 0.62 * 0.300 * h + up_m[k - 3] * size,
          0.62 * 0.018 * h - before_m[k - 3] * size};
}

/// A ball of 10 cm, at rest.
struct Ball {
  Ball() : shape(testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 60, 60)) {}
  void show(Vec3 p_world, HostTime t) {
    const Pose T_world_bone{{}, p_world};
    ASSERT_TRUE(skin(model, t, std::span(&T_world_bone, 1), frame));
    exact = testing::skin_exactly(shape, std::span(&T_world_bone, 1));
  }
  [[nodiscard]] BodyInterval interval() const { return {&model, &frame, &frame, 1.0f}; }

  Shape shape;
  BodyModel model = build_model(shape.view());
  DeformedBody frame{model};
  std::vector<testing::Point> exact;
};

TEST(QueryWearer, DepthIsTheSphereLessTheExactDistance) {
  Ball ball;
  std::mt19937 random(4);
  std::normal_distribution<float> normal;
  std::uniform_real_distribution<float> uniform(0, 1);
  const double radius_m[] = {0.041, 0.035, 0.028, 0.05, 0.05, 0.05};
  double worst_m = 0;
  int touched = 0;
  for (int i = 0; i < 240; ++i) {
    const auto side = static_cast<Hand>(i % 2);
    const auto cell = static_cast<GarmentCell>(i / 2 % kGarmentActuators);
    const float height_m = 1.5f + 0.4f * uniform(random);
    const Vec3 turn{normal(random), normal(random), normal(random)};
    const Pose T_world_pelvis{exp_rotation(turn), {normal(random), 1, normal(random)}};
    const BodyPose wearer = standing(height_m, T_world_pelvis);
    const testing::Point at_rest = rest_centre(height_m, side, cell);
    const Vec3 p_world =
        T_world_pelvis * Vec3{static_cast<float>(at_rest[0]), static_cast<float>(at_rest[1]),
                              static_cast<float>(at_rest[2])};
    const Vec3 way = normalized(Vec3{normal(random), normal(random), normal(random)});
    ball.show(p_world + (0.1f + 0.06f * uniform(random)) * way, {});
    const double radius = radius_m[i / 2 % kGarmentActuators] * height_m / 1.75;
    const double depth_m =
        radius - testing::distance_exactly(ball.shape, ball.exact, testing::to_point(p_world));
    WearerContactState state;
    const BodyInterval interval = ball.interval();
    const WearerContactSet contacts = query_wearer(state, {}, wearer, {&interval, 1}, {});
    const Contact* found = nullptr;
    for (const Contact& contact : contacts) {
      if (contact.hand == side && contact.actuator == static_cast<std::uint8_t>(cell)) {
        found = &contact;
      }
    }
    if (std::fabs(depth_m) < 0.0004) continue;  // entering needs 0.3 mm at once
    ASSERT_EQ(found != nullptr, depth_m > 0) << i << " depth_m " << depth_m;
    if (found == nullptr) continue;
    ++touched;
    worst_m = std::max(worst_m, std::fabs(found->depth_m - depth_m));
    EXPECT_GT(found->force_N, 0);
  }
  EXPECT_GT(touched, 100);
  EXPECT_LT(worst_m, 5e-5);  // the tables of bones are given to a third of a millimetre in float
}

/// A person whose right forearm lies 5 mm deep on top of the ball.
struct Resting {
  Resting() { ball.show({p_forearm.x, p_forearm.y - 0.130f, p_forearm.z}, {}); }

  Ball ball;
  BodyPose wearer = standing(1.75f, {});
  Vec3 p_forearm = wearer[BodyJoint::RightElbow] * Vec3{0.13f, 0, 0};
  WearerContactState state;
  BodyInterval interval = ball.interval();

  WearerContactSet query(const BodyPose& of, HostTime t) {
    return query_wearer(state, {}, of, {&interval, 1}, t);
  }
};

TEST(QueryWearer, WhatTrackersTellIsTheSameForBothTrusts) {
  Resting scene;
  WearerContactState likely_state;
  EXPECT_TRUE(is_told(scene.wearer));
  EXPECT_TRUE(is_told(without(scene.wearer, BodyJoint::Chest)));
  EXPECT_FALSE(is_told(solved(scene.wearer)));
  const WearerContactSet sure = scene.query(scene.wearer, {});
  const WearerContactSet likely =
      query_wearer(likely_state, {}, scene.wearer, {&scene.interval, 1}, {}, Trust::Likely);
  ASSERT_EQ(sure.size(), 1u);
  ASSERT_EQ(likely.size(), 1u);
  EXPECT_EQ(sure[0].depth_m, likely[0].depth_m);
}

TEST(QueryWearer, WhatIsNotKnownIsNotFelt) {
  Resting scene;
  HostTime t;
  ASSERT_EQ(scene.query(scene.wearer, t += 1ms).size(), 1u);
  EXPECT_TRUE(scene.query(BodyPose{}, t += 1ms).empty());
  for (const BodyJoint joint : {BodyJoint::RightElbow, BodyJoint::RightWrist}) {
    EXPECT_TRUE(scene.query(without(scene.wearer, joint), t += 1ms).empty());
    BodyPose wearer = scene.wearer;
    wearer[joint].p.x = std::numeric_limits<float>::quiet_NaN();
    EXPECT_TRUE(scene.query(wearer, t += 1ms).empty());
    wearer = scene.wearer;
    wearer.origin[index(joint)] = PoseOrigin::Held;
    wearer.joint_confidence[index(joint)] = 0.2f;
    EXPECT_TRUE(scene.query(wearer, t += 1ms).empty());
  }
  // What another joint lacks does not matter, and what comes back begins anew.
  const BodyPose wearer = without(without(scene.wearer, BodyJoint::LeftElbow), BodyJoint::Chest);
  const WearerContactSet contacts = scene.query(wearer, t += 1ms);
  ASSERT_EQ(contacts.size(), 1u);
  EXPECT_EQ(contacts[0].t_since, t);
  EXPECT_EQ(contacts[0].hand, Hand::Right);
  EXPECT_EQ(contacts[0].actuator, static_cast<std::uint8_t>(GarmentCell::ForearmMiddle));
  EXPECT_TRUE(query_wearer(scene.state, {}, scene.wearer, {}, t += 1ms).empty());
}

/// A forearm that is solved for is sure near the wrist, a chest as far as it is deeper than the solver
/// errs.
TEST(QueryWearer, WhatIsSolvedForTouchesOnlyWithWhatIsSureOfIt) {
  Resting scene;
  HostTime t;
  EXPECT_TRUE(scene.query(solved(scene.wearer), t += 1ms).empty()) << "the middle of a forearm";

  constexpr float kSure_m = 0.002f, kBehind_m = 0.06f, kRadius_m = 0.05f, kBall_m = 0.1f;
  const auto at_depth = [&](GarmentCell cell, float radius_m, Vec3 p_world, Vec3 n, float depth_m) {
    scene.ball.show(p_world - (kBall_m + radius_m - depth_m) * n, t);
    scene.interval = scene.ball.interval();
    scene.state = {};
    for (const Contact& contact : scene.query(solved(scene.wearer), t += 1ms)) {
      if (contact.hand == Hand::Right && contact.actuator == static_cast<std::uint8_t>(cell)) {
        return contact.depth_m;
      }
    }
    return 0.0f;
  };
  const Vec3 p_wrist = scene.wearer[BodyJoint::RightElbow] * Vec3{0.21f, 0, 0};
  const Vec3 p_chest = scene.wearer[BodyJoint::Chest] * Vec3{0.07f, 0.10f, -0.065f + kBehind_m};
  constexpr float kExact_m = 2e-4f;  // the ball is of flat triangles
  for (const float depth_m : {-0.001f, 0.002f}) {
    const float felt_m = std::max(0.0f, depth_m);
    EXPECT_NEAR(at_depth(GarmentCell::ForearmNearWrist, kSure_m, p_wrist, {0, 1, 0}, depth_m),
                felt_m, kExact_m);
    EXPECT_NEAR(at_depth(GarmentCell::ChestUpper, kRadius_m, p_chest, {0, 0, 1}, depth_m), felt_m,
                kExact_m);
  }
}

TEST(QueryWearer, WhatIsSolvedForLikelyTouchesWithAllOfItsSkin) {
  Resting scene;
  const auto likely = [&](const BodyPose& wearer) {
    WearerContactState state;
    return query_wearer(state, {}, wearer, {&scene.interval, 1}, {}, Trust::Likely);
  };
  const WearerContactSet told = likely(scene.wearer), guessed = likely(solved(scene.wearer));
  ASSERT_EQ(told.size(), 1u);
  ASSERT_EQ(guessed.size(), 1u);
  EXPECT_EQ(guessed[0].depth_m, told[0].depth_m);
  EXPECT_TRUE(likely(without(scene.wearer, BodyJoint::RightElbow)).empty());
}

TEST(QueryWearer, AForearmThatStrokesSlipsAsFastAsItGoes) {
  Resting scene;
  constexpr float kSpeed_m_per_s = 0.15f;
  BodyPose wearer = scene.wearer;
  HostTime t;
  for (int ms = 0; ms < 200; ++ms) {
    for (Pose& T : wearer.T_world_joint) T.p.z += 0.001f * kSpeed_m_per_s;
    const testing::AllocGuard guard;
    const WearerContactSet contacts = scene.query(wearer, t += 1ms);
    EXPECT_EQ(guard.calls(), 0u);
    if (ms < 120) continue;
    ASSERT_FALSE(contacts.empty());
    EXPECT_FALSE(contacts[0].sticks);
    EXPECT_GT(contacts[0].v_slip_world.z, 0);
    // Down the side of the ball the way along the skin is a little shorter.
    EXPECT_NEAR(length(contacts[0].v_slip_world), kSpeed_m_per_s, 0.07f * kSpeed_m_per_s);
  }
}

TEST(QueryWearer, AfterAPauseNothingIsRemembered) {
  Resting scene;
  HostTime t{1s};
  const HostTime t_first = t;
  ASSERT_EQ(scene.query(scene.wearer, t).size(), 1u);
  EXPECT_EQ(scene.query(scene.wearer, t += 50ms)[0].t_since, t_first);
  EXPECT_EQ(scene.query(scene.wearer, t += 101ms)[0].t_since, t);
}

}  // namespace
}  // namespace tactus
