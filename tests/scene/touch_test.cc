// The scene's end of the touch extension: whose bones are whose, and what contacts mean to her.
#include <gtest/gtest.h>

#include <cstring>

#include "child_skeleton.h"
#include "scene/app_xr/contacts.h"
#include "scene/app_xr/touch_bones.h"
#include "scene/world/model.h"

namespace tactus::scene {
namespace {

struct BakedBone {
  const char* name;
  Pose T_model_rest;
};

std::vector<std::byte> body_of(const std::vector<BakedBone>& bones, std::uint32_t version = 1) {
  std::vector<std::byte> file(32 + 64 * bones.size());
  std::memcpy(file.data(), "TACTBODY", 8);
  const auto count = static_cast<std::uint32_t>(bones.size());
  std::memcpy(&file[8], &version, 4);
  std::memcpy(&file[16], &count, 4);
  for (std::size_t i = 0; i < bones.size(); ++i) {
    std::byte* record = &file[32 + 64 * i];
    std::memcpy(record, bones[i].name, std::strlen(bones[i].name));
    const Pose& rest = bones[i].T_model_rest;
    const float pose[7] = {rest.q.x(), rest.q.y(), rest.q.z(), rest.q.w(),
                           rest.p.x(), rest.p.y(), rest.p.z()};
    std::memcpy(record + 36, pose, sizeof pose);
  }
  return file;
}

TEST(TouchBones, FollowTheBakedOrderAndFrames) {
  const Skeleton skeleton = child_skeleton();
  const Pose tilted{turn(Vec3::UnitZ(), 0.5f), {0, 0.885f, 0}};
  const auto bones = match_bones(
      body_of({{"hips", {Quat::Identity(), {0, 0.52f, 0}}}, {"head", tilted}}), skeleton);
  ASSERT_EQ(bones.size(), 2u);
  EXPECT_EQ(bones[0].bone, skeleton.find("hips"));
  EXPECT_EQ(bones[1].bone, skeleton.find("head"));
  const Pose at_rest = skeleton.T_model_rest[bones[1].bone] * bones[1].T_bone_baked;
  EXPECT_LT((at_rest.p - tilted.p).norm(), 1e-6f);
  EXPECT_LT(at_rest.q.angularDistance(tilted.q), 1e-3f);
}

TEST(TouchBones, RefuseAnotherFileAnotherFigureOrAPart) {
  const Skeleton skeleton = child_skeleton();
  const auto good = body_of({{"hips", {}}});
  EXPECT_THROW((void)match_bones(body_of({{"tail", {}}}), skeleton), SceneError);
  EXPECT_THROW((void)match_bones(body_of({{"hips", {}}}, 2), skeleton), SceneError);
  EXPECT_THROW((void)match_bones(std::span(good).first(50), skeleton), SceneError);
  EXPECT_THROW((void)match_bones(std::span(good).first(10), skeleton), SceneError);
  EXPECT_THROW((void)match_bones(body_of({}), skeleton), SceneError);
}

XrTouchContactTACTUSX contact(XrHandEXT hand, XrHandJointEXT joint, std::uint32_t region,
                              float force_N) {
  XrTouchContactTACTUSX made{};
  made.hand = hand;
  made.joint = joint;
  made.region = region;
  made.force = force_N;
  return made;
}

TEST(Feeling, KnowsTheCheekFromTheHand) {
  Feeling feeling;
  const auto cheek = contact(XR_HAND_RIGHT_EXT, XR_HAND_JOINT_INDEX_TIP_EXT, 2, 0.5f);
  feeling.take({&cheek, 1}, 0.011f);
  EXPECT_TRUE(feeling.cheek());
  EXPECT_FALSE(feeling.hand());
  const auto hand = contact(XR_HAND_RIGHT_EXT, XR_HAND_JOINT_INDEX_TIP_EXT, 12, 0.5f);
  feeling.take({&hand, 1}, 0.011f);
  EXPECT_FALSE(feeling.cheek());
  EXPECT_TRUE(feeling.hand());
  EXPECT_EQ(feeling.seen(), 2u);
  EXPECT_EQ(feeling.regions(), (std::set<std::uint32_t>{2, 12}));
}

TEST(Feeling, GlowsWhereItIsTouchedAndFadesAfter) {
  Feeling feeling;
  const auto firm = contact(XR_HAND_LEFT_EXT, XR_HAND_JOINT_MIDDLE_TIP_EXT, 8, 9.0f);
  for (int i = 0; i < 60; ++i) feeling.take({&firm, 1}, 0.011f);
  EXPECT_GT(feeling.glow(0)[XR_HAND_JOINT_MIDDLE_TIP_EXT], 0.95f);
  EXPECT_LE(feeling.glow(0)[XR_HAND_JOINT_MIDDLE_TIP_EXT], 1.0f);
  EXPECT_GT(feeling.glow(0)[XR_HAND_JOINT_MIDDLE_DISTAL_EXT], 0.9f);
  EXPECT_EQ(feeling.glow(0)[XR_HAND_JOINT_MIDDLE_INTERMEDIATE_EXT], 0.0f);
  EXPECT_EQ(feeling.glow(1)[XR_HAND_JOINT_MIDDLE_TIP_EXT], 0.0f);
  EXPECT_EQ(feeling.glow(0)[XR_HAND_JOINT_INDEX_TIP_EXT], 0.0f);
  for (int i = 0; i < 60; ++i) feeling.take({}, 0.011f);
  EXPECT_LT(feeling.glow(0)[XR_HAND_JOINT_MIDDLE_TIP_EXT], 0.01f);
}

TEST(Feeling, PassesOverWhatCannotBe) {
  Feeling feeling;
  const XrTouchContactTACTUSX odd[] = {
      contact(XR_HAND_LEFT_EXT, static_cast<XrHandJointEXT>(99), 2, 1.0f),
      contact(XR_HAND_LEFT_EXT, XR_HAND_JOINT_INDEX_TIP_EXT, 2, std::nanf("")),
      contact(XR_HAND_LEFT_EXT, XR_HAND_JOINT_INDEX_TIP_EXT, 2, -1.0f)};
  feeling.take(odd, 0.011f);
  EXPECT_FALSE(feeling.cheek());
  EXPECT_EQ(feeling.seen(), 0u);
}

}  // namespace
}  // namespace tactus::scene
