#include "tactus/simulator/true_hand.h"

#include <numbers>

namespace tactus::simulator {
namespace {

constexpr double kDeg = std::numbers::pi / 180;
constexpr V3d kX{1, 0, 0};
constexpr V3d kY{0, 1, 0};
constexpr V3d kZ{0, 0, 1};

// docs/frames.md, "The hand at rest": the right hand's carpal ends and directions.
struct Rest {
  V3d carpal_end;
  double bone_yaw;
  double finger_yaw;
  double pitch;
  double roll;
};
const std::array<Rest, kFingers> kRest = {{
    {{-0.024, -0.014, -0.030}, 25 * kDeg, 25 * kDeg, -20 * kDeg, 65 * kDeg},
    {{-0.014, -0.002, -0.032}, 7 * kDeg, 3 * kDeg, 0, 4 * kDeg},
    {{0, 0, -0.032}, 0, 0, 0, 0},
    {{0.011, -0.001, -0.031}, -6 * kDeg, -4 * kDeg, 0, -6 * kDeg},
    {{0.020, -0.004, -0.029}, -15 * kDeg, -9 * kDeg, 0, -12 * kDeg},
}};

// docs/devices/tg1.md, "Actuators": joint, place in its frame, pad radius.
struct Site {
  HandJoint joint;
  V3d p;
  double radius;
};
constexpr std::array<Site, kTrueSites> kSites = {{
    {HandJoint::ThumbTip, {0, -0.0020, 0.0110}, 0.0090},
    {HandJoint::ThumbTip, {0, 0, 0.0060}, 0.0080},
    {HandJoint::IndexTip, {0, -0.0015, 0.0100}, 0.0075},
    {HandJoint::IndexTip, {0, 0, 0.0055}, 0.0065},
    {HandJoint::MiddleTip, {0, -0.0015, 0.0100}, 0.0075},
    {HandJoint::MiddleTip, {0, 0, 0.0055}, 0.0065},
    {HandJoint::RingTip, {0, -0.0015, 0.0100}, 0.0072},
    {HandJoint::RingTip, {0, 0, 0.0055}, 0.0062},
    {HandJoint::LittleTip, {0, -0.0015, 0.0095}, 0.0065},
    {HandJoint::LittleTip, {0, 0, 0.0050}, 0.0056},
    {HandJoint::IndexProximal, {0, -0.0070, 0.0060}, 0.0100},
    {HandJoint::MiddleProximal, {0, -0.0070, 0.0060}, 0.0100},
    {HandJoint::LittleProximal, {0, -0.0065, 0.0060}, 0.0095},
    {HandJoint::ThumbMetacarpal, {0, -0.0060, -0.0230}, 0.0130},
    {HandJoint::LittleMetacarpal, {0, -0.0080, -0.0200}, 0.0120},
    {HandJoint::Palm, {0, -0.0080, 0}, 0.0110},
}};

V3d mirror(const V3d& p, double side) { return {side * p.x, p.y, p.z}; }

Pose3d along(const Pose3d& joint, double bone, double flexion) {
  return {joint.q * turn(kX, -flexion), joint * V3d{0, 0, -bone}};
}

}  // namespace

double true_scale(const TrueHand& hand) {
  const auto total = [](const TrueBones& b) {
    return b.metacarpal + b.proximal + b.intermediate + b.distal;
  };
  const std::size_t middle = index(Finger::Middle);
  return total(hand.bones[middle]) / total(kMediumBones[middle]);
}

TrueJoints true_joints(const TrueHand& hand) {
  // A mirror through x = 0 keeps turns about X and reverses those about Y and Z.
  const double side = hand.hand == Hand::Right ? 1 : -1;
  const double scale = true_scale(hand);
  TrueJoints world{};
  const Pose3d& wrist = hand.T_world_wrist;
  world[1] = wrist;
  std::size_t next = 2;
  for (std::size_t f = 0; f < kFingers; ++f) {
    const Rest& rest = kRest[f];
    const TrueFinger& a = hand.finger[f];
    const TrueBones& bones = hand.bones[f];
    const bool thumb = f == 0;
    const auto stand = [&](double yaw) {
      return turn(kY, side * yaw) * turn(kX, rest.pitch) * turn(kZ, side * rest.roll);
    };
    const double axial = a.base_axial + (thumb ? 0.4 * a.base_abduction - 0.3 * a.base_flexion : 0);
    const Q4d base = stand(rest.finger_yaw) * turn(kX, -a.base_flexion) *
                     turn(kY, side * a.base_abduction) * turn(kZ, side * axial);
    Pose3d joint = wrist * Pose3d{stand(rest.bone_yaw), scale * mirror(rest.carpal_end, side)};
    if (thumb) {
      joint.q = wrist.q * base;
      world[next++] = joint;
      joint = world[next++] = along(joint, bones.metacarpal, a.middle);
      joint = world[next++] = along(joint, bones.proximal, a.distal);
    } else {
      world[next++] = joint;
      joint = world[next++] = {wrist.q * base, joint * V3d{0, 0, -bones.metacarpal}};
      joint = world[next++] = along(joint, bones.proximal, a.middle);
      joint = world[next++] = along(joint, bones.intermediate, a.distal);
    }
    world[next++] = along(joint, bones.distal, 0);
  }
  const Pose3d& metacarpal = world[index(HandJoint::MiddleMetacarpal)];
  const V3d& knuckle = world[index(HandJoint::MiddleProximal)].p;
  world[0] = {metacarpal.q, 0.5 * (metacarpal.p + knuckle)};
  return world;
}

std::array<TrueSite, kTrueSites> true_sites(const TrueHand& hand, const TrueJoints& joints) {
  const double scale = true_scale(hand);
  std::array<TrueSite, kTrueSites> sites{};
  for (std::size_t i = 0; i < kTrueSites; ++i) {
    sites[i] = {joints[index(kSites[i].joint)] * (scale * kSites[i].p), scale * kSites[i].radius};
  }
  return sites;
}

}  // namespace tactus::simulator
