#include "limit_bones.h"

#include <algorithm>

namespace tactus::avatar {
namespace {

/// How much each bone moves, in 255ths of vertices.
std::vector<std::uint64_t> influence(const SkinnedModel& model) {
  std::vector<std::uint64_t> sum(model.bones.size(), 0);
  for (const ModelPart& part : model.parts) {
    for (const ModelVertex& vertex : part.vertices) {
      for (std::size_t k = 0; k < 4; ++k) sum[vertex.bone[k]] += vertex.weight[k];
    }
  }
  return sum;
}

}  // namespace

FoldedBones limit_bones(const SkinnedModel& model) {
  const std::size_t count = model.bones.size();
  std::vector<std::uint64_t> moves = influence(model);
  std::vector<int> children(count, 0), into(count, -1);  // into: the bone it was folded into
  for (const ModelBone& bone : model.bones) {
    if (bone.parent >= 0) ++children[static_cast<std::size_t>(bone.parent)];
  }
  for (std::size_t left = count; left > kMaxBodyBones; --left) {
    std::size_t least = 0;  // the first bone stays; the last one left is always a leaf
    for (std::size_t i = 1; i < count; ++i) {
      const bool leaf = into[i] < 0 && children[i] == 0;
      if (leaf && (least == 0 || moves[i] < moves[least])) least = i;
    }
    const int parent = model.bones[least].parent;
    into[least] = std::max(parent, 0);
    moves[static_cast<std::size_t>(into[least])] += moves[least];
    if (parent >= 0) --children[static_cast<std::size_t>(parent)];
  }
  FoldedBones folded;
  folded.new_index.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    if (into[i] >= 0) continue;
    folded.new_index[i] = static_cast<std::uint8_t>(folded.bones.size());
    ModelBone bone = model.bones[i];
    if (bone.parent >= 0) bone.parent = folded.new_index[static_cast<std::size_t>(bone.parent)];
    folded.bones.push_back(std::move(bone));
  }
  for (std::size_t i = 0; i < count; ++i) {
    std::size_t end = i;
    while (into[end] >= 0) end = static_cast<std::size_t>(into[end]);
    folded.new_index[i] = folded.new_index[end];
  }
  return folded;
}

BodyVertex FoldedBones::fold(const ModelVertex& vertex) const {
  BodyVertex out{vertex.p_rest, {}, {}};
  std::size_t used = 0;
  for (std::size_t k = 0; k < 4; ++k) {
    if (vertex.weight[k] == 0) continue;
    const std::uint8_t bone = new_index[vertex.bone[k]];
    const auto same = std::find(out.bone.begin(), out.bone.begin() + used, bone);
    const auto at = static_cast<std::size_t>(same - out.bone.begin());
    out.bone[at] = bone;
    out.weight[at] = static_cast<std::uint8_t>(out.weight[at] + vertex.weight[k]);
    used = std::max(used, at + 1);
  }
  return out;
}

}  // namespace tactus::avatar
