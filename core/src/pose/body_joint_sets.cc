#include "tactus/pose/body_joint_sets.h"

#include "body_work.h"
#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

/// Fingers half curled, as a hand hangs.
HandAngles relaxed() noexcept {
  HandAngles angles;
  for (FingerAngles& finger : angles.finger) finger = {0.3f, 0, 0.5f, 0.3f};
  angles.finger[index(Finger::Thumb)] = {0.2f, 0.5f, 0.2f, 0.2f};
  return angles;
}

/// The hand's joints and how they are known: its own, or a relaxed hand on the body's wrist.
JointSet<kHandJoints> hand_joints(const BodyPose& body, const HandPose& hand, Hand side) noexcept {
  JointSet<kHandJoints> set;
  if (hand.origin != PoseOrigin::None) {
    set.T_world_joint = hand.T_world_joint;
    set.origin.fill(hand.origin);
    set.is_tracked.fill(hand.origin == PoseOrigin::Measured || hand.origin == PoseOrigin::Filled);
    return set;
  }
  const Pose& T_world_wrist = body[on_side(BodyJoint::LeftWrist, side)];
  const auto T_wrist_joint = forward_kinematics({}, side, relaxed());
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    set.T_world_joint[j] = T_world_wrist * T_wrist_joint[j];
    set.T_world_joint[j].q = normalized(set.T_world_joint[j].q);
  }
  const PoseOrigin wrist = body.origin[index(on_side(BodyJoint::LeftWrist, side))];
  set.origin.fill(wrist == PoseOrigin::Measured ? PoseOrigin::Filled : wrist);
  return set;
}

/// The shoulder blade lies behind the outer half of the collar bone.
Pose scapula(const BodyPose& body, Hand side) noexcept {
  const Pose& collar = body[on_side(BodyJoint::LeftCollar, side)];
  const Vec3 shoulder = body[on_side(BodyJoint::LeftShoulder, side)].p;
  const Vec3 behind = rotate(collar.q, {0, 0, 0.3f * length(shoulder - collar.p)});
  return {collar.q, lerp(collar.p, shoulder, 0.7f) + behind};
}

/// The forearm at the wrist, turned half with the hand.
Pose wrist_twist(const BodyPose& body, Hand side) noexcept {
  const Pose& elbow = body[on_side(BodyJoint::LeftElbow, side)];
  const Pose& wrist = body[on_side(BodyJoint::LeftWrist, side)];
  const Quat q = conjugate(elbow.q) * wrist.q * conjugate(rest_wrist(side));
  const Quat twist = normalized(Quat{q.x, 0, 0, q.w});  // about the forearm's own axis
  return {normalized(elbow.q * slerp({}, twist, 0.5f)), wrist.p};
}

}  // namespace

JointSet<kFbJoints> fb_joints(const BodyPose& body, const HandPair& hands, float floor_m) noexcept {
  JointSet<kFbJoints> set;
  const auto put = [&](FbJoint joint, const Pose& T, BodyJoint as) {
    set.T_world_joint[index(joint)] = T;
    set.origin[index(joint)] = body.origin[index(as)];
    set.is_tracked[index(joint)] = body.is_tracked(as);
  };
  const auto take = [&](FbJoint joint, BodyJoint from) { put(joint, body[from], from); };
  const Pose& pelvis = body[BodyJoint::Pelvis];
  put(FbJoint::Root, {level(yaw_of(pelvis.q)), {pelvis.p.x, floor_m, pelvis.p.z}},
      BodyJoint::Pelvis);
  take(FbJoint::Hips, BodyJoint::Pelvis);
  take(FbJoint::SpineLower, BodyJoint::SpineLower);
  take(FbJoint::SpineMiddle, BodyJoint::SpineMiddle);
  put(FbJoint::SpineUpper, interpolate(body[BodyJoint::SpineMiddle], body[BodyJoint::Chest], 0.5f),
      BodyJoint::SpineMiddle);
  take(FbJoint::Chest, BodyJoint::Chest);
  take(FbJoint::Neck, BodyJoint::Neck);
  take(FbJoint::Head, BodyJoint::Head);
  for (const Hand side : {Hand::Left, Hand::Right}) {
    const std::size_t far = side == Hand::Right ? 5 : 0;
    const auto on = [far](FbJoint left) { return static_cast<FbJoint>(index(left) + far); };
    take(on(FbJoint::LeftShoulder), on_side(BodyJoint::LeftCollar, side));
    put(on(FbJoint::LeftScapula), scapula(body, side), on_side(BodyJoint::LeftShoulder, side));
    take(on(FbJoint::LeftArmUpper), on_side(BodyJoint::LeftShoulder, side));
    take(on(FbJoint::LeftArmLower), on_side(BodyJoint::LeftElbow, side));
    put(on(FbJoint::LeftHandWristTwist), wrist_twist(body, side),
        on_side(BodyJoint::LeftElbow, side));
    const auto hand = hand_joints(body, hands[index(side)], side);
    for (std::size_t j = 0; j < kHandJoints; ++j) {
      const std::size_t joint = index(fb_hand_joint(side, static_cast<HandJoint>(j)));
      set.T_world_joint[joint] = hand.T_world_joint[j];
      set.origin[joint] = hand.origin[j];
      set.is_tracked[joint] = hand.is_tracked[j];
    }
  }
  return set;
}

