// Truth and law: distances to shapes whose distance has a formula, sides of overlapping parts, skin
// that follows its bones, and bytes that are wrong in every way.
#include "tactus/simulator/true_body.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <random>

#include "support/shapes.h"
#include "tactus/simulator/truth_contact.h"

namespace tactus::simulator {
namespace {

constexpr double kFacet_m = 2e-4;  // a ball of 64 x 96 facets, radius 0.1: 0.1 (1 - cos(pi / 64))

TrueBody body_of(const testing::Shape& shape) {
  auto body = read_true_body(testing::to_bytes(shape));
  EXPECT_TRUE(body) << body.error();
  return *std::move(body);
}

PosedBody at_rest(const TrueBody& body) {
  PosedBody posed;
  posed.pose(body, {});
  return posed;
}

TEST(TrueBody, DistanceToABallIsItsFormula) {
  const TrueBody body = body_of(testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 64, 96));
  const PosedBody posed = at_rest(body);
  std::mt19937 random(3);
  std::uniform_real_distribution<double> uniform(-0.15, 0.15);
  int inside = 0;
  for (int i = 0; i < 400; ++i) {
    const V3d p{uniform(random), uniform(random), uniform(random)};
    const ClosestSkin skin = posed.closest(p, 1.0);
    ASSERT_TRUE(skin.found);
    EXPECT_NEAR(skin.distance_m, norm(p) - 0.1, kFacet_m);
    EXPECT_EQ(posed.is_inside(p), posed.winding(p) > 0.5);
    if (norm(p) > 0.01) {
      EXPECT_GT(dot(skin.n_world, normalized(p)), 0.99);
    }
    inside += skin.distance_m < 0;
  }
  EXPECT_GT(inside, 20);
}

TEST(TrueBody, BeyondReachNothingIsFound) {
  const TrueBody body = body_of(testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 16, 24));
  const ClosestSkin skin = at_rest(body).closest({0.2, 0, 0}, 0.05);
  EXPECT_FALSE(skin.found);
  EXPECT_DOUBLE_EQ(skin.distance_m, 0.05);
}

TEST(TrueBody, InsideOneOfTwoOverlappingPartsIsInside) {
  // A head under thick hair: a place within the hair is nearer to the head, and still inside.
  testing::Shape hair = testing::make_ellipsoid({0.12f, 0.12f, 0.12f}, 48, 64);
  const testing::Shape head = testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 48, 64);
  const auto first = static_cast<std::uint32_t>(hair.vertices.size());
  hair.vertices.insert(hair.vertices.end(), head.vertices.begin(), head.vertices.end());
  for (BodyTriangle triangle : head.triangles) {
    for (auto& vertex : triangle.vertex) vertex += first;
    hair.triangles.push_back(triangle);
  }
  const TrueBody body = body_of(hair);
  const PosedBody posed = at_rest(body);
  EXPECT_LT(posed.closest({0, 0.105, 0.001}, 1.0).distance_m, 0);
  EXPECT_GT(posed.closest({0, 0.125, 0.001}, 1.0).distance_m, 0);
}

TEST(TrueBody, TriangleWithoutAreaDoesNotPoisonTheDistance) {
  TrueBody body = body_of(testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 16, 24));
  const double honest_m = at_rest(body).closest({0.2, 0.03, 0.01}, 1.0).distance_m;
  // All corners in one place, and three in a line.
  body.triangles.push_back({{7, 7, 7}, Region::Face});
  const auto first = static_cast<std::uint32_t>(body.vertices.size());
  for (const double x : {0.0, 0.02, 0.05}) {
    body.vertices.push_back({{x, 0, 0}, {0, 0, 0, 0}, {1, 0, 0, 0}});
  }
  body.triangles.push_back({{first, first + 1, first + 2}, Region::Face});
  divide(body);
  EXPECT_DOUBLE_EQ(at_rest(body).closest({0.2, 0.03, 0.01}, 1.0).distance_m, honest_m);
}

