// Laws of the words that everything else is written in.
#include <gtest/gtest.h>

#include <array>
#include <random>
#include <set>
#include <span>
#include <string_view>

#include "tactus/base/crc32.h"
#include "tactus/base/expected.h"
#include "tactus/base/geometry.h"
#include "tactus/base/glove_layout.h"
#include "tactus/base/hand_patches.h"
#include "tactus/base/hash.h"
#include "tactus/base/inline_vector.h"
#include "tactus/base/ring.h"
#include "tactus/base/time.h"

namespace tactus {
namespace {

constexpr float kTolerance_m = 1e-5f;

Pose random_pose(std::mt19937& random) {
  std::normal_distribution<float> normal;
  const Quat q{normal(random), normal(random), normal(random), normal(random)};
  return {normalized(q), {normal(random), normal(random), normal(random)}};
}

TEST(Geometry, InverseUndoesATransform) {
  std::mt19937 random(1);
  for (int i = 0; i < 100; ++i) {
    const Pose T_a_b = random_pose(random);
    const Vec3 p_b = random_pose(random).p;
    EXPECT_NEAR(length(inverse(T_a_b) * (T_a_b * p_b) - p_b), 0.0f, kTolerance_m);
  }
}

TEST(Geometry, CompositionAppliesTheRightHandOneFirst) {
  const Pose T_a_b{axis_angle({0, 0, 1}, kPi / 2), {1, 0, 0}};
  const Pose T_b_c{{}, {0, 2, 0}};
  const Vec3 p_a = (T_a_b * T_b_c) * Vec3{0, 0, 0};
  EXPECT_NEAR(p_a.x, -1.0f, kTolerance_m);
  EXPECT_NEAR(p_a.y, 0.0f, kTolerance_m);
}

TEST(Geometry, ComposedRotationsTurnInTurn) {
  std::mt19937 random(4);
  for (int i = 0; i < 100; ++i) {
    const Pose T_a_b = random_pose(random);
    const Pose T_b_c = random_pose(random);
    const Vec3 p_c = random_pose(random).p;
    EXPECT_NEAR(length((T_a_b * T_b_c) * p_c - T_a_b * (T_b_c * p_c)), 0.0f, kTolerance_m);
  }
}

TEST(Geometry, LogarithmUndoesTheExponential) {
  std::mt19937 random(2);
  std::uniform_real_distribution<float> uniform(-1.7f, 1.7f);
  for (int i = 0; i < 200; ++i) {
    const Vec3 r{uniform(random), uniform(random), uniform(random)};
    EXPECT_NEAR(length(log_rotation(exp_rotation(r)) - r), 0.0f, 2e-5f);
  }
  EXPECT_NEAR(length(log_rotation(exp_rotation({1e-8f, 0, 0}))), 1e-8f, 1e-10f);
}

TEST(Geometry, RotationBetweenTakesOneDirectionToTheOther) {
  std::mt19937 random(3);
  for (int i = 0; i < 100; ++i) {
    const Vec3 a = normalized(random_pose(random).p);
    const Vec3 b = normalized(random_pose(random).p);
    EXPECT_NEAR(length(rotate(rotation_between(a, b), a) - b), 0.0f, kTolerance_m);
    EXPECT_NEAR(length(rotate(rotation_between(a, -a), a) + a), 0.0f, kTolerance_m);
  }
}

TEST(Geometry, SlerpGoesTheShorterWay) {
  const Quat a{0, 0, 0, 1};
  Quat b = axis_angle({0, 1, 0}, 1.0f);
  b = {-b.x, -b.y, -b.z, -b.w};
  EXPECT_NEAR(length(log_rotation(slerp(a, b, 0.5f)) - Vec3{0, 0.5f, 0}), 0.0f, kTolerance_m);
}

TEST(Geometry, AStrangersPoseIsRefused) {
  EXPECT_TRUE(is_valid(Pose{}));
  EXPECT_FALSE(is_valid(Pose{{0, 0, 0, 0}, {}}));
  EXPECT_FALSE(is_valid(Pose{{0, 0, 0, 1}, {std::nanf(""), 0, 0}}));
  EXPECT_FALSE(is_valid(Pose{{0, 0, 0, 2}, {}}));
}

TEST(Expected, HoldsTheValueOrTheReason) {
  const Expected<int, char> value = 7;
  const Expected<int, char> reason = Unexpected{'x'};
  EXPECT_TRUE(value);
  EXPECT_EQ(*value, 7);
  EXPECT_FALSE(reason);
  EXPECT_EQ(reason.error(), 'x');
}

TEST(InlineVector, RefusesWhatDoesNotFit) {
  InlineVector<int, 2> vector;
  EXPECT_TRUE(vector.push_back(1));
  EXPECT_TRUE(vector.push_back(2));
  EXPECT_FALSE(vector.push_back(3));
  EXPECT_EQ(vector.size(), 2u);
  EXPECT_EQ(vector[1], 2);
}

TEST(Ring, FullRefusesAndKeepsTheOldest) {
  Ring<int, 2> ring;
  EXPECT_TRUE(ring.push(1));
  EXPECT_TRUE(ring.push(2));
  EXPECT_FALSE(ring.push(3));
  int item = 0;
  EXPECT_TRUE(ring.pop(item));
  EXPECT_EQ(item, 1);
}

TEST(Crc32, MatchesThePublishedCheckValue) {
  const std::string_view text = "123456789";
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  EXPECT_EQ(crc32(bytes), 0xCBF43926u);
  EXPECT_EQ(crc32(bytes.subspan(4), crc32(bytes.first(4))), 0xCBF43926u);
}

TEST(Time, SecondsRoundToNanoseconds) {
  EXPECT_EQ(from_seconds(1e-9).count(), 1);
  EXPECT_EQ(from_seconds(-1.5).count(), -1500000000);
  EXPECT_DOUBLE_EQ(seconds(2500ms), 2.5);
}

TEST(GloveLayout, EveryActuatorHasItsOwnPatch) {
  for (std::size_t a = 0; a < kActuators; ++a) {
    EXPECT_GT(kActuatorSites[a].radius_m, 0.004f);
    for (std::size_t b = 0; b < a; ++b) {
      const bool same = kActuatorSites[a].joint == kActuatorSites[b].joint &&
                        length(kActuatorSites[a].p_joint - kActuatorSites[b].p_joint) < 0.003f;
      EXPECT_FALSE(same) << a << " and " << b;
    }
  }
}

TEST(HandPatches, CoverEveryFingerAndBeginWithTheActuators) {
  std::array<int, kHandJoints> on_joint{};
  for (std::size_t a = 0; a < kPatches; ++a) {
    ++on_joint[index(kPatchSites[a].joint)];
    EXPECT_GT(kPatchSites[a].radius_m, 0.004f);
    EXPECT_LE(kPatchSites[a].p_joint.y, 0.0f) << "on the palm's side";
    if (a < kActuators) {
      EXPECT_EQ(kPatchSites[a].radius_m, kActuatorSites[a].radius_m);
    }
    for (std::size_t b = 0; b < a; ++b) {
      const bool same = kPatchSites[a].joint == kPatchSites[b].joint &&
                        length(kPatchSites[a].p_joint - kPatchSites[b].p_joint) < 0.003f;
      EXPECT_FALSE(same) << a << " and " << b;
    }
  }
  for (const HandJoint joint :
       {HandJoint::IndexProximal, HandJoint::IndexIntermediate, HandJoint::MiddleIntermediate,
        HandJoint::RingIntermediate, HandJoint::LittleIntermediate, HandJoint::ThumbProximal}) {
    EXPECT_GE(on_joint[index(joint)], 2);
  }
}

TEST(Hash, TellsContentsApartAndTakesAnyLength) {
  const std::string_view text = "123456789";
  const auto bytes = std::as_bytes(std::span(text));
  std::set<std::uint64_t> seen;
  for (std::size_t n = 0; n <= bytes.size(); ++n) seen.insert(hash(bytes.first(n)));
  EXPECT_EQ(seen.size(), bytes.size() + 1);
  // FNV-1a of the one word 0x34333231.
  EXPECT_EQ(hash(bytes.first(4)), (0xcbf29ce484222325u ^ 0x34333231u) * 0x100000001b3u);
  EXPECT_NE(hash(bytes, 1), hash(bytes, 2));
}

}  // namespace
}  // namespace tactus
