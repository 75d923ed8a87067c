// Thumb and index finger around the finger of another person's hand, which bends as they hold it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "reference.h"
#include "tactus/contact/hold.h"
#include "tactus/contact/opposed.h"
#include "tactus/contact/query.h"

namespace tactus {
namespace {

constexpr float kFinger_m = 0.008f, kLong_m = 0.08f;
constexpr Duration kFrame = 10ms;
constexpr std::size_t kThumb = pulp_actuator(Finger::Thumb), kIndex = pulp_actuator(Finger::Index);

testing::Shape other_finger() {
  testing::Shape shape = testing::make_tube(kLong_m, kFinger_m, 40, 40);
  for (BodyTriangle& triangle : shape.triangles) triangle.region = Region::HandLeft;
  return shape;
}

/// Their hand goes up and their finger bends, at a frame.
std::vector<Pose> posture(int frame) {
  const float turn = 0.15f * static_cast<float>(frame);
  const Pose T_world_root{{}, {0, 0.01f * std::sin(turn), 0}};
  const Quat bend = axis_angle({1, 0, 0}, 0.4f + 0.3f * std::sin(1.3f * turn));
  return {T_world_root, T_world_root * Pose{bend, {0, 0.5f * kLong_m, 0}}};
}

/// A hand far away but for two pulps on either side of the end bone, pressed in by `deep_m`.
HandPose pinch(const Pose& T_world_bone, float deep_m) {
  HandPose pose;
  pose.hand = Hand::Right;
  pose.origin = PoseOrigin::Measured;
  Vec3 p{0, 9, 0};
  for (Pose& T : pose.T_world_joint) T.p = p;
  constexpr float kBones_m[] = {0.0646f, 0.0446f, 0.0263f, 0.0214f};
  for (std::size_t k = 0; k < 4; ++k) {
    p.z -= kBones_m[k];
    pose.T_world_joint[index(HandJoint::MiddleMetacarpal) + k + 1].p = p;
  }
  for (const std::size_t a : {kThumb, kIndex}) {
    const float side = a == kThumb ? -1.0f : 1.0f;
    Pose& tip = pose.T_world_joint[index(kActuatorSites[a].joint)];
    tip.q = T_world_bone.q * rotation_between({0, 1, 0}, {side, 0, 0});
    const float out_m = kFinger_m + kActuatorSites[a].radius_m - deep_m;
    tip.p = T_world_bone * Vec3{side * out_m, 0.02f, 0} - rotate(tip.q, kActuatorSites[a].p_joint);
  }
  return pose;
}

/// Hertz for 30 kPa, in the most literal form.
double hertz_N(double radius_m, double depth_m) {
  return depth_m > 0 ? 4.0 / 3.0 * 30e3 * std::sqrt(radius_m) * std::pow(depth_m, 1.5) : 0.0;
}

TEST(HandInHand, AFingerThatBendsIsHeldUntilTheHandOpens) {
  const testing::Shape shape = other_finger();
  const BodyModel model = build_model(shape.view());
  DeformedBody before(model), after(model);
  ContactState state;
  HoldState holding;
  double worst_m = 0;
  int held_ms = 0;
  constexpr int kOpens_ms = 600;
  for (int ms = 0; ms < 900; ++ms) {
    const int frame = ms / 10;
    const auto T_before = posture(frame), T_after = posture(frame + 1);
    ASSERT_TRUE(skin(model, HostTime{kFrame * frame}, T_before, before));
    ASSERT_TRUE(skin(model, HostTime{kFrame * (frame + 1)}, T_after, after));
    const float share = 0.1f * static_cast<float>(ms % 10);
    const Pose T_world_bone = interpolate(T_before[1], T_after[1], share);
    const HandPose pose = pinch(T_world_bone, ms < kOpens_ms ? 0.003f : -0.01f);
    const BodyInterval body{&model, &before, &after, 1.0f};
    const HostTime t{Duration{1ms} * ms};
    const ContactSet contacts = query(state, {}, std::span(&pose, 1), std::span(&body, 1), t);
    const Hold hold = follow(holding, {}, grasp_force(Hand::Right, 0, contacts), t);
    held_ms += hold.holds ? 1 : 0;
    if (ms >= kOpens_ms) {
      EXPECT_TRUE(contacts.empty());
      continue;
    }
    EXPECT_EQ(most_pressed(Hand::Right, 0, contacts), Region::HandLeft);
    const auto exact = testing::blend(testing::skin_exactly(shape, T_before),
                                      testing::skin_exactly(shape, T_after), share);
    double least_N = 1e9;
    for (const std::size_t a : {kThumb, kIndex}) {
      const auto found = std::find_if(contacts.begin(), contacts.end(),
                                      [&](const Contact& c) { return c.actuator == a; });
      ASSERT_NE(found, contacts.end()) << ms;
      const Probe probe = place_probe(pose, a, hand_scale(pose));
      const double depth_m = probe.radius_m - testing::distance_exactly(
                                                  shape, exact, testing::to_point(probe.p_world));
      worst_m = std::max(worst_m, std::fabs(found->depth_m - depth_m));
      least_N = std::min(least_N, hertz_N(probe.radius_m, depth_m));
    }
    // The sides of a finger that bends are not quite opposite: 2 percent.
    EXPECT_NEAR(grasp_force(Hand::Right, 0, contacts), least_N, 0.02 * least_N) << ms;
  }
  EXPECT_LT(worst_m, 1e-6);
  EXPECT_FALSE(holding.holds);
  EXPECT_GT(held_ms, kOpens_ms - 80);
  EXPECT_LT(held_ms, kOpens_ms + 150);
}

}  // namespace
}  // namespace tactus
