#include "scene/world/skeleton.h"

#include <algorithm>

namespace tactus::scene {

int Skeleton::find(std::string_view bone) const {
  const auto found = std::find(name.begin(), name.end(), bone);
  return found == name.end() ? kNoBone : static_cast<int>(found - name.begin());
}

void pose_bones(const Skeleton& skeleton, std::span<const Motion> motion,
                std::span<Pose> T_model_bone, std::span<Quat> q_model_turn) {
  for (std::size_t i = 0; i < skeleton.size(); ++i) {
    const int parent = skeleton.parent[i];
    const Pose& rest = skeleton.T_model_rest[i];
    Quat q_parent = Quat::Identity();
    Vec3 p = rest.p + motion[i].p_shift_m;
    if (parent != kNoBone) {
      q_parent = q_model_turn[parent];
      p = T_model_bone[parent].p + q_parent * (p - skeleton.T_model_rest[parent].p);
    }
    q_model_turn[i] = (q_parent * motion[i].q_turn).normalized();
    T_model_bone[i] = {(q_model_turn[i] * rest.q).normalized(), p};
  }
}

}  // namespace tactus::scene
