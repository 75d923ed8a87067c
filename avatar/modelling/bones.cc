#include "bones.h"

#include <algorithm>
#include <cmath>

#include "sdf.h"

namespace tactus::modelling {
namespace {

/// The nearest flesh of each bone that is allowed, nearest first; ties by bone order.
std::vector<std::pair<float, int>> nearest_bones(Vec3 p, const Skeleton& skeleton,
                                                 const std::vector<bool>& allowed) {
  std::vector<std::pair<float, int>> found;
  for (const Segment& segment : skeleton.segments) {
    if (!allowed[segment.bone]) continue;
    const float d = sdf::cone(p, segment.a, segment.b, segment.radius_m, segment.radius_m);
    const auto same = std::find_if(found.begin(), found.end(),
                                   [&](const auto& entry) { return entry.second == segment.bone; });
    if (same == found.end()) {
      found.emplace_back(d, segment.bone);
    } else {
      same->first = std::min(same->first, d);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

int Skeleton::find(std::string_view name) const {
  for (std::size_t i = 0; i < bones.size(); ++i) {
    if (bones[i].name == name) return static_cast<int>(i);
  }
  return -1;
}

void bind_softly(Mesh& mesh, const Skeleton& skeleton, float softness_m,
                 const std::function<bool(std::string_view)>& allow) {
  constexpr float kLeastWeight = 0.02f;  // less is not seen and costs a bone
  std::vector<bool> allowed;
  for (const Bone& bone : skeleton.bones) allowed.push_back(allow(bone.name));
  for (Vertex& vertex : mesh.vertices) {
    const auto nearest = nearest_bones(vertex.p, skeleton, allowed);
    float sum = 0;
    for (std::size_t k = 0; k < 4; ++k) {
      vertex.bone[k] = 0;
      vertex.weight[k] = 0;
      if (k >= nearest.size()) continue;
      const float weight = std::exp(-(nearest[k].first - nearest[0].first) / softness_m);
      if (weight < kLeastWeight) continue;
      vertex.bone[k] = static_cast<std::uint8_t>(nearest[k].second);
      vertex.weight[k] = weight;
      sum += weight;
    }
    for (float& weight : vertex.weight) weight /= sum;
  }
}

void bind_rigidly(Mesh& mesh, int bone) {
  for (Vertex& vertex : mesh.vertices) {
    vertex.bone = {static_cast<std::uint8_t>(bone), 0, 0, 0};
    vertex.weight = {1, 0, 0, 0};
  }
}

}  // namespace tactus::modelling
