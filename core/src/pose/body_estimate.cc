#include "tactus/pose/body_estimate.h"

namespace tactus {
namespace {

constexpr Duration kSpeedGap = 50ms;  ///< places further apart say nothing about speed

/// At `now`, if it was seen of late.
BodyTrackerReading carried_on(const SeenSegment& seen, Duration late, HostTime now) noexcept {
  const Duration age = now - seen.t;
  if (!seen.tracked || age > late) return {};
  const auto dt_s = static_cast<float>(seconds(age));
  const Pose& T = seen.T_world_segment;
  return {{normalized(exp_rotation(dt_s * seen.omega_world) * T.q), T.p + dt_s * seen.v_world},
          true,
          true};
}

/// A wrist that only its inertia or its last place tells is better left to the solver, which knows
/// what it hangs from.
BodyTrackerReading read_wrist(const HandPose& hand) noexcept {
  if (hand.origin != PoseOrigin::Measured && hand.origin != PoseOrigin::Filled) return {};
  return {hand.T_world_joint[index(HandJoint::Wrist)], true, true};
}

}  // namespace

void hear(BodyEstimatorState& state, const SeenHead& seen) noexcept {
  if (seen.t >= state.head.t) state.head = checked(seen);
}

void hear(BodyEstimatorState& state, BodySite site, HostTime t, const Pose& T_world_segment,
          bool tracked) noexcept {
  SeenSegment& seen = state.segments[index(site)];
  const Duration gap = t - seen.t;
  if (gap < Duration(0)) return;
  SeenSegment next{t, tracked && is_valid(T_world_segment), T_world_segment, {}, {}};
  if (seen.tracked && next.tracked && gap > Duration(0) && gap <= kSpeedGap) {
    const auto per_s = static_cast<float>(1 / seconds(gap));
    const Pose& before = seen.T_world_segment;
    next.v_world = per_s * (T_world_segment.p - before.p);
    next.omega_world = per_s * log_rotation(T_world_segment.q * conjugate(before.q));
  }
  seen = next;
}

BodyPose estimate_body(BodyEstimatorState& state, const BodyEstimatorParams& params,
                       const HandPair& hands, HostTime now) noexcept {
  BodyReading reading;
  reading.t = now;
  for (std::size_t site = 0; site < kBodySites; ++site) {
    reading.site[site] = carried_on(state.segments[site], params.head_late, now);
  }
  const SeenHead& head = state.head;
  reading.site[index(BodySite::Head)] = carried_on(
      {head.t, head.tracked, head.T_world_head, head.v_world_head, head.omega_world_head},
      params.head_late, now);
  for (const Hand side : {Hand::Left, Hand::Right}) {
    reading.site[index(on_side(BodySite::LeftHand, side))] = read_wrist(hands[index(side)]);
  }
  return solve_body(state.solver, params.solver, params.profile, reading);
}

}  // namespace tactus