JointSet<kBdJoints> bd_joints(const BodyPose& body, const HandPair& hands) noexcept {
  constexpr std::array<BodyJoint, kBdJoints - kHands> kFrom = {
      BodyJoint::Pelvis,      BodyJoint::LeftHip,      BodyJoint::RightHip,
      BodyJoint::SpineLower,  BodyJoint::LeftKnee,     BodyJoint::RightKnee,
      BodyJoint::SpineMiddle, BodyJoint::LeftAnkle,    BodyJoint::RightAnkle,
      BodyJoint::Chest,       BodyJoint::LeftToe,      BodyJoint::RightToe,
      BodyJoint::Neck,        BodyJoint::LeftCollar,   BodyJoint::RightCollar,
      BodyJoint::Head,        BodyJoint::LeftShoulder, BodyJoint::RightShoulder,
      BodyJoint::LeftElbow,   BodyJoint::RightElbow,   BodyJoint::LeftWrist,
      BodyJoint::RightWrist};
  JointSet<kBdJoints> set;
  for (std::size_t j = 0; j < kFrom.size(); ++j) {
    set.T_world_joint[j] = body[kFrom[j]];
    set.origin[j] = body.origin[index(kFrom[j])];
    set.is_tracked[j] = body.is_tracked(kFrom[j]);
  }
  for (const Hand side : {Hand::Left, Hand::Right}) {
    // A limb's axes at rest are the body's: wrist and hand take the forearm's, turned by the hand.
    const auto hand = hand_joints(body, hands[index(side)], side);
    const Pose& palm = hand.T_world_joint[index(HandJoint::Palm)];
    const std::size_t far = side == Hand::Right ? 1 : 0;
    Pose& wrist = set.T_world_joint[index(BdJoint::LeftWrist) + far];
    wrist.q = normalized(wrist.q * conjugate(rest_wrist(side)));
    set.T_world_joint[index(BdJoint::LeftHand) + far] = {
        normalized(palm.q * conjugate(rest_wrist(side))), palm.p};
    set.origin[index(BdJoint::LeftHand) + far] = hand.origin[index(HandJoint::Palm)];
    set.is_tracked[index(BdJoint::LeftHand) + far] = hand.is_tracked[index(HandJoint::Palm)];
  }
  return set;
}

JointSet<kFbJoints> fb_skeleton(const BodyProportions& body) noexcept {
  BodyPose rest;
  rest.T_world_joint = rest_pose(body);
  rest.origin.fill(PoseOrigin::Filled);
  const float hips_m = body.ankle_height_m + body.shank_m + body.thigh_m;
  for (Pose& T : rest.T_world_joint) T.p.y += hips_m;
  return fb_joints(rest, {}, 0);
}

FbJoint fb_parent(FbJoint joint) noexcept {
  if (joint <= FbJoint::Head) {
    return static_cast<FbJoint>(index(joint) - (joint == FbJoint::Root ? 0 : 1));
  }
  if (joint < FbJoint::LeftHandPalm) {
    const bool first = joint == FbJoint::LeftShoulder || joint == FbJoint::RightShoulder;
    return first ? FbJoint::Chest : static_cast<FbJoint>(index(joint) - 1);
  }
  const Hand side = joint < FbJoint::RightHandPalm ? Hand::Left : Hand::Right;
  const FbJoint twist =
      side == Hand::Left ? FbJoint::LeftHandWristTwist : FbJoint::RightHandWristTwist;
  const auto hand = static_cast<HandJoint>(index(joint) - index(fb_hand_joint(side, {})));
  if (hand == HandJoint::Wrist) return twist;
  if (hand == HandJoint::Palm) return fb_hand_joint(side, HandJoint::Wrist);
  for (const HandJoint metacarpal : kMetacarpalJoints) {
    if (hand == metacarpal) return fb_hand_joint(side, HandJoint::Wrist);
  }
  return static_cast<FbJoint>(index(joint) - 1);
}

}  // namespace tactus
