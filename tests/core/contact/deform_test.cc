// Skinned vertices and boxes against double precision, near the origin and far from it.
#include "tactus/contact/deform.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>

#include "reference.h"
#include "support/alloc_guard.h"

namespace tactus {
namespace {

using testing::Shape;

constexpr double kVertexTolerance_m = 1e-6;

std::vector<Pose> bent(const Shape& shape, std::mt19937& random, Vec3 p_world) {
  std::normal_distribution<float> normal;
  const auto turn = [&](float most_rad) {
    return axis_angle({normal(random), normal(random), normal(random)}, most_rad);
  };
  std::vector<Pose> T_world_bone{{turn(3.0f), p_world}};
  for (std::size_t b = 1; b < shape.bones.size(); ++b) {
    Pose T_parent_bone = inverse(shape.bones[b - 1].T_rest_bone) * shape.bones[b].T_rest_bone;
    T_parent_bone.q = turn(1.2f);
    T_world_bone.push_back(T_world_bone[b - 1] * T_parent_bone);
  }
  return T_world_bone;
}

double worst_error_m(const Shape& shape, std::span<const Pose> T_world_bone) {
  const BodyModel model = build_model(shape.view());
  DeformedBody body(model);
  EXPECT_TRUE(skin(model, HostTime{}, T_world_bone, body));
  const auto exact = testing::skin_exactly(shape, T_world_bone);
  const auto root = testing::to_point(body.p_world_root);
  double worst = 0;
  for (std::size_t v = 0; v < exact.size(); ++v) {
    testing::Point p = testing::to_point(body.p_root_vertex[v]);
    for (std::size_t i = 0; i < 3; ++i) p[i] += root[i];
    worst = std::max(worst, testing::distance(p, exact[v]));
  }
  return worst;
}

TEST(Skin, AgreesWithDoublePrecision) {
  std::mt19937 random(1);
  const Shape shape = testing::make_tube(0.4f, 0.05f, 20, 16);
  for (int i = 0; i < 20; ++i) {
    EXPECT_LT(worst_error_m(shape, bent(shape, random, {0.3f, 1.1f, -0.7f})), kVertexTolerance_m);
  }
}

TEST(Skin, ARotationThatIsNotQuiteWholeStretchesNothing) {
  Shape shape = testing::make_tube(0.4f, 0.05f, 20, 16);
  shape.bones[1].T_rest_bone.q = {0, 0.7099f, 0, 0.7099f};  // 0.4 % too long: within is_valid
  const std::vector<Pose> T_world_bone{{{0, 0, 0, 1.004f}, {}},
                                       {{0.7099f, 0, 0, 0.7099f}, {0, 0.2f, 0}}};
  EXPECT_LT(worst_error_m(shape, T_world_bone), kVertexTolerance_m);
}

TEST(Skin, KeepsItsDigitsFarFromTheOrigin) {
  std::mt19937 random(2);
  const Shape shape = testing::make_tube(0.4f, 0.05f, 20, 16);
  // The bones' own positions are floats: one ulp at 2000 m is 0.12 mm, and that much the second
  // bone may stand off; rigid parts must keep their shape to a micrometre.
  const std::vector<Pose> T_world_bone(2, Pose{axis_angle({1, 2, 3}, 1.0f), {2000, -50, 1500}});
  Shape rigid = shape;
  rigid.bones[1].T_rest_bone = rigid.bones[0].T_rest_bone;
  EXPECT_LT(worst_error_m(rigid, T_world_bone), kVertexTolerance_m);
}

TEST(Model, TheTreeHoldsEveryTriangleOnceAndIsAsDeepAsPromised) {
  const Shape shape = testing::make_tube(0.4f, 0.05f, 40, 24);
  const BodyModel model = build_model(shape.view());
  std::vector<int> seen(model.triangles.size() / kLeafTriangles);
  ASSERT_EQ(seen.size() * kLeafTriangles, model.triangles.size());
  std::vector<std::size_t> level(model.nodes.size(), 1);
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    const TreeNode& node = model.nodes[i];
    ASSERT_GE(node.width, 1);
    for (std::size_t k = 0; k < node.width; ++k) {
      if (node.is_leaf(k)) {
        ++seen.at(node.child[k]);
        continue;
      }
      ASSERT_GT(node.child[k], i);
      level[node.child[k]] = level[i] + 1;
    }
  }
  EXPECT_EQ(std::count(seen.begin(), seen.end(), 1), static_cast<long>(seen.size()));
  // 1920 triangles are 120 leaves of sixteen: 16 * 16.
  EXPECT_LE(*std::max_element(level.begin(), level.end()), 2u);
  auto source = model.source;
  std::sort(source.begin(), source.end());
  for (std::uint32_t t = 0; t < source.size(); ++t) ASSERT_EQ(source[t], t);
}

TEST(Model, TheLargestBodyFitsTheSearchStack) {
  // As many triangles as may be, all alike: the worst a stranger can send.
  Shape shape = testing::make_sheet(0.1f, 1);
  shape.triangles.resize(kMaxBodyTriangles, shape.triangles[0]);
  const BodyModel model = build_model(shape.view());
  std::vector<std::size_t> level(model.nodes.size(), 1);
  for (std::size_t i = 0; i < model.nodes.size(); ++i) {
    for (std::size_t k = 0; k < model.nodes[i].width; ++k) {
      if (!model.nodes[i].is_leaf(k)) level[model.nodes[i].child[k]] = level[i] + 1;
    }
  }
  EXPECT_LE(*std::max_element(level.begin(), level.end()), kMaxTreeDepth);
}

TEST(Skin, RefusesWhatIsNoFrameAndKeepsTheLast) {
  const Shape shape = testing::make_tube(0.4f, 0.05f, 8, 8);
  const BodyModel model = build_model(shape.view());
  DeformedBody body(model);
  const std::vector<Pose> good(2);
  ASSERT_TRUE(skin(model, HostTime{5ms}, good, body));
  const Vec3 p = body.p_root_vertex[3];
  EXPECT_FALSE(skin(model, HostTime{6ms}, std::span(good).first(1), body));
  auto bad = good;
  bad[1].q.w = 0.5f;
  EXPECT_FALSE(skin(model, HostTime{6ms}, bad, body));
  bad = good;
  bad[1].p.x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(skin(model, HostTime{6ms}, bad, body));
  bad[1].p.x = 2 * kWorldLimit_m;
  EXPECT_FALSE(skin(model, HostTime{6ms}, bad, body));
  EXPECT_EQ(body.t, HostTime{5ms});
  EXPECT_EQ(length(body.p_root_vertex[3] - p), 0.0f);
}

TEST(Skin, AllocatesNothing) {
  if (!testing::is_counting()) GTEST_SKIP() << "the sanitizer owns malloc";
  const Shape shape = testing::make_tube(0.4f, 0.05f, 40, 24);
  const BodyModel model = build_model(shape.view());
  DeformedBody body(model);
  const std::vector<Pose> T_world_bone(2);
  const testing::AllocGuard guard;
  const bool skinned = skin(model, HostTime{}, T_world_bone, body);
  EXPECT_EQ(guard.calls(), 0u);
  EXPECT_TRUE(skinned);
}

TEST(Model, SeamsAreWelded) {
  Shape shape = testing::make_ellipsoid({0.1f, 0.1f, 0.1f}, 8, 8);
  const std::size_t vertices_before = shape.vertices.size();
  // Give every triangle its own corners, as a flat-shaded export does.
  Shape split = shape;
  split.vertices.clear();
  for (BodyTriangle& triangle : split.triangles) {
    for (std::uint32_t& v : triangle.vertex) {
      split.vertices.push_back(shape.vertices[v]);
      v = static_cast<std::uint32_t>(split.vertices.size() - 1);
    }
  }
  const BodyModel model = build_model(split.view());
  std::vector<std::uint32_t> used;
  for (const BodyTriangle& triangle : model.triangles) {
    used.insert(used.end(), triangle.vertex.begin(), triangle.vertex.end());
  }
  std::sort(used.begin(), used.end());
  used.erase(std::unique(used.begin(), used.end()), used.end());
  EXPECT_EQ(used.size(), vertices_before);
  EXPECT_EQ(std::count(model.solid.begin(), model.solid.end(), 1),
            static_cast<long>(model.triangles.size()));
}

TEST(Model, OnlyAShellWithAnInsideIsSolid) {
  const auto solid_share = [](const Shape& shape) {
    const BodyModel model = build_model(shape.view());
    const auto solids = std::count(model.solid.begin(), model.solid.end(), 1);
    return static_cast<double>(solids) / static_cast<double>(model.solid.size());
  };
  EXPECT_EQ(solid_share(testing::make_tube(0.4f, 0.05f, 20, 16)), 1.0);
  EXPECT_EQ(solid_share(testing::make_sheet(0.1f, 10)), 0.0);
  // A head with two eye holes still has an inside.
  Shape head = testing::make_ellipsoid({0.08f, 0.12f, 0.09f}, 40, 40);
  head.triangles.erase(head.triangles.begin() + 1000, head.triangles.begin() + 1002);
  head.triangles.erase(head.triangles.begin() + 2000, head.triangles.begin() + 2002);
  EXPECT_EQ(solid_share(head), 1.0);
  // Half an ellipsoid is a bowl.
  head.triangles.resize(head.triangles.size() / 2);
  EXPECT_EQ(solid_share(head), 0.0);
}

}  // namespace
}  // namespace tactus
