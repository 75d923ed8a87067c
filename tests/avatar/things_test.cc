// Things are what a hand expects of them: closed, of their true size and thickness, each made of what
// it looks like, the same bytes every time; and nothing of a person is missed in them.
#include "things.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

#include "tactus/avatar/bake.h"
#include "tactus/contact/deform.h"

namespace tactus::modelling {
namespace {

struct Baked {
  explicit Baked(const Asset& asset)
      : model(*avatar::read_skinned_gltf(draw(asset))),
        bytes(bake(asset)),
        view(*view_body(bytes)),
        report(avatar::check_body(model, view)) {}

  avatar::SkinnedModel model;
  std::vector<std::byte> bytes;
  BodyView view;
  avatar::BodyReport report;
};

class Things : public testing::Test {
 protected:
  static const Baked& thing(const std::string& name) {
    static const auto* const all = [] {
      auto* made = new std::map<std::string, Baked>;
      for (const Asset& asset : build_things()) made->emplace(asset.name, asset);
      return made;
    }();
    return all->at(name);
  }
  static std::set<Material> materials(const Baked& of) {
    std::set<Material> found;
    for (const BodyTriangle& triangle : of.view.triangles) found.insert(triangle.material);
    return found;
  }
  static constexpr const char* kNames[] = {"balloon", "blanket", "cake", "letter"};
};

TEST_F(Things, AreClosedOfNoPersonAndTheReportHasNothingToSay) {
  for (const char* name : kNames) {
    const Baked& of = thing(name);
    EXPECT_TRUE(of.report.is_thing) << name;
    const std::string text = describe(of.report);
    EXPECT_THAT(text, testing::Not(testing::HasSubstr("!"))) << name;
    for (const auto& part : of.report.parts) EXPECT_TRUE(part.closed()) << name << part.mesh;
    const BodyModel model = build_model(of.view);
    EXPECT_TRUE(std::ranges::all_of(model.solid, [](std::uint8_t solid) { return solid == 1; }));
    EXPECT_LT(of.view.triangles.size(), 9000u)
        << name << ": software rendering pays by the triangle";
  }
}

TEST_F(Things, HaveTheirTrueSize) {
  EXPECT_NEAR(thing("balloon").report.size_m.x, 0.244f, 0.004f);
  EXPECT_NEAR(thing("cake").report.size_m.z, 0.246f, 0.004f);
  EXPECT_NEAR(thing("letter").report.size_m.x, 0.1485f, 0.0005f);
  EXPECT_NEAR(thing("letter").report.size_m.z, 0.1055f, 0.0005f);
  EXPECT_NEAR(thing("blanket").report.size_m.x, 0.912f, 0.001f);
}

TEST_F(Things, SheetsAreAsThinAsPaperAndQuilts) {
  const auto median_m = [](const Baked& of) {
    std::vector<float> thick_m = avatar::find_thickness(of.view);
    const auto middle = thick_m.begin() + static_cast<std::ptrdiff_t>(thick_m.size() / 2);
    std::nth_element(thick_m.begin(), middle, thick_m.end());
    return *middle;
  };
  EXPECT_NEAR(median_m(thing("letter")), 0.0005f, 0.00002f);
  EXPECT_NEAR(median_m(thing("blanket")), 0.012f, 0.0001f);
}

TEST_F(Things, AreMadeOfWhatTheyLookLike) {
  EXPECT_EQ(materials(thing("balloon")), std::set{Material::Rubber});
  EXPECT_EQ(materials(thing("blanket")), std::set{Material::Cloth});
  EXPECT_EQ(materials(thing("cake")), (std::set{Material::Hard, Material::Foam}));
  EXPECT_EQ(materials(thing("letter")), std::set{Material::Hard});
  for (const BodyVertex& vertex : thing("cake").view.vertices) {
    ASSERT_LT(vertex.p_rest.y, 0.150f) << "a flame is felt";
  }
}

TEST_F(Things, ABlanketDrapesBetweenItsBonesAndOthersAreOfOnePiece) {
  for (const char* name : {"balloon", "cake", "letter"}) {
    EXPECT_EQ(thing(name).view.bones.size(), 1u) << name;
  }
  const Baked& blanket = thing("blanket");
  ASSERT_EQ(blanket.view.bones.size(), 9u);
  const BodyModel model = build_model(blanket.view);
  DeformedBody draped(model);
  std::vector<Pose> T_world_bone;
  for (const BodyBone& bone : blanket.view.bones) {
    Pose T = bone.T_rest_bone;
    if (bone.parent >= 0) T.p.y -= 0.3f;
    T_world_bone.push_back(T);
  }
  ASSERT_TRUE(skin(model, HostTime{}, T_world_bone, draped));
  float low = 1, high = -1;
  for (std::size_t i = 0; i < draped.p_root_vertex.size(); ++i) {
    const float y = (draped.p_world_root + draped.p_root_vertex[i]).y;
    low = std::min(low, y);
    high = std::max(high, y);
  }
  EXPECT_NEAR(low, -0.3f, 0.001f) << "the rim hangs with its bones";
  EXPECT_NEAR(high, 0.012f, 0.001f) << "the middle lies";
}

TEST_F(Things, AreTheSameBytesEveryTime) {
  const std::vector<Asset> again = build_things();
  ASSERT_EQ(again.size(), std::size(kNames));
  for (const Asset& asset : again) EXPECT_EQ(bake(asset), thing(asset.name).bytes) << asset.name;
}

}  // namespace
}  // namespace tactus::modelling
