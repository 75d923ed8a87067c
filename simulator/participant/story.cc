#include "story.h"

#include <algorithm>
#include <cmath>

namespace tactus::simulator {
namespace {

constexpr double kSeenTime_s = 0.010;
constexpr double kGazeTime_s = 0.08;
constexpr double kReturn_s = 1.5;
constexpr double kPat_m = 0.03;  ///< a hand that pats lifts this far
constexpr double kTouchSpeed_m_per_s = 0.25;
constexpr double kEmbrace_s = 18.2;  ///< when her arms open
constexpr double kAround_s = 2.1;    ///< after which the hands, at her sides, go on behind her
constexpr double kHeld_s = 2.7;
constexpr double kOpen_s = 0.6;    ///< from lifting off her back until the hands leave her sides
constexpr double kEarly_s = 0.25;  ///< it comes down before it has quite arrived

/// Down at `t_s`, by when the hand hovers `from_m` above the place.
Glide land(double t_s, double from_m) { return {t_s, from_m, 0, kTouchSpeed_m_per_s}; }

Glide leave(double t_s, double to_m) { return {t_s, 0, to_m, 0.35, 0.05, 0.15}; }

/// A way along the keys, in keys, at a stroking speed.
Glide stroke(double t_s, double from, double to, double keys_per_s) {
  return {t_s, from, to, keys_per_s, 0.20, 0.20};
}

/// Fingers close with a stop as short as a touch's.
Glide close(double t_s) { return {t_s, 0, 1, 2.2, 0.20, 0.06}; }

}  // namespace

const Pose3d& PoseFollower::follow(const Pose3d& target, double dt_s) {
  if (!started_) stage_.fill(target);
  started_ = true;
  const double share = 1 - std::exp(-dt_s / time_s_);
  const Pose3d* from = &target;
  for (Pose3d& stage : stage_) {
    stage = {between(stage.q, from->q, share), stage.p + share * (from->p - stage.p)};
    from = &stage;
  }
  return stage_.back();
}

Story::Story(const ParticipantParams& params, const TrueBody& body,
             const std::array<TrueBones, kFingers>& bones)
    : params_(params),
      body_(body),
      bones_(bones),
      ease_(params),
      gaze_(kGazeTime_s),
      embrace_(kEmbrace_s, params.seed % 2 == 1 ? 1 : -1) {
  std::mt19937_64 random(params.seed * 31337 + 3);
  const auto jitter = [&] { return 0.30 * std::generate_canonical<double, 53>(random) - 0.15; };
  pace_ = 1 + 0.2 * jitter();
  scenes_ = {{Act::Cheek, Hand::Right, 2.7 + jitter(), 1.5, 0.20, 1e9, {}},
             {Act::Hair, Hand::Left, 7.0 + jitter(), 1.5, 0.20, 1e9, {}},
             {Act::Hold, Hand::Right, 12.95 + 0.5 * jitter(), 1.1, 0.12, 1e9, {}},
             {Act::Embrace, Hand::Right, kEmbrace_s + kAround_s, 1.1, 0.14, 1e9, {}},
             {Act::Embrace,
              Hand::Left,
              kEmbrace_s + kAround_s + 0.5 * (jitter() + 0.15),
              1.1,
              0.14,
              1e9,
              {}}};
  end_s_ = 30.0;
}

/// When to come down, stroke and leave, from the moment the hand sets out.
void Story::time_strokes(Scene& scene, const TouchPlan& plan) {
  Touch& touch = *scene.touch;
  const double last = static_cast<double>(plan.keys.size() - 1);
  double t = scene.t_go_s + scene.reach_s - kEarly_s;
  const auto pat = [&](double rest_s) {
    const Glide glide = leave(t, kPat_m);
    touch.lift.add(glide);
    t += glide.duration_s() + 0.15;
    touch.lift.add(land(t, kPat_m));
    t += land(t, kPat_m).duration_s() + rest_s * pace_;
  };
  const auto move = [&](double from, double to, double keys_per_s) {
    const Glide glide = stroke(t, from, to, keys_per_s);
    touch.progress.add(glide);
    t += glide.duration_s() + 0.15;
  };
  touch.lift.add(land(t, scene.hover_m));
  t += land(t, scene.hover_m).duration_s() + 0.35 * pace_;
  switch (scene.act) {
    case Act::Cheek:
      pat(0.25);
      pat(0.8);
      move(0, last, 0.045 / plan.key_spacing_m);
      move(last, 0, 0.035 / plan.key_spacing_m);
      break;
    case Act::Hair:
      pat(0.25);
      pat(0.25);
      move(0, last, 0.06 / plan.key_spacing_m);
      break;
    case Act::Hold:
      touch.progress.add(close(t));
      t += close(t).duration_s() + 0.5 * pace_;
      move(1, 0, 2.5);
      break;
    case Act::Embrace:
      touch.progress.add(close(t));
      t += close(t).duration_s() + kHeld_s * pace_;
      move(1, 0, 2.5);
      embrace_.end(t + kOpen_s);
      break;
  }
  touch.lift.add(leave(t, scene.hover_m));
  scene.t_back_s = t + leave(t, scene.hover_m).duration_s() - kEarly_s;
}

TouchPlan Story::plan_of(const Scene& scene, const PosedBody& posed) const {
  const TouchSolver solver(posed, scene.hand, bones_);
  switch (scene.act) {
    case Act::Cheek:
      return plan_cheek(posed, solver, scene.hand);
    case Act::Hair:
      return plan_hair(posed, solver, scene.hand);
    case Act::Hold:
      return plan_hold(posed, solver);
    case Act::Embrace:
      return plan_back(posed, solver, scene.hand);
  }
  return {};
}

void Story::plan(Scene& scene, std::span<const Pose3d> T_world_bone) {
  scene.tried = true;
  PosedBody posed;
  posed.pose(body_, T_world_bone);
  const TouchPlan plan = plan_of(scene, posed);
  if (plan.keys.empty()) return;
  scene.touch.emplace(plan.bone, posed.bones()[plan.bone], plan.keys, scene.hover_m);
  time_strokes(scene, plan);
}

HandSample Story::hand(Hand hand, double t_s) const {
  HandSample now = embrace_.hand(hand, t_s, ease_.hand(hand, t_s));
  for (const Scene& scene : scenes_) {
    if (scene.hand != hand || !scene.touch) continue;
    const double s = min_jerk((t_s - scene.t_go_s) / scene.reach_s) *
                     (1 - min_jerk((t_s - scene.t_back_s) / kReturn_s));
    if (s <= 0) continue;
    now = blend(now, scene.touch->at(t_s, seen_[scene.touch->bone()]), s);
  }
  return now;
}

/// Her own directions at her chest.
std::optional<Pose3d> Story::chest() const {
  const int bone = body_.bone("chest");
  if (bone < 0 || static_cast<std::size_t>(bone) >= seen_.size()) return std::nullopt;
  const auto b = static_cast<std::size_t>(bone);
  return Pose3d{seen_[b].q * conjugate(body_.bones[b].T_rest_bone.q), seen_[b].p};
}

/// Between the eyes, looking at the child's head, or beside it.
Pose3d Story::head(double t_s) {
  const V3d p_eyes = V3d{0, params_.eye_height_m, 0} + ease_.sway(t_s);
  const int bone = body_.bone("head");
  V3d ahead{0, 0, -1};
  if (bone >= 0 && static_cast<std::size_t>(bone) < seen_.size()) {
    const V3d p_face = seen_[static_cast<std::size_t>(bone)] * V3d{0, 0.10, 0.05};
    if (norm(p_face - p_eyes) > 0.1) ahead = normalized(p_face - p_eyes);
  }
  const V3d z = -1.0 * ahead;
  const V3d x = in_plane(cross({0, 1, 0}, z), z);
  const Pose3d looking{rotation_of_axes(x, cross(z, x), z), {}};
  const Pose3d upright{gaze_.follow(looking, Participant::kStep_s).q, p_eyes};
  return embrace_.head(t_s, upright);
}

PersonSample Story::at(double t_s, std::span<const Pose3d> T_world_bone) {
  if (!T_world_bone.empty()) {
    seen_followers_.resize(body_.bones.size(), PoseFollower(kSeenTime_s));
    seen_.resize(body_.bones.size());
    for (std::size_t i = 0; i < seen_.size() && i < T_world_bone.size(); ++i) {
      seen_[i] = seen_followers_[i].follow(T_world_bone[i], Participant::kStep_s);
    }
  }
  if (const auto T_world_chest = chest()) embrace_.see(t_s, *T_world_chest);
  for (Scene& scene : scenes_) {
    if (t_s >= scene.t_go_s && !scene.tried && !seen_.empty()) plan(scene, seen_);
  }
  PersonSample sample;
  sample.T_world_head = head(t_s);
  sample.hand = {hand(Hand::Left, t_s), hand(Hand::Right, t_s)};
  return sample;
}

}  // namespace tactus::simulator
