#include "tactus/pose/body_estimate.h"

namespace tactus {
namespace {

/// At `now`, if it was seen of late.
BodyTrackerReading read_head(const SeenHead& head, Duration late, HostTime now) noexcept {
  const Duration age = now - head.t;
  if (!head.tracked || age > late) return {};
  const auto dt_s = static_cast<float>(seconds(age));
  const Pose& T = head.T_world_head;
  return {{normalized(exp_rotation(dt_s * head.omega_world_head) * T.q),
           T.p + dt_s * head.v_world_head},
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

BodyPose estimate_body(BodyEstimatorState& state, const BodyEstimatorParams& params,
                       const HandPair& hands, HostTime now) noexcept {
  BodyReading reading;
  reading.t = now;
  reading.site[index(BodySite::Head)] = read_head(state.head, params.head_late, now);
  for (const Hand side : {Hand::Left, Hand::Right}) {
    reading.site[index(on_side(BodySite::LeftHand, side))] = read_wrist(hands[index(side)]);
  }
  return solve_body(state.solver, params.solver, params.profile, reading);
}

}  // namespace tactus
