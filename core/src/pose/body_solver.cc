#include "tactus/pose/body_solver.h"

#include "body_work.h"

namespace tactus {
namespace {

constexpr float kLongestStep_s = 0.1f;  // after a longer silence nothing is hurried

/// How much a joint of this origin is worth.
float worth(PoseOrigin origin) noexcept {
  switch (origin) {
    case PoseOrigin::Measured:
      return 1.0f;
    case PoseOrigin::Predicted:
      return 0.8f;
    case PoseOrigin::Filled:
      return 0.6f;
    case PoseOrigin::Held:
      return 0.2f;
    case PoseOrigin::None:
      break;
  }
  return 0.0f;
}

constexpr float kBareWorth = 0.3f;  // of a limb that hangs or stands as limbs do

/// Whether nothing was ever worn on the limb that the joint is of. Joints and sites of the limbs
/// stand in the same order, four and three of each.
bool is_bare(const BodySolverState& state, std::size_t joint) noexcept {
  constexpr std::size_t kFirstJoint = index(BodyJoint::LeftCollar);
  constexpr std::size_t kFirstSite = index(BodySite::LeftUpperArm);
  static_assert(kFirstJoint + 4 * 4 == kBodyJoints && kFirstSite + 4 * 3 == kBodySites);
  if (joint < kFirstJoint) return false;
  const BodySiteState* site = &state.site[kFirstSite + (joint - kFirstJoint) / 4 * 3];
  return !site[0].seen && !site[1].seen && !site[2].seen;
}

/// Nothing is known better than the head it hangs from.
void settle_origins(const BodySolverState& state, BodyPose& pose) noexcept {
  const PoseOrigin head = pose.origin[index(BodyJoint::Head)];
  float sum = 0;
  for (std::size_t j = 0; j < kBodyJoints; ++j) {
    PoseOrigin& origin = pose.origin[j];
    if (origin == PoseOrigin::Filled && head != PoseOrigin::Measured) origin = head;
    const bool is_guess = origin == PoseOrigin::Filled && is_bare(state, j);
    pose.joint_confidence[j] = is_guess ? kBareWorth : worth(origin);
    sum += pose.joint_confidence[j];
  }
  pose.confidence = sum / static_cast<float>(kBodyJoints);
}

}  // namespace

BodyProfile body_profile(float height_m) noexcept {
  BodyProfile profile;
  profile.proportions = proportions_of_height(height_m);
  profile.T_segment_tracker[index(BodySite::Head)].p = eyes_of_height(profile.proportions.height_m);
  return profile;
}

BodyPose solve_body(BodySolverState& state, const BodySolverParams& params,
                    const BodyProfile& profile, const BodyReading& reading) noexcept {
  if (state.epoch != reading.epoch) state = {};
  BodyWork work{state, params, profile, reading, {}, 0};
  if (state.started) {
    const double step_s = seconds(reading.t - state.t);
    work.dt_s = static_cast<float>(std::clamp(step_s, 0.0, double(kLongestStep_s)));
  }
  place_torso(work);
  for (const Hand side : {Hand::Left, Hand::Right}) {
    place_arm(work, side);
    place_leg(work, side);
  }
  work.pose.t = reading.t;
  work.pose.epoch = reading.epoch;
  work.pose.proportions_changed = profile.changed;
  settle_origins(state, work.pose);
  state.started = true;
  state.epoch = reading.epoch;
  state.t = reading.t;
  return work.pose;
}

}  // namespace tactus
