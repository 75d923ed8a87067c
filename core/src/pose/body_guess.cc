#include "body_work.h"
#include "limb.h"

namespace tactus {
namespace {

constexpr float kFollow_s = 0.25f;     // in which a body that nothing tracks turns after the head
constexpr float kFreeYaw_rad = 0.35f;  // a head turns this far alone
constexpr float kLeanPerNod = 0.35f;   // of the trunk, per rad that the head looks down …
constexpr float kLeanPerDrop = 0.8f;   // … and per trunk's length that the neck is below standing
constexpr float kMostLean_rad = 1.2f;
constexpr float kStride_m = 0.15f;  // a foot that is left behind further than this steps …
constexpr float kTurn_rad = 0.6f;   // … or turned away further than this
constexpr float kStep_s = 0.1f;     // time constant of a step
constexpr float kArrived_m = 0.02f;

/// Forward turn of the trunk about the hips, from how the head looks down and how low it is.
float guess_lean(const BodyWork& work, const Pose& T_world_head) noexcept {
  const BodyProportions& body = work.profile.proportions;
  const float stands_m =
      body.ankle_height_m + body.shank_m + body.thigh_m + body.p_pelvis_neck.y + body.p_neck_head.y;
  const float drop = (work.reading.floor_m + stands_m - T_world_head.p.y) / body.p_pelvis_neck.y;
  const float nod = -std::asin(std::clamp(rotate(T_world_head.q, {0, 0, -1}).y, -1.0f, 1.0f));
  const float bends = std::clamp(drop, 0.0f, 1.0f);
  return std::clamp(kLeanPerNod * std::max(nod, 0.0f) + kLeanPerDrop * bends * std::max(nod, 0.0f),
                    0.0f, kMostLean_rad);
}

float guess_yaw(BodyWork& work, Quat q_world_head) noexcept {
  float wanted = yaw_of(q_world_head);
  // Feet and chest that are tracked know better than the head where the body faces.
  for (const BodySite site : {BodySite::Chest, BodySite::LeftFoot, BodySite::RightFoot}) {
    const BodyTrackerReading& r = work.reading.site[index(site)];
    if (!r.has_rotation || !is_finite(r.T_world_tracker.q)) continue;
    const Quat q =
        normalized(r.T_world_tracker.q) * conjugate(work.profile.T_segment_tracker[index(site)].q);
    wanted += 0.4f * wrapped(yaw_of(q) - wanted);
  }
  if (!work.state.started) return wanted;
  const float behind = wrapped(wanted - work.state.yaw_rad);
  const float free = work.reading.site[index(BodySite::LeftFoot)].has_rotation ? 0 : kFreeYaw_rad;
  const float pull = behind - std::clamp(behind, -free, free);
  return wrapped(work.state.yaw_rad + (1 - std::exp(-work.dt_s / kFollow_s)) * pull);
}

/// As far towards the feet as the legs demand.
Vec3 within_legs(BodyWork& work, Quat q, Vec3 p_pelvis) noexcept {
  const BodyProportions& body = work.profile.proportions;
  const float leg_m = body.thigh_m + body.shank_m;
  for (const Hand side : {Hand::Left, Hand::Right}) {
    const SiteView foot = work.look(on_side(BodySite::LeftFoot, side), {q, p_pelvis});
    if (!foot.position) continue;
    const Quat q_foot = foot.rotation ? foot.q_world_segment() : level(yaw_of(q));
    const Vec3 line = foot.joint(q_foot) - p_pelvis - rotate(q, on_side(body.p_pelvis_hip, side));
    const float over = length(line) - leg_m;
    if (over > 0) p_pelvis += over * normalized(line);
  }
  return p_pelvis;
}

}  // namespace

Pose guess_pelvis(BodyWork& work, const SiteView& pelvis, const SiteView& chest,
                  const Pose& T_world_head) noexcept {
  const BodyProportions& body = work.profile.proportions;
  Pose T;
  T.q = pelvis.rotation ? normalized(pelvis.q_world_segment())
                        : level(guess_yaw(work, T_world_head.q));
  if (pelvis.position) {
    T.p = pelvis.joint(T.q);
    return T;
  }
  // The line from pelvis to neck turns less than the chest does; a pelvis leans half with it.
  Quat q_chest, q_line;
  if (chest.rotation) {
    q_chest = normalized(chest.q_world_segment());
    q_line = slerp(T.q, q_chest, 1 / work.params.chest_swing);
  } else {
    q_line = level(yaw_of(T.q)) * exp_rotation({-guess_lean(work, T_world_head), 0, 0});
    q_chest = q_line;
    if (pelvis.rotation) q_line = slerp(T.q, q_line, 0.5f);
  }
  const Quat q_neck = slerp(q_chest, T_world_head.q, work.params.neck_share);
  T.p = T_world_head.p - rotate(q_neck, body.p_neck_head) - rotate(q_line, body.p_pelvis_neck);
  if (!pelvis.rotation) T.q = slerp(T.q, q_line, 0.5f);
  T.p = within_legs(work, T.q, T.p);
  return T;
}

Pose guess_foot(BodyWork& work, Hand side) noexcept {
  const BodyProportions& body = work.profile.proportions;
  const Pose& T_world_pelvis = work.pose[BodyJoint::Pelvis];
  const Quat q_level = level(yaw_of(T_world_pelvis.q));
  const Vec3 hip = T_world_pelvis * on_side(body.p_pelvis_hip, side);
  const float ankle_m = work.reading.floor_m + body.ankle_height_m;

  // A pelvis that comes down goes back behind the feet: seated or crouched alike.
  const float height = (hip.y - ankle_m) / (body.thigh_m + body.shank_m);
  const float ahead = 0.8f * body.thigh_m * std::clamp((0.95f - height) / 0.4f, 0.0f, 1.0f);
  Vec3 wanted = hip + rotate(q_level, {0, 0, -ahead});
  wanted.y = ankle_m;

  GuessedFoot& foot = work.state.foot[index(side)];
  const Vec3 off = wanted - foot.T_world_ankle.p;
  const float turned = wrapped(yaw_of(q_level) - yaw_of(foot.T_world_ankle.q));
  if (!work.state.started) {
    foot = {{q_level, wanted}, false};
  } else if (length(off) > kStride_m || std::fabs(turned) > kTurn_rad) {
    foot.steps = true;
  }
  if (foot.steps) {
    const float share = 1 - std::exp(-work.dt_s / kStep_s);
    foot.T_world_ankle = interpolate(foot.T_world_ankle, {q_level, wanted}, share);
    foot.steps = length(wanted - foot.T_world_ankle.p) > kArrived_m;
  }
  return foot.T_world_ankle;
}

}  // namespace tactus
