#include "scene/world/geometry.h"

namespace tactus::scene {

Pose look_at(const Vec3& eye, const Vec3& target) {
  const Vec3 back = direction(eye - target, Vec3::UnitZ());
  const Vec3 side = direction(Vec3::UnitY().cross(back), Vec3::UnitX());
  Mat3 axes;
  axes << side, back.cross(side), back;
  return {Quat(axes), eye};
}

Mat4 projection(const Fov& fov, float near_m, float far_m) {
  const float width = fov.tan_right - fov.tan_left;
  const float height = fov.tan_up - fov.tan_down;
  Mat4 clip = Mat4::Zero();
  clip(0, 0) = 2.0f / width;
  clip(0, 2) = (fov.tan_right + fov.tan_left) / width;
  clip(1, 1) = -2.0f / height;
  clip(1, 2) = -(fov.tan_up + fov.tan_down) / height;
  clip(2, 2) = -far_m / (far_m - near_m);
  clip(2, 3) = -far_m * near_m / (far_m - near_m);
  clip(3, 2) = -1.0f;
  return clip;
}

Mat4 box_projection(float half_width_m, float near_m, float far_m) {
  Mat4 clip = Mat4::Identity();
  clip(0, 0) = 1.0f / half_width_m;
  clip(1, 1) = -1.0f / half_width_m;
  clip(2, 2) = -1.0f / (far_m - near_m);
  clip(2, 3) = -near_m / (far_m - near_m);
  return clip;
}

Mat4 matrix(const Pose& T_a_b) {
  Mat4 m = Mat4::Identity();
  m.topLeftCorner<3, 3>() = T_a_b.q.toRotationMatrix();
  m.topRightCorner<3, 1>() = T_a_b.p;
  return m;
}

}  // namespace tactus::scene
