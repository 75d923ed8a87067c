// Which part of a person a bone moves, from where the bones stand: for skeletons whose names say
// nothing.
//
// A person is the same left and right, stands on two legs and reaches out with two arms. Legs are the
// longest mirrored limbs that come down to the floor, arms those that reach out lowest above them,
// and what carries on upwards in the middle is neck and head. Along a limb, proportions tell.
//
//   Frames   rest, +Y up; her left from her toes, else from a face towards +Z.
//   Units    metres, but all limits are shares of the skeleton's height.
//   Errors   no such person: every bone Unknown. Bones beside the limbs' main lines are Unknown.
//   Threads  pure.
//   Proof    tests/avatar/bone_shape_test.cc
#pragma once
#include <span>
#include <vector>

#include "bone_parts.h"

namespace tactus::avatar {

[[nodiscard]] std::vector<NamedBone> shape_bones(std::span<const ModelBone> bones);

}  // namespace tactus::avatar
