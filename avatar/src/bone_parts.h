// Which part of a person a bone moves, from what a VRM file says of it or from its name: VRM, Mixamo,
// Unreal, Rigify and plain words; where names tell too little of a limb, from the skeleton's shape.
//
//   Frames   rest; the person's own left, up and forward are found from the bones.
//   Units    metres.
//   Errors   an unknown name takes its parent's part, a root Unknown.
//   Threads  pure.
//   Proof    tests/avatar/regions_test.cc
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tactus/avatar/skinned_model.h"

namespace tactus::avatar {

enum class BonePart : std::uint8_t {
  Unknown,
  Head,
  Eye,
  Neck,
  Shoulder,
  UpperArm,
  LowerArm,
  Hand,
  Chest,
  Hips,
  UpperLeg,
  LowerLeg,
  Foot,
  Hair,
};

enum class BodySide : std::uint8_t { Middle, Left, Right };

struct NamedBone {
  BonePart part = BonePart::Unknown;
  BodySide side = BodySide::Middle;
};

/// The person's own directions: whichever way the file has her face.
struct BodyAxes {
  Vec3 left{1, 0, 0}, up{0, 1, 0}, forward{0, 0, 1};
};

/// Lower-case words of a name: camelCase, separators and digits divide.
[[nodiscard]] std::vector<std::string> words_of(std::string_view name);
[[nodiscard]] bool has_word(std::span<const std::string> words,
                            std::initializer_list<std::string_view> wanted);

[[nodiscard]] std::vector<NamedBone> name_bones(std::span<const ModelBone> bones);

/// No bone is a part of a person: a cake, a blanket.
[[nodiscard]] bool is_thing(std::span<const NamedBone> names) noexcept;

/// From the first pair of left and right bones; +X left where there is none.
[[nodiscard]] BodyAxes find_axes(std::span<const ModelBone> bones,
                                 std::span<const NamedBone> names);

}  // namespace tactus::avatar
