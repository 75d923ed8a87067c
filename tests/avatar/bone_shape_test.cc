// Skeletons without a telling name: a person's is understood however she stands and faces.
#include "../../avatar/src/bone_shape.h"

#include <gtest/gtest.h>

#include <cmath>

namespace tactus::avatar {
namespace {

struct Options {
  bool collarbones = true, fingers = true, toes = true;
  float arm_drop_deg = 0;  ///< from a T
  float facing_deg = 0;    ///< from +Z, about +Y
  float scale = 1;
};

/// A skeleton of an adult; each bone's humanoid name says what it truly is.
std::vector<ModelBone> make_person(const Options& options) {
  std::vector<ModelBone> bones;
  const auto add = [&](const char* truth, int parent, Vec3 p) {
    const float a = options.facing_deg * kPi / 180;
    const Vec3 turned{std::cos(a) * p.x + std::sin(a) * p.z, p.y,
                      -std::sin(a) * p.x + std::cos(a) * p.z};
    bones.push_back(
        {"Bone." + std::to_string(bones.size()), parent, {{}, options.scale * turned}, truth});
    return static_cast<int>(bones.size()) - 1;
  };
  const int root = add("", -1, {0, 0, 0});
  const int hips = add("hips", root, {0, 0.92f, 0});
  const int spine = add("spine", hips, {0, 1.05f, -0.01f});
  const int chest = add("chest", spine, {0, 1.22f, -0.02f});
  const int neck = add("neck", chest, {0, 1.45f, -0.02f});
  const int head = add("head", neck, {0, 1.55f, 0});
  add("head", head, {0, 1.72f, 0});
  for (const float s : {1.0f, -1.0f}) {
    const bool left = s > 0;
    const int thigh = add(left ? "leftUpperLeg" : "rightUpperLeg", hips, {0.09f * s, 0.88f, 0});
    const int shin = add(left ? "leftLowerLeg" : "rightLowerLeg", thigh, {0.1f * s, 0.48f, 0.01f});
    const int foot = add(left ? "leftFoot" : "rightFoot", shin, {0.1f * s, 0.09f, -0.02f});
    if (options.toes) add(left ? "leftFoot" : "rightFoot", foot, {0.1f * s, 0.02f, 0.12f});
    const float drop = options.arm_drop_deg * kPi / 180;
    const auto along = [&](float x) {
      return Vec3{s * (0.16f + (x - 0.16f) * std::cos(drop)), 1.40f - (x - 0.16f) * std::sin(drop),
                  -0.02f};
    };
    int parent = chest;
    if (options.collarbones) {
      parent = add(left ? "leftShoulder" : "rightShoulder", parent, {0.03f * s, 1.40f, -0.02f});
    }
    const int upper = add(left ? "leftUpperArm" : "rightUpperArm", parent, along(0.16f));
    const int lower = add(left ? "leftLowerArm" : "rightLowerArm", upper, along(0.44f));
    const int hand = add(left ? "leftHand" : "rightHand", lower, along(0.70f));
    if (!options.fingers) continue;
    for (int finger = 0; finger < 5; ++finger) {
      int joint = hand;
      for (int k = 0; k < 3; ++k) {
        Vec3 p = along(0.78f + 0.03f * static_cast<float>(k));
        p.z += 0.02f * static_cast<float>(2 - finger);
        joint = add(left ? "leftHand" : "rightHand", joint, p);
      }
    }
  }
  return bones;
}

void expect_understood(const Options& options) {
  std::vector<ModelBone> bones = make_person(options);
  const std::vector<NamedBone> truth = name_bones(bones);
  for (ModelBone& bone : bones) bone.humanoid.clear();
  const std::vector<NamedBone> names = name_bones(bones);
  for (std::size_t i = 1; i < bones.size(); ++i) {
    EXPECT_EQ(names[i].part, truth[i].part) << i;
    EXPECT_EQ(names[i].side, truth[i].side) << i;
  }
}

TEST(BoneShape, APersonIsUnderstoodHoweverSheStandsAndFaces) {
  expect_understood({});
  expect_understood({.arm_drop_deg = 45});
  expect_understood({.arm_drop_deg = 80});
  expect_understood({.facing_deg = 180});
  expect_understood({.facing_deg = -70, .scale = 0.6f});
}

TEST(BoneShape, FewerBonesAreEnough) {
  expect_understood({.collarbones = false});
  expect_understood({.fingers = false});
  expect_understood({.collarbones = false, .fingers = false, .toes = false});
}

TEST(BoneShape, NamesThatTellOnlyOnePartOfALimbAreFilledIn) {
  std::vector<ModelBone> bones = make_person({.fingers = false});
  const std::vector<NamedBone> truth = name_bones(bones);
  for (ModelBone& bone : bones) {
    const bool left = bone.humanoid.starts_with("left");
    if (bone.humanoid.ends_with("Arm") || bone.humanoid.ends_with("Hand")) {
      bone.name = left ? "arm_joint_L_1" : "arm_joint_R_1";
    }
    bone.humanoid.clear();
  }
  const std::vector<NamedBone> names = name_bones(bones);
  for (std::size_t i = 1; i < bones.size(); ++i) EXPECT_EQ(names[i].part, truth[i].part) << i;
}

TEST(BoneShape, NamesThatTellAllAreNotOverruled) {
  std::vector<ModelBone> bones = make_person({});
  for (ModelBone& bone : bones) bone.name = bone.humanoid;
  bones[1].name = bones[1].humanoid = "leftHand";
  EXPECT_EQ(name_bones(bones)[1].part, BonePart::Hand);
}

TEST(BoneShape, WhatIsNoPersonStaysUnknown) {
  std::vector<ModelBone> tail;
  for (int i = 0; i < 8; ++i) {
    tail.push_back({"t" + std::to_string(i), i - 1, {{}, {0, 0.1f * static_cast<float>(i), 0}}});
  }
  std::vector<ModelBone> lopsided = make_person({});
  for (std::size_t i = 0; i < lopsided.size(); ++i) {
    Vec3& p = lopsided[i].T_rest_bone.p;
    if (p.x > 0) p = {0.3f * p.x, 2 * p.y, p.x};
  }
  for (auto* bones : {&tail, &lopsided}) {
    for (const NamedBone& bone : shape_bones(*bones)) EXPECT_EQ(bone.part, BonePart::Unknown);
  }
  EXPECT_TRUE(shape_bones({}).empty());
  const std::vector<ModelBone> one = {{"root", -1, {}}};
  EXPECT_EQ(shape_bones(one)[0].part, BonePart::Unknown);
}

}  // namespace
}  // namespace tactus::avatar
