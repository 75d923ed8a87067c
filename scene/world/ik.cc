#include "scene/world/ik.h"

#include <algorithm>

namespace tactus::scene {
namespace {

// Frame with x along the bone and y on the side that the limb bends to.
Quat bone_frame(const Vec3& n_along, const Vec3& n_bend) {
  const Vec3 z = direction(n_along.cross(n_bend), Vec3::UnitZ());
  Mat3 axes;
  axes << n_along, z.cross(n_along), z;
  return Quat(axes);
}

// A distance that never reaches the length of the straight limb, where the knee would snap.
float soft_reach(float distance_m, float longest_m, float firm) {
  const float knee = firm * longest_m;
  if (distance_m <= knee) return distance_m;
  const float room = 0.999f * longest_m - knee;
  return knee + room * std::tanh((distance_m - knee) / room);
}

}  // namespace

LimbPose reach(const Limb& rest, const Vec3& p_root, const Vec3& p_target, const Vec3& n_pole) {
  const float upper_m = (rest.p_mid - rest.p_root).norm();
  const float lower_m = (rest.p_end - rest.p_mid).norm();
  const Vec3 n_rest_upper = direction(rest.p_mid - rest.p_root, Vec3::UnitX());
  const Vec3 n_rest_lower = direction(rest.p_end - rest.p_mid, Vec3::UnitX());

  const Vec3 n_target = direction(p_target - p_root, n_rest_upper);
  const float shortest = std::fabs(upper_m - lower_m) + 1e-4f;
  const float d =
      std::max(soft_reach((p_target - p_root).norm(), upper_m + lower_m, rest.firm), shortest);
  const Vec3 n_out = direction(n_pole - n_pole.dot(n_target) * n_target, -rest.n_bend);

  const float cos_root = (upper_m * upper_m + d * d - lower_m * lower_m) / (2 * upper_m * d);
  const float along = upper_m * std::clamp(cos_root, -1.0f, 1.0f);
  const float aside = std::sqrt(std::max(upper_m * upper_m - along * along, 0.0f));

  LimbPose pose;
  pose.p_mid = p_root + along * n_target + aside * n_out;
  pose.p_end = p_root + d * n_target;
  const Vec3 n_upper = direction(pose.p_mid - p_root, n_target);
  const Vec3 n_lower = direction(pose.p_end - pose.p_mid, n_target);
  pose.q_model_upper =
      bone_frame(n_upper, -n_out) * bone_frame(n_rest_upper, rest.n_bend).conjugate();
  pose.q_model_lower =
      bone_frame(n_lower, -n_out) * bone_frame(n_rest_lower, rest.n_bend).conjugate();
  return pose;
}

}  // namespace tactus::scene
