// Names of bones from five conventions, rules with their errors, and which way a person faces.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "../../avatar/src/bone_parts.h"
#include "../../avatar/src/face_landmarks.h"
#include "../../avatar/src/find_regions.h"

namespace tactus::avatar {
namespace {

NamedBone named(const std::string& name) {
  const std::vector<ModelBone> bones = {{name, -1, {}}};
  return name_bones(bones)[0];
}

TEST(BoneNames, OfEveryConventionAreUnderstood) {
  struct Case {
    const char* name;
    BonePart part;
    BodySide side;
  };
  constexpr Case kCases[] = {
      {"leftIndexProximal", BonePart::Hand, BodySide::Left},  // VRM 1.0
      {"rightUpperLeg", BonePart::UpperLeg, BodySide::Right},
      {"J_Bip_L_LowerArm", BonePart::LowerArm, BodySide::Left},  // VRM 0.x (VRoid)
      {"J_Bip_C_UpperChest", BonePart::Chest, BodySide::Middle},
      {"J_Sec_Hair1_01", BonePart::Hair, BodySide::Middle},
      {"mixamorig:RightForeArm", BonePart::LowerArm, BodySide::Right},  // Mixamo
      {"mixamorig:LeftUpLeg", BonePart::UpperLeg, BodySide::Left},
      {"mixamorig:LeftLeg", BonePart::LowerLeg, BodySide::Left},
      {"mixamorig:RightHandThumb2", BonePart::Hand, BodySide::Right},
      {"upperarm_l", BonePart::UpperArm, BodySide::Left},  // Unreal
      {"clavicle_r", BonePart::Shoulder, BodySide::Right},
      {"calf_r", BonePart::LowerLeg, BodySide::Right},
      {"spine_03", BonePart::Chest, BodySide::Middle},
      {"ball_l", BonePart::Foot, BodySide::Left},
      {"DEF-thigh.L.001", BonePart::UpperLeg, BodySide::Left},  // Rigify
      {"DEF-f_ring.02.R", BonePart::Hand, BodySide::Right},
      {"L_Hip", BonePart::UpperLeg, BodySide::Left},     // SMPL
      {"rCollar", BonePart::Shoulder, BodySide::Right},  // Daz
      {"lShldrBend", BonePart::UpperArm, BodySide::Left},
      {"pelvis", BonePart::Hips, BodySide::Middle},
      {"Head", BonePart::Head, BodySide::Middle},
      {"something", BonePart::Unknown, BodySide::Middle}};
  for (const Case& c : kCases) {
    EXPECT_EQ(named(c.name).part, c.part) << c.name;
    EXPECT_EQ(named(c.name).side, c.side) << c.name;
  }
}

TEST(BoneNames, UnknownOnesTakeTheirParents) {
  const std::vector<ModelBone> bones = {{"hand.L", -1, {}}, {"thing", 0, {}}};
  EXPECT_EQ(name_bones(bones)[1].part, BonePart::Hand);
  EXPECT_EQ(name_bones(bones)[1].side, BodySide::Left);
}

TEST(BoneNames, TheJointThatTheElbowHangsOnIsAnUpperArm) {
  const std::vector<ModelBone> bones = {
      {"R_Collar", -1, {}}, {"R_Shoulder", 0, {}}, {"R_Elbow", 1, {}}, {"R_Wrist", 2, {}}};
  const auto names = name_bones(bones);
  EXPECT_EQ(names[0].part, BonePart::Shoulder);
  EXPECT_EQ(names[1].part, BonePart::UpperArm);
}

TEST(BoneNames, WhatAVrmSaysCountsMoreThanTheName) {
  const std::vector<ModelBone> bones = {{"Head.001", -1, {}, "leftLowerArm"}};
  const NamedBone bone = name_bones(bones)[0];
  EXPECT_EQ(bone.part, BonePart::LowerArm);
  EXPECT_EQ(bone.side, BodySide::Left);
}

TEST(BodyAxes, FollowThePersonNotTheFile) {
  std::vector<ModelBone> bones = {{"leftUpperLeg", -1, {{}, {-0.1f, 0.5f, 0}}},
                                  {"rightUpperLeg", -1, {{}, {0.1f, 0.5f, 0}}}};
  const BodyAxes axes = find_axes(bones, name_bones(bones));
  EXPECT_NEAR(axes.left.x, -1, 1e-6f);
  EXPECT_NEAR(axes.forward.z, -1, 1e-6f);  // she looks to -Z, as VRM 0.x has it
  bones.pop_back();
  EXPECT_NEAR(find_axes(bones, name_bones(bones)).forward.z, 1, 1e-6f);
}

TEST(Materials, AreReadFromNames) {
  EXPECT_EQ(find_material({"Body", "N00_Onepiece_CLOTH (Instance)"}), Material::Cloth);
  EXPECT_EQ(find_material({"Body", "N00_000_Hair_00_HAIR"}), Material::Hair);
  EXPECT_EQ(find_material({"Face", "FaceMouth"}), Material::Skin);
  EXPECT_EQ(find_material({"shoes", "cloth"}), Material::Hard);
  EXPECT_EQ(find_material({"layer", "sponge"}), Material::Foam);
  EXPECT_EQ(find_material({"balloon", ""}), Material::Rubber);
  EXPECT_EQ(find_material({"card", "paper"}), Material::Hard);
  EXPECT_EQ(find_material({"thing", ""}), Material::Skin);
}

/// An upright ellipsoid of a head, 0.2 m wide, 0.3 m high, chin at y = 1.
std::vector<Vec3> head_points() {
  std::vector<Vec3> points;
  for (int j = 0; j <= 30; ++j) {
    for (int i = 0; i < 40; ++i) {
      const float polar = kPi * static_cast<float>(j) / 30,
                  a = 2 * kPi * static_cast<float>(i) / 40;
      points.push_back({0.1f * std::sin(polar) * std::cos(a), 1.15f + 0.15f * std::cos(polar),
                        0.1f * std::sin(polar) * std::sin(a)});
    }
  }
  return points;
}

TEST(FaceLandmarks, FindThePartsOfAFace) {
  const FaceLandmarks face({}, head_points(), 1.16f);
  const auto part = [&](float x, float y, float z) {
    return face.part_at({x, y, z}, normalized(Vec3{x, 0, z}));
  };
  EXPECT_EQ(part(0, 1.25f, 0.075f), Region::Forehead);
  EXPECT_EQ(part(0, 1.125f, 0.099f), Region::Nose);
  EXPECT_EQ(part(0, 1.085f, 0.09f), Region::Lips);
  EXPECT_EQ(part(0.06f, 1.10f, 0.07f), Region::CheekLeft);
  EXPECT_EQ(part(-0.06f, 1.10f, 0.07f), Region::CheekRight);
  EXPECT_EQ(part(0.108f, 1.14f, -0.01f), Region::Ear);
  EXPECT_EQ(part(0, 1.20f, -0.09f), Region::Face);
  EXPECT_EQ(part(0, 0.95f, 0.03f), Region::Neck);
}

TEST(FaceLandmarks, WithoutAHeadAllIsFace) {
  const FaceLandmarks face({}, {}, 1.0f);
  EXPECT_EQ(face.part_at({0, 1, 0}, {0, 0, 1}), Region::Face);
}

TEST(RegionRules, AreReadWithTheirErrors) {
  const auto rules = parse_region_rules(
      "# a comment\n\n"
      "mesh Face Mesh cheek_left skin   # trailing\r\n"
      "bone J_Bip_L_Hand hand_left -\n"
      "mesh Glasses skip\n"
      "mesh Body keep 0.25");
  ASSERT_TRUE(rules.has_value()) << rules.error().reason;
  ASSERT_EQ(rules->size(), 4u);
  EXPECT_EQ((*rules)[0].name, "Face Mesh");
  EXPECT_EQ((*rules)[0].region, Region::CheekLeft);
  EXPECT_EQ((*rules)[0].material, Material::Skin);
  EXPECT_EQ((*rules)[1].subject, RegionRule::Subject::Bone);
  EXPECT_EQ((*rules)[1].material, std::nullopt);
  EXPECT_TRUE((*rules)[2].skip);
  EXPECT_FLOAT_EQ((*rules)[3].keep.value(), 0.25f);

  for (const char* wrong :
       {"face a face skin", "mesh a nowhere skin", "mesh a face stone", "mesh a keep 2",
        "mesh a keep x", "bone a skip", "bone a keep 1", "mesh face skin", "mesh", "bone a"}) {
    const auto refused = parse_region_rules(std::string("mesh a face skin\n") + wrong);
    ASSERT_FALSE(refused.has_value()) << wrong;
    EXPECT_EQ(refused.error().line, 2u) << wrong;
    EXPECT_STRNE(refused.error().reason, "") << wrong;
  }
}

TEST(RegionNames, GoBothWays) {
  for (std::size_t i = 0; i < kRegions; ++i) {
    const auto region = static_cast<Region>(i);
    EXPECT_EQ(region_named(name_of(region)), region);
  }
  for (std::size_t i = 0; i < kMaterials; ++i) {
    const auto material = static_cast<Material>(i);
    EXPECT_EQ(material_named(name_of(material)), material);
  }
  EXPECT_EQ(region_named("elsewhere"), std::nullopt);
}

}  // namespace
}  // namespace tactus::avatar
