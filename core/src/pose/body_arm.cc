#include "body_limb.h"

namespace tactus {
namespace {

constexpr float kHangs_rad = 1.45f;      // an arm that nothing tracks, from the T-pose down …
constexpr float kHangsBent_rad = 0.35f;  // … and its elbow

/// The inner end of the arm. The collar bone follows the upper arm up and forward (`along`, in the
/// chest's frame), and the hand further when that is out of reach.
Vec3 place_shoulder(BodyWork& work, Hand side, Vec3 along, Vec3 p_hand) noexcept {
  const BodySolverParams& params = work.params;
  const BodyProportions& body = work.profile.proportions;
  const Quat q_chest = work.pose[BodyJoint::Chest].q;
  const Pose T_world_collar{
      q_chest, work.pose[BodyJoint::Neck].p + rotate(q_chest, on_side(body.p_neck_collar, side))};
  const Vec3 rest = on_side(body.p_collar_shoulder, side);
  const float mirror = side == Hand::Right ? 1.0f : -1.0f;
  const float raise = params.collar_raise * (1 + along.y);
  const float forward = -params.collar_forward * along.z;
  Quat q_collar = exp_rotation({0, mirror * forward, mirror * raise});
  const Vec3 shoulder = rotate(q_collar, rest);
  const Vec3 missing = inverse(T_world_collar) * p_hand - shoulder;
  const float over = length(missing) - body.upper_arm_m - body.forearm_m;
  if (over > 0) {
    const Vec3 wanted = shoulder + over * normalized(missing);
    q_collar = limited(rotation_between(normalized(shoulder), normalized(wanted)),
                       params.collar_reach_rad) *
               q_collar;
  }
  const Quat q_world_collar = normalized(q_chest * q_collar);
  work.put(on_side(BodyJoint::LeftCollar, side), {q_world_collar, T_world_collar.p},
           PoseOrigin::Filled);
  return T_world_collar.p + rotate(q_world_collar, rest);
}

/// Where an elbow likes to be, across any line from shoulder to hand, in the chest's frame: down,
/// out and back; the further the hand is across the body the more out, the higher the less back.
/// `to` is the hand, in arm's lengths.
Vec3 elbow_habit(Vec3 to, Hand side) noexcept {
  const float out = side == Hand::Right ? 1.0f : -1.0f;
  return {0.35f * out - 0.6f * to.x, -1.0f, 0.3f - 0.5f * to.y};
}

/// What is known of an arm before it is solved.
struct ArmViews {
  SiteView hand, upper, lower;
};

/// Where the hand is; where its segments, or gravity, put it when nothing says.
Vec3 place_hand(const Limb& limb, const ArmViews& views, Vec3 p_shoulder) noexcept {
  const Quat q_chest = limb.q_world_carrier;
  if (views.hand.position) {
    return views.hand.joint(views.hand.rotation ? views.hand.q_world_segment() : q_chest);
  }
  const float out = limb.side == Hand::Right ? 1.0f : -1.0f;
  const Quat q_hangs = q_chest * exp_rotation({0, 0, -kHangs_rad * out});
  const Quat q_upper = views.upper.rotation ? views.upper.q_world_segment() : q_hangs;
  const Quat q_lower = views.lower.rotation ? views.lower.q_world_segment()
                                            : q_upper * exp_rotation({0, kHangsBent_rad * out, 0});
  return end_by_segments(limb, p_shoulder, q_upper, q_lower);
}

/// Which way the elbow points, by everything that has an opinion.
Vec3 elbow_pole(const BodyWork& work, const Limb& limb, const LimbLine& line,
                const ArmViews& views) noexcept {
  const BodySolverParams& params = work.params;
  const Quat q_chest = limb.q_world_carrier;
  const float arm_m = limb.bones.upper_m + limb.bones.lower_m;
  const Vec3 to = (1 / arm_m) * rotate(conjugate(q_chest), line.p_end - line.p_root);
  Vec3 sum = params.elbow_habit * rotate(q_chest, elbow_habit(to, limb.side)) +
             remembered(work, limb) + tracked_pole(work, limb, line, views.upper, views.lower);
  if (views.hand.rotation) {
    const Quat q_hand = views.hand.q_world_segment();
    const float sine = line.radius_m / limb.bones.lower_m;
    sum += (params.elbow_wrist * sine) * rotate(q_hand, {0, 0, 1}) +
           params.elbow_roll * limb.pole_of_hinge(rotate(q_hand, {0, 1, 0}), line.u);
  }
  const Vec3 pole = pole_of(sum, line.u, rotate(q_chest, limb.rest_pole()));
  return pole_through(limb, line, pole, views.upper, views.lower).value_or(pole);
}

}  // namespace

void place_arm(BodyWork& work, Hand side) noexcept {
  const Pose& T_world_chest = work.pose[BodyJoint::Chest];
  const Limb limb = limb_of(work, side, false);
  const ArmViews views{work.look(on_side(BodySite::LeftHand, side), T_world_chest),
                       work.look(limb.upper_site, T_world_chest),
                       work.look(limb.lower_site, T_world_chest)};
  // The shoulder depends on the upper arm and the upper arm on the shoulder: twice is enough.
  LimbLine line;
  Vec3 pole, along{0, -1, 0};
  for (int pass = 0; pass < 2; ++pass) {
    const Vec3 hand = place_hand(limb, views, line.p_root);
    line.p_root = place_shoulder(work, side, along, hand);
    line = limb_line(limb.bones, line.p_root, place_hand(limb, views, line.p_root),
                     rotate(T_world_chest.q, limb.bone()));
    pole = elbow_pole(work, limb, line, views);
    along = normalized(rotate(conjugate(T_world_chest.q), line.hinge(pole) - line.p_root));
  }
  pole = unhurried(work, limb, line, pole);

  Solved s = bend(limb, line, pole);
  keep_in_cone(s, line, limb, on_side(kUpperArmMiddle, side), kBodyLimits.shoulder_rad);
  Quat q_forearm_hand;
  if (views.hand.rotation) {
    const Quat q =
        conjugate(s.q_lower) * views.hand.q_world_segment() * conjugate(rest_wrist(side));
    q_forearm_hand = limited(q, kBodyLimits.wrist_rad);
  }
  finish(work, limb, s, line, s.q_lower * q_forearm_hand * rest_wrist(side), views.upper,
         views.lower, views.hand.position ? views.hand.origin : PoseOrigin::Filled);
}

}  // namespace tactus
