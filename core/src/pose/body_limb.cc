#include "body_limb.h"

namespace tactus {
namespace {

constexpr float kLever_m = 0.02f;  // a tracker nearer to the limb's own line cannot tell its swivel

PoseOrigin segment_origin(const SiteView& view, PoseOrigin end) noexcept {
  if (view.origin != PoseOrigin::None) return view.origin;
  return end == PoseOrigin::Measured ? PoseOrigin::Filled : end;
}

}  // namespace

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

Solved bend(const Limb& limb, const LimbLine& line, Vec3 pole) noexcept {
  Solved s;
  s.p_hinge = line.hinge(pole);
  const Vec3 fallback = line.u;
  s.q_upper = limb.frame(normalized(s.p_hinge - line.p_root, fallback), line.u, pole);
  s.q_lower = limb.frame(normalized(line.p_end - s.p_hinge, fallback), line.u, pole);
  return s;
}

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

Vec3 remembered(const BodyWork& work, const Limb& limb) noexcept {
  if (!work.state.started) return {};
  return work.params.memory * rotate(limb.q_world_carrier, work.state.pole[limb.memory]);
}

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

Vec3 end_by_segments(const Limb& limb, Vec3 p_root, Quat q_upper, Quat q_lower) noexcept {
  return p_root + limb.bones.upper_m * rotate(q_upper, limb.bone()) +
         limb.bones.lower_m * rotate(q_lower, limb.bone());
}

void finish(BodyWork& work, const Limb& limb, const Solved& s, const LimbLine& line, Quat q_end,
            const SiteView& upper, const SiteView& lower, PoseOrigin end) noexcept {
  work.put(limb.upper, {s.q_upper, line.p_root}, segment_origin(upper, PoseOrigin::Filled));
  work.put(limb.lower, {s.q_lower, s.p_hinge}, segment_origin(lower, end));
  work.put(limb.end, {normalized(q_end), line.p_end}, end);
}

}  // namespace tactus
