// At most as many bones as a body may have: those that move least are folded into their parents.
//
//   Frames   rest; positions do not change.
//   Units    weights are 255ths and stay so.
//   Errors   none.
//   Threads  pure.
//   Proof    tests/avatar/bake_test.cc
#pragma once
#include <vector>

#include "tactus/avatar/skinned_model.h"
#include "tactus/contact/body.h"

namespace tactus::avatar {

struct FoldedBones {
  std::vector<ModelBone> bones;         ///< at most kMaxBodyBones, parents first
  std::vector<std::uint8_t> new_index;  ///< of each of the model's bones

  [[nodiscard]] BodyVertex fold(const ModelVertex& vertex) const;
};

[[nodiscard]] FoldedBones limit_bones(const SkinnedModel& model);

}  // namespace tactus::avatar
