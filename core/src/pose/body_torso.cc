#include "body_work.h"
#include "limb.h"

namespace tactus {
namespace {

constexpr float kHeadUnseen_m = 1.6f;  // above the floor, while a headset has said no place at all

/// Where the headset, or what remains of it, puts the head joint.
Pose place_head(BodyWork& work) noexcept {
  const SiteView head = work.look(BodySite::Head, {});
  const Quat q = head.rotation ? head.q_world_segment() : level(work.state.yaw_rad);
  Vec3 p{0, work.reading.floor_m + kHeadUnseen_m, 0};
  if (head.position) p = head.joint(q);
  const bool known = head.position || head.rotation;
  work.put(BodyJoint::Head, {normalized(q), p}, known ? head.origin : PoseOrigin::None);
  return work.pose[BodyJoint::Head];
}

/// How far one hand is ahead of the other, in arm's lengths: the shoulders follow a reach.
float reach_of_hands(const BodyWork& work, const Pose& T_world_pelvis) noexcept {
  const auto& left = work.reading.site[index(BodySite::LeftHand)];
  const auto& right = work.reading.site[index(BodySite::RightHand)];
  if (!left.has_position || !right.has_position) return 0;
  const Vec3 p =
      rotate(conjugate(T_world_pelvis.q), right.T_world_tracker.p - left.T_world_tracker.p);
  const BodyProportions& body = work.profile.proportions;
  const float arm_m = body.upper_arm_m + body.forearm_m;
  return std::isfinite(p.z) ? std::clamp(-p.z / arm_m, -1.0f, 1.0f) : 0;
}

struct Neck {
  Quat q_chest;
  Quat q_neck;
  Vec3 p_neck;
};

/// The neck stands under the head, turned half with it; the chest turns further than the line from
/// pelvis to neck does, since the spine bends along its length, and takes a share of the head's
/// turn and of the hands' reach.
Neck guess_chest(const BodyWork& work, const Pose& T_world_pelvis, const Pose& T_world_head,
                 float reach) noexcept {
  const BodySolverParams& params = work.params;
  const BodyProportions& body = work.profile.proportions;
  const Vec3 rest = normalized(body.p_pelvis_neck);
  Neck neck;
  neck.q_chest = T_world_pelvis.q;
  constexpr int kPasses = 2;  // the neck's own turn moves its foot by millimetres after that
  for (int pass = 0; pass < kPasses; ++pass) {
    neck.q_neck = slerp(neck.q_chest, T_world_head.q, params.neck_share);
    neck.p_neck = T_world_head.p - rotate(neck.q_neck, body.p_neck_head);
    const Quat q_pelvis_world = conjugate(T_world_pelvis.q);
    const Vec3 line = normalized(rotate(q_pelvis_world, neck.p_neck - T_world_pelvis.p), rest);
    const Quat q_swing =
        exp_rotation(params.chest_swing * log_rotation(rotation_between(rest, line)));
    const float head = wrapped(yaw_of(conjugate(q_swing) * q_pelvis_world * T_world_head.q));
    const float twist = params.chest_twist * head + params.chest_reach * reach;
    neck.q_chest = normalized(T_world_pelvis.q * q_swing * level(twist));
  }
  return neck;
}

/// The joints between pelvis and chest: a cubic whose ends point along pelvis and chest.
void place_spine(BodyWork& work, const Pose& T_world_pelvis, const Pose& T_world_chest,
                 PoseOrigin origin) noexcept {
  const Vec3 rest = kChestShare * work.profile.proportions.p_pelvis_neck;
  const Vec3 from = rotate(T_world_pelvis.q, rest), to = rotate(T_world_chest.q, rest);
  const auto place = [&](BodyJoint joint, float share, float turn) {
    const float s = share / kChestShare, r = 1 - s;
    const Vec3 p = (r * r * (1 + 2 * s)) * T_world_pelvis.p + (s * r * r) * from +
                   (s * s * (3 - 2 * s)) * T_world_chest.p - (s * s * r) * to;
    work.put(joint, {slerp(T_world_pelvis.q, T_world_chest.q, turn), p}, origin);
  };
  place(BodyJoint::SpineLower, kSpineLowerShare, 1.0f / 3);
  place(BodyJoint::SpineMiddle, kSpineMiddleShare, 2.0f / 3);
}

}  // namespace

void place_torso(BodyWork& work) noexcept {
  const BodyProportions& body = work.profile.proportions;
  const Pose T_world_head = place_head(work);
  const Pose T_world_level{level(yaw_of(T_world_head.q)), T_world_head.p};
  const SiteView pelvis = work.look(BodySite::Pelvis, T_world_level);
  const SiteView chest = work.look(BodySite::Chest, T_world_level);

  Pose T_world_pelvis;
  if (pelvis.whole()) {
    T_world_pelvis.q = normalized(pelvis.q_world_segment());
    T_world_pelvis.p = pelvis.joint(T_world_pelvis.q);
  } else {
    T_world_pelvis = guess_pelvis(work, pelvis, chest, T_world_head);
  }
  work.state.yaw_rad = yaw_of(T_world_pelvis.q);

  const float most_m = length(body.p_pelvis_neck) * (1 + kBodyLimits.spine_stretch);
  Neck neck = guess_chest(work, T_world_pelvis, T_world_head, reach_of_hands(work, T_world_pelvis));
  PoseOrigin origin = PoseOrigin::Filled;
  if (chest.rotation) {
    neck.q_chest = normalized(chest.q_world_segment());
    origin = chest.origin;
  }
  const Quat q_pelvis_chest =
      limited(conjugate(T_world_pelvis.q) * neck.q_chest, 3 * kBodyLimits.spine_rad);
  neck.q_chest = normalized(T_world_pelvis.q * q_pelvis_chest);
  const Quat q_chest_head =
      limited(conjugate(neck.q_chest) * T_world_head.q, 2 * kBodyLimits.neck_rad);
  work.pose[BodyJoint::Head].q = normalized(neck.q_chest * q_chest_head);
  neck.q_neck = slerp(neck.q_chest, work.pose[BodyJoint::Head].q, work.params.neck_share);
  neck.p_neck = T_world_head.p - rotate(neck.q_neck, body.p_neck_head);

  Vec3 chest_to_neck = rotate(neck.q_chest, (1 - kChestShare) * body.p_pelvis_neck);
  if (chest.position) {
    // The chest is where its tracker says, and the neck with it as far as the head lets it.
    const Vec3 p_neck = chest.joint(neck.q_chest) + chest_to_neck;
    const Vec3 off = p_neck - neck.p_neck;
    const float most = kBodyLimits.spine_stretch * body.height_m;
    neck.p_neck += std::min(1.0f, most / std::max(length(off), most)) * off;
  }
  const Vec3 line = neck.p_neck - T_world_pelvis.p;
  if (length(line) > most_m) T_world_pelvis.p = neck.p_neck - most_m * normalized(line);

  const Pose T_world_chest{neck.q_chest, neck.p_neck - chest_to_neck};
  work.put(BodyJoint::Pelvis, T_world_pelvis, pelvis.whole() ? pelvis.origin : PoseOrigin::Filled);
  work.put(BodyJoint::Chest, T_world_chest, chest.whole() ? origin : PoseOrigin::Filled);
  work.put(BodyJoint::Neck, {neck.q_neck, neck.p_neck}, PoseOrigin::Filled);
  place_spine(work, T_world_pelvis, T_world_chest, PoseOrigin::Filled);
}

}  // namespace tactus
