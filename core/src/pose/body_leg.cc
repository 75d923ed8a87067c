#include "body_limb.h"

namespace tactus {

void place_leg(BodyWork& work, Hand side) noexcept {
  const BodySolverParams& params = work.params;
  const BodyProportions& body = work.profile.proportions;
  const Pose& T_world_pelvis = work.pose[BodyJoint::Pelvis];
  const Limb limb = limb_of(work, side, true);
  const SiteView foot = work.look(on_side(BodySite::LeftFoot, side), T_world_pelvis);
  const SiteView upper = work.look(limb.upper_site, T_world_pelvis);
  const SiteView lower = work.look(limb.lower_site, T_world_pelvis);

  const Vec3 p_hip = T_world_pelvis * on_side(body.p_pelvis_hip, side);
  Pose T_world_foot;
  if (foot.position) {
    T_world_foot.q = foot.rotation ? foot.q_world_segment() : level(yaw_of(T_world_pelvis.q));
    T_world_foot.p = foot.joint(T_world_foot.q);
  } else if (upper.rotation || lower.rotation) {
    const Quat q_upper = upper.rotation ? upper.q_world_segment()
                                        : slerp(T_world_pelvis.q, lower.q_world_segment(), 0.5f);
    const Quat q_lower = lower.rotation ? lower.q_world_segment() : level(yaw_of(q_upper));
    T_world_foot = {foot.rotation ? foot.q_world_segment() : q_lower,
                    end_by_segments(limb, p_hip, q_upper, q_lower)};
  } else {
    T_world_foot = guess_foot(work, side);
    if (foot.rotation) T_world_foot.q = foot.q_world_segment();
  }
  LimbLine line =
      limb_line(limb.bones, p_hip, T_world_foot.p, rotate(T_world_pelvis.q, limb.bone()));

  const auto bends_ahead = [&](Quat q) {
    return limb.pole_of_hinge(rotate(q, limb.hinge()), line.u);
  };
  Vec3 sum = params.knee_pelvis * bends_ahead(T_world_pelvis.q) + remembered(work, limb) +
             tracked_pole(work, limb, line, upper, lower);
  sum += params.knee_foot * bends_ahead(T_world_foot.q);
  Vec3 pole = pole_of(sum, line.u, rotate(T_world_pelvis.q, limb.rest_pole()));
  if (const auto exact = pole_through(limb, line, pole, upper, lower)) pole = *exact;
  pole = unhurried(work, limb, line, pole);

  Solved s = bend(limb, line, pole);
  keep_in_cone(s, line, limb, kThighMiddle, kBodyLimits.hip_rad);
  const Quat q_shank_foot = limited(conjugate(s.q_lower) * T_world_foot.q, kBodyLimits.ankle_rad);
  finish(work, limb, s, line, s.q_lower * q_shank_foot, upper, lower,
         foot.position ? foot.origin : PoseOrigin::Filled);
  const BodyJoint ankle = on_side(BodyJoint::LeftAnkle, side);
  const Vec3 p_toe = work.pose[ankle] * on_side(body.p_ankle_toe, side);
  work.put(on_side(BodyJoint::LeftToe, side), {work.pose[ankle].q, p_toe},
           work.pose.origin[index(ankle)]);
}

}  // namespace tactus
