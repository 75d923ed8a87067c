#include <optional>

#include "body_work.h"
#include "limb.h"

namespace tactus {
namespace {

constexpr float kHangs_rad = 1.45f;      // an arm that nothing tracks, from the T-pose down …
constexpr float kHangsBent_rad = 0.35f;  // … and its elbow
constexpr float kLever_m = 0.02f;  // a tracker nearer to the limb's own line cannot tell its swivel

/// What the two limbs of a side have in common: a hinge whose axis is one column of both frames.
struct Limb {
  LimbBones bones;
  BodyJoint upper, lower, end;  ///< shoulder, elbow, wrist; or hip, knee, ankle
  BodySite upper_site, lower_site;
  bool is_leg;
  Hand side;
  std::size_t memory;  ///< of its pole in the state
  Quat q_world_carrier;

  /// Bone and hinge axes at rest; with the pole they make a segment's frame.
  [[nodiscard]] Vec3 bone() const noexcept {
    if (is_leg) return {0, -1, 0};
    return {side == Hand::Right ? 1.0f : -1.0f, 0, 0};
  }
  [[nodiscard]] Vec3 hinge() const noexcept { return is_leg ? Vec3{1, 0, 0} : Vec3{0, 1, 0}; }
  /// At rest the knee is ahead of the leg's line, the elbow behind the arm's.
  [[nodiscard]] Vec3 rest_pole() const noexcept { return {0, 0, is_leg ? -1.0f : 1.0f}; }

