// The hand that is drawn: closed, turned outwards, hung on its joints, and as large as a hand is.
#include <gtest/gtest.h>

#include <map>

#include "scene/world/hand_shape.h"
#include "scene/world/surface_nets.h"

namespace tactus::scene {
namespace {

Vec3 position(const Mesh& mesh, std::uint32_t i) {
  const auto& p = mesh.vertices[i].p;
  return {p[0], p[1], p[2]};
}

double volume_m3(const Mesh& mesh) {
  double volume = 0;
  for (std::size_t i = 0; i + 2 < mesh.indices.size(); i += 3)
    volume += position(mesh, mesh.indices[i])
                  .cross(position(mesh, mesh.indices[i + 1]))
                  .dot(position(mesh, mesh.indices[i + 2])) /
              6.0;
  return volume;
}

class HandShape : public testing::TestWithParam<float> {
 protected:
  RestHand rest = rest_hand(GetParam());
  Mesh mesh = make_hand(rest);
};

TEST_P(HandShape, IsClosedAndOfOneSense) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> uses;
  for (std::size_t i = 0; i < mesh.indices.size(); i += 3)
    for (std::size_t k = 0; k < 3; ++k)
      ++uses[{mesh.indices[i + k], mesh.indices[i + (k + 1) % 3]}];
  for (const auto& [edge, count] : uses) {
    const auto back = uses.find({edge.second, edge.first});
    ASSERT_NE(back, uses.end()) << "open edge " << edge.first << "-" << edge.second;
    ASSERT_EQ(count, back->second);
  }
}

TEST_P(HandShape, HasTheVolumeOfAHandAndItsSkinOutside) {
  EXPECT_GT(volume_m3(mesh), 250e-6);
  EXPECT_LT(volume_m3(mesh), 600e-6);
}

TEST_P(HandShape, WeightsAreWhole) {
  for (const Vertex& vertex : mesh.vertices) {
    int sum = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      sum += vertex.weight[k];
      ASSERT_LT(vertex.bone[k], kHandJoints);
    }
    ASSERT_EQ(sum, 255);
  }
}

TEST_P(HandShape, EndsAtTheFingertips) {
  constexpr float kTipTolerance_m = 0.0035f;  // vertices are 5 mm apart
  for (const std::size_t tip : {5u, 10u, 15u, 20u, 25u}) {
    const Vec3 p_tip = rest[tip].T_rest_joint.p;
    float nearest = 1;
    for (std::uint32_t i = 0; i < mesh.vertices.size(); ++i)
      nearest = std::min(nearest, (position(mesh, i) - p_tip).norm());
    EXPECT_LT(nearest, kTipTolerance_m) << "joint " << tip;
  }
}

TEST_P(HandShape, PointsItsBonesAndKeepsTheThumbOnItsSide) {
  for (const std::size_t j : {2u, 3u, 6u, 7u, 8u, 11u, 13u, 22u}) {
    const Vec3 bone = (rest[j + 1].T_rest_joint.p - rest[j].T_rest_joint.p).normalized();
    EXPECT_GT((rest[j].T_rest_joint.q * -Vec3::UnitZ()).dot(bone), 0.9999f) << "joint " << j;
  }
  EXPECT_GT((rest[12].T_rest_joint.q * Vec3::UnitY()).y(), 0.99f);
  EXPECT_GT(GetParam() * rest[5].T_rest_joint.p.x(), 0.05f);
}

INSTANTIATE_TEST_SUITE_P(BothSides, HandShape, testing::Values(1.0f, -1.0f));

TEST(SurfaceNets, LieOnASphere) {
  constexpr float kRadius_m = 0.05f, kTolerance_m = 1e-5f;
  const auto sphere = [](const Vec3& p) { return p.norm() - kRadius_m; };
  const NetMesh net = surface_nets(sphere, Vec3::Constant(-0.06f), Vec3::Constant(0.06f), 0.006f);
  ASSERT_GT(net.p.size(), 300u);
  for (std::size_t i = 0; i < net.p.size(); ++i) {
    EXPECT_NEAR(net.p[i].norm(), kRadius_m, kTolerance_m);
    EXPECT_GT(net.n[i].dot(net.p[i].normalized()), 0.999f);
  }
}

}  // namespace
}  // namespace tactus::scene