TEST(TrueBody, SkinFollowsItsBones) {
  const TrueBody body = body_of(testing::make_tube(0.4f, 0.03f, 40, 32));
  const V3d joint = body.bones[1].T_rest_bone.p;
  const Pose3d bent{turn({0, 0, 1}, -1.5707963267948966), joint};
  const Pose3d still = body.bones[0].T_rest_bone;
  PosedBody posed;
  const std::array<Pose3d, 2> bones = {still, bent};
  posed.pose(body, bones);
  // Bent by a right angle the upper half points along +X.
  EXPECT_NEAR(posed.closest(joint + V3d{0.15, 0.03, 0}, 0.1).distance_m, 0, 3e-4);
  EXPECT_LT(posed.closest(joint + V3d{0.15, 0, 0}, 0.1).distance_m, -0.029);
  EXPECT_GT(posed.closest(joint + V3d{0, 0.15, 0}, 0.1).distance_m, 0.05);
}

TEST(BodyTrack, InterpolatesBetweenDisplayTimesAndHoldsOutside) {
  BodyTrack track;
  EXPECT_TRUE(track.at(0).empty());
  const Quat quarter = axis_angle({0, 1, 0}, kPi / 2);
  const std::array<Pose, 1> first = {{{{}, {0, 0, 0}}}}, second = {{{quarter, {1, 0, 0}}}};
  track.push(1.0, first);
  track.push(1.1, second);
  track.push(1.05, first);  // not newer: ignored
  EXPECT_NEAR(track.at(1.025)[0].p.x, 0.25, 1e-7);
  EXPECT_NEAR(norm(rotation_vector(track.at(1.025)[0].q)), std::numbers::pi / 8, 1e-6);
  EXPECT_NEAR(track.at(0.5)[0].p.x, 0, 1e-12);
  EXPECT_NEAR(track.at(9.0)[0].p.x, 1, 1e-12);
}

TEST(TruthContact, APulpOverASheetIsItsHeightLessItsRadius) {
  testing::Shape sheet = testing::make_sheet(1.0f, 20);
  for (BodyTriangle& triangle : sheet.triangles) triangle.region = Region::Forehead;
  const TrueBody body = body_of(sheet);  // in the plane z = 0, facing +Z
  const PosedBody posed = at_rest(body);
  TrueHand hand;
  hand.T_world_wrist = {turn({1, 0, 0}, 1.5707963267948966), {0, -0.1, 0.049}};  // palm to -Z
  const auto sites = true_sites(hand, true_joints(hand));
  const HandTruth truth = truth_contacts(posed, hand);
  int within = 0;
  for (std::size_t a = 0; a < kActuators; ++a) {
    const double expected = sites[a].p_world.z - sites[a].radius_m;
    if (expected < kTruthReach_m - 1e-6) {
      ++within;
      EXPECT_NEAR(truth[a].distance_m, expected, 1e-9) << a;
      EXPECT_EQ(truth[a].region, Region::Forehead);
      EXPECT_EQ(truth[a].touching(), expected < 0);
      EXPECT_DOUBLE_EQ(truth[a].depth_m(), std::max(0.0, -truth[a].distance_m));
    }
  }
  EXPECT_GE(within, 4);
}

TEST(ReadTrueBody, SaysWhatIsWrong) {
  const auto good = testing::to_bytes(testing::make_tube(0.4f, 0.03f, 6, 8));
  const auto reject = [&](std::size_t at, std::initializer_list<int> values, const char* part) {
    auto bytes = good;
    for (const int value : values) bytes[at++] = static_cast<std::byte>(value);
    const auto body = read_true_body(bytes);
    ASSERT_FALSE(body) << part;
    EXPECT_NE(body.error().find(part), std::string::npos) << body.error();
  };
  const std::size_t bone = 32, vertex = 32 + 2 * 64;
  std::uint32_t vertices = 0;
  std::memcpy(&vertices, good.data() + 20, 4);
  reject(0, {'X'}, "not a touchable body");
  reject(8, {9}, "version");
  reject(16, {3}, "length");
  reject(19, {1}, "more than the format allows");
  reject(bone + 32, {0, 0, 0, 0}, "impossible parent");
  reject(bone + 36, {0, 0, 0xC0, 0x7F}, "impossible parent or pose");
  reject(vertex, {0, 0, 0xC0, 0x7F}, "not finite");
  reject(vertex + 16, {7}, "sum to 255");
  reject(vertex + 12, {77}, "names no bone");
  reject(vertex + vertices * 20, {0xFF, 0xFF}, "names no vertex");
  reject(vertex + vertices * 20 + 12, {200}, "region");
  for (std::size_t length = 0; length < good.size(); length += 7) {
    EXPECT_FALSE(read_true_body(std::span(good).first(length))) << length;
  }
}

}  // namespace
}  // namespace tactus::simulator
