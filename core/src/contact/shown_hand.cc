#include "tactus/contact/shown_hand.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tactus/contact/neighbourhood.h"
#include "tactus/pose/hand_model.h"

namespace tactus {
namespace {

/// A frame that is asked for before it is posed is this many intervals after the one before the last.
constexpr float kNextFrame = 2.0f;
/// A patch that goes no further at a time cannot come to be nearer to skin behind what it touches.
constexpr float kStep_m = 0.005f;
constexpr float kRound_m = 0.01f;
constexpr int kMostSteps = 11;  ///< 5 m/s at 90 Hz
/// Below this a direction from the skin to a patch is noise.
constexpr float kLeastDirection_m = 1e-5f;
/// How easily a hand gives way, relative to its wrist's place: turns by an arm of 10 cm, hinges by
/// one of 2 cm, so that a stretched finger gives three quarters of what its tip must.
constexpr float kMoveGives = 1.0f;
constexpr float kTurnGives = 10.0f;
constexpr float kHingeGives = 1.0f / (0.02f * 0.02f);
/// The thumb's root has no angle that the joints' frames alone tell: it may turn by this from where
/// it is tracked.
constexpr float kThumbRoot_rad = 0.5f;
/// Patches nearer than this are held where they are pushed against, so that no push hides another.
constexpr float kNear_m = 0.004f;
constexpr float kResolved_m = 0.0001f;
/// What is held back so that it does not jump may be this deep in the skin for a frame.
constexpr float kHeldBack_m = 0.0015f;
/// Pushes are soft by this share of what their patch gives: two that contradict each other, as behind
/// an ear, come to rest in between.
constexpr float kSoft = 0.02f;
constexpr int kRounds = 5;   ///< of looking; each pushes along planes
constexpr int kSweeps = 12;  ///< over all pushes
constexpr float kFingertipArm_m = 0.08f;

struct Chain {
  std::size_t finger = 0;
  std::size_t hinges = 0;  ///< that carry the joint; 0: the palm does
};

Chain chain_of(HandJoint joint) {
  const std::size_t j = index(joint), thumb = index(HandJoint::ThumbMetacarpal);
  const std::size_t fingers = index(HandJoint::IndexMetacarpal);
  if (j < thumb) return {};
  if (j < fingers) return {0, std::min(j - thumb + 1, kHinges)};
  return {1 + (j - fingers) / 5, std::min((j - fingers) % 5, kHinges)};
}

bool is_there(const BodyInterval& body) {
  return body.model != nullptr && body.before != nullptr && body.after != nullptr &&
         body.presence > 0;
}

using Ranges = std::array<std::array<AngleRange, kHinges>, kFingers>;

/// Flexion of a hinge, against the joint before it.
float flexion_of(const HandPose& pose, std::size_t finger, std::size_t hinge) {
  const std::size_t joint = hinge_joint(finger, hinge);
  const bool is_thumb_root = finger == index(Finger::Thumb) && hinge == 0;
  const std::size_t parent = is_thumb_root ? index(HandJoint::Wrist) : joint - 1;
  const Quat q = conjugate(pose.T_world_joint[parent].q) * pose.T_world_joint[joint].q;
  return -2 * std::atan2(q.w < 0 ? -q.x : q.x, std::fabs(q.w));
}

/// How far each hinge may open or close before it is at the joint's limit.
Ranges ranges_of(const HandPose& tracked) {
  Ranges ranges;
  for (std::size_t f = 0; f < kFingers; ++f) {
    const FingerLimits& limits = kFingerLimits[f];
    const std::array<AngleRange, kHinges> of = {limits.base_flexion, limits.middle, limits.distal};
    for (std::size_t h = 0; h < kHinges; ++h) {
      if (f == index(Finger::Thumb) && h == 0) {
        ranges[f][h] = {-kThumbRoot_rad, kThumbRoot_rad};
        continue;
      }
      const float flexion_rad = flexion_of(tracked, f, h);
      ranges[f][h] = {std::min(0.0f, flexion_rad - of[h].high_rad),
                      std::max(0.0f, flexion_rad - of[h].low_rad)};
    }
  }
  return ranges;
}

/// A patch that must come out along `n` by `depth_m`.
struct Push {
  Vec3 n;
  Vec3 turn;  ///< of the wrist: metres along n a radian
  Chain chain;
  std::array<float, kHinges> lever_m{};  ///< of its finger's hinges, likewise
  float depth_m = 0;                     ///< < 0: may still go in by as much
  float gives = 0;                       ///< along n by a unit of push
  float push = 0;                        ///< so far, >= 0
};
using Pushes = InlineVector<Push, kPatches * kMaxBodies>;

Push make_push(const HandPose& shown, std::size_t patch, Vec3 p_world, Vec3 n, float depth_m) {
  Push push;
  push.n = n;
  push.depth_m = std::min(depth_m, kStep_m);
  push.chain = chain_of(kPatchSites[patch].joint);
  const Vec3 arm = p_world - shown.T_world_joint[index(HandJoint::Wrist)].p;
  push.turn = cross(arm, push.n);
  push.gives = kMoveGives + kTurnGives * dot(push.turn, push.turn);
  for (std::size_t h = 0; h < push.chain.hinges; ++h) {
    const std::size_t joint = hinge_joint(push.chain.finger, h);
    const Vec3 moves = cross(hinge_axis(shown, joint), p_world - shown.T_world_joint[joint].p);
    push.lever_m[h] = dot(push.n, moves);
    push.gives += kHingeGives * push.lever_m[h] * push.lever_m[h];
  }
  return push;
}

/// From a point to the skin.
struct Gap {
  float distance_m = std::numeric_limits<float>::max();  ///< < 0 inside
  Vec3 n_frame;                                          ///< outward, of what the body is in
  Material material = Material::Skin;
};

Gap gap_to(const Surface& surface, float band_m, Vec3 p, Neighbourhood& around) {
  const ClosestPoint hit = closest_point(surface, p, band_m, around);
  if (!hit.found()) return {};
  const Vec3 away = p - hit.p_surface, outward = pseudonormal(surface, hit);
  const bool on_skin = hit.distance_m <= kLeastDirection_m;
  // A sheet has no inside.
  const bool inside = !on_skin && surface.model->solid[hit.triangle] != 0 && dot(away, outward) < 0;
  return {inside ? -hit.distance_m : hit.distance_m,
          normalized(on_skin  ? outward
                     : inside ? -away
                              : away),
          surface.model->triangles[hit.triangle].material};
}

/// The patches that are in the skin of any body by more than `sunk_m`, and those near to that.
Pushes find_pushes(ShownHandState& state, const ShownHandParams& params, const HandPose& shown,
                   std::span<const Surface> surfaces, std::span<const Pose> T_world_frame,
                   float sunk_m) {
  Pushes pushes;
  const float scale = hand_scale(shown);
  for (std::size_t i = 0; i < kPatches; ++i) {
    const Probe probe = place_probe(shown, i, scale);
    for (std::size_t b = 0; b < surfaces.size(); ++b) {
      const Surface& surface = surfaces[b];
      if (surface.model == nullptr) continue;
      const Vec3 p = surface.from_world(inverse(T_world_frame[b]) * probe.p_world);
      const Gap gap = gap_to(surface, params.band_m, p, state.around[b][i]);
      const float layer_m = params.layers[static_cast<std::size_t>(gap.material)].thick_m;
      const float depth_m = probe.radius_m - gap.distance_m - layer_m - sunk_m;
      if (depth_m <= -kNear_m) continue;
      const Vec3 n_world = rotate(T_world_frame[b].q, gap.n_frame);
      static_cast<void>(pushes.push_back(make_push(shown, i, probe.p_world, n_world, depth_m)));
    }
  }
  return pushes;
}

/// No patch is farther from where it is tracked.
float farthest_m(const HandYield& yield) {
  float most_rad = 0;
  for (const auto& finger : yield.open_rad) {
    float sum_rad = 0;
    for (const float open_rad : finger) sum_rad += std::fabs(open_rad);
    most_rad = std::max(most_rad, sum_rad);
  }
  return length(yield.move_world) + kFingertipArm_m * (2 * length(yield.turn_world) + most_rad);
}

/// The least change, by what gives how easily, that has all patches out: projected Gauss-Seidel over
/// the pushes, none of which pulls.
void push_out(Pushes& pushes, const Ranges& ranges, HandYield& yield) {
  HandYield change;
  for (int sweep = 0; sweep < kSweeps; ++sweep) {
    for (Push& push : pushes) {
      const std::size_t f = push.chain.finger;
      float out_m = dot(push.n, change.move_world) + dot(push.turn, change.turn_world);
      for (std::size_t h = 0; h < push.chain.hinges; ++h) {
        out_m += push.lever_m[h] * change.open_rad[f][h];
      }
      const float wanted =
          std::max(0.0f, push.push + (push.depth_m - out_m - kSoft * push.gives * push.push) /
                                         ((1 + kSoft) * push.gives));
      const float more = wanted - push.push;
      push.push = wanted;
      change.move_world += kMoveGives * more * push.n;
      change.turn_world += kTurnGives * more * push.turn;
      for (std::size_t h = 0; h < push.chain.hinges; ++h) {
        const float before = yield.open_rad[f][h];
        const float after = before + change.open_rad[f][h] + kHingeGives * more * push.lever_m[h];
        change.open_rad[f][h] =
            std::clamp(after, ranges[f][h].low_rad, ranges[f][h].high_rad) - before;
      }
    }
  }
  // What goes too far at once may come to be behind what it should stay before.
  change = mix({}, change, std::min(1.0f, kRound_m / std::max(farthest_m(change), 1e-9f)));
  yield.move_world += change.move_world;
  yield.turn_world = log_rotation(exp_rotation(change.turn_world) * exp_rotation(yield.turn_world));
  for (std::size_t f = 0; f < kFingers; ++f) {
    for (std::size_t h = 0; h < kHinges; ++h) yield.open_rad[f][h] += change.open_rad[f][h];
  }
}

/// Of what was yielded, as much as is taken back in `dt_s`.
float share_back(const HandYield& yield, const ShownHandParams& params, float dt_s) {
  const float most = params.return_m_per_s * dt_s / std::max(farthest_m(yield), 1e-9f);
  return std::min(-std::expm1(-dt_s / params.return_time_s), most);
}

/// Of the way between two tracked hands.
HandPose interpolate(const HandPose& before, const HandPose& after, float share) {
  HandPose pose = after;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    pose.T_world_joint[j] =
        tactus::interpolate(before.T_world_joint[j], after.T_world_joint[j], share);
  }
  const auto passed = static_cast<double>((after.t - before.t).count()) * double{share};
  pose.t = before.t + Duration(static_cast<std::int64_t>(passed));
  return pose;
}

/// In how many steps a hand goes from `before` to `after`, and back by `back_m`, while the bodies
/// move too.
int steps_between(const HandPose& before, const HandPose& after,
                  std::span<const BodyInterval> bodies, float back_m) {
  float most_m = 0;
  for (std::size_t j = 0; j < kHandJoints; ++j) {
    const Vec3 way = after.T_world_joint[j].p - before.T_world_joint[j].p;
    most_m = std::max(most_m, length(way));
    for (const BodyInterval& body : bodies) {
      if (!is_there(body)) continue;
      const auto frames = static_cast<float>(
          seconds(after.t - before.t) / std::max(1e-3, seconds(body.after->t - body.before->t)));
      const Vec3 root = body.after->p_world_root - body.before->p_world_root;
      most_m = std::max(most_m, length(way - std::min(frames, kNextFrame) * root));
    }
  }
  return 1 + static_cast<int>(std::min((most_m + back_m) / kStep_m, float{kMostSteps - 1}));
}

/// The wrist's, or a finger's.
constexpr std::size_t kWristPart = kFingers;

std::size_t part_of(const ActuatorSite& site) {
  const Chain chain = chain_of(site.joint);
  return chain.hinges == 0 ? kWristPart : chain.finger;
}

/// `yield` with a part of it as in `other`.
HandYield with_part(HandYield yield, std::size_t part, const HandYield& other) {
  if (part != kWristPart) {
    yield.open_rad[part] = other.open_rad[part];
    return yield;
  }
  yield.move_world = other.move_world;
  yield.turn_world = other.turn_world;
  return yield;
}

/// How much farther than the tracked hand's a patch of this part went from display to display.
float strayed_m(const ShownHandState& state, const HandPose& shown_before, const HandYield& yield,
                std::size_t part) {
  const HandPose shown = give_way(state.tracked, yield);
  const float scale = hand_scale(state.tracked);
  float most_m = 0;
  for (std::size_t i = 0; i < kPatches; ++i) {
    if (part_of(kPatchSites[i]) != part) continue;
    const auto place = [&](const HandPose& pose) { return place_probe(pose, i, scale).p_world; };
    const float tracked_m = length(place(state.tracked) - place(state.tracked_before));
    most_m = std::max(most_m, length(place(shown) - place(shown_before)) - tracked_m);
  }
  return most_m;
}

/// A part that would change too much for one display goes as far as it may: held as it was, it moves
/// with the tracked hand. True when any is held back.
bool keep_near(ShownHandState& state, const ShownHandParams& params) {
  constexpr int kShares = 8;
  const auto passed_s = static_cast<float>(seconds(state.tracked.t - state.tracked_before.t));
  const float allowed_m = params.stray_m_per_s * passed_s;
  const HandPose shown_before = give_way(state.tracked_before, state.yield_before);
  const HandYield wanted = state.yield;
  bool is_held_back = false;
  for (std::size_t i = 0; i <= kFingers; ++i) {
    const std::size_t part = i == 0 ? kWristPart : i - 1;
    HandYield best = state.yield;
    float least_m = strayed_m(state, shown_before, best, part);
    for (int share = kShares - 1; share >= 0 && least_m > allowed_m; --share) {
      const HandYield between =
          mix(state.yield_before, wanted, static_cast<float>(share) / kShares);
      const HandYield less = with_part(state.yield, part, between);
      const float less_m = strayed_m(state, shown_before, less, part);
      if (less_m >= least_m) continue;
      least_m = less_m;
      best = less;
      is_held_back = true;
    }
    state.yield = best;
  }
  return is_held_back;
}

/// Pushes the hand out of the bodies as they are at its time, until no patch is deeper than `sunk_m`.
void resolve(ShownHandState& state, const ShownHandParams& params, const HandPose& tracked,
             std::span<const BodyInterval> bodies, float sunk_m = 0) {
  std::array<Surface, kMaxBodies> surfaces;
  std::array<Pose, kMaxBodies> T_world_frame{};
  for (std::size_t b = 0; b < std::min(bodies.size(), kMaxBodies); ++b) {
    if (!is_there(bodies[b])) continue;
    const auto& [joints, by] = bodies[b].carrier;
    // What this hand carries goes with it on every step of the way.
    if (joints != 0) {
      T_world_frame[b] = by == tracked.hand ? frame_of(bodies[b].carrier, tracked).T_world_frame
                                            : bodies[b].frame.T_world_frame;
    }
    surfaces[b] =
        surface_at(*bodies[b].model, *bodies[b].before, *bodies[b].after, tracked.t, kNextFrame);
  }
  const Ranges ranges = ranges_of(tracked);
  for (int round = 0; round < kRounds; ++round) {
    const HandPose shown = give_way(tracked, state.yield);
    Pushes pushes = find_pushes(state, params, shown, surfaces, T_world_frame, sunk_m);
    const auto is_inside = [](const Push& push) { return push.depth_m > kResolved_m; };
    if (std::ranges::none_of(pushes, is_inside)) return;
    push_out(pushes, ranges, state.yield);
  }
}

}  // namespace

