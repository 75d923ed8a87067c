// What is baked is what core accepts: welded, decimated, whole, the same every time; and the
// report tells a mesh that would not be felt.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "gltf_file.h"
#include "tactus/avatar/bake.h"

namespace tactus::avatar {
namespace {

using testing::HasSubstr;
using testing::Not;

/// A closed sphere of 2 * around * (rings - 1) triangles on one bone.
SkinnedModel sphere_model(float radius_m, int around, int rings) {
  SkinnedModel model;
  model.bones.push_back({"head", -1, {}});
  ModelPart part{"ball", "skin", {}, {}};
  const auto put = [&](float polar, float a) {
    ModelVertex vertex;
    vertex.p_rest = radius_m * Vec3{std::sin(polar) * std::cos(a), std::cos(polar),
                                    std::sin(polar) * std::sin(a)};
    vertex.weight = {255, 0, 0, 0};
    part.vertices.push_back(vertex);
  };
  put(0, 0);
  for (int j = 1; j < rings; ++j) {
    for (int i = 0; i < around; ++i) {
      put(kPi * static_cast<float>(j) / static_cast<float>(rings),
          2 * kPi * static_cast<float>(i) / static_cast<float>(around));
    }
  }
  put(kPi, 0);
  const auto at = [&](int j, int i) {
    if (j == 0) return 0u;
    if (j == rings) return static_cast<std::uint32_t>(part.vertices.size() - 1);
    return static_cast<std::uint32_t>(1 + (j - 1) * around + i % around);
  };
  for (int j = 0; j < rings; ++j) {
    for (int i = 0; i < around; ++i) {
      if (j > 0) part.indices.insert(part.indices.end(), {at(j, i), at(j, i + 1), at(j + 1, i)});
      if (j + 1 < rings) {
        part.indices.insert(part.indices.end(), {at(j, i + 1), at(j + 1, i + 1), at(j + 1, i)});
      }
    }
  }
  model.parts.push_back(std::move(part));
  return model;
}

/// Bakes and checks that core takes it; the bytes live as long as the fixture.
class Bake : public testing::Test {
 protected:
  BodyView baked(const SkinnedModel& model, const BakeOptions& options = {}) {
    auto bytes = bake(model, options);
    EXPECT_TRUE(bytes.has_value());
    if (!bytes) return {};
    bytes_ = std::move(*bytes);
    const auto view = view_body(bytes_);
    EXPECT_TRUE(view.has_value()) << (view ? "" : describe(view.error()));
    return view ? *view : BodyView{};
  }

