#include "tactus/pose/body_model.h"

namespace tactus {
namespace {

constexpr float kEyeShare = 0.936f;  // of height, Drillis & Contini 1966

}  // namespace

BodyProportions proportions_of_height(float height_m) noexcept {
  const float h = std::clamp(std::isfinite(height_m) ? height_m : 1.70f, 0.5f, 2.5f);
  BodyProportions body;
  body.height_m = h;
  body.p_pelvis_hip = h * Vec3{0.050f, 0, 0};
  body.p_pelvis_neck = h * Vec3{0, 0.300f, 0.018f};
  body.p_neck_head = h * Vec3{0, 0.070f, -0.024f};
  body.p_neck_collar = h * Vec3{0.015f, -0.020f, -0.025f};
  body.p_collar_shoulder = h * Vec3{0.088f, -0.010f, 0.028f};
  body.upper_arm_m = h * 0.160f;
  body.forearm_m = h * 0.148f;
  body.thigh_m = h * 0.2425f;
  body.shank_m = h * 0.2480f;
  body.ankle_height_m = h * 0.039f;
  body.p_ankle_toe = h * Vec3{0.010f, -0.030f, -0.080f};  // toes out 7 degrees (Murray 1964)
  return body;
}

float height_of_eyes(float eyes_m) noexcept { return eyes_m / kEyeShare; }

Vec3 eyes_of_height(float height_m) noexcept { return height_m * Vec3{0, 0.028f, -0.052f}; }

std::array<Pose, kBodyJoints> rest_pose(const BodyProportions& body) noexcept {
  std::array<Pose, kBodyJoints> T{};
  const auto place = [&T](BodyJoint joint, Vec3 p) { T[index(joint)].p = p; };
  place(BodyJoint::SpineLower, kSpineLowerShare * body.p_pelvis_neck);
  place(BodyJoint::SpineMiddle, kSpineMiddleShare * body.p_pelvis_neck);
  place(BodyJoint::Chest, kChestShare * body.p_pelvis_neck);
  place(BodyJoint::Neck, body.p_pelvis_neck);
  place(BodyJoint::Head, body.p_pelvis_neck + body.p_neck_head);
  for (const Hand side : {Hand::Left, Hand::Right}) {
    const auto chain = [&](BodyJoint from, BodyJoint to, Vec3 right) {
      place(on_side(to, side), T[index(from)].p + on_side(right, side));
    };
    chain(BodyJoint::Neck, BodyJoint::LeftCollar, body.p_neck_collar);
    chain(on_side(BodyJoint::LeftCollar, side), BodyJoint::LeftShoulder, body.p_collar_shoulder);
    chain(on_side(BodyJoint::LeftShoulder, side), BodyJoint::LeftElbow, {body.upper_arm_m, 0, 0});
    chain(on_side(BodyJoint::LeftElbow, side), BodyJoint::LeftWrist, {body.forearm_m, 0, 0});
    T[index(on_side(BodyJoint::LeftWrist, side))].q = rest_wrist(side);
    chain(BodyJoint::Pelvis, BodyJoint::LeftHip, body.p_pelvis_hip);
    chain(on_side(BodyJoint::LeftHip, side), BodyJoint::LeftKnee, {0, -body.thigh_m, 0});
    chain(on_side(BodyJoint::LeftKnee, side), BodyJoint::LeftAnkle, {0, -body.shank_m, 0});
    chain(on_side(BodyJoint::LeftAnkle, side), BodyJoint::LeftToe, body.p_ankle_toe);
  }
  return T;
}

}  // namespace tactus
