// The generated head is what it says: closed, evenly divided, with thin ears, moving by its bones.
#include "tactus/simulator/generated_head.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <utility>

#include "tactus/contact/deform.h"

namespace tactus::simulator {
namespace {

TEST(GeneratedHead, HasAboutAsManyTrianglesAsAskedFor) {
  for (const int wanted : {5000, 20000, 100000}) {
    const auto count = static_cast<double>(generate_head(wanted).triangles.size());
    EXPECT_NEAR(count, wanted, 0.02 * wanted);
  }
}

TEST(GeneratedHead, IsClosedAndWoundOutwards) {
  const GeneratedHead head = generate_head(5000);
  std::map<std::pair<std::uint32_t, std::uint32_t>, int> edges;
  double volume_m3 = 0;
  std::map<bool, double> ear_m3;  // by side; told about the ear's own middle
  for (const BodyTriangle& triangle : head.triangles) {
    const auto& v = triangle.vertex;
    for (std::size_t k = 0; k < 3; ++k) ++edges[{v[k], v[(k + 1) % 3]}];
    volume_m3 += dot(head.vertices[v[0]].p_rest,
                     cross(head.vertices[v[1]].p_rest, head.vertices[v[2]].p_rest)) /
                 6.0;
    if (triangle.region != Region::Ear) continue;
    const Vec3 a = head.vertices[v[0]].p_rest;
    const Vec3 middle{a.x > 0 ? 0.076f : -0.076f, 0.005f, -0.01f};
    ear_m3[a.x > 0] += dot(a - middle, cross(head.vertices[v[1]].p_rest - middle,
                                             head.vertices[v[2]].p_rest - middle)) /
                       6.0;
  }
  for (const auto& [is_right, ear] : ear_m3) EXPECT_GT(ear, 0) << is_right;
  for (const auto& [edge, count] : edges) {
    ASSERT_EQ(count, 1);
    ASSERT_EQ(edges.count({edge.second, edge.first}), 1u);
  }
  EXPECT_NEAR(volume_m3, 0.0033, 0.0008);  // a child's head and neck
  const BodyModel model = build_model(head.view());
  EXPECT_EQ(std::ranges::count(model.solid, 1), static_cast<long>(model.triangles.size()));
  EXPECT_NE(*std::ranges::min_element(model.shell), *std::ranges::max_element(model.shell));
}

TEST(GeneratedHead, IsAGoodBody) {
  const GeneratedHead head = generate_head(5000);
  for (const BodyVertex& vertex : head.vertices) {
    int sum = 0;
    for (const int weight : vertex.weight) sum += weight;
    ASSERT_EQ(sum, 255);
  }
}

TEST(GeneratedHead, NodsAboutItsNeckAndOpensItsMouth) {
  const GeneratedHead head = generate_head(5000);
  const BodyModel model = build_model(head.view());
  DeformedBody straight(model), nodding(model), speaking(model);
  ASSERT_TRUE(skin(model, HostTime{}, pose_head({}), straight));
  ASSERT_TRUE(skin(model, HostTime{}, pose_head({.nod_rad = 0.3f}), nodding));
  ASSERT_TRUE(skin(model, HostTime{}, pose_head({.jaw_rad = 0.2f}), speaking));
  for (std::size_t v = 0; v < model.vertices.size(); ++v) {
    const Vec3 rest = model.vertices[v].p_rest;
    const Vec3 nodded = nodding.p_root_vertex[v] - straight.p_root_vertex[v];
    if (rest.y > 0.08f) {
      EXPECT_GT(nodded.z, 0.03f);  // the crown comes forwards
    }
    if (rest.y < -0.16f) {
      EXPECT_LT(length(nodded), 0.001f);  // the chest stays
    }
    const float spoken_m = length(speaking.p_root_vertex[v] - straight.p_root_vertex[v]);
    if (rest.y > 0) {
      EXPECT_LT(spoken_m, 1e-5f);  // above the mouth nothing moves
    }
  }
}

}  // namespace
}  // namespace tactus::simulator
