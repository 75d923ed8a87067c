#include "tactus/simulator/true_person.h"

#include <algorithm>
#include <numbers>
#include <random>

namespace tactus::simulator {
namespace {

constexpr V3d kX{1, 0, 0}, kY{0, 1, 0}, kZ{0, 0, 1};

std::size_t at(BodyJoint joint) { return static_cast<std::size_t>(joint); }
std::size_t at(BodyJoint left, std::size_t side) { return at(left) + 4 * side; }

/// Average bones as shares of height, right side: joint centres of adults, rounded from several
/// motion-capture skeletons (SMPL's mean bodies, MocapBank, CMU) rather than from core's table.
struct Share {
  BodyJoint joint;
  V3d offset;
};
constexpr std::array<Share, 6> kTrunk = {{{BodyJoint::SpineLower, {0, 0.066, 0.005}},
                                          {BodyJoint::SpineMiddle, {0, 0.060, 0.004}},
                                          {BodyJoint::Chest, {0, 0.060, 0.005}},
                                          {BodyJoint::Neck, {0, 0.112, 0.008}},
                                          {BodyJoint::Head, {0, 0.068, -0.027}},
                                          {BodyJoint::Pelvis, {0, 0, 0}}}};
constexpr std::array<Share, 8> kSide = {{{BodyJoint::LeftCollar, {0.016, 0.090, -0.020}},
                                         {BodyJoint::LeftShoulder, {0.086, -0.010, 0.022}},
                                         {BodyJoint::LeftElbow, {0.157, 0, 0}},
                                         {BodyJoint::LeftWrist, {0.146, 0, 0}},
                                         {BodyJoint::LeftHip, {0.052, 0, 0}},
                                         {BodyJoint::LeftKnee, {0, -0.243, 0}},
                                         {BodyJoint::LeftAnkle, {0, -0.246, 0}},
                                         {BodyJoint::LeftToe, {0, -0.030, -0.082}}}};

Q4d mirrored_turn(const V3d& axis, double angle, bool mirror) {
  // Through x = 0 turns about X stay, those about Y and Z reverse.
  return mirror && axis.x == 0 ? turn(axis, -angle) : turn(axis, angle);
}

void pose_arm(PersonJoints& T, const PersonBones& bones, const ArmAngles& a, std::size_t side) {
  const bool mirror = side == 0;
  const auto by = [mirror](const V3d& axis, double angle) {
    return mirrored_turn(axis, angle, mirror);
  };
  const auto hang = [&](BodyJoint joint, std::size_t parent, const Q4d& q) {
    T[at(joint, side)] = T[parent] * Pose3d{q, bones.p_parent_joint[at(joint, side)]};
  };
  hang(BodyJoint::LeftCollar, at(BodyJoint::Chest),
       by(kY, a.collar_forward) * by(kZ, a.collar_raise));
  // The arm's angles are against the chest, so the collar bone's turn is taken back.
  const Q4d q_collar = by(kY, a.collar_forward) * by(kZ, a.collar_raise);
  hang(BodyJoint::LeftShoulder, at(BodyJoint::LeftCollar, side),
       conjugate(q_collar) * by(kY, a.plane) * by(kZ, a.elevation) * turn(kX, a.axial));
  hang(BodyJoint::LeftElbow, at(BodyJoint::LeftShoulder, side), by(kY, a.elbow));
  const Q4d q_wrist_axes = turn(kY, mirror ? std::numbers::pi / 2 : -std::numbers::pi / 2);
  hang(
      BodyJoint::LeftWrist, at(BodyJoint::LeftElbow, side),
      turn(kX, -a.pronation) * by(kZ, -a.wrist_flexion) * by(kY, a.wrist_deviation) * q_wrist_axes);
}

/// Knee by the law of cosines in the plane that the foot's yaw and `knee_out` give.
void pose_leg(PersonJoints& T, const PersonBones& bones, const FootPlace& foot, double yaw,
              std::size_t side) {
  const double mirror = side == 0 ? 1 : -1;
  const Pose3d& pelvis = T[at(BodyJoint::Pelvis)];
  const V3d hip = pelvis * bones.p_parent_joint[at(BodyJoint::LeftHip, side)];
  const double thigh = norm(bones.p_parent_joint[at(BodyJoint::LeftKnee, side)]);
  const double shank = norm(bones.p_parent_joint[at(BodyJoint::LeftAnkle, side)]);
  // A leg in the air: thigh and shank in the pelvis's own heading.
  const auto hangs = [&](double bent) {
    return rotate(turn(kY, yaw) * turn(kZ, -mirror * foot.out) * turn(kX, foot.thigh - bent),
                  V3d{0, -1, 0});
  };
  const V3d in_air = hip + thigh * hangs(0) + shank * hangs(foot.knee);
  const V3d line = foot.p_world_ankle + foot.hangs * (in_air - foot.p_world_ankle) - hip;
  const double d = std::clamp(norm(line), 0.3 * (thigh + shank), thigh + shank);
  const V3d down = normalized(line);
  // The knee's axis is the foot's left-right axis, turned back by the toe-out.
  const double plane = foot.yaw - mirror * bones.toe_out_rad + mirror * foot.knee_out;
  const V3d right = rotate(turn(kY, plane), kX);
  const V3d hinge = normalized(right - dot(right, down) * down);
  const V3d ahead = cross(hinge, down);
  const double c = (thigh * thigh + d * d - shank * shank) / (2 * thigh * d);
  const double lift = std::acos(std::clamp(c, -1.0, 1.0));
  const V3d knee = hip + thigh * (std::cos(lift) * down + std::sin(lift) * ahead);
  const V3d ankle = hip + d * down;
  const auto frame = [&hinge](const V3d& along, const V3d& p) {
    // Bone along -Y, hinge along X: a turn of the world's axes onto these two.
    const V3d y = -1.0 * normalized(along);
    const Q4d q_y = turn(cross(kY, y), std::atan2(norm(cross(kY, y)), dot(kY, y)));
    const V3d x = rotate(q_y, kX);
    const double swing = std::atan2(dot(y, cross(x, hinge)), dot(x, hinge));
    return Pose3d{normalized(turn(y, swing) * q_y), p};
  };
  T[at(BodyJoint::LeftHip, side)] = frame(knee - hip, hip);
  T[at(BodyJoint::LeftKnee, side)] = frame(ankle - knee, knee);
  // A foot that stands is where the floor has it; one in the air goes with its shank.
  const Q4d q_toes = turn(kY, mirror * (bones.toe_out_rad - foot.knee_out));
  const Q4d q_hangs = T[at(BodyJoint::LeftKnee, side)].q * q_toes * turn(kX, foot.pitch);
  const Q4d q_stands = turn(kY, foot.yaw) * turn(kX, foot.pitch);
  T[at(BodyJoint::LeftAnkle, side)] = {between(q_stands, q_hangs, foot.hangs), ankle};
  T[at(BodyJoint::LeftToe, side)] = T[at(BodyJoint::LeftAnkle, side)] *
                                    Pose3d{{}, bones.p_parent_joint[at(BodyJoint::LeftToe, side)]};
}

/// As high as asked, or as the shorter leg allows.
double reachable_height(const PersonBones& bones, const Posture& posture, const Q4d& q_pelvis) {
  double height = posture.p_world_pelvis.y;
  for (std::size_t side = 0; side < 2; ++side) {
    if (posture.foot[side].hangs > 0) continue;
    const double leg = 0.9995 * (norm(bones.p_parent_joint[at(BodyJoint::LeftKnee, side)]) +
                                 norm(bones.p_parent_joint[at(BodyJoint::LeftAnkle, side)]));
    const V3d hip = rotate(q_pelvis, bones.p_parent_joint[at(BodyJoint::LeftHip, side)]);
    const V3d ankle = posture.foot[side].p_world_ankle - posture.p_world_pelvis - hip;
    const double across2 = ankle.x * ankle.x + ankle.z * ankle.z;
    const double up = std::sqrt(std::max(0.0, leg * leg - across2));
    height = std::min(height, posture.foot[side].p_world_ankle.y + up - hip.y);
  }
  return height;
}

}  // namespace

PersonBones random_bones(std::uint64_t seed, double height_m, double deviation) {
  std::mt19937_64 random(seed);
  std::normal_distribution<double> gauss;
  const auto share = [&](double sigma) { return std::max(0.7, 1 + sigma * gauss(random)); };
  PersonBones bones;
  bones.height_m = height_m;
  for (const Share& s : kTrunk) {
    bones.p_parent_joint[at(s.joint)] = (height_m * share(deviation)) * s.offset;
  }
  for (const Share& s : kSide) {
    const V3d right = (height_m * share(deviation)) * s.offset;
    const double left = share(deviation / 4);
    bones.p_parent_joint[at(s.joint, 1)] = right;
    bones.p_parent_joint[at(s.joint, 0)] = left * V3d{-right.x, right.y, right.z};
  }
  bones.ankle_height_m = height_m * 0.040 * share(deviation);
  bones.p_head_eyes = {0, height_m * 0.030 * share(4 * deviation),
                       -height_m * 0.050 * share(2 * deviation)};
  double sum = 0;
  for (double& s : bones.spine_share) sum += s = share(0.25);
  for (double& s : bones.spine_share) s /= sum;
  bones.head_share = std::clamp(0.5 + 0.1 * gauss(random), 0.2, 0.8);
  bones.toe_out_rad = 0.12 + 0.05 * gauss(random);
  return bones;
}

PersonJoints person_joints(const PersonBones& bones, const Posture& p) {
  PersonJoints T;
  const Q4d q_pelvis = turn(kY, p.yaw) * turn(kX, p.pitch) * turn(kZ, p.roll);
  Pose3d& pelvis = T[at(BodyJoint::Pelvis)] = {q_pelvis, p.p_world_pelvis};
  pelvis.p.y = reachable_height(bones, p, q_pelvis);
  const auto next = [&](BodyJoint joint, BodyJoint parent, const Q4d& q) {
    T[at(joint)] = T[at(parent)] * Pose3d{q, bones.p_parent_joint[at(joint)]};
  };
  const auto bend = [&](double share) {
    return turn(kY, share * p.spine_twist) * turn(kX, -share * p.spine_bend) *
           turn(kZ, share * p.spine_side);
  };
  next(BodyJoint::SpineLower, BodyJoint::Pelvis, bend(bones.spine_share[0]));
  next(BodyJoint::SpineMiddle, BodyJoint::SpineLower, bend(bones.spine_share[1]));
  next(BodyJoint::Chest, BodyJoint::SpineMiddle, bend(bones.spine_share[2]));
  const auto look = [&](double share) {
    return turn(kY, share * p.head_turn) * turn(kX, -share * p.head_nod) *
           turn(kZ, share * p.head_side);
  };
  next(BodyJoint::Neck, BodyJoint::Chest, look(1 - bones.head_share));
  next(BodyJoint::Head, BodyJoint::Neck, look(bones.head_share));
  for (std::size_t side = 0; side < 2; ++side) {
    pose_arm(T, bones, p.arm[side], side);
    pose_leg(T, bones, p.foot[side], p.yaw, side);
  }
  return T;
}

}  // namespace tactus::simulator