  /// The segment's frame with its bone along `along`, its hinge on the side of `pole`.
  [[nodiscard]] Quat frame(Vec3 along, Vec3 u, Vec3 pole) const noexcept {
    if (is_leg) {
      const Vec3 x = cross(u, pole);
      return rotation_of_axes(x, -along, cross(x, -along));
    }
    const Vec3 x = side == Hand::Right ? along : -along;
    const Vec3 y = side == Hand::Right ? cross(pole, u) : cross(u, pole);
    return rotation_of_axes(x, y, cross(x, y));
  }
  /// Which pole a hinge axis means: the inverse of the above.
  [[nodiscard]] Vec3 pole_of_hinge(Vec3 axis, Vec3 u) const noexcept {
    const bool same = is_leg || side == Hand::Left;
    return same ? cross(axis, u) : cross(u, axis);
  }
};

Limb limb_of(const BodyWork& work, Hand side, bool is_leg) noexcept {
  const BodyProportions& body = work.profile.proportions;
  const std::size_t memory = index(side) + (is_leg ? 2 : 0);
  if (is_leg) {
    return {{body.thigh_m, body.shank_m, kBodyLimits.knee_rad},
            on_side(BodyJoint::LeftHip, side),
            on_side(BodyJoint::LeftKnee, side),
            on_side(BodyJoint::LeftAnkle, side),
            on_side(BodySite::LeftThigh, side),
            on_side(BodySite::LeftShank, side),
            true,
            side,
            memory,
            work.pose[BodyJoint::Pelvis].q};
  }
  return {{body.upper_arm_m, body.forearm_m, kBodyLimits.elbow_rad},
          on_side(BodyJoint::LeftShoulder, side),
          on_side(BodyJoint::LeftElbow, side),
          on_side(BodyJoint::LeftWrist, side),
          on_side(BodySite::LeftUpperArm, side),
          on_side(BodySite::LeftForearm, side),
          false,
          side,
          memory,
          work.pose[BodyJoint::Chest].q};
}

/// What the trackers on the limb itself say of its pole.
Vec3 tracked_pole(const BodyWork& work, const Limb& limb, const LimbLine& line,
                  const SiteView& upper, const SiteView& lower) noexcept {
  Vec3 sum{};
  if (upper.rotation) {
    const Quat q = upper.q_world_segment();
    sum += rotate(q, limb.bone()) + limb.pole_of_hinge(rotate(q, limb.hinge()), line.u);
  }
  if (lower.rotation) {
    const Quat q = lower.q_world_segment();
    sum += limb.pole_of_hinge(rotate(q, limb.hinge()), line.u) - rotate(q, limb.bone());
  }
  return work.params.limb_tracker * sum;
}

struct Solved {
  Quat q_upper, q_lower;
  Vec3 p_hinge;
};

Solved bend(const Limb& limb, const LimbLine& line, Vec3 pole) noexcept {
  Solved s;
  s.p_hinge = line.hinge(pole);
  const Vec3 fallback = line.u;
  s.q_upper = limb.frame(normalized(s.p_hinge - line.p_root, fallback), line.u, pole);
  s.q_lower = limb.frame(normalized(line.p_end - s.p_hinge, fallback), line.u, pole);
  return s;
}

/// The limb swung about its line until a tracker that knows only where it is, is there.
std::optional<Vec3> pole_through(const Limb& limb, const LimbLine& line, Vec3 pole,
                                 const SiteView& upper, const SiteView& lower) noexcept {
  const Solved s = bend(limb, line, pole);
  const auto swing = [&](const SiteView& view, const Pose& T_world_segment) -> std::optional<Vec3> {
    if (!view.position || view.rotation) return std::nullopt;
    const Vec3 is = T_world_segment * view.T_segment_tracker.p - line.p_root;
    const Vec3 should = view.T_world_tracker.p - line.p_root;
    if (length(across(is, line.u)) < kLever_m || length(across(should, line.u)) < kLever_m) {
      return std::nullopt;
    }
    return rotate(exp_rotation(angle_about(line.u, is, should) * line.u), pole);
  };
  if (const auto by_upper = swing(upper, {s.q_upper, line.p_root})) return by_upper;
  return swing(lower, {s.q_lower, s.p_hinge});
}

/// No limb jumps to the other side of its line: the pole turns at a limited speed.
Vec3 unhurried(BodyWork& work, const Limb& limb, const LimbLine& line, Vec3 pole) noexcept {
  Vec3& kept = work.state.pole[limb.memory];
  if (work.state.started) {
    const Vec3 before = pole_of(rotate(limb.q_world_carrier, kept), line.u, pole);
    const float most = work.params.swivel_rad_per_s * work.dt_s;
    const float turn = angle_about(line.u, before, pole);
    if (std::fabs(turn) > most) {
      pole = rotate(exp_rotation(std::copysign(most, turn) * line.u), before);
      pole = pole_of(pole, line.u, before);
    }
  }
  kept = rotate(conjugate(limb.q_world_carrier), pole);
  return pole;
}

Vec3 remembered(const BodyWork& work, const Limb& limb) noexcept {
  if (!work.state.started) return {};
  return work.params.memory * rotate(limb.q_world_carrier, work.state.pole[limb.memory]);
}

/// Turns a whole limb about its root until its upper bone is within reach of the joint.
void keep_in_cone(Solved& s, LimbLine& line, const Limb& limb, Vec3 middle,
                  float most_rad) noexcept {
  const Vec3 centre = rotate(limb.q_world_carrier, middle);
  const Vec3 bone = rotate(s.q_upper, limb.bone());
  const float angle = std::acos(std::clamp(dot(bone, centre), -1.0f, 1.0f));
  if (angle <= most_rad) return;
  const Vec3 axis = pole_of(cross(bone, centre), bone, {1, 0, 0});
  const Quat q = exp_rotation((angle - 0.9999f * most_rad) * axis);
  s.q_upper = normalized(q * s.q_upper);
  s.q_lower = normalized(q * s.q_lower);
  s.p_hinge = line.p_root + rotate(q, s.p_hinge - line.p_root);
  line.p_end = line.p_root + rotate(q, line.p_end - line.p_root);
}

PoseOrigin segment_origin(const SiteView& view, PoseOrigin end) noexcept {
  if (view.origin != PoseOrigin::None) return view.origin;
  return end == PoseOrigin::Measured ? PoseOrigin::Filled : end;
}

/// Where the end of a limb is when only its segments' rotations are known.
Vec3 end_by_segments(const Limb& limb, Vec3 p_root, Quat q_upper, Quat q_lower) noexcept {
  return p_root + limb.bones.upper_m * rotate(q_upper, limb.bone()) +
         limb.bones.lower_m * rotate(q_lower, limb.bone());
}

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

void finish(BodyWork& work, const Limb& limb, const Solved& s, const LimbLine& line, Quat q_end,
            const SiteView& upper, const SiteView& lower, PoseOrigin end) noexcept {
  work.put(limb.upper, {s.q_upper, line.p_root}, segment_origin(upper, PoseOrigin::Filled));
  work.put(limb.lower, {s.q_lower, s.p_hinge}, segment_origin(lower, end));
  work.put(limb.end, {normalized(q_end), line.p_end}, end);
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