HandPose rest_on_skin(ShownHandState& state, const ShownHandParams& params, const HandPose& tracked,
                      std::span<const BodyInterval> bodies) noexcept {
  if (!is_usable(tracked) || params.mode == ShownMode::Tracked) {
    state = {};
    return tracked;
  }
  const Duration gap = tracked.t - state.tracked.t;
  const bool goes_on = state.tracked.origin != PoseOrigin::None && gap >= Duration{} &&
                       gap <= params.longest_gap && state.tracked.epoch == tracked.epoch;
  if (!goes_on) {
    state = {};
    state.tracked = state.tracked_before = tracked;
  } else if (gap > Duration{}) {
    state.tracked_before = state.tracked;
    state.yield_before = state.yield;
  }
  const float gap_s = goes_on ? static_cast<float>(seconds(gap)) : 0.0f;
  const float back_m = share_back(state.yield, params, gap_s) * farthest_m(state.yield);
  // A hand that is seen first inside has as far to come out as one that came in a frame.
  const int steps = goes_on ? steps_between(state.tracked, tracked, bodies, back_m) : kMostSteps;
  const float step_s = gap_s / static_cast<float>(steps);
  for (int step = 1; step <= steps; ++step) {
    const float share = static_cast<float>(step) / static_cast<float>(steps);
    state.yield = mix(state.yield, {}, share_back(state.yield, params, step_s));
    resolve(state, params, step < steps ? interpolate(state.tracked, tracked, share) : tracked,
            bodies);
  }
  state.tracked = tracked;
  if (goes_on && keep_near(state, params)) resolve(state, params, tracked, bodies, kHeldBack_m);
  if (params.mode == ShownMode::Outer) return give_way(tracked, state.yield);
  return give_way(tracked, mix({}, state.yield, std::clamp(params.blended_share, 0.0f, 1.0f)));
}

}  // namespace tactus
