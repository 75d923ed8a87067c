#include "scene/world/gaze.h"

#include "scene/world/curves.h"

namespace tactus::scene {
namespace {

constexpr float kHeadJoins_rad = 12 * kRadPerDeg;
constexpr float kHeadLimit_rad = 60 * kRadPerDeg;
constexpr float kHeadPitchLimit_rad = 40 * kRadPerDeg;
constexpr float kBackJoins_rad = 35 * kRadPerDeg;
constexpr float kBackLimit_rad = 20 * kRadPerDeg;
constexpr float kEyeYawLimit_rad = 35 * kRadPerDeg;
constexpr float kEyePitchLimit_rad = 28 * kRadPerDeg;
constexpr float kSoftness_rad = 6 * kRadPerDeg;
constexpr float kLetGo_rad = 105 * kRadPerDeg;
constexpr float kGone_rad = 165 * kRadPerDeg;

}  // namespace

Angles angles_to(const Vec3& p_eye, const Vec3& p_target) {
  const Vec3 v = p_target - p_eye;
  if (v.norm() < 0.01f) return {};
  const float yaw = std::atan2(v.x(), v.z());
  const float pitch = std::atan2(v.y(), std::hypot(v.x(), v.z()));
  const float kept = 1.0f - ease((std::fabs(yaw) - kLetGo_rad) / (kGone_rad - kLetGo_rad));
  return {kept * yaw, kept * pitch};
}

Quat turn_to(const Angles& angles) {
  return turn(Vec3::UnitY(), angles.yaw_rad) * turn(Vec3::UnitX(), -angles.pitch_rad);
}

GazeShares share_gaze(const Angles& wanted) {
  const float back =
      soft_limit(beyond(wanted.yaw_rad, kBackJoins_rad, kSoftness_rad), kBackLimit_rad);
  const float rest = wanted.yaw_rad - back;
  return {
      {soft_limit(beyond(rest, kHeadJoins_rad, kSoftness_rad), kHeadLimit_rad),
       soft_limit(beyond(wanted.pitch_rad, kHeadJoins_rad, kSoftness_rad), kHeadPitchLimit_rad)},
      {back, 0.0f}};
}

Angles limit_eyes(const Angles& wanted) {
  return {soft_limit(wanted.yaw_rad, kEyeYawLimit_rad),
          soft_limit(wanted.pitch_rad, kEyePitchLimit_rad)};
}

}  // namespace tactus::scene
