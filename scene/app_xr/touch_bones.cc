#include "scene/app_xr/touch_bones.h"

#include <array>
#include <cstring>
#include <string>

#include "scene/world/model.h"

namespace tactus::scene {
namespace {

constexpr std::size_t kHeadBytes = 32, kBoneBytes = 64, kNameBytes = 32;
constexpr std::size_t kVersionAt = 8, kBonesAt = 16, kRotationAt = 36;

std::uint32_t word_at(std::span<const std::byte> bytes, std::size_t at) {
  std::uint32_t word;
  std::memcpy(&word, bytes.data() + at, sizeof word);
  return word;
}

}  // namespace

std::vector<TouchBone> match_bones(std::span<const std::byte> body, const Skeleton& skeleton) {
  if (body.size() < kHeadBytes || std::memcmp(body.data(), "TACTBODY", 8) != 0 ||
      word_at(body, kVersionAt) != 1)
    throw SceneError("child.tbody is no baked body of version 1; bake child.glb again");
  const std::size_t count = word_at(body, kBonesAt);
  if (count == 0 || count > kMaxBones || body.size() < kHeadBytes + count * kBoneBytes)
    throw SceneError("child.tbody is cut short; bake child.glb again");
  std::vector<TouchBone> bones(count);
  for (std::size_t i = 0; i < count; ++i) {
    const std::byte* record = body.data() + kHeadBytes + i * kBoneBytes;
    const auto* text = reinterpret_cast<const char*>(record);
    const std::string name(text, strnlen(text, kNameBytes));
    bones[i].bone = skeleton.find(name);
    if (bones[i].bone == kNoBone)
      throw SceneError("child.tbody has a bone \"" + name + "\" that child.glb has not");
    std::array<float, 7> rest;
    std::memcpy(rest.data(), record + kRotationAt, sizeof rest);
    const Pose T_model_baked{Quat(rest[3], rest[0], rest[1], rest[2]).normalized(),
                             {rest[4], rest[5], rest[6]}};
    bones[i].T_bone_baked = inverse(skeleton.T_model_rest[bones[i].bone]) * T_model_baked;
  }
  return bones;
}

}  // namespace tactus::scene
