#include "wearer_body.h"

#include "glove.h"
#include "tactus/pose/body_estimate.h"

namespace tactus::layer {
namespace {

bool is_seen(PoseOrigin origin) noexcept {
  return origin == PoseOrigin::Measured || origin == PoseOrigin::Predicted;
}

}  // namespace

bool wearer_body_at(Instance& instance, XrTime time, WearerBody& wearer) noexcept {
  const ServiceLink::Lease lease(instance.link);
  HostTime t;
  if (!lease || !instance.time_map.to_host(time, t) ||
      !ipc::body_at(lease.published().body, t, wearer.body)) {
    return false;
  }
  bool is_known = false;
  for (const Hand side : {Hand::Left, Hand::Right}) {
    HandPose& hand = wearer.hands[index(side)];
    ipc::SharedHand shared;
    const bool is_on = glove_hand_at(instance, side, time, ipc::Parts::Places, shared);
    hand = is_on ? to_pose(shared, ipc::Parts::Places) : HandPose{};
    is_known |= is_on && is_seen(wearer.body.origin[index(on_side(BodyJoint::LeftWrist, side))]);
  }
  return is_known && is_seen(wearer.body.origin[index(BodyJoint::Head)]);
}

BodyProportions wearer_proportions(Instance& instance) noexcept {
  const ServiceLink::Lease lease(instance.link);
  BodyProportions body;
  if (lease && lease.published().proportions.read(body) && ipc::is_sound(body)) return body;
  return BodyEstimatorParams{}.profile.proportions;
}

XrSpaceLocationFlags joint_flags(bool is_tracked, const LocatedSpace& base) noexcept {
  XrSpaceLocationFlags flags =
      XR_SPACE_LOCATION_POSITION_VALID_BIT | XR_SPACE_LOCATION_ORIENTATION_VALID_BIT;
  if (is_tracked && base.is_position_tracked) flags |= XR_SPACE_LOCATION_POSITION_TRACKED_BIT;
  if (is_tracked && base.is_orientation_tracked) flags |= XR_SPACE_LOCATION_ORIENTATION_TRACKED_BIT;
  return flags;
}

XrPosef joint_in_base(const Pose& T_world_joint, const LocatedSpace& base) noexcept {
  Pose T_base_joint = base.T_base_world * T_world_joint;
  T_base_joint.q = normalized(T_base_joint.q);
  return to_xr(T_base_joint);
}

}  // namespace tactus::layer
