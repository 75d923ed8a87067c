#include "bone_parts.h"

#include <algorithm>
#include <cctype>

namespace tactus::avatar {
namespace {

BodySide side_of(std::span<const std::string> words) {
  if (has_word(words, {"left", "l"})) return BodySide::Left;
  if (has_word(words, {"right", "r"})) return BodySide::Right;
  return BodySide::Middle;
}

/// Order matters: a "LeftHandThumb" is a hand, a "LeftUpLeg" is no lower leg.
BonePart part_of(std::span<const std::string> words) {
  const auto any = [&](std::initializer_list<std::string_view> wanted) {
    return has_word(words, wanted);
  };
  if (any({"hair", "bang", "bangs", "pony", "ponytail", "braid", "twintail"}))
    return BonePart::Hair;
  if (any({"eye", "eyeball"})) return BonePart::Eye;
  if (any({"neck"})) return BonePart::Neck;
  if (any({"head", "jaw", "face", "tongue", "teeth", "brow", "eyebrow", "eyelid", "lid", "lip",
           "lips", "cheek", "nose", "ear", "chin"})) {
    return BonePart::Head;
  }
  if (any({"hips", "hip", "pelvis"})) return BonePart::Hips;
  if (any({"spine", "chest", "torso", "breast", "bust"})) return BonePart::Chest;
  if (any({"foot", "toe", "toes", "ankle", "ball"})) return BonePart::Foot;
  if (any({"hand", "wrist", "palm", "finger", "fingers", "thumb", "index", "middle", "ring",
           "pinky", "little"})) {
    return BonePart::Hand;
  }
  if (any({"shoulder", "clavicle", "collarbone"})) return BonePart::Shoulder;
  const bool lower = any({"lower", "low", "fore"}), upper = any({"upper", "up"});
  if (any({"forearm", "lowerarm", "elbow"}) || (lower && any({"arm"}))) return BonePart::LowerArm;
  if (any({"arm", "upperarm"})) return BonePart::UpperArm;
  if (any({"upperleg", "upleg", "thigh"}) || (upper && any({"leg"}))) return BonePart::UpperLeg;
  if (any({"leg", "lowerleg", "shin", "calf", "knee"})) return BonePart::LowerLeg;
  return BonePart::Unknown;
}

}  // namespace

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> words;
  bool open = false, was_lower = false;
  for (const char raw : name) {
    const auto c = static_cast<unsigned char>(raw);
    if (std::isalpha(c) == 0) {
      open = false;
      continue;
    }
    const bool upper = std::isupper(c) != 0;
    if (!open || (upper && was_lower)) words.emplace_back();
    words.back().push_back(static_cast<char>(std::tolower(c)));
    open = true;
    was_lower = !upper;
  }
  return words;
}

bool has_word(std::span<const std::string> words, std::initializer_list<std::string_view> wanted) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return std::find(wanted.begin(), wanted.end(), word) != wanted.end();
  });
}

std::vector<NamedBone> name_bones(std::span<const ModelBone> bones) {
  std::vector<NamedBone> names(bones.size());
  for (std::size_t i = 0; i < bones.size(); ++i) {
    const std::vector<std::string> words = words_of(bones[i].name);
    names[i] = {part_of(words), side_of(words)};
    if (bones[i].parent < 0) continue;
    const NamedBone& above = names[static_cast<std::size_t>(bones[i].parent)];
    if (names[i].part == BonePart::Unknown) names[i].part = above.part;
    if (names[i].side == BodySide::Middle) names[i].side = above.side;
  }
  return names;
}

BodyAxes find_axes(std::span<const ModelBone> bones, std::span<const NamedBone> names) {
  constexpr float kApart_m = 0.01f;
  for (const BonePart part :
       {BonePart::UpperLeg, BonePart::UpperArm, BonePart::Hand, BonePart::Foot, BonePart::Eye}) {
    const auto first = [&](BodySide side) {
      return std::find_if(names.begin(), names.end(),
                          [&](const NamedBone& n) { return n.part == part && n.side == side; });
    };
    const auto left = first(BodySide::Left), right = first(BodySide::Right);
    if (left == names.end() || right == names.end()) continue;
    Vec3 across = bones[static_cast<std::size_t>(left - names.begin())].T_rest_bone.p -
                  bones[static_cast<std::size_t>(right - names.begin())].T_rest_bone.p;
    across.y = 0;
    if (length(across) < kApart_m) continue;
    const Vec3 toward_left = normalized(across);
    return {toward_left, {0, 1, 0}, cross(toward_left, {0, 1, 0})};
  }
  return {};
}

}  // namespace tactus::avatar
