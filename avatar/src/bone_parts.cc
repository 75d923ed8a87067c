#include "bone_parts.h"

#include <algorithm>
#include <cctype>

#include "bone_shape.h"

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
  if (any({"hip"}) && side_of(words) != BodySide::Middle) return BonePart::UpperLeg;
  if (any({"hips", "hip", "pelvis"})) return BonePart::Hips;
  if (any({"spine", "chest", "torso", "breast", "bust", "abdomen", "waist"})) {
    return BonePart::Chest;
  }
  if (any({"foot", "toe", "toes", "ankle", "ball"})) return BonePart::Foot;
  if (any({"hand", "wrist", "palm", "finger", "fingers", "thumb", "index", "middle", "ring",
           "pinky", "little"})) {
    return BonePart::Hand;
  }
  if (any({"shoulder", "clavicle", "collarbone", "collar"})) return BonePart::Shoulder;
  const bool lower = any({"lower", "low", "fore"}), upper = any({"upper", "up"});
  if (any({"forearm", "lowerarm", "elbow"}) || (lower && any({"arm"}))) return BonePart::LowerArm;
  if (any({"arm", "upperarm", "shldr"})) return BonePart::UpperArm;
  if (any({"upperleg", "upleg", "thigh"}) || (upper && any({"leg"}))) return BonePart::UpperLeg;
  if (any({"leg", "lowerleg", "shin", "calf", "knee"})) return BonePart::LowerLeg;
  return BonePart::Unknown;
}

/// Some call the joint between collarbone and elbow the shoulder: where nothing is an upper arm,
/// it is the shoulder that the lower arm hangs on.
void find_upper_arms(std::span<const ModelBone> bones, std::span<NamedBone> names) {
  const auto is = [&](std::size_t i, BonePart part) { return names[i].part == part; };
  for (std::size_t i = 0; i < bones.size(); ++i) {
    if (bones[i].parent < 0) continue;
    const auto parent = static_cast<std::size_t>(bones[i].parent);
    if (is(i, BonePart::LowerArm) && is(parent, BonePart::Shoulder)) {
      names[parent].part = BonePart::UpperArm;
    }
  }
}

enum class Limb : std::uint8_t { None, Head, Trunk, Arm, Leg };

Limb limb_of(BonePart part) {
  switch (part) {
    case BonePart::Neck:
    case BonePart::Head:
      return Limb::Head;
    case BonePart::Chest:
    case BonePart::Hips:
      return Limb::Trunk;
    case BonePart::Shoulder:
    case BonePart::UpperArm:
    case BonePart::LowerArm:
    case BonePart::Hand:
      return Limb::Arm;
    case BonePart::UpperLeg:
    case BonePart::LowerLeg:
    case BonePart::Foot:
      return Limb::Leg;
    default:
      return Limb::None;
  }
}

/// Whether names tell enough of a limb: of arms and legs at least two of their three parts.
bool is_told(std::span<const NamedBone> names, Limb limb) {
  const auto said = [&](std::initializer_list<BonePart> parts) {
    return std::count_if(parts.begin(), parts.end(), [&](BonePart part) {
      return std::any_of(names.begin(), names.end(),
                         [&](const NamedBone& named) { return named.part == part; });
    });
  };
  switch (limb) {
    case Limb::Head:
      return said({BonePart::Head}) > 0;
    case Limb::Trunk:
      return said({BonePart::Hips, BonePart::Chest}) > 0;
    case Limb::Arm:
      return said({BonePart::UpperArm, BonePart::LowerArm, BonePart::Hand}) > 1;
    case Limb::Leg:
      return said({BonePart::UpperLeg, BonePart::LowerLeg, BonePart::Foot}) > 1;
    default:
      return true;
  }
}

/// Takes a limb from the skeleton's shape where names do not tell it.
void fill_from_shape(std::span<NamedBone> names, std::span<const NamedBone> shape) {
  for (const Limb limb : {Limb::Head, Limb::Trunk, Limb::Arm, Limb::Leg}) {
    if (is_told(names, limb)) continue;
    for (std::size_t i = 0; i < names.size(); ++i) {
      const bool open = names[i].part == BonePart::Unknown || limb_of(names[i].part) == limb;
      if (!open || limb_of(shape[i].part) != limb) continue;
      names[i].part = shape[i].part;
      if (names[i].side == BodySide::Middle) names[i].side = shape[i].side;
    }
  }
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
    const ModelBone& bone = bones[i];
    const auto words = words_of(bone.humanoid.empty() ? bone.name : bone.humanoid);
    names[i] = {part_of(words), side_of(words)};
  }
  find_upper_arms(bones, names);
  fill_from_shape(names, shape_bones(bones));
  for (std::size_t i = 0; i < bones.size(); ++i) {
    if (bones[i].parent < 0) continue;
    const NamedBone& above = names[static_cast<std::size_t>(bones[i].parent)];
    if (names[i].part == BonePart::Unknown) names[i].part = above.part;
    if (names[i].side == BodySide::Middle) names[i].side = above.side;
  }
  return names;
}

bool is_thing(std::span<const NamedBone> names) noexcept {
  return std::ranges::all_of(
      names, [](const NamedBone& named) { return named.part == BonePart::Unknown; });
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
