// Truth: whoever kneels bends as people do, and their arms are closed when skin touches on all sides.
#include "tactus/simulator/kneeling_person.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tactus::simulator {
namespace {

constexpr double kBones_m = 1e-6;
constexpr std::array<Pose3d, kHands> kWristsAhead = {
    {{{}, {-0.2, 0.8, -0.2}}, {{}, {0.2, 0.8, -0.2}}}};

Pose3d head(double y, double z, double nod_rad) { return {turn({1, 0, 0}, -nod_rad), {0, y, z}}; }

TEST(KneelingPerson, KneelsUprightUnderAHeadThatIsHigh) {
  const KneelingPerson person = kneeling_person(head(1.12, -0.03, 0), kWristsAhead);
  EXPECT_LT(person.stretch_m, 0.02);
  EXPECT_GT(rotate(person.q_trunk, {0, 1, 0}).y, 0.97);
  EXPECT_LT(rotate(person.q_trunk, {0, 0, -1}).z, -0.97);
  EXPECT_NEAR(person.p_pelvis.y, 0.47, 0.02) << "a thigh above the knees";
}

TEST(KneelingPerson, LeansWithAHeadThatComesForward) {
  const KneelingPerson person = kneeling_person(head(1.0, -0.38, 0.2), kWristsAhead);
  EXPECT_EQ(person.stretch_m, 0);
  const V3d up = rotate(person.q_trunk, {0, 1, 0});
  EXPECT_GT(-up.z, 0.3) << "forward is -Z";
  EXPECT_NEAR(norm(person.p_neck - person.p_pelvis), 0.298 * 1.70, kBones_m);
  for (std::size_t h = 0; h < kHands; ++h) {
    EXPECT_NEAR(norm(person.p_elbow[h] - person.p_shoulder[h]), 0.157 * 1.70, kBones_m);
    EXPECT_NEAR(norm(person.p_wrist[h] - person.p_elbow[h]), 0.146 * 1.70, kBones_m);
    const double outward = h == index(Hand::Right) ? 1 : -1;
    EXPECT_GT(outward * person.p_elbow[h].x, outward * person.p_shoulder[h].x);
  }
}

TEST(KneelingPerson, SaysThatAHeadIsOutOfReach) {
  EXPECT_GT(kneeling_person(head(1.0, -0.9, 0), kWristsAhead).stretch_m, 0.1);
}

/// A ball of a trunk with a head of hair on top of it.
TrueBody ball_with_hair() {
  TrueBody body;
  body.bones.push_back({"hips", -1, {}});
  const auto add_ball = [&](V3d centre, double radius_m, Region region) {
    constexpr int kRings = 12, kSides = 24;
    const auto first = static_cast<std::uint32_t>(body.vertices.size());
    for (int ring = 0; ring <= kRings; ++ring) {
      for (int side = 0; side < kSides; ++side) {
        const double a = 3.14159265358979 * ring / kRings, b = 6.28318530717959 * side / kSides;
        const V3d out{std::sin(a) * std::sin(b), std::cos(a), std::sin(a) * std::cos(b)};
        body.vertices.push_back({centre + radius_m * out, {}, {1, 0, 0, 0}});
      }
    }
    for (int ring = 0; ring < kRings; ++ring) {
      for (int side = 0; side < kSides; ++side) {
        const auto at = [&](int r, int s) {
          return first + static_cast<std::uint32_t>(r * kSides + s % kSides);
        };
        body.triangles.push_back(
            {{at(ring, side), at(ring + 1, side), at(ring + 1, side + 1)}, region});
        body.triangles.push_back(
            {{at(ring, side), at(ring + 1, side + 1), at(ring, side + 1)}, region});
      }
    }
  };
  add_ball({0, 0, 0}, 0.15, Region::Back);
  add_ball({0, 0.3, 0}, 0.15, Region::Hair);
  divide(body);
  return body;
}

TEST(KneelingPerson, OfABodyOnlyTheTrunkIsGoneAround) {
  const TrueBody body = ball_with_hair(), trunk = trunk_of(body);
  EXPECT_EQ(trunk.triangles.size(), body.triangles.size() / 2);
  PosedBody posed;
  posed.pose(trunk, {});
  EXPECT_NEAR(posed.closest({0, 0, 0.2}, 0.3).distance_m, 0.05, 0.003);
  EXPECT_FALSE(posed.closest({0, 0.45, 0}, 0.1).found);
}

TEST(KneelingPerson, BreastAndForearmsAreAsDeepAsTheyAreNear) {
  const TrueBody trunk = trunk_of(ball_with_hair());
  const KneelingPerson person = kneeling_person(head(1.0, -0.38, 0.1), kWristsAhead);
  const V3d ahead = rotate(person.q_trunk, {0, 0, -1});
  const V3d breast = 0.6 * person.p_neck + 0.4 * person.p_pelvis;
  const auto depth_m = [&](double before_m) {
    PosedBody posed;
    const std::array<Pose3d, 1> T = {{{{}, breast + before_m * ahead}}};
    posed.pose(trunk, T);
    return embrace_depth(posed, person).breast_m;
  };
  const double near_m = depth_m(0.24), far_m = depth_m(0.26);
  EXPECT_GT(near_m, 0) << "a chest is 12 cm before the spine, the ball 15 cm thick";
  EXPECT_NEAR(near_m - far_m, 0.02, 0.005);
  EXPECT_LT(depth_m(0.30), 0);
}

TEST(KneelingPerson, ArmsAreClosedWhenBothTouchAndTheBreastOrBothForearmsDo) {
  BothHandsTruth nothing{}, palms{};
  for (HandTruth& hand : palms) hand[15] = {-0.005, Region::Back};
  EXPECT_TRUE(is_embrace({0.01, {-0.01, -0.01}}, palms));
  EXPECT_TRUE(is_embrace({-0.01, {0.01, 0.01}}, nothing));
  EXPECT_FALSE(is_embrace({-0.01, {-0.01, -0.01}}, palms)) << "palms on a back alone";
  EXPECT_FALSE(is_embrace({0.01, {-0.01, -0.01}}, nothing)) << "a breast alone";
  BothHandsTruth one = palms;
  one[0] = {};
  EXPECT_FALSE(is_embrace({0.01, {-0.01, -0.01}}, one));
  BothHandsTruth hair = palms;
  hair[0][15].region = Region::Hair;
  EXPECT_FALSE(is_embrace({0.01, {-0.01, -0.01}}, hair));
}

}  // namespace
}  // namespace tactus::simulator
