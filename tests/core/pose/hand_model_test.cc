#include "tactus/pose/hand_model.h"

#include <gtest/gtest.h>

#include <limits>
#include <random>

namespace tactus {
namespace {

constexpr float kExact_m = 1e-6f;

Vec3 bone_of(const Pose& T) { return rotate(T.q, {0, 0, -1}); }

HandAngles random_angles(std::mt19937& random, float size_rad) {
  std::normal_distribution<float> normal(0, size_rad);
  HandAngles angles;
  for (FingerAngles& a : angles.finger) {
    a = {normal(random), normal(random), normal(random), normal(random)};
  }
  return angles;
}

TEST(HandModel, FlatRightHandPointsForwardThumbToTheLeft) {
  const auto T = forward_kinematics({}, Hand::Right, {});
  EXPECT_LT(length(T[index(HandJoint::Wrist)].p), kExact_m);
  const Vec3 middle = T[index(HandJoint::MiddleTip)].p;
  EXPECT_NEAR(middle.z, -0.189f, 0.001f);  // glove_layout.h: wrist to middle tip 189 mm
  EXPECT_NEAR(middle.x, 0, kExact_m);
  EXPECT_LT(T[index(HandJoint::ThumbTip)].p.x, -0.03f);
  EXPECT_LT(T[index(HandJoint::IndexProximal)].p.x, T[index(HandJoint::MiddleProximal)].p.x);
  EXPECT_GT(T[index(HandJoint::LittleProximal)].p.x, T[index(HandJoint::RingProximal)].p.x);
  for (const HandJoint joint : {HandJoint::Palm, HandJoint::IndexTip, HandJoint::LittleTip}) {
    EXPECT_LT(bone_of(T[index(joint)]).z, -0.95f);
    EXPECT_GT(rotate(T[index(joint)].q, {0, 1, 0}).y, 0.95f);  // +Y out of the back of the hand
  }
}

TEST(HandModel, BonesHaveTheProfilesLengthsInEveryPose) {
  std::mt19937 random(1);
  const HandProfile profile;
  for (int k = 0; k < 100; ++k) {
    const auto T = forward_kinematics(profile, Hand::Left, random_angles(random, 0.5f));
    for (std::size_t f = 0; f < kFingers; ++f) {
      const FingerBones& b = profile.bones[f];
      const std::size_t m = index(kMetacarpalJoints[f]);
      const bool thumb = f == 0;
      const std::array<float, 4> lengths =
          thumb ? std::array<float, 4>{b.metacarpal_m, b.proximal_m, b.distal_m, 0}
                : std::array<float, 4>{b.metacarpal_m, b.proximal_m, b.intermediate_m, b.distal_m};
      for (std::size_t i = 0; i < (thumb ? 3u : 4u); ++i) {
        const Vec3 bone = T[m + i + 1].p - T[m + i].p;
        EXPECT_NEAR(length(bone), lengths[i], kExact_m);
        EXPECT_GT(dot(bone, bone_of(T[m + i])), 0.999f * lengths[i]);  // -Z runs along it
      }
    }
    const Vec3 palm = T[index(HandJoint::Palm)].p;
    const Vec3 middle =
        lerp(T[index(HandJoint::MiddleMetacarpal)].p, T[index(HandJoint::MiddleProximal)].p, 0.5f);
    EXPECT_LT(length(palm - middle), kExact_m);
  }
}

TEST(HandModel, FlexionClosesTowardsThePalm) {
  const auto flat = forward_kinematics({}, Hand::Right, {});
  for (std::size_t f = 1; f < kFingers; ++f) {
    for (int joint = 0; joint < 3; ++joint) {
      HandAngles bent;
      float* const angle[3] = {&bent.finger[f].base_flexion_rad, &bent.finger[f].middle_rad,
                               &bent.finger[f].distal_rad};
      *angle[joint] = 0.5f;
      const auto T = forward_kinematics({}, Hand::Right, bent);
      EXPECT_LT(T[index(kTipJoints[f])].p.y, flat[index(kTipJoints[f])].p.y - 0.005f);
    }
    HandAngles spread;
    spread.finger[f].base_abduction_rad = 0.2f;
    EXPECT_LT(forward_kinematics({}, Hand::Right, spread)[index(kTipJoints[f])].p.x,
              flat[index(kTipJoints[f])].p.x - 0.01f);  // towards the thumb
  }
  HandAngles out;
  out.finger[0].base_abduction_rad = 0.8f;
  EXPECT_LT(forward_kinematics({}, Hand::Right, out)[index(HandJoint::ThumbTip)].p.y,
            flat[index(HandJoint::ThumbTip)].p.y - 0.02f);  // out of the palm's plane
}

TEST(HandModel, ThumbMeetsIndexInAPinchWithinItsLimits) {
  float nearest_m = 1;
  for (float flexion = 0; flexion <= 50; flexion += 5) {
    for (float abduction = 0; abduction <= 60; abduction += 5) {
      for (float bend = 20; bend <= 70; bend += 5) {
        HandAngles pinch;
        pinch.finger[0] = {flexion * kRadPerDeg, abduction * kRadPerDeg, 15 * kRadPerDeg,
                           20 * kRadPerDeg};
        pinch.finger[1] = {bend * kRadPerDeg, 0, bend * kRadPerDeg, 0.6f * bend * kRadPerDeg};
        const auto T = forward_kinematics({}, Hand::Right, pinch);
        nearest_m = std::min(
            nearest_m, length(T[index(HandJoint::ThumbTip)].p - T[index(HandJoint::IndexTip)].p));
      }
    }
  }
  EXPECT_LT(nearest_m, 0.010f);  // the two pulps touch
}

TEST(HandModel, LeftHandIsTheMirrorImage) {
  std::mt19937 random(2);
  for (int k = 0; k < 50; ++k) {
    const HandAngles angles = random_angles(random, 0.5f);
    const auto right = forward_kinematics({}, Hand::Right, angles);
    const auto left = forward_kinematics({}, Hand::Left, angles);
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      EXPECT_LT(length(Vec3{-left[j].p.x, left[j].p.y, left[j].p.z} - right[j].p), kExact_m);
      const Vec3 bone = bone_of(left[j]);
      EXPECT_LT(length(Vec3{-bone.x, bone.y, bone.z} - bone_of(right[j])), 1e-5f);
      // A proper frame, not a mirrored one: X is Y x Z on both hands.
      const Vec3 x = rotate(left[j].q, {1, 0, 0});
      EXPECT_GT(dot(x, cross(rotate(left[j].q, {0, 1, 0}), rotate(left[j].q, {0, 0, 1}))), 0.999f);
    }
  }
}

TEST(HandModel, LimitsHoldForAMillionRandomAngles) {
  std::mt19937 random(3);
  std::uniform_real_distribution<float> uniform(-20, 20);
  constexpr float kOdd[] = {std::numeric_limits<float>::quiet_NaN(),
                            std::numeric_limits<float>::infinity(), -1e30f};
  int violations = 0;
  for (int k = 0; k < 1'000'000; ++k) {
    HandAngles angles;
    FingerAngles& a = angles.finger[std::size_t(k) % kFingers];
    a = {uniform(random), uniform(random), uniform(random), uniform(random)};
    if (k % 7 == 0) a.base_flexion_rad = kOdd[k % 3];
    if (k % 11 == 0) a.base_abduction_rad = kOdd[k % 3];
    if (!within_limits(clamp_to_limits(angles))) ++violations;
  }
  EXPECT_EQ(violations, 0);
}

TEST(HandModel, ClampKeepsWhatIsInsideAndNamesWhatIsNot) {
  HandAngles inside;
  inside.finger[1] = {0.5f, 0.1f, 1.0f, 0.5f};
  const HandAngles kept = clamp_to_limits(inside);
  EXPECT_EQ(kept.finger[1].base_flexion_rad, 0.5f);
  EXPECT_EQ(kept.finger[1].base_abduction_rad, 0.1f);
  EXPECT_TRUE(within_limits(inside));
  inside.finger[1].distal_rad = 81 * kRadPerDeg;
  EXPECT_FALSE(within_limits(inside));
  // Bent by 90 degrees a finger spreads 5 degrees, straight it spreads 20.
  EXPECT_NEAR(abduction_range(Finger::Index, 0).high_rad, 20 * kRadPerDeg, 1e-6f);
  EXPECT_NEAR(abduction_range(Finger::Index, 90 * kRadPerDeg).high_rad, 5 * kRadPerDeg, 1e-6f);
  EXPECT_NEAR(abduction_range(Finger::Index, 90 * kRadPerDeg).low_rad, -5 * kRadPerDeg, 1e-6f);
}

TEST(HandModel, ScaleFollowsTheMiddleFinger) {
  HandProfile small;
  for (FingerBones& b : small.bones) {
    b = {0.8f * b.metacarpal_m, 0.8f * b.proximal_m, 0.8f * b.intermediate_m, 0.8f * b.distal_m};
  }
  EXPECT_NEAR(hand_scale(small), 0.8f, 1e-5f);
  const auto T = forward_kinematics(small, Hand::Right, {});
  EXPECT_NEAR(T[index(HandJoint::MiddleTip)].p.z, -0.8f * 0.189f, 0.001f);
  EXPECT_NEAR(joint_radii(small)[index(HandJoint::IndexTip)],
              0.8f * joint_radii({})[index(HandJoint::IndexTip)], 1e-6f);
}

}  // namespace
}  // namespace tactus