  std::vector<std::byte> bytes_;
};

TEST_F(Bake, TheTwoBonePersonBecomesABody) {
  const auto model = read_skinned_gltf(two_bone_person().glb());
  ASSERT_TRUE(model.has_value());
  const BodyView body = baked(*model);
  ASSERT_EQ(body.bones.size(), 2u);
  EXPECT_STREQ(body.bones[1].name.data(), "head");
  EXPECT_EQ(body.bones[1].parent, 0);
  EXPECT_NEAR(body.bones[1].T_rest_bone.p.y, 1.5f, 1e-5f);
  EXPECT_EQ(body.vertices.size(), 16u);
  ASSERT_EQ(body.triangles.size(), 24u);
  for (const BodyTriangle& triangle : body.triangles) {
    const bool low = body.vertices[triangle.vertex[0]].p_rest.y < 1.2f;
    EXPECT_EQ(triangle.material, low ? Material::Cloth : Material::Skin);
  }
}

TEST_F(Bake, SeamsAreWeldedAndDegenerateTrianglesGo) {
  const auto boxed = read_skinned_gltf(plain_box(0.1f).glb());
  ASSERT_TRUE(boxed.has_value());
  SkinnedModel model = *boxed;
  ModelPart& part = model.parts[0];
  ModelPart split = part;
  split.vertices.clear();
  for (std::uint32_t& index : split.indices) {  // every triangle with corners of its own
    split.vertices.push_back(part.vertices[index]);
    index = static_cast<std::uint32_t>(split.vertices.size() - 1);
  }
  split.indices.insert(split.indices.end(), {0, 0, 1});  // no area
  split.vertices.push_back(split.vertices[0]);
  split.indices.insert(split.indices.end(),
                       {0, static_cast<std::uint32_t>(split.vertices.size() - 1), 5});
  part = split;
  const BodyView body = baked(model);
  EXPECT_EQ(body.vertices.size(), 8u);
  EXPECT_EQ(body.triangles.size(), 12u);
}

TEST_F(Bake, DecimatesToTheTargetAndKeepsTheShape) {
  constexpr float kRadius_m = 0.1f, kShapeTolerance_m = 0.0015f;
  const SkinnedModel model = sphere_model(kRadius_m, 120, 80);
  const BodyView body = baked(model, {.triangles = 2000, .rules = {}});
  EXPECT_LE(body.triangles.size(), 2000u);
  EXPECT_GE(body.triangles.size(), 1800u);
  for (const BodyVertex& vertex : body.vertices) {
    EXPECT_NEAR(length(vertex.p_rest), kRadius_m, kShapeTolerance_m);
  }
}

TEST_F(Bake, FacesKeepTheirShapeWhateverIsAskedFor) {
  constexpr float kRadius_m = 0.1f;
  const BodyView body = baked(sphere_model(kRadius_m, 120, 80), {.triangles = 20, .rules = {}});
  EXPECT_GT(body.triangles.size(), 100u);  // 20 triangles would miss the sphere by centimetres
  for (const BodyTriangle& triangle : body.triangles) {
    const Vec3 middle = (1.0f / 3.0f) * (body.vertices[triangle.vertex[0]].p_rest +
                                         body.vertices[triangle.vertex[1]].p_rest +
                                         body.vertices[triangle.vertex[2]].p_rest);
    EXPECT_GT(length(middle), kRadius_m - 0.006f);
  }
}

TEST_F(Bake, RulesSkipKeepAndOverrule) {
  const auto model = read_skinned_gltf(two_bone_person().glb());
  ASSERT_TRUE(model.has_value());
  const auto skip = parse_region_rules("mesh body skip");
  ASSERT_TRUE(skip.has_value());
  EXPECT_EQ(baked(*model, {.rules = *skip}).triangles.size(), 12u);

  const auto overrule = parse_region_rules("mesh body lap hard\nbone head nose -\n");
  ASSERT_TRUE(overrule.has_value());
  for (const BodyTriangle& triangle : baked(*model, {.rules = *overrule}).triangles) {
    const bool low = triangle.material == Material::Hard;
    EXPECT_EQ(triangle.region, low ? Region::Lap : Region::Nose);
  }

  const SkinnedModel ball = sphere_model(0.1f, 60, 40);
  const auto keep = parse_region_rules("mesh ball keep 0.5");
  ASSERT_TRUE(keep.has_value());
  const auto kept =
      static_cast<double>(baked(ball, {.triangles = 100, .rules = *keep}).triangles.size());
  EXPECT_NEAR(kept / static_cast<double>(ball.parts[0].indices.size() / 3), 0.5, 0.02);

  const auto all = parse_region_rules("mesh body skip\nmesh face skip");
  ASSERT_TRUE(all.has_value());
  const auto nothing = bake(*model, {.rules = *all});
  ASSERT_FALSE(nothing.has_value());
  EXPECT_EQ(nothing.error(), BakeError::NothingLeft);
}

TEST_F(Bake, TooManyBonesAreFoldedIntoTheirParents) {
  SkinnedModel model = sphere_model(0.1f, 40, 20);
  for (int i = 1; i < 300; ++i) {
    model.bones.push_back({"chain" + std::to_string(i), i - 1, {{}, {0, 0.01f, 0}}});
  }
  for (std::size_t i = 0; i < model.parts[0].vertices.size(); ++i) {
    model.parts[0].vertices[i].bone = {static_cast<std::uint16_t>(i % 300), 299, 0, 0};
    model.parts[0].vertices[i].weight = {200, 55, 0, 0};
  }
  const BodyView body = baked(model);
  EXPECT_EQ(body.bones.size(), kMaxBodyBones);
  EXPECT_EQ(check_body(model, body).bones_folded, 300 - kMaxBodyBones);
  EXPECT_STREQ(body.bones[0].name.data(), "head");
}

TEST_F(Bake, TheSameModelGivesTheSameBytes) {
  const SkinnedModel model = sphere_model(0.1f, 100, 60);
  const auto first = bake(model, {.triangles = 3000, .rules = {}});
  const auto second = bake(model, {.triangles = 3000, .rules = {}});
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_EQ(*first, *second);
}

TEST_F(Bake, LongNamesAreCutBetweenCharacters) {
  SkinnedModel model = sphere_model(0.1f, 10, 6);
  model.bones[0].name = std::string(30, 'a') + "\xC3\xA4" + "rest";  // ä at bytes 30 and 31
  EXPECT_EQ(std::string(baked(model).bones[0].name.data()), std::string(30, 'a'));
}

TEST_F(Bake, TheReportTellsWhatWouldNotBeFelt) {
  SkinnedModel model = sphere_model(0.1f, 30, 20);
  BodyReport report = check_body(model, baked(model));
  ASSERT_EQ(report.parts.size(), 1u);
  EXPECT_TRUE(report.parts[0].closed());
  EXPECT_FALSE(report.parts[0].inside_out());
  EXPECT_NEAR(report.parts[0].volume_m3, 4.0 / 3 * 3.14159 * 1e-3, 2e-4);
  EXPECT_THAT(describe(report), Not(HasSubstr("inside out")));
  EXPECT_THAT(describe(report), HasSubstr("no person's height"));
  EXPECT_THAT(report.missing_bones, testing::Contains("leftHand"));
  EXPECT_THAT(report.missing_bones, Not(testing::Contains("head")));

  ModelPart& part = model.parts[0];
  ModelPart good = part;
  std::swap(part.indices[0], part.indices[1]);  // one triangle against its neighbours
  report = check_body(model, baked(model));
  EXPECT_EQ(report.parts[0].wound_against, 3u);
  EXPECT_THAT(describe(report), HasSubstr("wound against"));

  part = good;
  for (std::size_t i = 0; i < part.indices.size(); i += 3) {
    std::swap(part.indices[i], part.indices[i + 1]);
  }
  report = check_body(model, baked(model));
  EXPECT_TRUE(report.parts[0].inside_out());
  EXPECT_THAT(describe(report), HasSubstr("! ball is inside out"));

  part = good;
  part.indices.resize(part.indices.size() - 3);
  EXPECT_EQ(check_body(model, baked(model)).parts[0].open_edges, 3u);
}

TEST_F(Bake, AMeshWithoutBonesIsAThingOfOnePiece) {
  GltfFile file = plain_box(0.05f);
  file.root["nodes"] = {{{"name", "below"}, {"mesh", 0}},
                        {{"name", "above"}, {"mesh", 0}, {"translation", {0, 0.2, 0}}}};
  file.root["scenes"] = {{{"nodes", {0, 1}}}};
  const auto model = read_skinned_gltf(file.glb());
  ASSERT_TRUE(model.has_value());
  const BodyView body = baked(*model);
  ASSERT_EQ(body.bones.size(), 1u);
  EXPECT_EQ(length(body.bones[0].T_rest_bone.p), 0) << "its pose is the model's";
  EXPECT_EQ(body.triangles.size(), 24u);
  for (const BodyTriangle& triangle : body.triangles) {
    EXPECT_EQ(triangle.region, Region::Thing);
    EXPECT_EQ(triangle.material, Material::Hard);
  }
  const BodyReport report = check_body(*model, body);
  EXPECT_NEAR(report.size_m.y, 0.3f, 1e-5f);
  EXPECT_THAT(describe(report), HasSubstr("a thing"));
  EXPECT_THAT(describe(report), Not(HasSubstr("!"))) << "no bones are missing, no height is wrong";

  const auto large = read_skinned_gltf(plain_box(20).glb());
  ASSERT_TRUE(large.has_value());
  EXPECT_THAT(describe(check_body(*large, baked(*large))), HasSubstr("! 40.000 m"));
}

TEST_F(Bake, AThingWhoseBonesAreCalledLikeAPersonsIsOneWhenItIsSaid) {
  const auto model = read_skinned_gltf(two_bone_person().glb());
  ASSERT_TRUE(model.has_value());
  EXPECT_FALSE(check_body(*model, baked(*model)).is_thing);
  EXPECT_TRUE(check_body(*model, baked(*model, {.is_thing = true})).is_thing);
}

TEST_F(Bake, TheReportTellsWhatPassesThroughItself) {
  SkinnedModel model = sphere_model(0.1f, 30, 20);
  EXPECT_EQ(check_body(model, baked(model)).parts[0].crossing_pairs, 0u);
  EXPECT_THAT(describe(check_body(model, baked(model))), Not(HasSubstr("pass through")));
  ModelPart& part = model.parts[0];
  part.vertices[0].p_rest = {0.013f, -0.2f, 0.007f};  // the top pulled out through the bottom
  const BodyReport report = check_body(model, baked(model));
  EXPECT_GE(report.parts[0].crossing_pairs, 20u);
  EXPECT_LT(length(report.parts[0].p_crossing), 0.2f);
  EXPECT_THAT(describe(report), HasSubstr("! ball: "));
  EXPECT_THAT(describe(report), HasSubstr("pass through each other"));
}

TEST_F(Bake, ThicknessIsTheWayThrough) {
  SkinnedModel model = sphere_model(0.1f, 30, 20);
  for (const float thickness_m : find_thickness(baked(model)))
    EXPECT_NEAR(thickness_m, 0.2f, 0.004f);
  for (ModelVertex& vertex : model.parts[0].vertices) vertex.p_rest.z *= 0.01f;  // a sheet
  float thickest_m = 0;
  for (const float thickness_m : find_thickness(baked(model))) {
    thickest_m = std::max(thickest_m, thickness_m);
  }
  EXPECT_LT(thickest_m, 0.003f);
  EXPECT_GT(thickest_m, 0.001f);
}

}  // namespace
}  // namespace tactus::avatar
