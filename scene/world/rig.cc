// Finds the bones of a child in a skeleton, by the names of VRM 1.0.
#include <string>

#include "scene/world/child.h"

namespace tactus::scene {
namespace {

Vec3 rest_position(const Skeleton& skeleton, int bone) {
  return bone == kNoBone ? Vec3::Zero() : skeleton.T_model_rest[bone].p;
}

Arm find_arm(const Skeleton& skeleton, const std::string& prefix, float side) {
  constexpr std::array<const char*, 5> kFingers = {"Thumb", "Index", "Middle", "Ring", "Little"};
  constexpr std::array<const char*, 3> kThumb = {"Metacarpal", "Proximal", "Distal"};
  constexpr std::array<const char*, 3> kFinger = {"Proximal", "Intermediate", "Distal"};
  Arm arm;
  arm.side = side;
  arm.shoulder = skeleton.find(prefix + "Shoulder");
  arm.upper = skeleton.find(prefix + "UpperArm");
  arm.lower = skeleton.find(prefix + "LowerArm");
  arm.hand = skeleton.find(prefix + "Hand");
  for (std::size_t f = 0; f < kFingers.size(); ++f)
    for (std::size_t k = 0; k < 3; ++k)
      arm.finger[f][k] = skeleton.find(prefix + kFingers[f] + (f == 0 ? kThumb[k] : kFinger[k]));
  arm.rest = {rest_position(skeleton, arm.upper), rest_position(skeleton, arm.lower),
              rest_position(skeleton, arm.hand), Vec3::UnitZ(), 0.90f};
  return arm;
}

Leg find_leg(const Skeleton& skeleton, const std::string& prefix) {
  Leg leg;
  leg.upper = skeleton.find(prefix + "UpperLeg");
  leg.lower = skeleton.find(prefix + "LowerLeg");
  leg.foot = skeleton.find(prefix + "Foot");
  leg.rest = {rest_position(skeleton, leg.upper), rest_position(skeleton, leg.lower),
              rest_position(skeleton, leg.foot), -Vec3::UnitZ(), 0.998f};
  return leg;
}

}  // namespace

ChildRig make_rig(const Skeleton& skeleton) {
  ChildRig rig;
  rig.skeleton = skeleton;
  rig.hips = skeleton.find("hips");
  rig.spine = skeleton.find("spine");
  rig.chest = skeleton.find("chest");
  rig.neck = skeleton.find("neck");
  rig.head = skeleton.find("head");
  rig.eye = {skeleton.find("leftEye"), skeleton.find("rightEye")};
  rig.arm = {find_arm(skeleton, "left", 1), find_arm(skeleton, "right", -1)};
  rig.leg = {find_leg(skeleton, "left"), find_leg(skeleton, "right")};
  rig.p_rest_eyes =
      rig.eye[0] != kNoBone && rig.eye[1] != kNoBone
          ? Vec3(0.5f * (rest_position(skeleton, rig.eye[0]) + rest_position(skeleton, rig.eye[1])))
          : Vec3(rest_position(skeleton, rig.head) + Vec3(0, 0.1f, 0.05f));
  return rig;
}

}  // namespace tactus::scene
