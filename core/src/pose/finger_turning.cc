#include "finger_turning.h"

#include <cmath>

namespace tactus {

FingerTurning finger_turning(Finger finger, Hand hand, const std::array<double, 4>& angle,
                             const std::array<Pose, kHandJoints>& T) noexcept {
  const bool thumb = finger == Finger::Thumb;
  const std::size_t base = index(kMetacarpalJoints[index(finger)]) + (thumb ? 0 : 1);
  const float side = hand == Hand::Left ? -1.0f : 1.0f;
  const float spread = side * static_cast<float>(angle[1]);
  const float turn = thumb ? side * static_cast<float>(kThumbTurnByFlexion * angle[0] +
                                                       kThumbTurnByAbduction * angle[1])
                           : 0;
  // Backwards through the base joint's turns about Z, Y and X.
  const Vec3 z = rotate(T[base].q, Vec3{0, 0, 1});
  const Vec3 y = rotate(T[base].q, Vec3{std::sin(turn), std::cos(turn), 0});
  const Vec3 unturned_x = rotate(T[base].q, Vec3{std::cos(turn), -std::sin(turn), 0});
  const Vec3 x = std::cos(spread) * unturned_x + std::sin(spread) * z;
  FingerTurning t;
  t.joint = {base, base, base + 1, base + 2};
  t.axis = {-x, side * y, rotate(T[base + 1].q, Vec3{-1, 0, 0}),
            rotate(T[base + 2].q, Vec3{-1, 0, 0})};
  if (thumb) {
    t.axis[0] += float(kThumbTurnByFlexion) * side * z;
    t.axis[1] += float(kThumbTurnByAbduction) * side * z;
  }
  return t;
}

std::array<Vec3, 4> moved_by_angles(const FingerTurning& turning,
                                    const std::array<Pose, kHandJoints>& T, std::size_t joint,
                                    Vec3 p_wrist) noexcept {
  std::array<Vec3, 4> moved{};
  for (std::size_t k = 0; k < 4; ++k) {
    const std::size_t centre = turning.joint[k];
    if (centre <= joint) moved[k] = cross(turning.axis[k], p_wrist - T[centre].p);
  }
  return moved;
}

}  // namespace tactus
