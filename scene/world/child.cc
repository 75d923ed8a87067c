#include "scene/world/child.h"

#include <string>

#include "scene/world/gaze.h"
#include "scene/world/hand_goal.h"
#include "scene/world/life.h"

namespace tactus::scene {
namespace {

constexpr float kGazeTime_s = 0.45f;
constexpr float kSmileTime_s = 0.5f;
constexpr float kLongestStep_s = 0.25f;
constexpr float kLidsPerRadian = 1.1f;  ///< a whole blink is 0.85 rad of lid
constexpr float kEyesClose = 0.55f,
                kEyesClosed = 0.9f;  ///< of how far her arms are around somebody

/// All that one frame is worked out with.
struct Work {
  std::array<Motion, kMaxBones> motion;
  std::array<Quat, kMaxBones> q_model_turn;
  ChildPose* pose;
  const ChildRig* rig;

  Motion& of(int bone) { return bone == kNoBone ? nowhere : motion[bone]; }
  void settle() {
    const std::size_t n = rig->skeleton.size();
    pose_bones(rig->skeleton, {motion.data(), n}, {pose->T_model_bone.data(), n},
               {q_model_turn.data(), n});
  }
  Quat turned(int bone) const { return bone == kNoBone ? Quat::Identity() : q_model_turn[bone]; }
  Motion nowhere;
};

// The part of a rotation that is about the forearm.
float roll_about_x(const Quat& q) {
  const Quat p = q.w() < 0 ? Quat(-q.coeffs()) : q;
  return 2.0f * std::atan2(p.x(), p.w());
}

void pose_arm(Work& work, const Arm& arm, const HandGoal& goal) {
  if (!arm.complete()) return;
  const ChildPose& pose = *work.pose;
  const Quat q_chest = work.turned(work.rig->chest);
  const Vec3 p_root = pose.T_model_bone[arm.upper].p;
  const Vec3 p_wrist = p_root + q_chest * (goal.p_wrist - arm.rest.p_root);
  const LimbPose limb = reach(arm.rest, p_root, p_wrist, q_chest * goal.n_elbow);

  const Quat q_hand = q_chest * goal.q_hand;
  const float roll_rad = roll_about_x(limb.q_model_lower.conjugate() * q_hand);
  const Quat q_lower = limb.q_model_lower * turn(Vec3::UnitX(), 0.5f * roll_rad);
  work.of(arm.upper).q_turn = work.turned(arm.shoulder).conjugate() * limb.q_model_upper;
  work.of(arm.lower).q_turn = limb.q_model_upper.conjugate() * q_lower;
  work.of(arm.hand).q_turn = q_lower.conjugate() * q_hand;

  constexpr std::array<float, 3> kShare = {0.8f, 1.0f, 0.7f};
  for (std::size_t f = 0; f < arm.finger.size(); ++f)
    for (std::size_t k = 0; k < kShare.size(); ++k) {
      const Vec3 axis = f == 0 ? Vec3(0, arm.side, 0) : Vec3(0, 0, -arm.side);
      work.of(arm.finger[f][k]).q_turn = turn(axis, kShare[k] * goal.curl_rad[f]);
    }
}

// A goal that is told in the model's frame, as she stands now.
HandGoal carried(const Work& work, const Arm& arm, HandGoal goal) {
  if (!arm.complete()) return goal;
  const Vec3& p_root = work.pose->T_model_bone[arm.upper].p;
  goal.p_wrist =
      arm.rest.p_root + work.turned(work.rig->chest).conjugate() * Vec3(goal.p_wrist - p_root);
  return goal;
}

// Open arms close around whoever is there.
HandGoal welcome(const Work& work, const Arm& arm, const HandGoal& otherwise,
                 const Embrace& embrace) {
  const HandGoal open = blend(otherwise, opening(arm), embrace.open);
  const HandGoal around = carried(work, arm, embracing(arm, embrace.p_neck));
  return blend(open, around, embrace.close);
}

void pose_leg(Work& work, const Leg& leg, const Vec3& p_foot_shift_m) {
  if (!leg.complete()) return;
  const LimbPose limb = reach(leg.rest, work.pose->T_model_bone[leg.upper].p,
                              leg.rest.p_end + p_foot_shift_m, Vec3::UnitZ());
  work.of(leg.upper).q_turn = work.turned(work.rig->hips).conjugate() * limb.q_model_upper;
  work.of(leg.lower).q_turn = limb.q_model_upper.conjugate() * limb.q_model_lower;
  work.of(leg.foot).q_turn = limb.q_model_lower.conjugate();
}

void pose_trunk(Work& work, double t_s, const Embrace& embrace) {
  const ChildRig& rig = *work.rig;
  const Vec3 shift = weight_shift_m(t_s);
  const float in = breath(t_s);
  const float lean_rad = embrace.lean_rad, tilt_rad = embrace.tilt_rad;
  work.of(rig.hips).p_shift_m = shift + embrace.p_hips_shift_m;
  work.of(rig.hips).q_turn =
      turn(Vec3::UnitZ(), 1.6f * shift.x()) * turn(Vec3::UnitX(), 0.5f * lean_rad);
  work.of(rig.spine).q_turn = turn(Vec3::UnitZ(), 0.4f * tilt_rad - 2.6f * shift.x()) *
                              turn(Vec3::UnitX(), 0.5f * lean_rad);
  work.of(rig.chest).q_turn = turn(Vec3::UnitX(), -0.014f * in);
  work.of(rig.neck).q_turn = turn(Vec3::UnitX(), 0.012f * in - 0.5f * lean_rad) *
                             turn(Vec3::UnitZ(), shift.x() + 0.6f * tilt_rad);
  for (const Arm& arm : rig.arm) work.of(arm.shoulder).p_shift_m = {0, 0.0018f * in, 0.0008f * in};
}

// Head and back take their shares, then each eye looks at the target as far as it can. Returns how
// far the eyes look up.
float pose_gaze(Work& work, const Vec3& p_target, float glance_down) {
  const ChildRig& rig = *work.rig;
  if (rig.head == kNoBone) return 0;
  const GazeShares shares = share_gaze(angles_to(rig.p_rest_eyes, p_target));
  const Angles half_back{0.5f * shares.back.yaw_rad, 0};
  work.of(rig.spine).q_turn = work.of(rig.spine).q_turn * turn_to(half_back);
  work.of(rig.chest).q_turn = work.of(rig.chest).q_turn * turn_to(half_back);
  work.of(rig.neck).q_turn = work.of(rig.neck).q_turn *
                             turn_to({0.4f * shares.head.yaw_rad, 0.4f * shares.head.pitch_rad});
  work.of(rig.head).q_turn = turn_to({0.6f * shares.head.yaw_rad, 0.6f * shares.head.pitch_rad});
  work.settle();
  float up_rad = 0;
  for (const int eye : rig.eye) {
    if (eye == kNoBone) continue;
    const Quat q_head = work.turned(rig.head);
    const Vec3 p_eye = work.pose->T_model_bone[eye].p;
    Angles angles = angles_to(Vec3::Zero(), q_head.conjugate() * (p_target - p_eye));
    angles.pitch_rad -= glance_down * 0.42f;
    angles.yaw_rad += glance_down * 0.12f;
    const Angles limited = limit_eyes(angles);
    work.of(eye).q_turn = turn_to(limited);
    up_rad = limited.pitch_rad;
  }
  return up_rad;
}

// Lids go with the eyes, or a look upwards reads as bored: a blink less than none opens them wider.
// In an embrace they close.
void pose_face(const ChildState& state, double t_s, float eyes_up_rad, Expressions& expressions) {
  const float follow = std::clamp(-kLidsPerRadian * eyes_up_rad, -0.35f, 0.28f);
  const float close = state.embrace.close.value.value;
  const float shut = ease((close - kEyesClose) / (kEyesClosed - kEyesClose));
  const float closing = std::max(blink(t_s), shut);
  const float lids = closing + (1.0f - closing) * follow;
  expressions[static_cast<std::size_t>(Expression::BlinkLeft)] = lids;
  expressions[static_cast<std::size_t>(Expression::BlinkRight)] = lids;
  expressions[static_cast<std::size_t>(Expression::Smile)] = 0.20f + 0.60f * state.smile.value;
  expressions[static_cast<std::size_t>(Expression::Happy)] = 0.30f * state.smile.value;
}

void remember(ChildState& state, const ChildRig& rig, const Story& story, const Percept& percept) {
  const Vec3 ahead = rig.p_rest_eyes + Vec3(0, 0.05f, 0.6f);
  Vec3 target = percept.T_model_head ? percept.T_model_head->p : ahead;
  if (!state.started) {
    state = {};
    state.gaze = {target, Vec3::Zero()};
    state.t_s = percept.t_s;
    state.started = true;
  }
  const auto dt_s = std::clamp(static_cast<float>(percept.t_s - state.t_s), 0.0f, kLongestStep_s);
  state.t_s = std::max(state.t_s, percept.t_s);
  follow(state.embrace, story.hug, state.t_s, dt_s, {percept.T_model_head, percept.hugged});
  // Cheek to cheek there is nothing to look at.
  target += std::clamp(state.embrace.close.value.value, 0.0f, 1.0f) * (ahead - target);
  state.gaze.step(target, kGazeTime_s, dt_s);
  const float touched = percept.cheek_touched ? 1.0f : percept.hand_touched ? 0.7f : 0.0f;
  state.smile.step(std::max(touched, 0.8f * state.embrace.open.value.value), kSmileTime_s, dt_s);
}

}  // namespace

void animate(ChildState& state, const ChildRig& rig, const Story& story, const Percept& percept,
             ChildPose& pose) {
  remember(state, rig, story, percept);
  const double t_s = state.t_s;
  const Embrace hug = embrace(state.embrace);
  Work work;
  work.pose = &pose;
  work.rig = &rig;
  pose.bones = rig.skeleton.size();

  const Span first_look{story.hand.from_s + 0.4f, story.hand.from_s + 1.6f};
  pose_trunk(work, t_s, hug);
  const float eyes_up_rad = pose_gaze(work, state.gaze.value, presence(first_look, t_s, 0.35f));
  work.settle();
  for (std::size_t i = 0; i < rig.leg.size(); ++i)
    pose_leg(work, rig.leg[i], hug.p_foot_shift_m[i]);
  const auto& [left, right] = rig.arm;
  const HandGoal held_out = blend(resting(left), offering(left), offer(story, t_s));
  pose_arm(work, left, welcome(work, left, held_out, hug));
  pose_arm(work, right, welcome(work, right, resting(right), hug));
  work.settle();
  pose_face(state, t_s, eyes_up_rad, pose.expressions);
}

}  // namespace tactus::scene
